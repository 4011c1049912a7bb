package question

// bytesOf are the units that data is counted in, and dataNouns what they count.
var (
	bytesOf   = set(`bytes kilobytes megabytes gigabytes terabytes petabytes kb mb gb tb pb`)
	dataNouns = stemsOf(set(`data information material content files documents memory storage space`))
)

// measures returns where to end the mark of a number that counts in a unit what
// is asked for: "26 gigabytes of data", or "100 terabytes" for "how much data".
func (e *exact) measures(m mention, focus string) (end int, ok bool) {
	if !bytesOf[e.at(m.to)] || e.gap(m.to) != " " || !dataNouns[focus] {
		return 0, false
	}
	end = e.ts[m.to].End
	if e.at(m.to+1) != "of" {
		return end, e.ends(m.to+1) || e.finite(m.to+1)
	}
	for n := m.to + 2; n < min(len(e.ts), m.to+6) && e.gap(n) == " " && !preps[e.at(n)]; n++ {
		if e.is(focus, n, likeNoun) {
			return end, true
		}
	}
	return 0, false
}

// numbered marks the number that a sentence gives outright: "the number of
// cinemas that showed the film was 331, often rounded to 300".
func (e *exact) numbered(focus string) []Span {
	at := e.numberOf(focus)
	if at < 0 {
		return nil
	}
	for _, m := range e.found(Number) {
		v := m.from - 1
		for nearly[e.at(v)] {
			v--
		}
		if v <= at || !beForms[e.at(v)] || !e.ends(m.to) {
			continue
		}
		if m.kind.Has(Money|Percent|Duration) || !e.allIn(at, m.to, focus) || e.withdrawn(m) {
			return nil
		}
		return []Span{m.Span}
	}
	return nil
}

// nearly are words before a number that is not exact.
var nearly = set(`about nearly almost around roughly some only just approximately exactly`)

// numberOf returns the token of the noun in "the number of cinemas", or -1.
func (e *exact) numberOf(focus string) int {
	for i := range e.ts {
		if e.at(i) != "number" || e.at(i+1) != "of" {
			continue
		}
		for n := i + 2; n < min(len(e.ts), i+5) && e.gap(n) == " " && !e.ts[n].Stop; n++ {
			if e.is(focus, n, likeNoun) {
				return n
			}
		}
	}
	return -1
}

// withdrawn reports whether a number is guessed, denied, or set against another
// one.
func (e *exact) withdrawn(m mention) bool {
	if w := e.at(m.to); w == "or" || w == "and" || w == "to" || w == "of" {
		return true
	}
	return e.has(hedges, 0, m.from) || e.has(plans, 0, m.from) || e.has(denials, 0, m.from) || e.has(against, m.to, len(e.ts))
}

// against are words that set one figure against another.
var against = set(`while whereas but according instead counted others`)
