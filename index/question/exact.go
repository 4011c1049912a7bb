package question

import "dossier/index/term"

// Exact marks the part of a sentence that is the answer itself, where the
// question makes clear what that is: the name, the date, the number, each name
// of a list. It returns nothing where two parts could be meant, since a wrong
// mark is worse than none.
func Exact(q *Question, sentence string) []Span {
	ts := term.Tokens(sentence)
	e := exact{q: q, reader: reader{sentence, ts}, ms: mentions(sentence, ts)}
	switch {
	case q.Type == When && (q.Focus == "time" || q.Focus == "hour"):
		return e.one(Clock, 0)
	case q.Type == When:
		return e.one(Date|Clock, 0)
	case q.Type == HowMuch:
		return e.one(Money, 0)
	case q.Type == HowMany && q.Wants.Has(Percent):
		return e.one(Percent, 0)
	case q.Type == HowMany && q.Wants.Has(Duration):
		return e.one(Duration, 0)
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
	q *Question
	reader
	ms []mention
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
		if !e.ts[i].Stop && e.inQuestion(term.Stem(e.at(i)), false) {
			return true
		}
	}
	return false
}

// inQuestion reports whether a stem is a term of the question or, with like,
// may stand for one.
func (e *exact) inQuestion(stem string, like bool) bool {
	for _, t := range e.q.Terms {
		if t.Stem == stem {
			return true
		}
		for _, l := range t.Like {
			if like && l.Stem == stem && l.Weight >= 0.5 {
				return true
			}
		}
	}
	return false
}

// isFocus reports whether token i is the noun that is asked for or stands for
// it.
func (e *exact) isFocus(i int) bool {
	if e.ts[i].Stop {
		return false
	}
	s := term.Stem(e.at(i))
	if s == e.q.Focus {
		return true
	}
	for _, t := range e.q.Terms {
		if t.Stem != e.q.Focus {
			continue
		}
		for _, l := range t.Like {
			if l.Stem == s && l.Weight >= 0.6 {
				return true
			}
		}
	}
	return false
}

// where marks a place, with the larger place that it lies in.
func (e *exact) where() []Span {
	if spans := e.enumerated(Place); len(spans) > 2 || len(spans) == 2 && e.q.List {
		return spans
	}
	var found []mention
	for _, m := range e.ms {
		if m.kind.Has(Place) && !e.known(m) {
			if n := len(found); n > 0 && e.s[found[n-1].End:m.Start] == ", " {
				found[n-1].End, found[n-1].to = m.End, m.to
				continue
			}
			found = append(found, m)
		}
	}
	if len(found) == 1 {
		return []Span{found[0].Span}
	}
	return nil
}
