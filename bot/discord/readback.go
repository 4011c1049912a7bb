package discord

import (
	"slices"
	"strings"
)

// A past is a question as a message tells of it.
type past struct {
	asked      string // in the words of the person
	understood string // where the message says so
}

// pastOf reads a question back from a message that renderAnswer made.
func pastOf(m Message) past {
	asked, understood := questionOf(m.Content)
	return past{asked, understood}
}

// after is what a question that replies to the message leans on.
func (p past) after() string {
	if p.understood != "" {
		return p.understood
	}
	return p.asked
}

func questionOf(content string) (asked, understood string) {
	lines := strings.Split(content, "\n")
	first, ok := strings.CutPrefix(lines[0], small)
	if !ok {
		return "", ""
	}
	if len(lines) > 1 && strings.HasPrefix(lines[1], small) {
		second := unescape(strings.TrimPrefix(lines[1], small))
		for _, l := range localeOrder {
			if u, ok := strings.CutPrefix(second, languages[l].Understood); ok {
				return unescape(first), u
			}
		}
	}
	return unescape(first), ""
}

// quotesOf returns the quotes that a message shows: its buttons hold them
// between them.
func quotesOf(m Message) []string {
	var quotes []string
	for _, b := range slices.Concat(m.Rows...) {
		a, err := readID(b.ID)
		if err == nil && a.Quote != "" && !slices.Contains(quotes, a.Quote) {
			quotes = append(quotes, a.Quote)
		}
	}
	return quotes
}

// shared is a private answer for all to see: the same text, and a wastebasket
// in place of the button that shared it.
func shared(m Message, v view) Message {
	out := Message{Content: m.Content}
	for _, row := range m.Rows {
		var r []Button
		for _, b := range row {
			switch a, err := readID(b.ID); {
			case err != nil:
			case a.Verb == verbShare:
				r = append(r, v.wastebasket(a.Quote))
			default:
				r = append(r, b)
			}
		}
		out.addRow(r)
	}
	return out
}
