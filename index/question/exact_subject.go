package question

import "strings"

// fore are nouns that stand before the name of what they say, besides roles:
// "the security firm Norse".
var fore = set(`company firm group agency studio newspaper website site channel adviser broker outlet service news blog
	organisation organization association unit bank network hotel forum screenwriter defector prosecutor spokesperson investigator
	general secretary ambassador president ceo co-director dictator historian`)

func isFore(w string) bool {
	one := strings.TrimSuffix(w, "s")
	return roles[w] || fore[w] || honorifics[w] || roles[one] || fore[one] || w == "bosses"
}

// subject returns the names that do what token v says, as "James Clapper, the
// director, called". It returns nothing where v may have another subject.
func (e *exact) subject(v int) []mention {
	if !e.finite(v) || e.attributive(v) {
		return nil
	}
	i := e.beforeVerb(v - 1)
	if i < 0 || beForms[e.at(i)] {
		return nil
	}
	if e.at(i) == "who" || e.at(i) == "which" {
		return e.antecedent(i)
	}
	if e.gap(i+1) != " " && !strings.HasPrefix(e.gap(i+1), ",") {
		return nil
	}
	if strings.HasPrefix(e.gap(i+1), ",") {
		return e.insertion(i)
	}
	return e.head(i)
}

// beforeVerb passes over the auxiliaries, asides and dates before a verb, and
// over a verb that is joined to it: "directed and produced".
func (e *exact) beforeVerb(i int) int {
	for i >= 0 && e.gap(i+1) == " " {
		w := e.at(i)
		switch m, dated := e.timeAt(i); {
		case haveForms[w], asides[w], strings.HasSuffix(w, "ly") && !e.capital(i):
			i--
		case w == "and" && e.finite(i-1) && !strings.HasSuffix(e.at(i-1), "s") && e.gap(i) == " ":
			i -= 2
		case dated && m.to == i+1:
			i = m.from - 1
			for i >= 0 && inTime[e.at(i)] && e.at(i) != "of" && e.at(i) != "the" && e.gap(i+1) == " " {
				i--
			}
		default:
			return i
		}
	}
	return i
}

// antecedent returns who a "who" at i means: "X, who wrote", "X is the lawyer
// who wrote".
func (e *exact) antecedent(i int) []mention {
	if m, ok := e.mentionTo(i); ok && strings.HasPrefix(e.gap(i), ",") {
		return e.bare(m)
	}
	if e.gap(i) != " " {
		return nil
	}
	for n := i - 1; n > 0 && e.gap(n+1) == " " && !clauseWords[e.at(n)]; n-- {
		if e.at(n) == "is" || e.at(n) == "was" {
			if m, ok := e.mentionTo(n); ok && e.opensWith(m) && (e.at(n+1) == "the" || e.at(n+1) == "a" || e.at(n+1) == "an") {
				return e.bare(m)
			}
			return nil
		}
	}
	return nil
}

// insertion returns the name before an insertion that ends with token i:
// "X, the head of Y, wrote".
func (e *exact) insertion(i int) []mention {
	if m, ok := e.mentionTo(i + 1); ok && e.gap(m.from) == ", " && personNouns[e.at(m.from-1)] {
		return e.bare(m) // "The mayor, Elena Ruiz, said"
	}
	for n := i; n > 0 && n > i-14; n-- {
		if n < i && strings.ContainsAny(e.gap(n+1), ";:()–—") {
			return nil
		}
		if !strings.HasPrefix(e.gap(n), ",") {
			continue
		}
		m, ok := e.mentionTo(n)
		if !ok || !e.describes(n) || !e.opensWith(m) {
			return nil
		}
		return e.bare(m)
	}
	return nil
}

// describes reports whether the words at n tell what the name before them is.
func (e *exact) describes(n int) bool {
	w := e.at(n)
	return w == "the" || w == "a" || w == "an" || w == "once" || w == "whose" || e.ts[n].Number && !e.capital(n) && !digits(w) ||
		possessive(e.surface(n)) > 0 || possessive(e.surface(n+1)) > 0 || isFore(w)
}

