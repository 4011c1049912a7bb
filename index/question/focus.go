package question

import (
	"strings"

	term "dossier/index/text"
)

// focusOf reads the noun phrase at i: its head is what is asked for. It returns
// the type that the noun tells, or t, and whether there is a noun. Where open
// is true the phrase stands right behind the question word and ends at its
// verb: "which studio boss stepped down".
func (c *classifier) focusOf(i int, open bool, t Type) (told Type, found bool) {
	q := c.q
	named := false // "the number of", "the names of", "what kind of"
	for {
		i = c.skip(i)
		from, to := c.phrase(i, open)
		if to <= from {
			return t, named
		}
		head := to - 1
		for k := from; k < to; k++ { // "which studio boss michael lynton": the role, not the name behind it
			if personNouns[c.at(k)] && (k+1 == to || !plural(c.at(k+1)) && !personNouns[c.at(k+1)] && !bodyNouns[c.at(k+1)]) {
				head = k
				break
			}
		}
		w := c.at(head)
		if c.at(to) == "of" && (kindNouns[w] || countNouns[w] && w != "age" && w != "size" && w != "length" || w == "group") && to+1 < len(c.ws) {
			c.spend(head)
			switch {
			case countNouns[w]:
				t = HowMany
			case w == "name" || w == "names" || w == "title" || w == "titles":
				t, q.Wants = Which, Name
				q.List = q.List || plural(w)
			}
			i, named, open = to+1, true, true
			continue
		}
		return c.typeOf(head, t), true
	}
}

// skip passes over what may stand before a noun: "the", "all", "five".
func (c *classifier) skip(i int) int {
	for i < len(c.ws) && (determiners[c.at(i)] || c.ws[i].number && c.at(i) != "half") {
		if c.ws[i].number && c.at(i+1) != "" && !c.ws[i].fixed || c.at(i) == "two" || c.at(i) == "three" || c.at(i) == "all" {
			c.q.List = true
		}
		i++
	}
	return i
}

// phrase returns the words of the noun phrase at i.
func (c *classifier) phrase(i int, open bool) (from, to int) {
	to = i
	for to < len(c.ws) {
		w := c.at(to)
		if c.ws[to].stop || auxiliaries[w] || to > i && verbs[w] && !c.nounHere(i, to) {
			break
		}
		if open && to > i && c.verbal(to) {
			break
		}
		if open && to == i && verbs[w] && !bodyNouns[w] && !personNouns[w] && !c.participle(to) {
			break // "what happens"
		}
		if open && to == i && (w == "happened" || w == "caused" || strings.HasSuffix(w, "ed") && c.at(to+1) == "") {
			break
		}
		to++
	}
	return i, min(to, i+5)
}

// nounHere reports whether a word that may be a verb is the noun of the
// phrase that starts at i, since a verb follows: "which hack was".
func (c *classifier) nounHere(i, k int) bool {
	if !nounVerbs[c.at(k)] {
		return false
	}
	next := c.at(k + 1)
	return auxiliaries[next] || strings.HasSuffix(next, "ed") && len(next) > 4
}

// participle reports whether the word at k tells of what sort the things behind
// it are: "leaked films".
func (c *classifier) participle(k int) bool {
	return strings.HasSuffix(c.at(k), "ed") && plural(c.at(k+1)) && c.commands() > 0
}

// verbal reports whether the word at k, inside of a phrase, looks like the
// verb: "films leaked", "actor plays kim".
func (c *classifier) verbal(k int) bool {
	w, next := c.at(k), c.at(k+1)
	if strings.HasSuffix(w, "ed") && len(w) > 4 {
		return true
	}
	before := c.at(k - 1)
	return plural(w) && !plural(before) && !personNouns[w] && !bodyNouns[w] && !placeNouns[w] && next != "" && !auxiliaries[next] &&
		(personNouns[before] || bodyNouns[before] || placeNouns[before]) && !c.nounHere(k-1, k)
}

// typeOf sets the focus to the noun at head, and returns the type that the noun
// tells, or t. A word that only names the kind of answer is spent.
func (c *classifier) typeOf(head int, t Type) Type {
	q, w := c.q, c.at(head)
	q.Focus, c.head = term.Stem(w), w
	q.List = q.List || plural(w) && !timeNouns[w] && !moneyNouns[w] && !reasonNouns[w] && t != HowMany
	if x, ok := weak[w]; ok && x == 0 {
		q.Focus, q.List = "", false // "what sort of stuff"
		return What
	}
	switch {
	case t == HowMany:
		c.counting(head)
	case timeNouns[w]:
		q.Wants = Date
		if w == "time" || w == "hour" {
			q.Wants |= Clock
		}
		switch w {
		case "weekday":
			q.Wants |= Weekday // the word stays, since the names of the days stand for it
		case "deadline":
		default:
			c.spend(head)
		}
		return When
	case reasonNouns[w]:
		q.Wants = 0
		c.spend(head)
		return Why
	case moneyNouns[w]:
		return HowMuch
	case countNouns[w]:
		c.counting(head)
		return HowMany
	case personNouns[w]:
		return Who
	case placeNouns[w]:
		if barePlaces[w] {
			c.spend(head)
		}
		return Where
	case bodyNouns[w]:
		q.Wants |= Name
	}
	return t
}

// counting reads the noun of a question for a number. Whatever is counted, the
// answer is a number: "how many days" wants no date, and "how many studios" no
// name.
func (c *classifier) counting(head int) {
	w := c.at(head)
	if !countNouns[w] {
		return
	}
	c.spend(head)
	switch w {
	case "percentage", "percent", "share":
		c.q.Wants = Percent
	case "age":
		c.q.Wants = Age | Number
	}
}

// commands returns the number of words that command an answer at the start,
// as "give me" or "list", or 0.
func (c *classifier) commands() int {
	next := c.at(1)
	switch c.at(0) {
	case "list", "enumerate":
		return 1
	case "name":
		if len(c.ws) > 1 && (c.ws[1].stop || c.ws[1].number || plural(next) || personNouns[next] || next == "all") && next != "of" && next != "is" {
			return 1
		}
	case "give", "gimme", "show", "get", "find":
		if next == "me" || next == "us" {
			return 2
		}
		if c.at(0) == "gimme" {
			return 1
		}
	case "tell":
		if next == "me" || next == "us" {
			return 2
		}
	}
	return 0
}

// command reads "name the films", "give me all emails", "tell me about".
func (c *classifier) command() bool {
	n := c.commands()
	if n == 0 {
		return false
	}
	for i := range n {
		c.spend(i)
	}
	if w := c.at(n); w == "about" || isAsk(w) || w == "if" {
		if isAsk(w) {
			c.ask(n)
			return true
		}
		return c.setType(What)
	}
	q := c.q
	if c.at(0) == "list" || c.at(0) == "enumerate" {
		q.List = true
	}
	t, found := c.focusOf(n, true, Which)
	if q.Type = t; !found {
		q.Type = What
	}
	return true
}
