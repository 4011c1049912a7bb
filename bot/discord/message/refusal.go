package message

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"dossier/index"
)

// refusalLines is how many lines of a phone a refusal takes at most.
const refusalLines = 6

// refusal says that it is not sure and what comes nearest, or that the sources do
// not say; and what they do say, as far as there is room on a phone.
func refusal(a index.Answer, v View) Message {
	m := Message{Private: v.Private}
	if v.Skip > 0 {
		m.Content = lines(smallPrint+escape(short(a.Question)), v.small(v.limits()), v.Lang.NoMore)
		return m
	}
	said := v.Lang.NotSaid
	switch {
	case a.Reason == index.AnOpinion && len(a.Nearest) > 0:
		said = v.Lang.OnlyQuote
	case a.Outcome == index.Unsure && len(a.Nearest) > 0:
		said = v.Lang.Unsure
	}
	m.Content = lines(v.heading(a, 0), said)
	var near []index.Quote
	if len(a.Nearest) > 0 {
		var text string
		near, text = v.nearest(a.Nearest, m.Content)
		m.Content = lines(m.Content, text)
	}
	list, offered, asks := v.suggested(a, m.Content)
	m.Content = lines(m.Content, list)
	if len(near) == 0 {
		m.addRow(append(asks, v.lastButton()))
	} else {
		m.addRow(asks)
		m.addRow(v.aboutButtons())
	}
	s := v.state(a, near)
	s.Offered = offered
	m.carry(s)
	return m
}

func (v View) small(text string) string {
	if text == "" {
		return ""
	}
	return smallPrint + escape(text)
}

// nearest is the first of the nearest quotes that fits on a phone below what stands
// above it. Where none does, the nearest of all is only named, with a link, and can be
// read in context.
func (v View) nearest(quotes []index.Quote, above string) (shown []index.Quote, text string) {
	for i, q := range quotes {
		text := quoteBlock(q) + "\n" + v.citation(q)
		if len(Screen(lines(above, text))) <= refusalLines && Length(above)+1+Length(text) <= maxContent {
			return quotes[i : i+1], text
		}
	}
	return quotes[:1], v.citation(quotes[0])
}

const (
	// maxSuggested is how many questions are offered: their buttons share a row with
	// the others.
	maxSuggested = 3

	// maxOffered is how long they are at most: together they fit into a token.
	maxOffered = 90
)

// suggested lists questions that the sources answer, as many as there are lines left
// for below what stands above them, and the buttons that ask them. All sources together
// answer them, so that they are asked without the limits of the question that was
// refused.
func (v View) suggested(a index.Answer, above string) (list string, offered []string, asks []Button) {
	asked := append(slices.Clone(a.Before), a.Question) // and what that leans on
	list = v.Lang.TryThese
	for _, s := range a.Suggestions {
		q, _ := Clean(s)
		same := func(before string) bool { return sameQuestion(q, before) }
		label := fmt.Sprint(len(asks) + 1)
		longer := list + "\n" + label + ". " + escape(q)
		if q == "" || Length(masked.Replace(q)) > maxOffered || slices.ContainsFunc(asked, same) || len(asks) == maxSuggested ||
			len(Screen(lines(above, longer))) > refusalLines || Length(above)+1+Length(longer) > maxContent {
			continue
		}
		list = longer
		offered = append(offered, q)
		asks = append(asks, Button{Label: label, Style: secondary, Verb: VerbAsk, Number: len(offered)})
	}
	if len(asks) == 0 {
		return "", nil, nil
	}
	return list, offered, asks
}

// sameQuestion says whether two questions differ in case, spaces and the marks at
// their ends at most.
func sameQuestion(a, b string) bool {
	fold := func(s string) string {
		return strings.TrimFunc(strings.Join(strings.Fields(s), " "), func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) })
	}
	return strings.EqualFold(fold(a), fold(b))
}
