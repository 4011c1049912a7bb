package question

import (
	"strings"

	term "dossier/index/text"
)

// Exact marks the part of a sentence that is the answer itself: the name, the
// date, the number, each name of a list. It marks only what stands in the
// clause that says what was asked, and nothing where two parts could be meant:
// a name beside the wrong deed is worse than no mark.
func Exact(q *Question, sentence string) []Span {
	e := newExact(q, sentence)
	switch {
	case q.Type == When && (q.Focus == "time" || q.Focus == "hour"):
		return e.when(Clock)
	case q.Type == When && q.Wants.Has(Weekday):
		return e.when(Weekday)
	case q.Type == When:
		return e.when(Date | Clock)
	case q.Type == HowMuch:
		return e.amountOf(Money)
	case q.Type == HowMany && q.Wants.Has(Percent):
		return e.amountOf(Percent)
	case q.Type == HowMany && q.Wants.Has(Duration):
		return e.amountOf(Duration)
	case q.Type == HowMany && q.Wants.Has(Age):
		return e.age()
	case q.Type == HowMany:
		return e.count()
	case q.Type == Where:
		return e.where()
	case q.Type == Who:
		return e.who()
	case q.Type == Which:
		return e.which()
	case q.Type == Why:
		return e.why()
	}
	return nil
}

// An exact looks for the answer to q in one sentence.
type exact struct {
	q       *Question
	asks    reader // over the question itself
	reader         // over the sentence
	ms      []mention
	clauses []int // which clause each token is in
	wide    []int // the same, but for amounts that only stand side by side
}

func newExact(q *Question, sentence string) *exact {
	plain, _, _ := strings.Cut(q.Plain, " (about:")
	ts := term.Tokens(sentence)
	e := &exact{q: q, asks: reader{plain, term.Tokens(plain)}, reader: reader{sentence, ts}, ms: mentions(sentence, ts)}
	e.clauses, e.wide = e.cut(true), e.cut(false)
	return e
}

// termOf returns the term that a word of the question became, or nil.
func (e *exact) termOf(word string) *Term {
	s := term.Stem(word)
	for i := range e.q.Terms {
		if e.q.Terms[i].Stem == s {
			return &e.q.Terms[i]
		}
	}
	return nil
}

// alike reports whether token i is a term or may stand for it.
func (e *exact) alike(t *Term, i int, least float64) bool {
	if e.ts[i].Stop {
		return false
	}
	s := term.Stem(e.at(i))
	if s == t.Stem || base(e.at(i)) == base(t.Word) {
		return true
	}
	if scales[e.at(i)] || currencies[e.at(i)] {
		return false // "4 million dollars" says nothing about a cost
	}
	for _, l := range t.Like {
		if l.Weight >= least && l.Stem == s {
			return true
		}
	}
	return false
}

// Weights from which on a word that may stand for another does so here.
const (
	likeWord = 0.5 // a word that only has to be there
	likeNoun = 0.6 // the noun that is asked for
	likeRole = 0.7 // what somebody is
)

// needed reports whether a term has to be found for a mark to be sure.
func needed(t *Term) bool {
	return t.Entity || t.Number || t.Weight >= 0.7 || t.Weight >= 0.5 && participle(t.Word) || barePlaces[t.Word] || t.Word == "company"
}

// stands reports whether a term is among the tokens from i to to.
func (e *exact) stands(t *Term, i, to int) bool {
	for ; i < to; i++ {
		if e.alike(t, i, likeWord) && !e.attributive(i) {
			return true
		}
	}
	return false
}

