package message

import (
	"fmt"
	"strings"

	"dossier/index"
)

// Context shows the sentences around a quote. s is what its message is about: the
// other quotes can be looked at next.
func Context(q index.Quote, around []index.Quote, s State, v View) Message {
	m := Message{Private: true}
	title := q.Article.Title
	if q.Article.Heading != "" {
		title = joinComma(title, "")
		title += " – " + q.Article.Heading
	}
	title, _ = Clean(title)
	head := smallPrint + escape(title)
	tail := "\n" + v.citation(q)
	at := 0
	for i, a := range around {
		if a.ID == q.ID {
			at = i
		}
	}
	if len(around) == 0 {
		around = []index.Quote{q}
	}
	all := index.Span{Start: 0, End: len(q.Text)}
	render := func(from, to int) string {
		var lines []string
		for i, a := range around[from : to+1] {
			if from+i == at {
				lines = append(lines, quoteLines(emphasise(a.Text, []index.Span{all}, nil)))
				continue
			}
			lines = append(lines, quoteLines(escape(a.Text)))
		}
		return head + "\n" + strings.Join(lines, "\n") + tail
	}
	if Length(render(at, at)) > maxContent {
		m.Content = head + "\n" + v.Lang.QuoteLong + tail
	} else {
		// Outwards from the quote, as far as there is room.
		from, to := at, at
		for grown := true; grown; {
			grown = false
			if to+1 < len(around) && Length(render(from, to+1)) <= maxContent {
				to, grown = to+1, true
			}
			if from > 0 && Length(render(from-1, to)) <= maxContent {
				from, grown = from-1, true
			}
		}
		m.Content = render(from, to)
	}
	if len(s.Quotes) > 1 {
		var r []Button
		for i, id := range s.Quotes[:min(len(s.Quotes), maxButtons)] {
			r = append(r, Button{Label: fmt.Sprint(i + 1), Style: secondary, Verb: VerbContext, Number: i + 1, Disabled: id == q.ID})
		}
		m.addRow(r)
		m.carry(State{Owner: s.Owner, Locale: v.Lang.Locale, Corpus: s.Corpus, Quotes: s.Quotes, Source: s.Source})
	}
	return m
}
