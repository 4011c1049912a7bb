package question

import (
	"strings"

	"dossier/index/term"
)

// one marks the only mention of some kinds that the question does not hold
// itself. Of several it takes the one that stands closest to the words of the
// question, where that is clear.
func (e *exact) one(k, not Kinds) []Span {
	var found []mention
	for _, m := range e.ms {
		if m.kind.Has(k) && !m.kind.Has(not) && !e.asked(m) {
			found = append(found, m)
		}
	}
	switch len(found) {
	case 0:
		return nil
	case 1:
		if k.Has(Date) && e.reported(found[0]) {
			return nil
		}
		return []Span{found[0].Span}
	case 2:
		if k.Has(Date) && found[1].from-found[0].to <= 2 && (found[0].kind | found[1].kind).Has(Clock) {
			return []Span{{found[0].Start, found[1].End}} // "24 November, at 7 a.m."
		}
		a, b := e.clause(found[0]), e.clause(found[1])
		if a > 0 && b == 0 {
			return []Span{found[0].Span}
		}
		if b > 0 && a == 0 {
			return []Span{found[1].Span}
		}
	}
	return nil
}

// reported reports whether a date is the one of a report and not of what is
// reported: "the company said on Monday".
func (e *exact) reported(m mention) bool {
	from, to := e.around(m)
	for i := from; i < to; i++ {
		switch e.at(i) {
		case "said", "says", "reported", "noted", "wrote", "told", "according", "announced", "explained":
			return !e.inQuestion(term.Stem(e.at(i)), true)
		}
	}
	return false
}

// clause returns how many terms of the question stand in the same clause as a
// mention.
func (e *exact) clause(m mention) int {
	from, to := e.around(m)
	n := 0
	for i := from; i < to; i++ {
		if !e.ts[i].Stop && (i < m.from || i >= m.to) && e.inQuestion(term.Stem(e.at(i)), true) {
			n++
		}
	}
	return n
}

// around returns the tokens of the clause that a mention stands in.
func (e *exact) around(m mention) (from, to int) {
	from, to = m.from, m.to
	for from > 0 && !e.breaks(from) {
		from--
	}
	for to < len(e.ts) && !e.breaks(to) {
		to++
	}
	return from, to
}

// breaks reports whether a clause starts at token i.
func (e *exact) breaks(i int) bool {
	if strings.ContainsAny(e.gap(i), ",;:()–—") {
		return true
	}
	switch e.at(i) {
	case "after", "before", "until", "while", "because", "but", "and", "although", "who", "which", "when", "that":
		return true
	}
	return false
}

// count marks a number with what it counts, where that is what is asked for.
func (e *exact) count() []Span {
	var numbers []mention
	for _, m := range e.ms {
		if m.kind.Has(Number) && !m.kind.Has(Money|Percent) && !e.asked(m) {
			numbers = append(numbers, m)
		}
	}
	if e.q.Focus == "" {
		return nil // "how big": in what unit?
	}
	for _, m := range numbers {
		if m.kind.Has(Duration) && e.isFocus(m.to-1) {
			return []Span{m.Span}
		}
		for i := m.to; i < len(e.ts) && i < m.to+4; i++ {
			if strings.ContainsAny(e.gap(i), ",;:.()") || e.ts[i].Number {
				break
			}
			if e.isFocus(i) {
				return []Span{{m.Start, e.ts[i].End}}
			}
		}
	}
	if len(numbers) != 1 || numbers[0].kind.Has(Duration) {
		return nil
	}
	m := numbers[0] // "the number of leaked records rose to 47,000", "26 gigabytes of data"
	for i := range e.ts {
		if e.isFocus(i) && i < m.from && m.from-i <= 8 && e.clause(m) > 0 {
			return []Span{m.Span}
		}
		if e.isFocus(i) && i > m.to && i <= m.to+2 && e.at(i-1) == "of" {
			return []Span{{m.Start, e.ts[m.to].End}}
		}
	}
	return nil
}
