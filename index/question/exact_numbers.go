package question

import (
	"strings"

	"dossier/index/term"
)

// found returns the mentions of some kinds that the question does not hold
// itself.
func (e *exact) found(k Kinds) []mention {
	var out []mention
	for _, m := range e.ms {
		if m.kind.Has(k) && !e.asked(m) {
			out = append(out, m)
		}
	}
	return out
}

// when marks the date or time of the clause that says what was asked.
func (e *exact) when(k Kinds) []Span {
	if e.has(doubts, 0, len(e.ts)) || e.at(0) == "some" {
		return nil
	}
	for i := range e.ts {
		if e.at(i) == "date" || e.at(i) == "dates" || e.at(i) == "dated" {
			return nil // it weighs the dates that others give
		}
	}
	times := e.ranges(e.found(k))
	var out []mention
	for _, m := range times {
		from, to := e.clause(m.from)
		if e.covered(m.from, false, e.q.Focus) && !e.reported(m) && !e.has(hedges, from, to) && !e.has(plans, from, to) && !e.open(m) && !e.rivals(m, times) && !e.has(denials, 0, m.from) {
			out = append(out, m)
		}
	}
	if len(out) == 2 && out[1].from-out[0].to <= 2 && (out[0].kind | out[1].kind).Has(Clock) && e.clauses[out[0].from] == e.clauses[out[1].from] {
		return []Span{{out[0].Start, out[1].End}} // "24 November, at 7 a.m."
	}
	if len(out) == 1 {
		return []Span{out[0].Span}
	}
	return nil
}

// ranges joins two dates that begin and end the same time: "mid-September to
// mid-November", "between 22 and 24 November".
func (e *exact) ranges(ms []mention) []mention {
	var out []mention
	for _, m := range ms {
		n := len(out) - 1
		if n >= 0 && m.from-out[n].to <= 5 && e.gap(out[n].to) == " " && e.isTo(out[n], out[n].to) {
			joined := true
			for i := out[n].to + 1; i < m.from; i++ {
				joined = joined && qualifies[e.at(i)]
			}
			if joined {
				out[n].End, out[n].to = m.End, m.to
				continue
			}
		}
		out = append(out, m)
	}
	for i := range out {
		m := &out[i]
		for m.kind.Has(Date) && qualifies[e.at(m.from-1)] && e.at(m.from-1) != "the" && e.at(m.from-1) != "about" && e.at(m.from-1) != "around" && (e.at(m.from-1) != "of" || qualifies[e.at(m.from-2)]) {
			m.from--
			m.Start = e.ts[m.from].Start
		}
	}
	return out
}

// qualifies are words that say what part of a time is meant.
var qualifies = set(`the mid early late middle end beginning start of about around`)

// isTo reports whether the word at i leads on from a first time to a last.
func (e *exact) isTo(first mention, i int) bool {
	w := e.at(i)
	return w == "to" || w == "until" || w == "through" || w == "and" && e.at(first.from-1) == "between"
}

// open reports whether a date is one end of a time whose other end is not
// part of it, or one of several: "from the middle of September to ...".
func (e *exact) open(m mention) bool {
	i := m.from - 1
	for i >= 0 && qualifies[e.at(i)] {
		i--
	}
	if w := e.at(i); (w == "to" || w == "or" || w == "until") && e.gap(i+1) == " " {
		return true
	}
	w := e.at(m.to)
	return (w == "to" || w == "or" || w == "until") && e.gap(m.to) == " " && e.amountSoon(m.to+1)
}

// reported reports whether a date is the one of a report and not of what is
// reported: "the company said on Monday".
func (e *exact) reported(m mention) bool {
	from, to := e.clause(m.from)
	for i := from; i < to; i++ {
		switch e.at(i) {
		case "said", "says", "reported", "noted", "wrote", "told", "according", "announced", "explained":
			return !e.inQuestion(term.Stem(e.at(i)), true)
		}
	}
	return false
}

// amountOf marks the only amount of some kinds in the clauses that say what was
// asked. Of several amounts each belongs to the names in its own clause.
func (e *exact) amountOf(k Kinds) []Span {
	if e.has(doubts, 0, len(e.ts)) || e.bareNumber() {
		return nil
	}
	all := e.found(k)
	var out []mention
	for _, m := range all {
		from, to := e.clause(m.from)
		if e.has(hedges, from, to) || e.planned(m, from, to, len(all)) || e.compared(m) || e.rivals(m, all) || e.has(denials, 0, m.from) {
			continue
		}
		if e.covered(m.from, true, "") || len(all) > 1 && e.shared(m) {
			out = append(out, m)
		}
	}
	if len(out) == 1 {
		return []Span{out[0].Span}
	}
	return nil
}

// planned reports whether the tokens from i to to say that the amount m was
// only planned or guessed. "An estimated 2.3 million dollars" is as much as is
// known, where nothing else is said to be the amount.
func (e *exact) planned(m mention, i, to, amounts int) bool {
	if amounts == 1 && e.at(m.from-1) == "estimated" {
		return e.has(plans, i, m.from-1) || e.has(plans, m.from, to)
	}
	return e.has(plans, i, to)
}

// compared reports whether an amount is only a difference: "a million more".
func (e *exact) compared(m mention) bool {
	switch e.at(m.to) {
	case "more", "less", "fewer":
		return !e.says(e.at(m.to))
	}
	return false
}

// shared reports whether the clause of an amount has the names of the question,
// and the rest stands before all amounts: "what they were paid: 8.4 million
// dollars for X and 6.5 million for Y".
func (e *exact) shared(m mention) bool {
	from, to := e.clause(m.from)
	first := len(e.ts)
	for _, x := range e.ms {
		if x.kind.Has(Money | Percent | Duration) {
			first = min(first, x.from)
		}
	}
	names := false
	for k := range e.q.Terms {
		t := &e.q.Terms[k]
		switch {
		case t.Entity:
			names = true
			if !e.stands(t, from, to) {
				return false
			}
		case needed(t) && !e.stands(t, 0, first) && !e.stands(t, from, to):
			return false
		}
	}
	return names && e.light(e.clauses, m.from)
}

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
