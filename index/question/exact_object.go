package question

import "strings"

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
	head := e.objectHead(i)
	if head < 0 {
		return false
	}
	_, named := e.mentionTo(head + 1)
	if !e.heads(i, head, want[len(want)-1]) && !(want[0].Entity && e.alike(want[0], i, likeWord) && named) && !e.first(i, want) {
		return false
	}
	for _, t := range want {
		if needed(t) && !e.stands(t, i, len(e.ts)) {
			return false
		}
	}
	return true
}

// objectHead returns the head of the noun phrase that starts at token i, or -1.
func (e *exact) objectHead(i int) int {
	head := -1
	for n := i; n < len(e.ts); n++ {
		w := e.at(n)
		if m, name := e.mentionAt(n); name && (n == i || strings.Trim(e.gap(n), " \"“”-") == "") {
			n = m.to - 1
			head = n
			continue
		}
		switch {
		case e.endsObject(i, n), w == "of" && (head < 0 || !partitive[e.at(head)]):
			return head
		case (w == "more" || w == "less") && e.at(n+1) == "than":
			n++
		case w == "of":
			head = -1 // "copies of the film"
		case !e.ts[n].Stop:
			head = n
		}
	}
	return head
}

// endsObject reports whether the object that starts at i ends before token n.
func (e *exact) endsObject(i, n int) bool {
	w := e.at(n)
	return n > i && strings.ContainsAny(e.gap(n), ",;:().–—") || preps[w] && w != "of" || clauseWords[w] || beForms[w] ||
		w == "and" || w == "called" || w == "named"
}

// heads reports whether a term is the head of an object that starts at i: the
// noun at head, or part of the name that ends there or of what it is called.
func (e *exact) heads(i, head int, t *Term) bool {
	m, named := e.mentionTo(head + 1)
	if !named {
		return e.alike(t, head, likeWord)
	}
	for n := m.from; n < m.to; n++ {
		if e.alike(t, n, likeWord) {
			return true
		}
	}
	return m.from > i && e.gap(m.from) == " " && isFore(e.at(m.from-1)) && e.alike(t, m.from-1, likeWord)
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
