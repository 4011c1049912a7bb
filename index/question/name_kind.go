package question

import "strings"

// nameKind tells what the name of the tokens from i to to is the name of.
func (r *reader) nameKind(i, to int) Kinds {
	k := Name
	first, last, before := r.at(i), r.at(to-1), r.at(i-1)
	if before == "the" {
		before = r.at(i - 2)
	}
	whole := strings.TrimPrefix(r.phrase(i, to), "the ")
	caps := 0
	body, initials := false, false
	for n := i; n < to; n++ {
		if r.ts[n].Capital || n > i && r.gap(n) == "-" {
			caps++
		}
		body = body || bodies[r.at(n)] && n > i || regions[r.at(n)] && n == to-1 && n > i
		if s := r.surface(n); len(s) > 1 && strings.ToUpper(s) == s && len(r.at(n)) > 2 {
			initials = true
		}
	}
	if demonyms[last] && (to == i+1 || directions[first]) {
		return 0 // "American", "North Koreans": nobody in particular
	}
	place := places[whole] || regions[last] && to > i+1 && r.at(to-2) != "of"
	if (whole == "us" || whole == "uk" || whole == "eu") && r.at(i-1) != "the" {
		place = false // "US officials"
	}
	if place || before == "in" && !r.ts[i].Stop && r.gap(i) == " " && !firstNames[first] && !body && possessive(r.surface(to-1)) == 0 {
		k |= Place
	}
	if place || body || initials || r.ts[i].Stop || to > i+4 || directions[first] || caps != to-i {
		return k
	}
	switch {
	case honorifics[first] && to > i+1, honorifics[before] && r.gap(i) != ", ", firstNames[first], roles[before] && r.gap(i) == " ":
		return k&^Place | Person
	case to-i >= 2 && !k.Has(Place) && !places[first] && !ordinary(last) && !bodies[first]:
		return k | Person
	}
	return k
}

// lists finds enumerations: three names or more with commas and an "and" or
// "or" between, or two joined so.
func (r *reader) lists(ms []mention) []mention {
	var out []mention
	for i := 0; i < len(ms); i++ {
		n, comma := i, false
		for n+1 < len(ms) && ms[n].kind.Has(Name) && ms[n+1].kind.Has(Name) && isListGap(r.s[ms[n].End:ms[n+1].Start]) &&
			(r.at(ms[n+1].from-1) != "the" || r.at(ms[i].from-1) == "the" || comma) {
			n++
			gap := r.s[ms[n-1].End:ms[n].Start]
			comma = strings.ContainsAny(gap, ",;")
			if strings.Contains(gap, "nd") || strings.Contains(gap, "&") {
				break
			}
		}
		if n > i+1 || n == i+1 && !comma {
			out = append(out, mention{Span{ms[i].Start, ms[n].End}, ms[i].from, ms[n].to, Several})
			i = n
		}
	}
	return out
}

func isListGap(gap string) bool {
	switch strings.Trim(gap, " \"“”") {
	case ",", ", and", "and", "&", ", or", "or", ";", "; and", "and the", ", the", ", and the":
		return true
	}
	return false
}
