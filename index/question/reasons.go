package question

import "strings"

// reasons are the words that a reason follows, the longest first.
var reasons = []string{"because of", "because", "due to", "owing to", "in order to", "out of fear", "in protest against", "in response to", "in retaliation for", "in revenge for"}

// why marks a reason that is put into words, to the end of its clause, where
// what it is the reason of is what was asked.
func (e *exact) why() []Span {
	low := strings.ToLower(e.s)
	if len(low) != len(e.s) || e.has(doubts, 0, len(e.ts)) || isAsk(e.at(0)) && e.at(0) != "when" || e.at(0) == "whether" {
		return nil
	}
	for _, r := range reasons {
		i := strings.Index(low, r+" ")
		if i < 0 || i > 0 && low[i-1] != ' ' || strings.Count(low, r+" ") > 1 {
			continue
		}
		at := 0
		for e.ts[at].Start < i {
			at++
		}
		if r == "due to" && !determining[e.at(at+2)] {
			continue // "due to open"
		}
		end := len(e.s)
		if n := strings.IndexAny(e.s[i:], ";:"); n > 0 {
			end = i + n
		}
		from, to := e.reasoned(at)
		if i == 0 { // "Because of the attack, she left."
			n := strings.Index(e.s, ",")
			if n < 0 {
				return nil
			}
			end = n
			for to = 0; to < len(e.ts) && e.ts[to].Start < n; to++ {
			}
			if to < len(e.ts) {
				from, to = e.clause(to)
			}
		}
		if e.has(hedges, 0, at) || !e.allOf(from, to) {
			return nil
		}
		if n := strings.Index(e.s[i:end], ", according to"); n > 0 {
			end = i + n
		} else if n := strings.LastIndex(e.s[i:end], ", "); n > 0 && e.reports(i+n) {
			end = i + n
		}
		return []Span{{i, i + len(strings.TrimRight(e.s[i:end], " .!?\"”"))}}
	}
	return nil
}

// reports reports whether nothing but who reported it follows byte i.
func (e *exact) reports(i int) bool {
	n := 0
	for n < len(e.ts) && e.ts[n].Start < i {
		n++
	}
	for k := n; k < min(len(e.ts), n+5); k++ {
		if says[base(e.at(k))] && e.finite(k) && k > n {
			return true
		}
	}
	return false
}

// reasoned returns the tokens of the clause that the reason at token i is given
// for: the one before it.
func (e *exact) reasoned(i int) (from, to int) {
	if i == 0 {
		return 0, 0
	}
	from, _ = e.clause(i - 1)
	return from, i
}

// allOf reports whether the tokens from i to to have all that the question says
// but for names, which may stand anywhere before.
func (e *exact) allOf(i, to int) bool {
	some := false
	for k := range e.q.Terms {
		t := &e.q.Terms[k]
		if !needed(t) {
			continue
		}
		from := i
		if t.Entity {
			from = 0
		} else {
			some = true
		}
		if !e.stands(t, from, to) {
			return false
		}
	}
	return some
}
