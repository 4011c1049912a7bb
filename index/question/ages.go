package question

import "strings"

// ages tells the numbers of a sentence that say how old somebody or something
// is, and the dates of birth. The words that make them ages become part of
// them: "46-year-old".
func (r *reader) ages(ms []mention) {
	for k := range ms {
		m := &ms[k]
		switch {
		case m.kind.Has(Duration) && r.at(m.to) == "old" && (r.gap(m.to) == " " || r.gap(m.to) == "-"):
			m.to++
			m.End = r.ts[m.to-1].End
			m.kind = m.kind&^Duration | Age
		case m.kind == Number && m.to == m.from+1 && digits(r.at(m.from)) && len(r.at(m.from)) <= 3:
			if r.agedBefore(m.from) || k > 0 && r.ageBehind(ms[k-1], *m) {
				m.kind |= Age
			}
		case m.kind.Has(Date) && r.born(m.from):
			m.kind |= Age
		}
	}
}

// agedBefore reports whether the words before token i make it an age: "aged
// 46", "at the age of 46", "died at 46".
func (r *reader) agedBefore(i int) bool {
	switch r.at(i - 1) {
	case "aged", "age":
		return true
	case "of":
		return r.at(i-2) == "age"
	case "at":
		return r.at(i-2) == "died" || r.at(i-2) == "retired" || r.at(i-2) == "married"
	}
	return false
}

// ageBehind reports whether a bare number is the age of the person before it:
// "Dennis Pruitt, 46, was not hurt", "Dennis Pruitt (46)".
func (r *reader) ageBehind(person, m mention) bool {
	if !person.kind.Has(Person) || person.to != m.from {
		return false
	}
	switch r.gap(m.from) {
	case ", ":
		return m.to == len(r.ts) || strings.IndexAny(r.gap(m.to), ",.;") == 0
	case " (":
		return strings.HasPrefix(r.s[m.End:], ")")
	}
	return false
}

// born reports whether a date at token i is one of birth.
func (r *reader) born(i int) bool {
	w := r.at(i - 1)
	return (w == "in" || w == "on") && r.at(i-2) == "born"
}
