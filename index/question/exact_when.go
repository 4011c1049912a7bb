package question

import term "dossier/index/text"

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
