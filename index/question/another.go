package question

import (
	"slices"
	"strings"
)

// ofAnother completes what asks the last question of something else: "what
// about annie", "and in japan".
func (c *completion) ofAnother() {
	q, last := c.q, c.last
	c.sameType()
	topic := last.topic()
	whole := read(topic[0])
	x := c.another()
	text, gone := "", slot{}
	if !x.empty() && x.to-x.from <= maxAnother {
		text, gone = c.exchange(whole, x)
	}
	c.addAll(topicWeight, whole.ws[gone.from:gone.to])
	switch {
	case text == "":
		q.hollow = c.own == 0
		c.showAbout(topic)
	case last.hollow:
		q.hollow = true
		c.show(last.main, append([]string{text}, topic[1:]...)...)
	default:
		c.show(text, topic[1:]...)
	}
}

// sameType makes the question one for the same as the last.
func (c *completion) sameType() {
	c.q.Type, c.q.Focus, c.q.List, c.q.Wants = c.last.typ, c.last.focus, c.last.list, c.last.wants
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
// question that are of their kind, and returns the new question and the place.
func (c *completion) exchange(whole wording, x slot) (string, slot) {
	own := wording{c.q.Plain, c.ws}
	words := own.say(x)
	if linking[own.at(x.from)] {
		number := slices.ContainsFunc(c.ws[x.from:x.to], func(w word) bool { return w.number })
		if place := whole.after(own.at(x.from), number); !place.empty() {
			return whole.put(place, words), place
		}
		return whole.text + " " + words, slot{}
	}
	place := slot{}
	if len(c.q.Entities) > 0 {
		place = whole.wider(whole.find(c.alike(c.q.Entities[0])))
	} else {
		place = whole.noun(c.last.focus)
		words = strings.TrimPrefix(words, "the ")
	}
	if place.empty() {
		place = whole.subject()
	}
	if place.empty() {
		return "", place
	}
	return whole.put(place, words), place
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
