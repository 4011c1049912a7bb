package question

import "strings"

// age marks how old the one is that the question names. Of several people each
// has an age of his own, so it has to stand right beside its owner.
func (e *exact) age() []Span {
	owner, rest := e.aged()
	if len(owner) == 0 || e.has(doubts, 0, len(e.ts)) {
		return nil
	}
	for _, t := range rest {
		if !e.stands(t, 0, len(e.ts)) {
			return nil
		}
	}
	var out []Span
	for _, m := range e.found(Age) {
		from, to := e.clause(m.from)
		if !e.has(hedges, from, to) && e.owns(m, owner) {
			out = append(out, m.Span)
		}
	}
	if len(out) != 1 {
		return nil
	}
	return out
}

// aged returns the terms that name whose age is asked for, and what else the
// question says: "how old was the driver when he died".
func (e *exact) aged() (owner, rest []*Term) {
	then := false
	last := len(e.asks.ts) - 1
	for i := range e.asks.ts {
		w := e.asks.at(i)
		if clauseWords[w] && i > 0 {
			then = true
		}
		t := e.termOf(w)
		if t == nil || e.asks.ts[i].Stop || !needed(t) {
			continue
		}
		verb := i == last && !t.Entity && (e.says("did") || e.says("does"))
		if then || verb {
			rest = append(rest, t)
		} else {
			owner = append(owner, t)
		}
	}
	return owner, rest
}

// owns reports whether the owner stands beside an age so that it is his.
func (e *exact) owns(m mention, owner []*Term) bool {
	if e.at(m.to-1) == "old" && m.to < len(e.ts) && e.gap(m.to) == " " && !e.ts[m.to].Stop {
		return e.all(owner, m.to, e.phraseEnd(m.to)) || e.apposed(m.from, owner) // "the driver, 46-year-old Dennis Pruitt"
	}
	if e.at(m.from-1) == "aged" && e.apposed(m.from-1, owner) || e.apposed(m.from, owner) {
		return true
	}
	from, _ := e.clause(m.from)
	if strings.ContainsAny(e.gap(m.from), ",(") {
		return false // it belongs to what stands before the comma
	}
	for _, x := range e.ms { // the last person before the age is whose it is
		if x.kind.Has(Person) && x.from >= from && x.to <= m.from {
			from = e.phraseStart(x.from)
			if !e.all(owner, from, x.to) {
				from = x.to
			}
		}
	}
	return e.all(owner, from, m.from)
}

// apposed reports whether the owner stands before a comma or bracket at token
// i: "Dennis Pruitt, 46", "the driver, a 46-year-old".
func (e *exact) apposed(i int, owner []*Term) bool {
	if e.at(i-1) == "a" || e.at(i-1) == "the" {
		i--
	}
	if i == 0 || e.gap(i) != ", " && e.gap(i) != " (" {
		return false
	}
	return e.all(owner, e.phraseStart(i-1), i)
}

// all reports whether all terms are among the tokens from i to to.
func (e *exact) all(terms []*Term, i, to int) bool {
	for _, t := range terms {
		if !e.stands(t, i, to) {
			return false
		}
	}
	return true
}

// phraseEnd returns the token behind the noun phrase that starts at i.
func (e *exact) phraseEnd(i int) int {
	n := i + 1
	for n < len(e.ts) && e.gap(n) == " " && !e.ts[n].Stop && !e.verb(n) {
		n++
	}
	return n
}

// phraseStart returns the first token of the noun phrase that token i is in.
func (e *exact) phraseStart(i int) int {
	for i > 0 && e.gap(i) == " " && !e.verb(i-1) && (!e.ts[i-1].Stop || e.at(i-1) == "of" || e.at(i-1) == "the") {
		i--
	}
	return i
}

// verb reports whether token i looks like a verb and nothing else.
func (e *exact) verb(i int) bool {
	return e.finite(i) && !e.capital(i) && !strings.HasSuffix(e.at(i), "s")
}
