package question

import (
	"strings"

	"dossier/index/term"
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

// doer marks who does what the question says from word i on: the subject of
// its verb, or the one by whom it was done.
func (e *exact) doer(i int) []Span {
	for haveForms[e.asks.at(i)] || asides[e.asks.at(i)] || e.asks.at(i) == "all" || e.asks.at(i) == "else" || e.asks.at(i) == "really" {
		i++
	}
	if i >= len(e.asks.ts) || e.asks.ts[i].Stop || auxiliaries[e.asks.at(i)] {
		return nil
	}
	if !e.present(i) {
		return nil
	}
	saying := says[base(e.asks.at(i))]
	prep, from := "", i+1
	if p := e.asks.at(from); preps[p] || particles[p] {
		prep, from = p, from+1
	}
	want := e.wanted(from)
	if want == nil && from < len(e.asks.ts) && !saying {
		return nil // "who did it"
	}
	var out []mention
	quoting := saying && (generalSay[base(e.asks.at(i))] || e.asks.at(i+1) == "that")
	for v := range e.ts {
		if !e.sameVerb(i, v) && !(quoting && says[base(e.at(v))] && generalSay[base(e.asks.at(i))]) || e.has(hedges, 0, v) || e.has(doubts, 0, len(e.ts)) {
			continue
		}
		if quoting {
			if ms := e.subject(v); ms != nil {
				out = append(out, ms...)
			}
			continue
		}
		if prep != "" && !e.follows(v, prep) {
			continue
		}
		if ms := e.subject(v); ms != nil && e.takes(v+len(strings.Fields(prep)), want) {
			out = append(out, ms...)
			continue
		}
		if participle(e.at(v)) && e.at(v+1) == "by" && e.precedes(v, want) {
			out = append(out, e.after(v+2)...)
		}
	}
	return e.spans(once(out))
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

// wanted returns the terms of the object that starts with word i of the
// question, the head last, or nil where it has none.
func (e *exact) wanted(i int) []*Term {
	var out []*Term
	for n := i; n < len(e.asks.ts); n++ {
		w := e.asks.at(n)
		if preps[w] || clauseWords[w] || n > i && e.asks.gap(n) != " " && e.asks.gap(n) != "-" || auxiliaries[w] {
			break
		}
		if t := e.termOf(w); t != nil && !e.asks.ts[n].Stop && t.Weight >= 0.3 {
			out = append(out, t)
		}
	}
	return out
}

// takes reports whether the object of the verb at v is the wanted one: all of
// it is there, and its head is the head of what follows the verb.
func (e *exact) takes(v int, want []*Term) bool {
	if len(want) == 0 {
		return true
	}
	i := v + 1
	if e.at(i) == "and" && e.finite(i+1) {
		i += 2 // "directed and produced"
	}
	to, head := i, -1
	for ; to < len(e.ts); to++ {
		w := e.at(to)
		m, name := e.mentionAt(to)
		if name && (to == i || e.gap(to) == " " || strings.Trim(e.gap(to), " \"“”-") == "") {
			to = m.to - 1
			if head < 0 || e.at(head) != "of" {
				head = to
			}
			continue
		}
		if to > i && strings.ContainsAny(e.gap(to), ",;:().–—") || preps[w] && w != "of" || clauseWords[w] || beForms[w] || w == "and" || w == "called" || w == "named" {
			break
		}
		if (w == "more" || w == "less") && e.at(to+1) == "than" {
			to++
			continue
		}
		if w == "of" {
			if head >= 0 && partitive[e.at(head)] {
				head = -1
				continue
			}
			break
		}
		if !e.ts[to].Stop {
			head = to
		}
	}
	end := to
	for end < len(e.ts) && e.at(end) == "of" { // "the mailbox of Michael Lynton"
		for end++; end < len(e.ts) && !preps[e.at(end)] && e.gap(end) == " "; end++ {
		}
	}
	if head < 0 {
		return false
	}
	m, named := e.mentionTo(head + 1)
	at := func(t *Term) bool {
		if named {
			for n := m.from; n < m.to; n++ {
				if e.alike(t, n, likeWord) {
					return true
				}
			}
			return m.from > i && e.gap(m.from) == " " && isFore(e.at(m.from-1)) && e.alike(t, m.from-1, likeWord)
		}
		return e.alike(t, head, likeWord)
	}
	if !at(want[len(want)-1]) && !(want[0].Entity && e.alike(want[0], i, likeWord) && named) && !e.first(i, want) {
		return false
	}
	for _, t := range want {
		if needed(t) && !e.stands(t, i, len(e.ts)) {
			return false
		}
	}
	return true
}

// first reports whether what follows the verb starts with the wanted name, and
// something else is said of it: "called Jolie a brat".
func (e *exact) first(i int, want []*Term) bool {
	ms := e.after(i)
	if len(ms) != 1 || !want[0].Entity {
		return false
	}
	for n := ms[0].from; n < ms[0].to; n++ {
		if e.alike(want[0], n, 1) {
			return true
		}
	}
	return false
}

// partitive are nouns whose own head follows behind an "of".
var partitive = set(`rest part parts most all some number lot copy copies thousands hundreds`)

// follows reports whether a preposition or particle stands right behind v.
func (e *exact) follows(v int, prep string) bool {
	return e.at(v+1) == prep && e.gap(v+1) == " "
}

// precedes reports whether the wanted object stands right before a participle:
// "RawDisk, a commercial driver made by".
func (e *exact) precedes(v int, want []*Term) bool {
	if len(want) == 0 {
		return false
	}
	i, n := v-1, 0
	for ; i >= 0 && n < 3; i-- {
		if clauseWords[e.at(i)] && e.at(i) != "which" && e.at(i) != "that" {
			break
		}
		if !e.ts[i].Stop && !auxiliaries[e.at(i)] {
			n++
		}
	}
	for _, t := range want {
		if needed(t) && !e.stands(t, i+1, v) {
			return false
		}
	}
	return true
}

// sufferer marks to whom was done what word i of the question says: "who was
// charged".
func (e *exact) sufferer(i int) []Span {
	if !e.present(i) {
		return nil
	}
	var out []mention
	for v := range e.ts {
		if !e.sameVerb(i, v) || e.has(hedges, 0, v) {
			continue
		}
		if n := e.beforeVerb(v - 1); participle(e.at(v)) && (e.at(n) == "was" || e.at(n) == "were" || e.at(n) == "been" || e.at(n) == "is" || e.at(n) == "are") {
			for n--; asides[e.at(n)] || haveForms[e.at(n)]; n-- {
			}
			if n >= 0 && e.gap(n+1) == " " {
				out = append(out, e.head(n)...)
			}
			continue
		}
		if e.subject(v) != nil {
			out = append(out, e.after(v+1)...)
		}
	}
	return e.spans(once(out))
}

// object marks to whom somebody does what the question says: "who did Lynton
// consult". i is the first word of who does it.
func (e *exact) object(i int) []Span {
	var out []mention
	for n := i + 1; n < len(e.asks.ts); n++ {
		if e.asks.ts[n].Stop {
			continue
		}
		prep := ""
		if last := e.asks.at(len(e.asks.ts) - 1); n < len(e.asks.ts)-1 && preps[last] {
			prep = last
		}
		for v := range e.ts {
			if !e.sameVerb(n, v) || e.has(hedges, 0, v) || !e.does(v, i, n) || !e.present(n) {
				continue
			}
			if prep != "" {
				if !e.follows(v, prep) {
					continue
				}
				out = append(out, e.after(v+2)...)
				continue
			}
			out = append(out, e.after(v+1)...)
		}
	}
	return e.spans(once(out))
}

// does reports whether the words of the question from i to n are the subject
// of the verb at v: they stand before it in its clause.
func (e *exact) does(v, i, n int) bool {
	from, _ := e.clause(v)
	some := false
	for ; i < n; i++ {
		t := e.termOf(e.asks.at(i))
		if t == nil || e.asks.ts[i].Stop {
			continue
		}
		some = true
		if !e.stands(t, from, v) {
			return false
		}
	}
	return some
}

// whose marks whose thing it is: "Michael Lynton's mailbox", "the contract of
// Michael Lynton". i is the word of the question that names the thing.
func (e *exact) whose(i int) []Span {
	t := e.termOf(e.asks.at(i))
	if t == nil || !e.present(i) || e.has(hedges, 0, len(e.ts)) {
		return nil
	}
	var out []mention
	for n := range e.ts {
		if !e.alike(t, n, likeNoun) {
			continue
		}
		if e.at(n+1) == "of" {
			if ms := e.after(n + 2); ms != nil {
				out = append(out, ms...)
			}
		} else if m, ok := e.mentionTo(n); ok && possessive(e.surface(n-1)) > 0 {
			out = append(out, e.members(m)...)
		}
	}
	return e.spans(once(out))
}
