package question

import "strings"

// named reports whether the question asks who somebody is whom it names, and
// nothing else.
func (e *exact) named() bool {
	if e.q.Focus != "" && weak[e.q.Focus] == 0 || len(e.q.Terms) == 0 {
		return false
	}
	for i := range e.q.Terms {
		if t := &e.q.Terms[i]; !t.Entity && needed(t) {
			return false
		}
	}
	return true
}

// description marks what a sentence says that the named one is: "the head of
// Sony Pictures Television".
func (e *exact) description() []Span {
	for _, m := range e.ms {
		if !m.kind.Has(Name) || m.kind.Has(Several) || !e.asked(m) && !e.whole(m) {
			continue
		}
		i := m.to
		switch {
		case (e.at(i) == "is" || e.at(i) == "was") && e.gap(i) == " " && e.opensWith(m) && len(e.members(m)) == 1:
			i++
		case e.gap(i) == ", " && len(e.members(m)) == 1:
		default:
			continue
		}
		if w := e.at(i); w != "the" && w != "a" && w != "an" {
			continue
		}
		to := i + 1
		for to < len(e.ts) && e.gap(to) == " " && !clauseWords[e.at(to)] && e.at(to) != "and" {
			to++
		}
		if i == m.to && (to >= len(e.ts) || !strings.HasPrefix(e.gap(to), ",")) || to < i+2 || to > i+14 {
			continue
		}
		return []Span{{e.ts[i].Start, e.ts[to-1].End}}
	}
	return nil
}

// whole reports whether a mention has all names of the question: "Steve Mosko"
// for "mosko".
func (e *exact) whole(m mention) bool {
	for i := range e.q.Terms {
		if t := &e.q.Terms[i]; t.Entity && !e.stands(t, m.from, m.to) {
			return false
		}
	}
	return e.known(m)
}

// predicate marks who is said to be behind or responsible for something.
func (e *exact) predicate(word string) []Span {
	var out []mention
	for v := range e.ts {
		if e.at(v) != word || !beForms[e.at(v-1)] || e.has(hedges, 0, v) {
			continue
		}
		n := v - 2
		for haveForms[e.at(n)] || asides[e.at(n)] {
			n--
		}
		if n < 0 || e.gap(n+1) != " " || !e.allIn(v, len(e.ts), "") {
			continue
		}
		out = append(out, e.head(n)...)
	}
	return e.spans(once(out))
}

// allIn reports whether all that the question says is among the tokens from i
// to to, the noun that is asked for but for skip.
func (e *exact) allIn(i, to int, skip string) bool {
	for k := range e.q.Terms {
		t := &e.q.Terms[k]
		if (needed(t) || t.Stem == e.q.Focus) && (t.Stem != skip || skip == "") {
			found := false
			for n := i; n < to && !found; n++ {
				least := likeWord
				if t.Stem == e.q.Focus {
					least = likeRole
				}
				found = e.alike(t, n, least)
			}
			if !found {
				return false
			}
		}
	}
	return true
}

// role marks who is what the question asks for: "Sony boss Michael Lynton",
// "Steve Mosko is the head", "Her successor is Tomas Brandt".
func (e *exact) role() []Span {
	if e.q.Focus == "" {
		return nil
	}
	var out []mention
	for _, m := range e.ms {
		m = e.untitled(m)
		if !e.candidate(m) {
			continue
		}
		ms := e.members(m)
		if len(ms) == 1 {
			ms[0] = m
		}
		if ms[len(ms)-1].to != m.to || possessive(e.surface(m.to-1)) > 0 {
			continue
		}
		if e.isRole(ms, m) && !(len(out) > 0 && e.s[out[len(out)-1].Start:out[len(out)-1].End] == e.s[m.Start:m.End]) {
			out = append(out, ms...)
		}
	}
	if len(out) > 1 && !e.q.List && len(out) != len(e.members(out[0])) {
		return nil
	}
	return e.spans(once(out))
}

// untitled returns the name of a person without the office in front of it that
// is asked for: "Celeste Marin" of "Mayor Celeste Marin".
func (e *exact) untitled(m mention) mention {
	if m.kind.Has(Person) && m.to > m.from+1 && e.is(e.q.Focus, m.from, likeRole) && isFore(e.at(m.from)) {
		m.from++
		m.Start = e.ts[m.from].Start
	}
	return m
}

// past are words that say that somebody is no longer what is said.
var past = set(`former formerly ex once`)

func (e *exact) isRole(ms []mention, m mention) bool {
	i := m.to
	is := func(from, to int) bool {
		return e.allIn(from, to, "") && !e.has(past, from, to) && !e.has(hedges, from, to)
	}
	if be := e.at(i); (be == "is" || be == "was" || be == "are" || be == "were") && e.gap(i) == " " && e.opensWith(m) {
		from := i + 1
		if e.at(from) == "among" {
			from++
		}
		_, to := e.clause(i)
		if e.q.List {
			to = len(e.ts)
		}
		if e.at(from) == "the" || e.at(from) == "a" || e.at(from) == "an" || possessive(e.surface(from)) > 0 || isFore(e.at(from)) ||
			possessive(e.surface(from+1)) > 0 || possessive(e.surface(from+2)) > 0 {
			return is(from, to)
		}
		return false
	}
	if e.gap(i) == ", " && len(ms) == 1 && e.describes(i) && e.at(i) != "whose" {
		to := i + 1
		for ; to < len(e.ts) && !strings.ContainsAny(e.gap(to), ",;:()") && !clauseWords[e.at(to)]; to++ {
		}
		if is(i, to) {
			return true
		}
	}
	from := ms[0].from
	if from > 0 && (e.gap(from) == " " || e.gap(from) == ", " && strings.HasPrefix(e.gap(m.to), ",")) && e.is(e.q.Focus, from-1, likeRole) && !participle(e.at(from-1)) {
		k := from - 1
		for k > 0 && e.gap(k) == " " && (!e.ts[k-1].Stop || e.at(k-1) == "the") {
			k--
		}
		return is(k, from)
	}
	if from > 0 && e.gap(from) == ", " && strings.HasPrefix(e.gap(m.to), ",") && len(ms) == 1 {
		k := from - 1
		for k > 0 && e.gap(k) == " " && !clauseWords[e.at(k-1)] {
			k--
		}
		return determining[e.at(k)] && is(k, from) // "The director of the port, Greta Halvorsen,"
	}
	k := from - 1
	if e.at(k) == "the" {
		k--
	}
	if (e.at(k) == "is" || e.at(k) == "was" || e.at(k) == "are" || e.at(k) == "were" || e.at(k) == "included" || e.at(k) == "include") && e.ends(m.to) {
		j := k
		for j > 0 && (e.gap(j) == " " || e.gap(j) == "-") && !clauseWords[e.at(j-1)] {
			j--
		}
		return is(j, k)
	}
	return false
}
