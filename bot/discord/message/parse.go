package message

import (
	"slices"
	"strings"
)

// A Question is a question as a message tells of it.
type Question struct {
	Asked      string // in the words of the person
	Understood string // where the message says so
}

// ParseQuestion reads a question back from a message that [Answer] made.
func ParseQuestion(m Message) Question {
	asked, understood := questionOf(m.Content)
	return Question{asked, understood}
}

// Before is the questions that it leaned on.
func (p Question) Before() []string {
	parts := strings.Split(p.Understood, " · ")
	return parts[:len(parts)-1]
}

// After is what a question that replies to the message may lean on.
func (p Question) After() []string {
	if p.Asked == "" {
		return nil
	}
	return append(p.Before(), p.Asked)
}

func questionOf(content string) (asked, understood string) {
	lines := strings.Split(content, "\n")
	first, ok := strings.CutPrefix(lines[0], smallPrint)
	if !ok {
		return "", ""
	}
	if len(lines) > 1 && strings.HasPrefix(lines[1], smallPrint) {
		second := unescape(strings.TrimPrefix(lines[1], smallPrint))
		for _, l := range Locales {
			if u, ok := strings.CutPrefix(second, languages[l].Understood); ok {
				return unescape(first), u
			}
		}
	}
	return unescape(first), ""
}

// Quotes returns the quotes that a message shows: its buttons hold them
// between them.
func Quotes(m Message) []string {
	var quotes []string
	for _, b := range slices.Concat(m.Rows...) {
		a, err := ParseID(b.ID)
		if err == nil && a.Quote != "" && !slices.Contains(quotes, a.Quote) {
			quotes = append(quotes, a.Quote)
		}
	}
	return quotes
}

// Shared is a private answer for all to see: the same text, and a wastebasket
// in place of the button that shared it.
func Shared(m Message, v View) Message {
	out := Message{Content: m.Content}
	for _, row := range m.Rows {
		var r []Button
		for _, b := range row {
			switch a, err := ParseID(b.ID); {
			case err != nil:
			case a.Verb == VerbShare:
				r = append(r, v.wastebasket(a.Quote))
			default:
				r = append(r, b)
			}
		}
		out.addRow(r)
	}
	return out
}
