package question

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
