package question

import (
	"slices"
	"strings"
	"time"

	"dossier/index/term"
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
	q     *Question // a copy
	own   int       // its terms that say what it is about
	ws    []word    // of its plain words
	turns []turn    // the last one first
	last  turn
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
func (m *Memory) Complete(key string, q *Question, now time.Time) *Question {
	if !q.Leans || key == "" {
		return q
	}
	turns := m.recall(key, now)
	if len(turns) == 0 {
		return q
	}
	next := *q
	next.Terms, next.Entities = slices.Clone(q.Terms), slices.Clone(q.Entities)
	c := &completion{q: &next, own: heavy(q), ws: split(q.Plain), turns: turns, last: turns[0]}
	if i, p, ok := c.pronoun(); ok {
		c.ofPerson(i, p)
	} else if isFragment(c.ws, "") || q.Type == Other {
		c.ofAnother()
	} else if c.own == 0 && !c.does() {
		c.sameTopic()
	} else {
		c.ofThing()
	}
	if next.main == "" {
		return q // nothing fits
	}
	next.Leans = false
	return &next
}

// add adds a term from before, unless the question has it.
func (c *completion) add(t Term, weight float64) {
	if len(c.q.Terms) >= maxTerms || slices.ContainsFunc(c.q.Terms, func(x Term) bool { return x.Stem == t.Stem }) {
		return
	}
	t.Weight *= weight
	c.q.Terms = append(c.q.Terms, t)
	c.q.Inherited++
}

// addName adds a name from before.
func (c *completion) addName(name string) {
	for _, w := range strings.Fields(name) {
		if isStop(w) {
			continue
		}
		t := Term{Word: w, Stem: term.Stem(w), Entity: true, Weight: 1}
		if i := slices.IndexFunc(c.last.terms, func(x Term) bool { return x.Word == w }); i >= 0 {
			t.Like = c.last.terms[i].Like
		}
		c.add(t, nameWeight)
	}
	if !slices.Contains(c.q.Entities, name) {
		c.q.Entities = append(c.q.Entities, name)
	}
}

// addAll adds the terms and names of the last question but those of some
// words.
func (c *completion) addAll(topic float64, without []word) {
	gone := func(w string) bool { return slices.ContainsFunc(without, func(x word) bool { return x.w == w }) }
	for _, t := range c.last.terms {
		switch {
		case gone(t.Word) || t.Weight < faint:
		case t.Entity:
			c.add(t, topic*nameWeight/topicWeight)
		default:
			c.add(t, topic)
		}
	}
	for _, e := range c.last.entities {
		if !slices.ContainsFunc(strings.Fields(e), gone) && !slices.Contains(c.q.Entities, e) {
			c.q.Entities = append(c.q.Entities, e)
		}
	}
}

// show sets how the question reads: text, and what it is about.
func (c *completion) show(text string, about ...string) {
	c.q.Text, c.q.Plain = shown(text, about), shown(text, about)
	c.q.main, c.q.about = unmarked(text), about
}

// showAbout keeps the question as it was typed and shows what it is about.
func (c *completion) showAbout(about []string) {
	typed := c.q.Text
	c.show(c.q.Plain, about...)
	c.q.Text = shown(typed, about)
}

func shown(text string, about []string) string {
	text = unmarked(text) + "?"
	if len(about) > 0 {
		text += " (about: " + strings.Join(about, ", ") + ")"
	}
	return text
}

// sameTopic completes what asks but says nothing: "why", "by who".
func (c *completion) sameTopic() {
	c.addAll(topicWeight, nil)
	main := c.last.topic()[0]
	if text := read(main).ask(unmarked(c.q.Plain), c.last.entities); text != "" {
		c.show(text, c.last.topic()[1:]...)
		return
	}
	c.q.hollow = true
	c.showAbout(c.last.topic())
}
