package message

import (
	"slices"

	"dossier/index"
)

// A State is what a message is about, as data: all that is needed to go on from it.
// The buttons of the message hold it between them (see token.go), so that it outlives
// a restart and nothing is kept here. What a person reads is made from it and never
// read back.
type State struct {
	Owner    string // who asked
	Locale   string // the language that the message is in
	Corpus   string // of what articles it tells: see [CorpusTag]
	Outcome  index.Outcome
	Opinion  bool     // of Unsure: an opinion was asked for
	Question string   // what was asked
	Before   []string // the earlier questions that it leaned on, the oldest first
	Partial  bool     // Question or Before is not all there: there was no room
	Quotes   []string // the ids of the quotes that the message shows
	Skip     int      // how many better ones it leaves out
	Source   string   // what the question was limited to
	From, To string
	Offered  []string // the questions that it suggests, by their number
}

// After is what a question that replies to the message may lean on.
func (s State) After() []string {
	if s.Question == "" {
		return nil
	}
	return append(slices.Clone(s.Before), s.Question)
}

// Query asks for the quotes that the message shows, and what comes behind them.
func (s State) Query() index.Query {
	q := index.Query{Text: s.Question, Before: s.Before, Skip: s.Skip, Source: s.Source, From: s.From, To: s.To}
	if s.Skip > 0 {
		q.Top = max(MaxQuotes-s.Skip, 1)
	}
	return q
}

// Next asks for the quotes behind those that the message shows.
func (s State) Next() index.Query {
	s.Skip += len(s.Quotes)
	return s.Query()
}

// Answer is an answer with these quotes as the message told it, but for what was bold
// in them.
func (s State) Answer(quotes []index.Quote) index.Answer {
	a := index.Answer{Question: s.Question, Before: s.Before, Outcome: s.Outcome, Answered: s.Outcome == index.Answered, Suggestions: s.Offered}
	if s.Opinion {
		a.Reason = index.AnOpinion
	}
	if a.Answered {
		a.Quotes = quotes
	} else {
		a.Nearest = quotes
	}
	return a
}

// Marked adds to an answer what only asking again tells: what is bold in its quotes,
// and what comes behind them.
func Marked(a, again index.Answer) index.Answer {
	find := func(in []index.Quote, id string) int {
		return slices.IndexFunc(in, func(q index.Quote) bool { return q.ID == id })
	}
	for _, lists := range [][2][]index.Quote{{a.Quotes, again.Quotes}, {a.Nearest, again.Nearest}} {
		for i, q := range lists[0] {
			if k := find(lists[1], q.ID); k >= 0 {
				lists[0][i] = lists[1][k]
			}
		}
	}
	if a.Answered {
		for _, q := range again.Quotes {
			if find(a.Quotes, q.ID) < 0 {
				a.Quotes = append(a.Quotes, q)
			}
		}
		a.More = again.More
	}
	return a
}

// A Verb is what a button does.
type Verb byte

const (
	VerbMore    Verb = 'm' // the next best quotes
	VerbContext Verb = 'c' // the sentences around a quote
	VerbSources Verb = 's' // what the quotes rest on
	VerbShare   Verb = 'h' // show a private answer to all
	VerbDelete  Verb = 'd' // remove the answer
	VerbAsk     Verb = 'q' // ask a suggested question
	VerbPage    Verb = 'l' // another page of /sources
)

var verbs = []Verb{VerbMore, VerbContext, VerbSources, VerbShare, VerbDelete, VerbAsk, VerbPage}

// A Click is what one button does, and with which of several: the quote in
// context or the question suggested, from 1; the page, from 0.
type Click struct {
	Verb   Verb
	Number int
}

// Read returns what a button does and what its message is about.
func Read(m Message, id string) (Click, State, error) {
	if owner, ok := removalOfOld(id); ok {
		return Click{Verb: VerbDelete}, State{Owner: owner}, nil
	}
	p, err := parsePart(id)
	if err != nil {
		return Click{}, State{}, err
	}
	if !slices.ContainsFunc(slices.Concat(m.Rows...), func(b Button) bool { return b.ID == id }) {
		return Click{}, State{}, ErrDamaged
	}
	s, err := ReadState(m)
	return p.Click, s, err
}

// ReadState returns what a message is about: nothing, where it has no buttons.
func ReadState(m Message) (State, error) {
	var ids []string
	for _, b := range slices.Concat(m.Rows...) {
		if b.ID != "" {
			ids = append(ids, b.ID)
		}
	}
	if len(ids) == 0 {
		return State{}, nil
	}
	return unpack(ids)
}

// Offers reports whether a message has a button that does this.
func (m Message) Offers(v Verb) bool {
	return slices.ContainsFunc(slices.Concat(m.Rows...), func(b Button) bool {
		p, err := parsePart(b.ID)
		return err == nil && p.Verb == v
	})
}

// carry lets the buttons of a message hold a state between them. Where there is no
// room for all of it, this goes, in this order: the earlier questions, the oldest
// first; the question; the suggestions; the quotes. Without a question or all that it
// leaned on, More cannot go on and says so.
func (m *Message) carry(s State) {
	var buttons []*Button
	var clicks []Click
	for _, row := range m.Rows {
		for i := range row {
			if row[i].Verb != 0 {
				buttons = append(buttons, &row[i])
				clicks = append(clicks, Click{row[i].Verb, row[i].Number})
			}
		}
	}
	for _, less := range lessAndLess(s) {
		if ids, ok := pack(less, clicks); ok {
			for i, b := range buttons {
				b.ID = ids[i]
			}
			return
		}
	}
}

// lessAndLess are a state and what is left of it where there is ever less room.
// The last always fits.
func lessAndLess(s State) []State {
	all := []State{s}
	for len(s.Before) > 0 {
		s.Before, s.Partial = s.Before[1:], true
		all = append(all, s)
	}
	s.Question, s.Partial = "", true
	all = append(all, s)
	s.Offered = nil
	all = append(all, s)
	return append(all, State{Owner: s.Owner, Locale: s.Locale, Corpus: s.Corpus, Outcome: s.Outcome, Partial: true})
}