// attributive reports whether token i is a participle before a noun that the
// question does not ask about: "the leaked jokes" says nothing about what
// leaked.
func (e *exact) attributive(i int) bool {
	if !participle(e.at(i)) || i > 0 && !e.ts[i-1].Stop && !e.ts[i-1].Number && e.gap(i) == " " {
		return false
	}
	for n := i + 1; n < len(e.ts) && e.gap(n) == " " && !e.ts[n].Stop && !strings.HasSuffix(e.at(n), "ly"); n++ {
		if e.capital(n) {
			continue
		}
		if asides[e.at(n)] && e.ends(n+1) {
			break // "stolen later"
		}
		return !e.inQuestion(term.Stem(e.at(n)), true)
	}
	return false
}

// covered reports whether the clause of token i has all that the question
// says, but for names, which may stand anywhere in the sentence, and for the
// noun that is asked for, where skip says so.
func (e *exact) covered(i int, names bool, skip string) bool {
	return e.coveredIn(e.clauses, i, names, skip)
}

func (e *exact) coveredIn(clauses []int, i int, names bool, skip string) bool {
	if i < 0 {
		return false
	}
	some := false
	for k := range e.q.Terms {
		t := &e.q.Terms[k]
		some = some || needed(t)
		if !needed(t) || t.Stem == skip && skip != "" {
			continue
		}
		found := false
		for n := range e.ts {
			in := clauses[n] == clauses[i] || t.Entity && !names
			done := t.Weight >= 0.7 || !participle(t.Word) || participle(e.at(n)) // "filmed" is no "film"
			if in && done && e.alike(t, n, likeWord) && !e.attributive(n) {
				found = true
				break
			}
		}
		if !found {
			return false
		}
	}
	return some && e.light(clauses, i)
}

// asked reports whether all words of a mention stand in the question, so that
// it cannot be the answer.
func (e *exact) asked(m mention) bool {
	for i := m.from; i < m.to; i++ {
		if !e.ts[i].Stop && !honorifics[e.at(i)] && !e.inQuestion(term.Stem(e.at(i)), false) {
			return false
		}
	}
	return true
}

// known reports whether a word of a mention stands in the question: "Pascal"
// is no answer to a question about Amy Pascal.
func (e *exact) known(m mention) bool {
	for i := m.from; i < m.to; i++ {
		if !e.ts[i].Stop && e.inQuestion(term.Stem(e.at(i)), false) && !e.sortOf(m, i) {
			return true
		}
	}
	return false
}

// sortOf reports whether token i, at an end of a longer name, is the noun that
// is asked for: "St. Luke's Hospital" is an answer to "which hospital".
func (e *exact) sortOf(m mention, i int) bool {
	return (e.q.Type == Which || e.q.Type == Where) && m.to > m.from+1 && (i == m.from || i == m.to-1) && term.Stem(e.at(i)) == e.q.Focus
}

// inQuestion reports whether a stem is a term of the question or, with like,
// may stand for one.
func (e *exact) inQuestion(stem string, like bool) bool {
	for _, t := range e.q.Terms {
		if t.Stem == stem {
			return true
		}
		for _, l := range t.Like {
			if like && l.Stem == stem && l.Weight >= likeWord {
				return true
			}
		}
	}
	return false
}

// isFocus reports whether token i is the noun that is asked for or stands for
// it.
func (e *exact) isFocus(i int) bool { return e.is(e.q.Focus, i, likeNoun) }

// is reports whether token i is a noun of the question or stands for it.
func (e *exact) is(focus string, i int, least float64) bool {
	if focus == "" || i < 0 || i >= len(e.ts) || e.ts[i].Stop {
		return false
	}
	if term.Stem(e.at(i)) == focus {
		return true
	}
	for k := range e.q.Terms {
		if t := &e.q.Terms[k]; t.Stem == focus && e.alike(t, i, least) {
			return true
		}
	}
	return false
}

// Mentions reports whether a sentence has the noun that is asked for or one
// that may stand for it.
func (q *Question) Mentions(sentence string) bool {
	e := exact{q: q, reader: reader{sentence, term.Tokens(sentence)}}
	for i := range e.ts {
		if e.isFocus(i) {
			return true
		}
	}
	return false
}
