package discord

import (
	"fmt"
	"strings"
	"unicode"

	"dossier/index"
)

// renderNothing says that the sources do not say, what comes nearest, and what
// they do say.
func renderNothing(a index.Answer, v view) Message {
	m := Message{Private: v.private}
	if v.page > 0 {
		m.Content = smallQuestion(a.Question) + v.limits() + "\n" + v.t.NoMore
		return m
	}
	list, asks := v.suggested(a)
	m.Content = v.head(a) + "\n" + v.t.NotSaid
	var near []index.Quote
	for _, q := range a.Nearest {
		block := "\n" + quoteBlock(q) + "\n" + v.citation(q)
		if len(near) == 0 {
			block = "\n" + v.t.Nearest + block
		}
		if units(m.Content)+units(block)+units(list) > maxContent {
			break
		}
		m.Content += block
		near = append(near, q)
	}
	m.Content += list
	if len(near) > 0 {
		m.addRow(asks)
		m.addRow(v.about(near))
	} else {
		m.addRow(append(asks, v.last("")))
	}
	return m
}

// maxSuggested is how many questions are offered: their buttons share a row with
// the others.
const maxSuggested = 3

// suggested lists questions that the sources answer, and the buttons that ask
// them: a button has room for half of one at best. All sources together answer
// them, so a button carries no limits of the question that was refused.
func (v view) suggested(a index.Answer) (list string, asks []Button) {
	for _, s := range a.Suggestions {
		q, cut := cleanQuestion(s)
		id := action{Verb: verbAsk, Owner: v.owner, Page: len(asks), Text: q}.id()
		if q == "" || cut || id == "" || sameQuestion(q, a.Question) || sameQuestion(q, a.Understood) || len(asks) == maxSuggested {
			continue
		}
		label := fmt.Sprint(len(asks) + 1)
		list += "\n" + label + ". " + escape(q)
		asks = append(asks, Button{Label: label, Style: secondary, ID: id})
	}
	if list != "" {
		list = "\n" + v.t.TryThese + list
	}
	return list, asks
}

// sameQuestion says whether two questions differ in case, spaces and the marks at
// their ends at most.
func sameQuestion(a, b string) bool {
	fold := func(s string) string {
		return strings.TrimFunc(strings.Join(strings.Fields(s), " "), func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) })
	}
	return strings.EqualFold(fold(a), fold(b))
}
