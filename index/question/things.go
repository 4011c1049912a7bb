package question

import (
	"slices"
	"strings"
)

// things returns the nouns that a question was about and the names in it; of
// things alone where a pronoun cannot stand for a person.
func (c *completion) things(t turn, noPersons bool) (nouns []slot, names []string) {
	s := read(t.main)
	for _, p := range []slot{s.subject(), s.noun(t.focus)} {
		if p.empty() {
			continue
		}
		w := s.at(p.to - 1)
		name := slices.ContainsFunc(t.entities, func(e string) bool { return slices.Contains(strings.Fields(e), w) })
		seen := slices.ContainsFunc(nouns, func(x slot) bool { return x.to == p.to })
		if !name && !seen && !(noPersons && personNouns[w]) {
			nouns = append(nouns, p)
		}
	}
	for _, e := range t.entities {
		if !noPersons || !c.isPerson(e) {
			names = append(names, e)
		}
	}
	return nouns, names
}

// one returns the one thing that "it" stands for, or an empty string. Of
// several names that is the subject, where it is the subject itself, else the
// last one; a place only where there is nothing else.
func (c *completion) one(t turn, it int, nouns []slot, names []string) string {
	switch {
	case it < 0 || len(nouns) > 1 || len(nouns) == 1 && len(names) > 0:
		return ""
	case len(nouns) == 1:
		s := read(t.main)
		return s.at(nouns[0].to - 1)
	}
	bodies := slices.DeleteFunc(slices.Clone(names), func(e string) bool { return places[e] })
	if len(bodies) > 0 {
		names = bodies
	}
	if it > 0 && auxiliaries[c.ws[it-1].w] {
		return names[0]
	}
	return names[len(names)-1]
}

// ofName puts the name or noun of a thing in the place of "it".
func (c *completion) ofName(it int, name string) {
	said := c.last.say(name)
	named := func(text string) string {
		s := read(text)
		for _, w := range s.ws {
			switch w.w {
			case "it":
				return s.text[:w.start] + said + s.text[w.end:]
			case "its":
				return s.text[:w.start] + said + "'s" + s.text[w.end:]
			}
		}
		return text
	}
	c.show(named(c.q.Text))
}

// ofThings shows the nouns and names that the question is about.
func (c *completion) ofThings(nouns []slot, names []string) {
	s := read(c.last.main)
	var about []string
	for _, p := range nouns {
		about = append(about, strings.TrimPrefix(s.say(p), "the "))
	}
	for _, n := range names {
		p := s.find(n)
		if !slices.ContainsFunc(nouns, func(x slot) bool { return x.from <= p.from && p.from < x.to }) {
			about = append(about, c.last.say(n))
		}
	}
	c.show(c.q.Text, about...)
}