// head returns the name whose phrase ends with token i, as "Jaime Blasco of
// AlienVault" or "the security firm Norse", where it is no part of another.
func (e *exact) head(i int) []mention {
	for n := i; n > 0 && n > i-10; n-- {
		if e.gap(n+1) != " " && n < i || e.at(n) == "that" || e.at(n) == "which" || beForms[e.at(n)] || n < i && e.finite(n) && !isFore(e.at(n)) {
			break
		}
		if m, ok := e.mentionTo(n); ok && e.at(n) == "of" && e.gap(n) == " " && m.kind.Has(Person) && e.opensWith(m) {
			return e.bare(m)
		}
	}
	m, ok := e.mentionTo(i + 1)
	if !ok || !e.opensWith(m) {
		return nil
	}
	return e.bare(m)
}

// bare returns m with the names that it is enumerated with, unless something
// of it belongs to another noun.
func (e *exact) bare(m mention) []mention {
	ms := e.members(m)
	last := ms[len(ms)-1]
	if last.to != m.to || possessive(e.surface(m.to-1)) > 0 || m.kind.Has(Date) {
		return nil
	}
	return ms
}

// opensWith reports whether the noun phrase of m, with what stands before the
// name, opens a clause, so that m can be its subject.
func (e *exact) opensWith(m mention) bool {
	i := e.members(m)[0].from - 1
	if c := e.at(i - 1); (e.at(i) == "itself" || e.at(i) == "themselves") && (c == "calls" || c == "calling" || c == "call") {
		return true // "a group that calls itself Tide Breakers"
	}
	if i >= 0 && e.gap(i+1) == " " && !e.ts[i].Stop && !e.capital(i) && !isFore(e.at(i)) && !e.ts[i].Number {
		return false
	}
	for n := 0; i >= 0 && e.gap(i+1) == " " && n < 8; n++ {
		if _, ok := e.timeAt(i); ok {
			return true // "In December 2014 PYMNTS wrote"
		}
		w := e.at(i)
		if e.ts[i].Stop && w != "the" && w != "a" && w != "an" || e.ts[i].Number || n > 0 && e.finite(i) && strings.HasSuffix(w, "ed") {
			break
		}
		i--
	}
	if i < 0 || e.gap(i+1) != " " {
		return i < 0 || !e.joinsNames(i+1)
	}
	switch w := e.at(i); w {
	case "and", "or":
		return !e.joinsNames(i)
	case "that", "but", "while", "when", "because", "although", "though", "after", "before", "until", "since", "whom", "where", "as", "how", "what", "which":
		return true
	}
	return false
}

// joinsNames reports whether what stands before token i is a name that goes on
// with it: "Sony and the association MPAA".
func (e *exact) joinsNames(i int) bool {
	if i <= 0 || !strings.HasPrefix(e.gap(i), ",") && e.gap(i) != " " {
		return false
	}
	if e.at(i) != "and" && e.at(i) != "or" {
		return false
	}
	return e.gap(i) == " " && e.capital(i-1)
}

// after returns the names of the noun phrase that starts at token i, as "the
// actress Angelina Jolie", where they are its head.
func (e *exact) after(i int) []mention {
	for n := i; n < min(len(e.ts), i+7); n++ {
		if n > i && e.gap(n) != " " {
			return nil
		}
		m, ok := e.mentionAt(n)
		if ok && !m.kind.Has(Date) && possessive(e.surface(m.to-1)) == 0 {
			ms := e.members(m)
			last := ms[len(ms)-1]
			if ms[0].from != m.from || !e.ends(last.to) && !isFore(e.at(last.to)) {
				return nil
			}
			if !e.ends(last.to) {
				n = last.to - 1
				continue // "FBI director James Comey"
			}
			if n > i && !e.ts[n-1].Stop && !isFore(e.at(n-1)) && possessive(e.surface(n-1)) == 0 {
				return nil
			}
			return ms
		}
		if ok {
			n = m.to - 1
			continue
		}
		if w := e.at(n); e.ts[n].Stop && w != "the" && w != "a" && w != "an" || e.ts[n].Number {
			return nil
		}
	}
	return nil
}

// ends reports whether a noun phrase ends before token i.
func (e *exact) ends(i int) bool {
	if i >= len(e.ts) || e.gap(i) != " " && e.gap(i) != "-" {
		return true
	}
	return e.ts[i].Stop || asides[e.at(i)]
}
