package question

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
