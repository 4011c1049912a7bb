package question

import (
	"strings"

	term "dossier/index/text"
)

// counted returns the noun of "how many phrases fit": the first plural, if it
// comes soon, else the focus.
func (e *exact) counted() string {
	for i := range e.asks.ts {
		if e.asks.at(i) != "many" {
			continue
		}
		for n := i + 1; n < min(len(e.asks.ts), i+6) && !e.asks.ts[n].Stop && !auxiliaries[e.asks.at(n)]; n++ {
			if plural(e.asks.at(n)) && !plural(e.asks.at(n+1)) {
				if e.asks.at(n+1) == "and" || e.asks.at(n+1) == "or" {
					return "" // it asks for two numbers
				}
				return term.Stem(e.asks.at(n))
			}
		}
	}
	return e.q.Focus
}

// count marks a number with what it counts, where that is what is asked for and
// the clause says what was asked.
func (e *exact) count() []Span {
	focus := e.counted()
	if focus == "" || e.has(doubts, 0, len(e.ts)) {
		return nil // "how big": in what unit?
	}
	if s := e.numbered(focus); s != nil {
		return s
	}
	if e.bareNumber() {
		return nil
	}
	var out []Span
	for _, m := range e.found(Number) {
		if m.kind.Has(Money | Percent | Age) {
			continue
		}
		from, to := e.clause(m.from)
		span, ok := e.counts(m, focus)
		if ok && e.coveredIn(e.wide, m.from, false, focus) && !e.has(hedges, from, to) && !e.has(denials, 0, m.from) {
			out = append(out, span)
		}
	}
	if len(out) == 1 {
		return out
	}
	return nil
}

// bareNumber reports whether there is a number with nothing that it counts,
// which may be another answer: "eight leaks, while Fortune counted nine".
func (e *exact) bareNumber() bool {
	for _, m := range e.found(Number) {
		if m.kind == Number && e.ends(m.to) && e.at(m.to) != "of" && e.at(m.to) != "and" && m.from > 0 && e.at(m.from-1) != "port" {
			return true
		}
	}
	return false
}

// counts returns what to mark of a number that counts the noun.
func (e *exact) counts(m mention, focus string) (Span, bool) {
	if m.kind.Has(Duration) {
		return m.Span, e.is(focus, m.to-1, likeNoun)
	}
	if e.of(m.from-1) && m.from > 2 && e.ts[m.from-3].Number {
		return m.Span, false // the whole that another number is a part of
	}
	if (e.at(m.to) == "times" || e.at(m.to) == "time") && focus != "time" {
		return m.Span, false
	}
	if end, ok := e.measures(m, focus); ok {
		return Span{m.Start, end}, true
	}
	i := m.to
	part := false
	if e.at(i) == "of" { // "3,262 of the 6,797 computers"
		for i++; i < len(e.ts) && (e.ts[i].Number || determining[e.at(i)] || e.at(i) == "all"); i++ {
		}
		part = true
	}
	for n := i; n < min(len(e.ts), i+4); n++ {
		if n > m.to && strings.ContainsAny(e.gap(n), ",;:.()") || e.ts[n].Stop || e.ts[n].Number && n > i {
			return m.Span, false
		}
		if e.is(focus, n, likeNoun) {
			if !e.ends(n+1) && !e.finite(n+1) && !e.says(e.at(n+1)) {
				continue // "Sony employees' files"
			}
			if part {
				return m.Span, true
			}
			return Span{m.Start, e.ts[n].End}, true
		}
	}
	for n := m.from - 1; n >= 0 && n > m.from-8; n-- { // "the number of leaked records rose to 47,000"
		if e.is(focus, n, likeNoun) && (e.at(n-1) == "of" && e.at(n-2) == "number" || e.at(n-2) == "of" && e.at(n-3) == "number") {
			return m.Span, true
		}
	}
	return m.Span, false
}

// of reports whether token i is the "the" or "its" of "of the".
func (e *exact) of(i int) bool { return determining[e.at(i)] && e.at(i-1) == "of" }
