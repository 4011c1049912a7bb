package question

import "slices"

// pronoun returns the first pronoun of one person that the question does not
// name itself, and for whom it stands.
func (c *completion) pronoun() (i int, p person, ok bool) {
	for i, w := range c.ws {
		if s := pronounSex[w.w]; s != anySex {
			p, ok := antecedent(c.turns, s)
			return i, p, ok
		}
	}
	return 0, person{}, false
}

// ofPerson puts a name in the place of a pronoun: "how much was she paid".
func (c *completion) ofPerson(i int, p person) {
	named := func(text string) string {
		s := read(text)
		for k, w := range s.ws {
			if w.w != c.ws[i].w {
				continue
			}
			name := p.shown
			if w.w == "his" || w.w == "hers" || w.w == "her" && k+1 < len(s.ws) && !s.ws[k+1].stop {
				name += "'s"
			}
			return s.text[:w.start] + name + s.text[w.end:]
		}
		return text
	}
	if whole := read(c.last.topic()[0]); c.q.Type == Other { // "and her successor"
		if place := whole.wider(whole.find(p.name)); !place.empty() {
			c.show(whole.put(place, unmarked(named(c.q.Plain))))
			return
		}
	}
	c.show(named(c.q.Text))
	if c.own == 0 && slices.ContainsFunc(c.ws, func(w word) bool { return w.w == "that" || w.w == "this" || w.w == "it" }) { // "why did he do that"
		c.show(c.text, c.last.topic()...)
	}
}

// does reports whether a question says what something or somebody does, if only
// with a word that hardly counts: "how much did it make".
func (c *completion) does() bool {
	s := wording{c.q.Plain, c.ws}
	for i, w := range c.ws {
		if w.w != "it" && w.w != "they" {
			continue
		}
		if i+1 < len(c.ws) {
			came := w.w == "they" && comes[s.at(i+1)] // the films that were asked for
			return !c.ws[i+1].stop && !s.happens(i+1) && !came
		}
		return i > 0 && !c.ws[i-1].stop && !auxiliaries[s.at(i-1)] // "who made it"
	}
	return false
}

// ofThing completes a question with words of its own: what it leaves out is
// what the last one was about, but not what that said about it.
func (c *completion) ofThing() {
	if c.aboutEvent() {
		c.event()
		return
	}
	it := slices.IndexFunc(c.ws, func(w word) bool { return w.w == "it" || w.w == "its" })
	nobody := slices.ContainsFunc(c.ws, func(w word) bool { return pronounSex[w.w] != anySex }) // of that sex is known
	for _, t := range c.turns {
		nouns, names := c.things(t, it >= 0 || nobody)
		if len(nouns)+len(names) == 0 {
			continue
		}
		c.last = t
		if name := c.one(t, it, nouns, names); name != "" {
			c.ofName(it, name)
			return
		}
		c.ofThings(nouns, names)
		return
	}
	if !nobody {
		c.event()
	}
}

// aboutEvent reports whether a question speaks of what happened: "how much did
// that cost", "how did it start", "who did it".
func (c *completion) aboutEvent() bool {
	s := wording{c.q.Plain, c.ws}
	for i, w := range c.ws {
		switch w.w {
		case "that", "this":
			if i > 0 && (i+1 == len(c.ws) || !c.ws[i+1].stop || linking[s.at(i+1)] || pronouns[s.at(i+1)]) {
				return true
			}
		case "it":
			if s.happens(i+1) || i+1 == len(c.ws) && doing[s.at(i-1)] {
				return true
			}
		}
	}
	return false
}

// happens reports whether the verb at i says that something took place, of which
// "it" is then the whole: "how did it start", "how did it go". A film comes out,
// and files go online.
func (s wording) happens(i int) bool {
	return happening[s.at(i)] || comes[s.at(i)] && s.at(i+1) == ""
}

var (
	happening = set(`happen happened start started begin began end ended stop stopped occur occurred continue take`)
	comes     = set(`come go`)
	doing     = set(`did do does done doing`)
)

// event adds all that the last question was about.
func (c *completion) event() { c.show(c.q.Text, c.last.topic()...) }
