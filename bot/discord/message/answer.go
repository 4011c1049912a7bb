package message

import (
	"fmt"
	"strings"

	"dossier/index"
)

// A View says for whom something is rendered.
type View struct {
	Lang    *Language
	Owner   string // whose answer it is
	Private bool
	Above   bool   // Discord shows the question right above, as over a reply
	Skip    int    // quotes that were skipped
	Shown   int    // how many quotes to show; 0: as many as the answer calls for
	Corpus  string // the version of the articles
	Source  string
	From    string
	To      string
	Cut     bool // the question was too long and is shown shortened
}

// smallPrint begins a line in small print.
const smallPrint = "-# "

const (
	// shownQuestion is how much of a question stands above an answer, where Discord
	// does not show it: two lines of a phone.
	shownQuestion = 80

	// MaxQuotes is how many quotes there are to a question, with all that follow on
	// [VerbMore].
	MaxQuotes = 9

	// perPage is how many of them a page has at most.
	perPage = 3
)

// Answer shows an answer: as many quotes as it calls for, with outlet, date and link;
// the others are behind a button.
func Answer(a index.Answer, v View) Message {
	if len(a.Quotes) == 0 {
		return refusal(a, v)
	}
	first := min(v.first(a), len(a.Quotes))
	room := maxContent - Length(v.heading(a, first))
	text, shown := v.quoted(a.Quotes[:first], room-1)
	m := Message{Private: v.Private, Content: lines(v.heading(a, shown), text)}
	for _, part := range a.Unanswered {
		m.AddSmallPrint(escape(v.Lang.NoAnswer + short(part)))
	}
	var r []Button
	if (a.More || shown < len(a.Quotes)) && v.Skip+shown < MaxQuotes {
		r = append(r, Button{Label: v.Lang.More, Style: primary, Verb: VerbMore})
	}
	m.addRow(append(r, v.aboutButtons()...))
	m.carry(v.state(a, a.Quotes[:shown]))
	return m
}

// first says how many quotes an answer calls for.
func (v View) first(a index.Answer) int {
	switch {
	case v.Shown > 0:
		return v.Shown
	case v.Skip > 0:
		return perPage
	}
	return called(a)
}

// state is what an answer tells of, to go on from it.
func (v View) state(a index.Answer, shown []index.Quote) State {
	s := State{
		Owner: v.Owner, Locale: v.Lang.Locale, Corpus: CorpusTag(v.Corpus),
		Outcome: a.Outcome, Opinion: a.Outcome == index.Unsure && a.Reason == index.AnOpinion,
		Skip: v.Skip, Source: v.Source, From: v.From, To: v.To,
	}
	s.Question, s.Partial = Clean(a.Question)
	for _, b := range a.Before {
		q, cut := Clean(b)
		if q != "" {
			s.Before = append(s.Before, q)
		}
		s.Partial = s.Partial || cut
	}
	for _, q := range shown {
		s.Quotes = append(s.Quotes, q.ID)
	}
	return s
}

// quoted is as many quotes as there is room for, each with its citation; shown says
// how many. No sentence is ever cut: where not even the first fits, it is only named.
func (v View) quoted(quotes []index.Quote, room int) (text string, shown int) {
	for n, q := range quotes {
		block := quoteBlock(q) + "\n" + v.citation(q)
		switch {
		case Length(text)+1+Length(block) <= room:
			text = lines(text, block)
		case n > 0:
			return text, n
		default:
			return v.Lang.QuoteLong + "\n" + v.citation(q), 1
		}
	}
	return text, len(quotes)
}

// heading is what stands above an answer, if anything: the question, unless Discord
// shows it; which of the quotes follow, where it goes on from another answer; how the
// question was understood, where it leaned on an earlier one; what it was limited to.
func (v View) heading(a index.Answer, shown int) string {
	var head []string
	small := func(s string) { head = append(head, smallPrint+escape(s)) }
	switch question := short(a.Question); {
	case v.Skip > 0 && shown > 0:
		small(v.Lang.continued(v.Skip+1, v.Skip+shown, v.Skip+len(a.Quotes)) + " · " + question)
	case !v.Above && question != "" && len(a.Before) == 0:
		small(question)
	}
	if len(a.Before) > 0 {
		small(v.Lang.Understood + short(a.Before[len(a.Before)-1]) + " · " + short(a.Question))
	}
	if l := v.limits(); l != "" {
		small(l)
	}
	if v.Cut {
		small(fmt.Sprintf(v.Lang.Cut, maxQuestion))
	}
	return strings.Join(head, "\n")
}

// lines puts texts below each other, without empty ones.
func lines(texts ...string) string {
	var all []string
	for _, t := range texts {
		if t != "" {
			all = append(all, t)
		}
	}
	return strings.Join(all, "\n")
}

// short is a question in at most two lines of a phone.
func short(text string) string {
	q, _ := Clean(text)
	if Length(q) <= shownQuestion {
		return q
	}
	return cutWords(q, shownQuestion-1) + "…"
}

// aboutButtons are the buttons that say more of quotes.
func (v View) aboutButtons() []Button {
	return []Button{
		{Label: v.Lang.InContext, Style: secondary, Verb: VerbContext},
		{Label: v.Lang.Sources, Style: secondary, Verb: VerbSources},
		v.lastButton(),
	}
}

// lastButton is the button at the end of an answer: a private one can be shown to all,
// also where the sources do not say; one that all see can be removed.
func (v View) lastButton() Button {
	if v.Private {
		return Button{Label: v.Lang.Share, Style: secondary, Verb: VerbShare}
	}
	return Button{Emoji: "🗑️", Style: secondary, Verb: VerbDelete}
}

// limits says what the question was limited to.
func (v View) limits() string {
	var parts []string
	if s, _ := Clean(v.Source); s != "" {
		parts = append(parts, cutWords(s, 80))
	}
	if v.From != "" || v.To != "" {
		parts = append(parts, strings.TrimSpace(v.Lang.date(v.From)+" – "+v.Lang.date(v.To)))
	}
	if len(parts) == 0 {
		return ""
	}
	return v.Lang.Only + strings.Join(parts, ", ")
}

// quoteBlock is a quote as a block quote, word for word: what matched bold, what
// answers bold and underlined. Where the sentence needs the one before it, that
// stands first.
func quoteBlock(q index.Quote) string {
	s := emphasise(q.Text, q.Matched, q.Exact)
	if q.Context && q.Before != "" {
		s = escape(q.Before) + " " + s
	}
	return quoteLines(s)
}

const (
	// near is how close the second quote's score is to the first one's where both are
	// shown, and sure the confidence from which on the first alone will do. With these,
	// 84 of 333 answers to questions of index/testdata (eval, half tune, and bank dev, at
	// depth 12) show two; a right quote is among those shown in 290, with one quote
	// always in 279, with all three in 308.
	near = 1.0
	sure = 0.9
)

// called says how many of an answer's quotes it calls for: one of each question of a
// message, three for an overview (of which the index gives more than for anything
// else), two where the second is as good as the first, which also has two sides speak.
func called(a index.Answer) int {
	switch {
	case a.Parts > 1:
		return min(a.Parts, perPage)
	case len(a.Quotes) > index.DefaultTop:
		return perPage
	case len(a.Quotes) > 1 && a.Confidence < sure && a.Quotes[0].Score-a.Quotes[1].Score < near:
		return 2
	}
	return 1
}
