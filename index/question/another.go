package question

import (
	"slices"
	"strings"
)

// ofAnother completes what asks the last question of something else: "what
// about annie", "and in japan".
func (c *completion) ofAnother() {
	topic := c.last.topic()
	whole := read(topic[0])
	x, text := c.another(), ""
	if !x.empty() && x.to-x.from <= maxAnother {
		text = c.exchange(whole, x)
	}
	switch {
	case text == "" && c.foreign: // what the last question was about does not answer it
	case text == "":
		c.show(c.q.Text, topic...)
	case c.last.hollow:
		c.show(c.last.main, append([]string{text}, topic[1:]...)...)
	default:
		c.show(text, topic[1:]...)
	}
}

// maxAnother is how many words may take the place of others: "the white
// house", "in south korea".
const maxAnother = 4

// another returns what a fragment asks about.
func (c *completion) another() slot {
	from := 0
	if isAbout(c.ws) {
		from = 2
	}
	return slot{from, len(c.ws)}
}

// exchange puts the words of a fragment in the place of those in the last
// question that are of their kind, and returns the new question, or "".
func (c *completion) exchange(whole wording, x slot) string {
	own := wording{c.q.Plain, c.ws}
	words := own.say(x)
	if linking[own.at(x.from)] {
		number := slices.ContainsFunc(c.ws[x.from:x.to], func(w word) bool { return w.number })
		if place := whole.after(own.at(x.from), number); !place.empty() {
			return whole.put(place, words)
		}
		return whole.text + " " + words
	}
	place := slot{}
	switch {
	case len(c.q.Entities) > 0:
		place = whole.wider(whole.find(c.alike(c.q.Entities[0])))
	case c.foreign: // "and titanic": most likely a name
		place = whole.wider(whole.find(c.alike("")))
	default:
		place = whole.noun(c.last.focus)
		words = strings.TrimPrefix(words, "the ")
	}
	if place.empty() {
		place = whole.subject()
	}
	if place.empty() {
		return ""
	}
	return whole.put(place, words)
}

// alike returns the name of the last question that another one takes the place
// of: the first of the same kind, else the first.
func (c *completion) alike(name string) string {
	kind := c.kind(name)
	for _, e := range c.last.entities {
		if c.kind(e) == kind {
			return e
		}
	}
	if len(c.last.entities) > 0 {
		return c.last.entities[0]
	}
	return ""
}

// kind tells whether a name is a person's or a place's, or neither.
func (c *completion) kind(name string) Kinds {
	if places[name] {
		return Place
	}
	if c.isPerson(name) {
		return Person
	}
	return 0
}

func (c *completion) isPerson(name string) bool {
	return slices.ContainsFunc(c.turns, func(t turn) bool {
		_, ok := t.personOf(name)
		return ok
	})
}
