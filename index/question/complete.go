package question

import (
	"iter"
	"slices"
	"strings"
	"time"

	"dossier/index/term"
)

// What the words of earlier questions count in a completed one, so that what
// was typed last decides among the sentences about the same thing.
const (
	topicWeight = 0.5
	nameWeight  = 0.7
)

// leans reports whether a question cannot stand without the one before it:
// it has nothing to ask about, or speaks of somebody or something that it does
// not name.
func leans(q *Question, words []word, lead string) bool {
	if len(words) == 0 {
		return false
	}
	if isFragment(words, lead) {
		return true
	}
	switch last := words[len(words)-1].w; {
	case (last == "that" || last == "it" || last == "this") && len(words) > 2:
		return true // "what did the police say to that"
	case lead != "" && q.Type != YesNo && slices.ContainsFunc(q.Terms, func(t Term) bool { return !t.Entity && t.Weight > 0.5 }):
		return true // "and what did the director say"
	}
	if len(q.Entities) > 0 && !slices.ContainsFunc(words[:min(len(words), 4)], func(w word) bool { return pronouns[w.w] || things[w.w] }) {
		return false
	}
	own := heavy(q)
	named := false
	for i, w := range words {
		next := ""
		if i+1 < len(words) {
			next = words[i+1].w
		}
		switch {
		case slices.ContainsFunc(q.Entities, func(e string) bool { return strings.HasPrefix(e, w.w) && strings.Contains(e+" ", w.w+" ") }):
			named = true // "why did pascal say that she ...": the pronoun has its name
		case named:
		case pronouns[w.w]:
			return true
		case w.w == "it" && !expletive[next] || w.w == "its":
			return true
		case (w.w == "that" || w.w == "this") && (next == "" || words[i+1].stop && !determiners[next]) && i > 0:
			return true
		case (w.w == "this" || w.w == "that" || w.w == "these" || w.w == "those") && i > 0 && own <= 1 && next != "":
			return true
		case (w.w == "there" || w.w == "then" || w.w == "else") && (next == "" || w.w == "else") && i > 0:
			return true
		}
	}
	return own == 0 && (isAsk(words[0].w) || q.Type == When || q.Type == HowMuch || q.Type == HowMany) && !strings.HasPrefix(q.Plain, "what happened")
}

// heavy returns how many terms of a question say what it is about.
func heavy(q *Question) int {
	n := 0
	for _, t := range q.Terms {
		if t.Weight >= 0.5 && len(t.Stem) > 1 {
			n++
		}
	}
	return n
}

var (
	pronouns  = set(`he she him her his hers they them their theirs`)
	things    = set(`it its that this these those one ones`)
	expletive = set(`true known clear possible likely certain cost take took costs takes`)
	// linking words begin what is no sentence of its own: "in japan?"
	linking = set(`in on at for from to with by about`)
)

// isFragment reports whether words only change the question before them: "what
// about annie", "and in japan?".
func isFragment(words []word, lead string) bool {
	first := words[0].w
	if (first == "what" || first == "how") && len(words) > 1 && words[1].w == "about" {
		return true
	}
	if slices.ContainsFunc(words, func(w word) bool { return isAsk(w.w) || auxiliaries[w.w] }) {
		return false
	}
	return lead != "" && len(words) <= 4 || linking[first] && len(words) <= 3
}

// Complete returns q with what it lacks from the last questions of its
// conversation, or q itself where it stands alone or there are none. What is
// added weighs less than what was typed.
func (m *Memory) Complete(key string, q *Question, now time.Time) *Question {
	if !q.Leans || key == "" {
		return q
	}
	turns := m.recall(key, now)
	if len(turns) == 0 {
		return q
	}
	last := turns[0]
	c := *q
	c.Terms = slices.Clone(q.Terms)
	c.Entities = slices.Clone(q.Entities)
	who := pronounName(q, turns)
	fragment := isFragment(split(q.Plain), "")
	if !fragment && q.Type == Other {
		fragment = true
	}
	if fragment { // "what about annie": the same question of something else
		c.Type, c.Focus, c.List, c.Wants = last.typ, last.focus, last.list, last.wants
	}
	topic := topicWeight
	if own := heavy(q); own > 1 && who == "" && !fragment {
		topic /= float64(own) / 1.5 // the more it says itself, the less it leans
	}
	var added []string
	add := func(t Term, weight float64) {
		t.Weight *= weight
		if slices.ContainsFunc(c.Terms, func(x Term) bool { return x.Stem == t.Stem }) || len(c.Terms) >= maxTerms {
			return
		}
		c.Terms = append(c.Terms, t)
		added = append(added, t.Word)
	}
	for _, w := range strings.Fields(who) {
		add(Term{Word: w, Stem: term.Stem(w), Entity: true, Weight: 1}, nameWeight)
	}
	replaced := fragment && len(q.Entities) > 0
	for _, t := range last.terms {
		switch {
		case replaced && t.Entity: // "what about annie" does not ask about the other film
		case who != "" && t.Entity && !strings.Contains(who, t.Word): // "when did he die": of two names one is meant
			add(t, topic*0.5)
		case t.Weight < 0.3:
		case t.Entity:
			add(t, nameWeight/topicWeight*topic)
		default:
			add(t, topic)
		}
	}
	if who != "" {
		c.Entities = append(c.Entities, who)
	} else if !replaced {
		for _, e := range last.entities {
			if !slices.Contains(c.Entities, e) {
				c.Entities = append(c.Entities, e)
			}
		}
	}
	c.Leans, c.Inherited = false, len(added)
	if len(added) > 0 {
		about := " (" + strings.Join(added, " ") + ")"
		c.Text += about
		c.Plain = strings.TrimSuffix(c.Plain, "?") + about + "?"
	}
	return &c
}

// pronounName returns whom the pronoun of a question stands for: somebody
// whom the answer named, where the question before asked for a person, else
// the last person that was asked about.
func pronounName(q *Question, turns []turn) string {
	one := false
	for _, w := range split(q.Plain) {
		switch w.w {
		case "he", "she", "him", "her", "his", "hers":
			one = true
		}
	}
	if !one {
		return ""
	}
	for _, t := range turns {
		if t.typ == Who && len(t.names) > 0 {
			return t.names[0]
		}
		for _, e := range t.entities {
			if first, _, full := strings.Cut(e, " "); full && firstNames[first] || slices.Contains(t.names, e) {
				return e
			}
			for _, n := range t.names {
				if strings.HasSuffix(n, " "+e) {
					return n
				}
			}
		}
	}
	for _, t := range turns {
		if len(t.names) > 0 {
			return t.names[0]
		}
	}
	return ""
}

// names yields the names of some kinds in a sentence, folded.
func names(sentence string, k Kinds) iter.Seq[string] {
	return func(yield func(string) bool) {
		tokens := term.Tokens(sentence)
		r := reader{sentence, tokens}
		for _, m := range mentions(sentence, tokens) {
			if !m.kind.Has(k) {
				continue
			}
			from := m.from
			for from < m.to-1 && honorifics[r.at(from)] {
				from++
			}
			if !yield(r.phrase(from, m.to)) {
				return
			}
		}
	}
}
