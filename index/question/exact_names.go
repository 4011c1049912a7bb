package question

import "strings"

// which marks each of the names that a question for several wants, or the only
// name, beside the noun that is asked for.
func (e *exact) which() []Span { return e.beside(e.q.Focus) }

// candidate reports whether a mention is the name of one thing that the question
// does not name itself.
func (e *exact) candidate(m mention) bool {
	return m.kind.Has(Name) && !m.kind.Has(Several|Date) && !e.known(m)
}

// beside marks the name or names beside a noun, where their clause says all
// that the question says.
func (e *exact) beside(focus string) []Span {
	if focus == "" || e.has(hedges, 0, len(e.ts)) || e.has(doubts, 0, len(e.ts)) {
		return nil
	}
	var out []mention
	for _, m := range e.ms {
		if !e.candidate(m) {
			continue
		}
		ms := e.members(m)
		if ms[0].from != m.from || !e.isNamed(ms, focus) {
			continue
		}
		if !e.covered(m.from, false, focus) && !e.covered(ms[0].from-1, false, focus) && !e.besideClause(ms, focus) {
			continue
		}
		out = append(out, ms...)
	}
	if len(out) == 0 || len(out) != len(e.members(out[0])) {
		return nil
	}
	for _, m := range out {
		if m.kind.Has(Person) && len(out) > 1 && !bodies[focus] && e.allPersons(out) {
			return nil // "which films did they joke about" wants no persons
		}
	}
	return e.spans(out)
}

func (e *exact) allPersons(ms []mention) bool {
	for _, m := range ms {
		if !m.kind.Has(Person) {
			return false
		}
	}
	return true
}

// besideClause reports whether the clause of the noun that a list belongs to
// says all that the question says: "seized accounts of films, among them A".
func (e *exact) besideClause(ms []mention, focus string) bool {
	for i := max(0, ms[0].from-6); i < ms[0].from; i++ {
		if e.is(focus, i, likeNoun) && e.covered(i, false, focus) {
			return true
		}
	}
	return false
}

// isNamed reports whether the noun that is asked for stands beside the names so
// that they are what it names.
func (e *exact) isNamed(ms []mention, focus string) bool {
	from, to := ms[0].from, ms[len(ms)-1].to
	if len(ms) == 1 && (e.sortOf(ms[0], from) || e.sortOf(ms[0], to-1)) {
		return e.namedSort(ms[0])
	}
	if e.at(to) == "and" && e.gap(to) == " " || strings.HasPrefix(e.gap(to), ", and") {
		if _, more := e.mentionAt(to + 1); more || e.at(to+1) == "the" && len(ms) > 1 || to+1 < len(e.ts) && e.ts[to+1].Number {
			return false // the enumeration goes on
		}
	}
	if titleJoiners[e.at(to)] && e.capital(to+1) && len(ms) > 1 && e.gap(to) == " " {
		return false // "Jump Street and Men in Black"
	}
	if from > 0 && e.gap(from) == " " && e.is(focus, from-1, likeNoun) && (e.ends(to) || e.finite(to)) {
		return true // "the security firm Polarwatch"
	}
	if len(ms) == 1 && e.is(focus, to, likeNoun) && (isFore(e.at(to)) || placeNouns[e.at(to)]) && e.gap(to) == " " && e.ends(to+1) {
		return true // "the St. Regis hotel"
	}
	if len(ms) == 1 && e.gap(to) == ", " && (e.at(to) == "a" || e.at(to) == "an" || e.at(to) == "the") {
		for i := to + 1; i < min(len(e.ts), to+5) && e.gap(i) == " " && !preps[e.at(i)]; i++ {
			if e.is(focus, i, likeNoun) && e.ends(i+1) {
				return true // "Nordkai, a shipping company"
			}
		}
	}
	if be := e.at(to); len(ms) > 1 && (be == "are" || be == "were") && e.gap(to) == " " {
		for i := to + 1; i < min(len(e.ts), to+5) && e.gap(i) == " "; i++ {
			if e.is(focus, i, likeNoun) {
				return true // "A, B and C are among the films"
			}
		}
	}
	// "the films are A, B and C", "accounts of films, among them A, B and C",
	// "films such as A and B", "two films, A and B"
	i := from - 1
	switch w := e.at(i); {
	case w == "as" && e.at(i-1) == "such":
		i -= 2
	case w == "them" && e.at(i-1) == "among":
		i -= 2
	case w == "are" || w == "were" || w == "is" || w == "was" || w == "included" || w == "include" || w == "includes" || w == "including" || w == "like" || w == "called" || w == "named":
		i--
	case len(ms) > 1 && strings.Trim(e.gap(from), " ") == "," || strings.Trim(e.gap(from), " ") == ":":
	default:
		return false
	}
	for n := 0; i >= 0 && n < 6; n++ {
		if e.is(focus, i, likeNoun) {
			return true
		}
		if n > 0 && strings.ContainsAny(e.gap(i+1), ",;:()") || clauseWords[e.at(i)] || beForms[e.at(i)] {
			return false
		}
		i--
	}
	return false
}

// namedSort reports whether a name that holds the noun that is asked for is
// what was meant, as "St. Luke's Hospital": it is no part of a longer phrase,
// and does not stand behind a "from" where the question has a "to".
func (e *exact) namedSort(m mention) bool {
	i := m.from - 1
	if e.at(i) == "the" {
		i--
	}
	if w := e.at(i); (w == "from" || w == "to" || w == "and" || w == "or") && !e.says(w) {
		return false
	}
	return possessive(e.surface(m.to-1)) == 0 && (e.ends(m.to) || e.finite(m.to)) && e.at(m.to) != "and" && e.at(m.to) != "or"
}

// where marks a place, with the larger place that it lies in, or the names
// beside a noun that is no bare place: "which hotel".
func (e *exact) where() []Span {
	if e.q.Focus != "" && !barePlaceStems[e.q.Focus] {
		return e.beside(e.q.Focus)
	}
	if e.has(hedges, 0, len(e.ts)) {
		return nil
	}
	var found []mention
	for _, m := range e.ms {
		if m.kind.Has(Several) || !m.kind.Has(Place) || e.known(m) {
			continue
		}
		if n := len(found); n > 0 && e.s[found[n-1].End:m.Start] == ", " && len(e.members(m)) == 1 && e.at(m.to) != "and" && e.at(m.to) != "or" {
			found[n-1].End, found[n-1].to = m.End, m.to
			continue
		}
		found = append(found, m)
	}
	var out []mention
	for _, m := range found {
		ms := e.members(m)
		first := ms[0].from - 1
		if e.at(first) == "the" {
			first--
		}
		if w := e.at(first); w != "in" && w != "at" && w != "from" && w != "near" && w != "of" || !e.ends(m.to) && !e.finite(m.to) {
			continue
		}
		if e.covered(m.from, false, e.q.Focus) || e.only(found) && e.covered(first, false, e.q.Focus) {
			out = append(out, m)
		}
	}
	if len(out) == 0 || len(out) != len(e.members(out[0])) || out[len(out)-1].from != e.members(out[0])[len(out)-1].from {
		return nil
	}
	return e.spans(out)
}

func (e *exact) only(found []mention) bool { return len(found) == 1 }

// barePlaceStems are nouns that say nothing about a place but that it is one.
var barePlaceStems = stemsOf(barePlaces)

func stemsOf(words map[string]bool) map[string]bool {
	m := make(map[string]bool)
	for w := range words {
		m[stems(w)] = true
	}
	return m
}
