package question

import (
	"slices"
	"strings"

	term "dossier/index/text"
)

// A leaner looks for what a question leaves to the one before it.
type leaner struct {
	q    *Question
	ws   []word
	lead string // the word that links it to the one before, as "and"
}

// leans reports whether a question cannot stand without the one before it:
// it has nothing to ask about, or speaks of somebody or something that it does
// not name.
func leans(q *Question, words []word, lead string) bool {
	l := leaner{q, words, lead}
	switch {
	case len(words) == 0:
		return false
	case isFragment(words, lead), l.endsOpen(), l.goesOn():
		return true
	case l.named() && !l.opens():
		return false
	}
	return l.refers() || l.bare() && !strings.HasPrefix(q.Plain, "what happened")
}

// endsOpen: "what did the police say to that".
func (l leaner) endsOpen() bool {
	last := l.ws[len(l.ws)-1].w
	return len(l.ws) > 2 && (last == "that" || last == "it" || last == "this")
}

// goesOn: "and what did the director say", "and what did amazon say", but not
// "and who stars in annie", which names all that it asks about.
func (l leaner) goesOn() bool {
	if l.lead == "" || l.q.Type == YesNo {
		return false
	}
	says, whole := false, l.named()
	for _, t := range l.q.Terms {
		if !t.Entity && t.Weight > heavyWeight {
			says = true
			whole = whole && t.Weight < 1
		}
	}
	return says && (!l.named() || whole)
}

func (l leaner) named() bool { return len(l.q.Entities) > 0 }

// opens reports whether one of the first words is a pronoun: "why did she
// leave Sony".
func (l leaner) opens() bool {
	return slices.ContainsFunc(l.ws[:min(len(l.ws), 4)], func(w word) bool { return pronouns[w.w] || things[w.w] })
}

// bare: "when", "by who", "how much did that cost": it asks, but of nothing.
func (l leaner) bare() bool {
	if heavy(l.q) > 0 {
		return false
	}
	first := l.ws[0].w
	return isAsk(first) || linking[first] && len(l.ws) > 1 && isAsk(l.ws[1].w) ||
		l.q.Type == When || l.q.Type == HowMuch || l.q.Type == HowMany
}

// refers reports whether a word stands for somebody or something that the
// question does not name before it, as "she" in "did she leave", but not in
// "why did pascal say that she left".
func (l leaner) refers() bool {
	for i := range l.ws {
		if l.partOfName(l.ws[i].w) {
			return false
		}
		if l.refersAt(i) {
			return true
		}
	}
	return false
}

func (l leaner) refersAt(i int) bool {
	w, next := l.ws[i].w, ""
	if i+1 < len(l.ws) {
		next = l.ws[i+1].w
	}
	switch w {
	case "it":
		return !expletive[next] // "is it true"
	case "its":
		return true
	case "that", "this":
		alone := next == "" || l.ws[i+1].stop && !determiners[next] // "did that hurt them", not "that the film"
		return i > 0 && (alone || heavy(l.q) <= 1)
	case "these", "those":
		return i > 0 && next != "" && heavy(l.q) <= 1
	case "else":
		return i > 0
	case "there", "then":
		return i > 0 && (next == "" || next == "else")
	}
	return pronouns[w]
}

func (l leaner) partOfName(w string) bool {
	return slices.ContainsFunc(l.q.Entities, func(e string) bool { return strings.HasPrefix(e, w) && strings.Contains(e+" ", w+" ") })
}

// heavyWeight is the weight from which on a term says what a question is about.
const heavyWeight = 0.5

// heavy returns how many terms of a question say what it is about.
func heavy(q *Question) int {
	n := 0
	for _, t := range q.Terms {
		if t.Weight >= heavyWeight && len(t.Stem) > 1 {
			n++
		}
	}
	return n
}

var (
	pronouns  = term.People
	things    = set(`it its that this these those one ones`)
	expletive = set(`true known clear possible likely certain cost take took costs takes`)
	// linking words begin what is no sentence of its own: "in japan?"
	linking = set(`in on at for from to with by about`)
)

// isFragment reports whether words only change the question before them: "what
// about annie", "and in japan?".
func isFragment(words []word, lead string) bool {
	if isAbout(words) {
		return true
	}
	if slices.ContainsFunc(words, func(w word) bool { return isAsk(w.w) || auxiliaries[w.w] }) {
		return false
	}
	return lead != "" && len(words) <= 4 || linking[words[0].w] && len(words) <= 3
}

// isAbout: "what about annie", "how about annie".
func isAbout(words []word) bool {
	return len(words) > 1 && (words[0].w == "what" || words[0].w == "how") && words[1].w == "about"
}
