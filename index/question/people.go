package question

import (
	"slices"
	"strings"

	term "dossier/index/text"
)

// A sex is what a name, a title or a pronoun tells of a person's.
type sex int8

const (
	anySex sex = iota
	woman
	man
)

// pronounSex holds the pronouns that stand for one person.
var pronounSex = map[string]sex{"she": woman, "her": woman, "hers": woman, "he": man, "him": man, "his": man}

// titleSex holds what may stand before a person's name and tells the sex.
var titleSex = map[string]sex{
	"ms": woman, "mrs": woman, "lady": woman, "madam": woman, "queen": woman, "princess": woman, "actress": woman,
	"congresswoman": woman, "chairwoman": woman, "spokeswoman": woman,
	"mr": man, "sir": man, "lord": man, "king": man, "prince": man, "pope": man, "actor": man,
	"congressman": man, "chairman": man, "spokesman": man,
}

var womenNames, eitherNames = wordSet("women"), wordSet("either")

// firstNameSex returns the sex that a first name tells.
func firstNameSex(first string) sex {
	switch {
	case !firstNames[first] || eitherNames[first]:
		return anySex
	case womenNames[first]:
		return woman
	}
	return man
}

// A person is somebody whom a question or an answer names.
type person struct {
	name  string // folded
	shown string // as it was written
	sex   sex
}

// persons returns the persons that a sentence names, each once.
func persons(sentence string) []person {
	tokens := term.Tokens(sentence)
	r := reader{sentence, tokens}
	var out []person
	for _, m := range mentions(sentence, tokens) {
		if !m.kind.Has(Person) {
			continue
		}
		from, s := m.from, titleSex[r.at(m.from-1)]
		for from < m.to-1 && honorifics[r.at(from)] {
			s = max(s, titleSex[r.at(from)])
			from++
		}
		p := person{name: r.phrase(from, m.to), shown: sentence[tokens[from].Start:m.End], sex: s}
		if p.sex == anySex {
			p.sex = firstNameSex(r.at(from))
		}
		if i := slices.IndexFunc(out, p.same); i >= 0 {
			out[i].sex = max(out[i].sex, p.sex)
			continue
		}
		out = append(out, p)
	}
	if len(out) == 1 && out[0].sex == anySex {
		out[0].sex = pronounsTell(tokens)
	}
	return out
}

// pronounsTell returns the sex of all the pronouns of a sentence, where they
// agree.
func pronounsTell(tokens []term.Token) sex {
	tells := anySex
	for _, t := range tokens {
		s := pronounSex[t.Word]
		if s != anySex && tells != anySex && s != tells {
			return anySex
		}
		tells = max(tells, s)
	}
	return tells
}

// same reports whether p is named as other is, in whole or by the surname.
func (p person) same(other person) bool {
	return p.name == other.name || strings.HasSuffix(other.name, " "+p.name)
}

// personOf returns the person of a name that a question has: one that an
// answer names, or one with a first name.
func (t turn) personOf(entity string) (person, bool) {
	for _, p := range t.persons {
		if strings.HasSuffix(p.name, " "+entity) {
			return p, true
		}
		if p.name == entity {
			return person{entity, t.say(entity), p.sex}, true
		}
	}
	words := strings.Fields(entity)
	if len(words) == 0 || !firstNames[words[0]] {
		return person{}, false
	}
	for len(words) > 2 && ordinary(words[len(words)-1]) { // "aaron sorkin write"
		words = words[:len(words)-1]
	}
	name := strings.Join(words, " ")
	return person{name, t.say(name), firstNameSex(words[0])}, true
}

// mayBePerson reports whether a name may be a person's whose first name is not
// listed: two words that are no common ones and no place.
func mayBePerson(entity string) bool {
	first, last, two := strings.Cut(entity, " ")
	return two && !strings.Contains(last, " ") && !places[entity] && !places[first] && !directions[first] &&
		!ordinary(first) && !ordinary(last) && !bodies[last] && !regions[last]
}

// people returns whom a pronoun may stand for after a turn, the likeliest
// first: whom the question asked for, where its answer leaves no doubt, whom it
// named, whom its answer named besides. Of those from asked on nobody was asked about.
func (t turn) people() (all []person, asked int) {
	var named, answers []person
	for _, e := range t.entities {
		if p, ok := t.personOf(e); ok {
			named = append(named, p)
		} else if mayBePerson(e) || t.identifies() && !places[e] {
			named = append(named, person{name: e, shown: t.say(e)})
		}
	}
	for _, p := range t.persons {
		if !slices.ContainsFunc(named, p.same) {
			answers = append(answers, p)
		}
	}
	if t.typ == Who && len(answers) > 0 && (len(named) == 0 || len(answers) == 1 && !t.identifies()) {
		return slices.Concat(answers[:1], named, answers[1:]), 1 + len(named)
	}
	return slices.Concat(named, answers), len(named)
}

// identifies reports whether a question asks who somebody is, not who did
// something: "who is kevin mandia".
func (t turn) identifies() bool {
	ws := split(t.main)
	if len(ws) < 3 || ws[0].w != "who" || !copulas[ws[1].w] {
		return false
	}
	return firstNames[ws[2].w] || slices.ContainsFunc(t.entities, func(e string) bool { return strings.HasPrefix(e+" ", ws[2].w+" ") })
}

var copulas = set(`is was are were`)

// antecedent returns the person of a sex that a pronoun stands for: of the
// turns the last, and there first somebody who was asked about. To be known to
// be of that sex comes before being of any; whom nothing but an answer names,
// and who may be of any, comes last of all.
func antecedent(turns []turn, want sex) (person, bool) {
	of := func(people []person, s sex) (person, bool) {
		i := slices.IndexFunc(people, func(p person) bool { return p.sex == s })
		if i < 0 {
			return person{}, false
		}
		return people[i], true
	}
	for _, t := range turns {
		all, asked := t.people()
		if p, ok := of(all[:asked], want); ok {
			return p, true
		}
		if p, ok := of(all[:asked], anySex); ok {
			return p, true
		}
		if p, ok := of(all[asked:], want); ok {
			return p, true
		}
	}
	for _, t := range turns {
		if p, ok := of(t.persons, anySex); ok {
			return p, true
		}
	}
	return person{}, false
}
