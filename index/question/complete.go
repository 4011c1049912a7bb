package question

import (
	"slices"
	"strings"
	"time"
)

// What the words of earlier questions count in a completed one, so that what
// was typed last decides among the sentences about the same thing.
const (
	topicWeight = 0.5
	nameWeight  = 0.7
	// faint is the weight below which a word is no topic to go on with.
	faint = 0.3
	// ownTopic is how many words of its own a question may have before the
	// topic counts less: the more it says itself, the less it leans.
	ownTopic = 1.5
)

// maxAbout is how long a topic is shown, in bytes.
const maxAbout = 120

// A completion is a question that is being completed.
type completion struct {
	q     *Question
	own   int    // its terms that say what it is about
	ws    []word // of its plain words
	turns []turn // the last one first
	last  turn

	foreign bool // the corpus has none of its words

	text  string   // how it reads, empty while nothing fits
	about []string // what it is about, where text does not say
}

// Complete returns q with what it lacks from the last questions of its
// conversation, or q itself where it stands alone or there are none. What is
// added weighs less than what was typed.
//
// What is left out is found by its place: "what about annie" asks the last
// question of another name, "why" asks something else of the same, and a
// pronoun stands for a person or a thing that was named. Where the words do
// not fit into a question, they stand behind it: "when did it happen? (about:
// who hacked sony)".
func (m *Memory) Complete(p *Parser, key string, q *Question, now time.Time) *Question {
	if !q.Leans || key == "" {
		return q
	}
	return p.complete(q, m.recall(key, now))
}

// After returns q with what it lacks from one question, given as it was
// [Question.Understood], and from the quotes that answered it.
func (p *Parser) After(q *Question, before string, quotes ...string) *Question {
	if !q.Leans || strings.TrimSpace(before) == "" {
		return q
	}
	return p.complete(q, []turn{turnOf(p.asIs(before), quotes)})
}

func (p *Parser) complete(q *Question, turns []turn) *Question {
	if len(turns) == 0 {
		return q
	}
	c := &completion{q: q, own: heavy(q), ws: split(q.Plain), turns: turns, last: turns[0]}
	c.foreign = len(q.Terms) > 0 && !slices.ContainsFunc(q.Terms, func(t Term) bool { return p.v.DF(t.Stem) > 0 })
	if i, who, ok := c.pronoun(); ok {
		c.ofPerson(i, who)
	} else if isFragment(c.ws, "") || q.Type == Other {
		c.ofAnother()
	} else if c.own == 0 && !c.does() {
		c.sameTopic()
	} else {
		c.ofThing()
	}
	if c.text == "" {
		return q // nothing fits
	}
	return p.Again(q, shown(c.text, c.about))
}

// Again returns q completed to what it was understood as before. A completed
// question depends on nothing but the words typed and the words shown, so that
// whoever has both asks the same again.
func (p *Parser) Again(q *Question, understood string) *Question {
	main, about := cutAbout(clean(understood))
	said := p.plain(main)
	if !q.Leans && about == nil || len(said.Terms) == 0 && about == nil {
		return q
	}
	next := *said
	next.Repairs, next.mark, next.cut = q.Repairs, q.mark, q.cut
	next.Text, next.Plain = shown(main, about), shown(said.Plain, about)
	next.main, next.about = unmarked(said.Plain), about
	next.Leans, next.Fragment = false, false
	next.hollow = len(about) > 0 && heavy(said) == 0
	next.Terms, next.Entities = slices.Clone(q.Terms), slices.Clone(q.Entities)
	next.addTopic(said, topicWeight)
	for i, text := range about {
		topic, weight := p.plain(text), topicWeight
		topic.Terms = slices.DeleteFunc(topic.Terms, func(t Term) bool { return t.Weight < faint })
		if own := heavy(said); own > 1 && topic.Type != Other {
			weight /= float64(own) / ownTopic
		}
		if i == 0 && said.Type == Other {
			next.Type, next.Focus, next.List, next.Wants = topic.Type, topic.Focus, topic.List, topic.Wants
		}
		next.addTopic(topic, weight)
	}
	return &next
}

// addTopic adds what a question does not have itself of what it is about.
func (q *Question) addTopic(topic *Question, weight float64) {
	for _, t := range topic.Terms {
		known := slices.ContainsFunc(q.Terms, func(x Term) bool { return x.Stem == t.Stem })
		if known || len(q.Terms) >= maxTerms {
			continue
		}
		if t.Entity {
			t.Weight *= nameWeight / topicWeight
		}
		t.Weight *= weight
		q.Terms = append(q.Terms, t)
		q.Inherited++
	}
	for _, e := range topic.Entities {
		if !slices.Contains(q.Entities, e) {
			q.Entities = append(q.Entities, e)
		}
	}
}

// asIs reads a question as it was understood: nothing in it is repaired.
func (p *Parser) asIs(understood string) *Question {
	q := p.plain(understood)
	if main, about := cutAbout(clean(understood)); about != nil {
		return p.Again(p.plain(main), understood)
	}
	return q
}

func (p *Parser) plain(text string) *Question { return (&Parser{v: p.v}).parse(text) }

// show sets how the question reads: text, and what it is about.
func (c *completion) show(text string, about ...string) { c.text, c.about = text, about }

func shown(text string, about []string) string {
	text = unmarked(text) + "?"
	if len(about) > 0 {
		text += aboutMark + strings.Join(about, aboutSep) + ")"
	}
	return text
}

const (
	aboutMark = " (about: "
	aboutSep  = ", "
	maxAbouts = 6 // more than are ever shown
)

// cutAbout is the inverse of shown.
func cutAbout(text string) (main string, about []string) {
	rest, ok := strings.CutSuffix(text, ")")
	at := strings.Index(rest, aboutMark)
	if !ok || at <= 0 || at+len(aboutMark) == len(rest) {
		return text, nil
	}
	return rest[:at], strings.SplitN(rest[at+len(aboutMark):], aboutSep, maxAbouts)
}

// sameTopic completes what asks but says nothing: "why", "by who".
func (c *completion) sameTopic() {
	topic := c.last.topic()
	if text := read(topic[0]).ask(unmarked(c.q.Plain), c.last.entities); text != "" {
		c.show(text, topic[1:]...)
		return
	}
	c.show(c.q.Text, topic...)
}
