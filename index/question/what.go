package question

import term "dossier/index/text"

// how reads "how many", "how long" and their like.
func (c *classifier) how(i int) {
	q, next := c.q, c.at(i+1)
	switch {
	case next == "many":
		q.Type = HowMany
		c.focusOf(i+2, true, HowMany)
	case next == "much":
		c.howMuch(i + 2)
	case next == "long" && c.at(i+2) == "ago", next == "soon", next == "late", next == "early":
		q.Type = When
		c.spend(i + 2)
	case next == "long":
		q.Type, q.Wants = HowMany, Duration
	case next == "old":
		q.Type, q.Focus, q.Wants = HowMany, "old", Age|Number
	case next == "often", measureAsks[next]:
		q.Type = HowMany
	case next == "come":
		q.Type = Why
	default:
		q.Type = How
		if c.ws[min(i+1, len(c.ws)-1)].stop || next == "" {
			q.Wants = Manner
		}
	}
	if q.Type != How {
		c.spend(i + 1)
	}
}

// howMuch tells money from other amounts: "how much data".
func (c *classifier) howMuch(i int) {
	q, next := c.q, c.at(i)
	if next == "of" {
		i++
		next = c.at(i)
	}
	q.Type = HowMuch
	if next == "" || moneyWords[next] {
		c.spend(i)
		return
	}
	if !c.ws[i].stop && !auxiliaries[next] && !moneyVerbs[next] {
		q.Type = HowMany
		c.focusOf(i, true, HowMany)
		return
	}
	for k := i; k < len(c.ws); k++ {
		if moneyVerbs[c.at(k)] || moneyWords[c.at(k)] {
			return
		}
	}
	for k := i; k < len(c.ws); k++ {
		switch c.at(k) {
		case "data", "information", "time", "water", "space", "memory", "content", "material", "stuff":
			q.Type, q.Focus = HowMany, term.Stem(c.at(k))
			return
		}
	}
}

// what reads "what" and "which".
func (c *classifier) what(i int) {
	q, next := c.q, c.at(i+1)
	q.Type = What
	switch {
	case next == "about":
		return
	case next == "if", next == "for" && i+2 >= len(c.ws), next == "caused":
		q.Type = Why
		return
	case next == "percent" || next == "percentage":
		q.Type, q.Wants = HowMany, Percent
		c.spend(i + 1)
		c.focusOf(i+2, true, HowMany)
		return
	case c.at(i) == "which" && (next == "" || next == "one" || next == "ones" || next == "of"):
		q.Type, q.List = Which, next == "ones" || next == ""
		if next == "of" {
			q.Type, _ = c.focusOf(i+2, true, Which)
		}
		return
	case auxiliaries[next]:
		c.whatIs(i + 1)
		return
	}
	t, found := c.focusOf(i+1, true, Which)
	if q.Type = t; !found {
		q.Type = What // "what happened"
	}
}

// whatIs reads what follows "what is", "what did".
func (c *classifier) whatIs(i int) {
	q := c.q
	switch c.at(i) {
	case "is", "was", "are", "were":
		last := c.at(len(c.ws) - 1)
		if i+1 < len(c.ws) {
			c.whatNoun(i, last == "called" || last == "named")
		}
		if last == "worth" {
			q.Type = HowMuch
		}
	case "did", "does", "do", "will", "would":
		switch c.at(len(c.ws) - 1) {
		case "cost", "earn", "gross":
			q.Type = HowMuch
		case "for":
			q.Type = Why
		}
		for k := i + 1; k < len(c.ws); k++ {
			if w := c.at(k); w == "cost" || w == "earn" || w == "gross" {
				q.Type = HowMuch
			}
		}
	}
}

// whatNoun reads the noun of "what is the cost", which may tell the type. A
// noun without an article is mostly a name, and explained: "what is nordkai".
func (c *classifier) whatNoun(i int, named bool) {
	q, next := c.q, c.ws[i+1]
	if !named && !determiners[next.w] && !next.number && !kindNouns[next.w] && !moneyNouns[next.w] && !timeNouns[next.w] && !possessed(next) {
		return
	}
	t, found := c.focusOf(i+1, false, What)
	switch q.Type = t; {
	case !found || t != What:
	case named:
		q.Type, q.Wants = Which, Name
	case q.List && (c.at(i) == "are" || c.at(i) == "were"):
		q.Type = Which // "what are the files that leaked"
	default:
		q.List, q.Focus = false, ""
	}
}
