package question

// A classifier reads the type of one question.
type classifier struct {
	q    *Question
	ws   []word
	head string // the noun of the focus
}

// classify sets the type, the focus and what follows from them, and marks the
// words that are spent on asking.
func classify(q *Question, ws []word) {
	c := classifier{q: q, ws: ws}
	if i := c.asks(); i >= 0 {
		c.ask(i)
	} else if !c.command() && !c.yesNo() {
		c.keywords()
	}
	q.List = q.List && (q.Type == Who || q.Type == Which || q.Type == Where)
	q.Wants |= wants(q)
}

func (c *classifier) at(i int) string {
	if i < 0 || i >= len(c.ws) {
		return ""
	}
	return c.ws[i].w
}

func (c *classifier) spend(i int) {
	if i >= 0 && i < len(c.ws) {
		c.ws[i].spent = true
	}
}

func isAsk(w string) bool {
	switch w {
	case "who", "whom", "whose", "when", "where", "why", "how", "what", "which":
		return true
	}
	return false
}

// asks returns the index of the word that asks, or -1. A question word at the
// start wins, then one behind a preposition at the start ("in which country"),
// then the last one ("it cost sony how much"). After an auxiliary or a command
// at the start it only joins clauses: "did they say who".
func (c *classifier) asks() int {
	if isAsk(c.at(0)) {
		return 0
	}
	for i := 1; i <= 2; i++ { // "in which country", "and by whom", "at around what time"
		if isAsk(c.at(i)) && c.ws[i-1].stop && !auxiliaries[c.at(0)] {
			return i
		}
	}
	if auxiliaries[c.at(0)] || c.commands() > 0 {
		return -1
	}
	last := -1
	for i := range c.ws {
		if isAsk(c.at(i)) && !(last >= 0 && c.at(last) == "how") {
			last = i
		}
	}
	return last
}

// ask reads the question that the word at i asks.
func (c *classifier) ask(i int) {
	q := c.q
	switch c.at(i) {
	case "who", "whom", "whose":
		q.Type = Who
		next := c.at(i + 1)
		q.List = next == "are" || next == "were" || next == "all" || next == "else"
		if next == "is" || next == "was" || next == "are" || next == "were" {
			c.focusOf(i+2, false, Who) // whatever noun it is, a person is asked for
			if !personNouns[c.head] && !roles[c.head] && !honorifics[c.head] {
				q.Focus = "" // "who is Seth Rogen"
			}
		} else if c.at(i) == "whose" {
			c.focusOf(i+1, false, Who)
		}
	case "when":
		q.Type = When
	case "where":
		q.Type = Where
	case "why":
		q.Type = Why
	case "how":
		c.how(i)
	case "what", "which":
		c.what(i)
	}
}

// yesNo reads "did they ...", "is it ...", "if they ...".
func (c *classifier) yesNo() bool {
	w := c.at(0)
	if auxiliaries[w] && w != "may" || w == "if" || w == "whether" {
		c.q.Type = YesNo
		return true
	}
	return w == "about" && c.setType(What)
}

func (c *classifier) setType(t Type) bool {
	c.q.Type = t
	return true
}

// keywords reads what is no sentence: "sony hack date", "number of films".
func (c *classifier) keywords() {
	for i := range c.ws {
		w := c.at(i)
		switch {
		case reasonNouns[w] && (c.at(i+1) == "for" || c.at(i+1) == "of" || i == len(c.ws)-1 || c.at(i+1) == "behind"):
			c.q.Type = Why
		case w == "number" && c.at(i+1) == "of":
			c.focusOf(i+2, true, HowMany)
			c.q.Type = HowMany
		case (w == "date" || w == "year") && (i == len(c.ws)-1 || c.at(i+1) == "of"):
			c.q.Type = When
		case (w == "cost" || w == "price" || w == "salary" || w == "budget") && (i == len(c.ws)-1 || c.at(i+1) == "of"):
			c.q.Type = HowMuch
		case (w == "names" || w == "list") && c.at(i+1) == "of":
			c.q.Type, _ = c.focusOf(i+2, true, c.q.Type)
			c.q.List = true
		default:
			continue
		}
		if c.q.Type != HowMuch {
			c.spend(i)
		}
		return
	}
}
