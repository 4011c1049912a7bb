package question

import (
	"strings"

	term "dossier/index/text"
)

// who marks the persons, or what else acts, that do what the question says, or
// are what it asks for.
func (e *exact) who() []Span {
	i := e.askedAt()
	if i < 0 {
		return nil
	}
	w := e.asks.at(i)
	switch {
	case e.asks.at(i-1) == "whose":
		return e.whose(i)
	case w == "did" || w == "does" || w == "do" || w == "will" || w == "would":
		return e.object(i + 1)
	case w == "is" || w == "was" || w == "are" || w == "were":
		n := i + 1
		for asides[e.asks.at(n)] || e.asks.at(n) == "all" || e.asks.at(n) == "else" {
			n++
		}
		switch next := e.asks.at(n); {
		case next == "behind" || next == "responsible":
			return e.predicate(next)
		case participle(next) && !personNouns[next]:
			return e.sufferer(n)
		case e.named():
			return e.description()
		case !e.asks.inner(n):
			return e.role()
		}
		return nil
	}
	if personNouns[e.asks.at(i-1)] {
		if spans := e.role(); spans != nil {
			return spans
		}
	}
	return e.doer(i)
}

// inner reports whether token i is a verb in -ing: "who is blaming Sony".
func (r *reader) inner(i int) bool { return strings.HasSuffix(r.at(i), "ing") && len(r.at(i)) > 5 }

// askedAt returns the word of the question behind "who", "whose" or "which
// actor", or -1.
func (e *exact) askedAt() int {
	for i := range e.asks.ts {
		switch e.asks.at(i) {
		case "who", "whom", "whose":
			return i + 1
		case "which", "what":
			for n := i + 1; n < len(e.asks.ts) && n < i+5; n++ {
				if personNouns[e.asks.at(n)] {
					return n + 1
				}
			}
			return -1
		}
	}
	return -1
}

// sameVerb reports whether token v says what word i of the question says.
func (e *exact) sameVerb(i, v int) bool {
	if e.ts[v].Stop && !haveForms[e.at(v)] {
		return false
	}
	w := e.asks.at(i)
	if base(w) == base(e.at(v)) || term.Stem(w) == term.Stem(e.at(v)) || w+"d" == e.at(v) {
		return true
	}
	t := e.termOf(w)
	return t != nil && e.alike(t, v, likeWord)
}

// once returns ms where it is one enumeration or one name, and nothing where
// it holds several finds.
func once(ms []mention) []mention {
	for i := 1; i < len(ms); i++ {
		if ms[i].from <= ms[i-1].from {
			return nil
		}
	}
	return ms
}

var (
	says       = set(`say tell claimed claim argue argued note noted add added report reported conclude concluded admit admitted explain explained write wrote call called announce announced think suggest suggested deny denied`)
	generalSay = set(`say tell argue argued claim claimed think suggest suggested`)
	preps      = set(`in on at by for from with over about to against into after during of under behind between through
		as like without inside upon within among than off out up down away back because until before while`)
	particles = set(`off out up down over away back inside into through`)
)

// present reports whether all that the question says besides word i is in the
// sentence.
func (e *exact) present(verb int) bool {
	for k := range e.q.Terms {
		t := &e.q.Terms[k]
		if !needed(t) || t.Stem == term.Stem(e.asks.at(verb)) || personNouns[t.Word] && t.Stem == e.q.Focus {
			continue
		}
		if !e.stands(t, 0, len(e.ts)) {
			return false
		}
	}
	return true
}
