package question

import "slices"

// spans returns the names of a list or the one name, or nothing where one of
// them stands in the question.
func (e *exact) spans(ms []mention) []Span {
	var out []Span
	for _, m := range ms {
		if e.known(m) {
			return nil
		}
		out = append(out, m.Span)
	}
	return out
}

// members returns the names of the enumeration that m is part of, or m alone.
func (e *exact) members(m mention) []mention {
	for _, l := range e.ms {
		if !l.kind.Has(Several) || m.from < l.from || m.to > l.to {
			continue
		}
		var out []mention
		for _, x := range e.ms {
			if !x.kind.Has(Several) && x.from >= l.from && x.to <= l.to {
				out = append(out, x)
			}
		}
		return out
	}
	return []mention{m}
}

// mentionTo returns the name that ends before token i, and mentionAt the one
// that starts there.
func (e *exact) mentionTo(i int) (mention, bool) {
	return e.firstMention(func(m mention) bool { return m.to == i && m.isName() })
}

func (e *exact) mentionAt(i int) (mention, bool) {
	return e.firstMention(func(m mention) bool { return m.from == i && m.isName() })
}

// timeAt returns the date or time of day that token i is part of.
func (e *exact) timeAt(i int) (mention, bool) {
	return e.firstMention(func(m mention) bool { return m.from <= i && i < m.to && m.kind.Has(Date|Clock) })
}

// firstMention returns the first mention that fits.
func (e *exact) firstMention(fits func(mention) bool) (mention, bool) {
	if i := slices.IndexFunc(e.ms, fits); i >= 0 {
		return e.ms[i], true
	}
	return mention{}, false
}

// isName reports whether m is one name, and not an enumeration of some.
func (m mention) isName() bool { return m.kind.Has(Name) && !m.kind.Has(Several) }
