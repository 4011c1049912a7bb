package message

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"dossier/index"
)

// refusal says that it is not sure and what comes nearest, or that the
// sources do not say; and what they do say.
func refusal(a index.Answer, v View) Message {
	m := Message{Private: v.Private}
	if v.Skip > 0 {
		m.Content = smallQuestion(a.Question) + v.limits() + "\n" + v.Lang.NoMore
		return m
	}
	said := "\n" + v.Lang.NotSaid
	switch {
	case a.Reason == index.AnOpinion:
		said = "\n" + v.Lang.OnlyQuote
	case a.Outcome == index.Unsure:
		said = "\n" + v.Lang.Unsure
	}
	list, asks := v.suggested(a)
	content, shown := v.quoted(v.heading(a)+said, smallQuestion(a.Question)+said, a.Nearest, maxContent-Length(list))
	if Length(content)+Length(list) > maxContent {
		list, asks = "", nil // what comes nearest goes first
	}
	m.Content = content + list
	if shown == 0 {
		m.addRow(append(asks, v.lastButton("")))
		return m
	}
	m.addRow(asks)
	m.addRow(v.aboutButtons(a.Nearest[:shown]))
	return m
}

// maxSuggested is how many questions are offered: their buttons share a row with
// the others.
const maxSuggested = 3

// suggested lists questions that the sources answer, and the buttons that ask
// them: a button has room for half of one at best. All sources together answer
// them, so a button carries no limits of the question that was refused.
func (v View) suggested(a index.Answer) (list string, asks []Button) {
	asked := append(slices.Clone(a.Before), a.Question) // and what that leans on
	for _, s := range a.Suggestions {
		q, cut := Clean(s)
		id := Action{Verb: VerbAsk, Owner: v.Owner, Page: len(asks), Text: q}.ID()
		same := func(before string) bool { return sameQuestion(q, before) }
		if q == "" || cut || id == "" || slices.ContainsFunc(asked, same) || len(asks) == maxSuggested {
			continue
		}
		label := fmt.Sprint(len(asks) + 1)
		list += "\n" + label + ". " + escape(q)
		asks = append(asks, Button{Label: label, Style: secondary, ID: id})
	}
	if list != "" {
		list = "\n" + v.Lang.TryThese + list
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
