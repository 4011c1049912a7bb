package discord

import (
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// A past is a question as a message tells of it.
type past struct {
	asked      string // in the words of the person
	understood string // where the message says so
}

// pastOf reads a question back from a message that renderAnswer made.
func pastOf(m *discordgo.Message) past {
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

// rowsOf returns the rows of buttons under a message.
func rowsOf(m *discordgo.Message) [][]*discordgo.Button {
	var rows [][]*discordgo.Button
	for _, c := range m.Components {
		r, ok := c.(*discordgo.ActionsRow)
		if !ok || r == nil {
			continue
		}
		var row []*discordgo.Button
		for _, c := range r.Components {
			if b, ok := c.(*discordgo.Button); ok && b != nil {
				row = append(row, b)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// quotesOf returns the quotes that a message shows: its buttons hold them
// between them.
func quotesOf(m *discordgo.Message) []string {
	var quotes []string
	for _, b := range slices.Concat(rowsOf(m)...) {
		a, err := readID(b.CustomID)
		if err == nil && a.Quote != "" && !slices.Contains(quotes, a.Quote) {
			quotes = append(quotes, a.Quote)
		}
	}
	return quotes
}

// shared is a private answer for all to see: the same text, and a wastebasket
// in place of the button that shared it.
func shared(m *discordgo.Message, p person) Message {
	out := Message{Content: m.Content}
	v := view{t: p.t, owner: p.id}
	for _, row := range rowsOf(m) {
		var r []Button
		for _, b := range row {
			switch a, err := readID(b.CustomID); {
			case err != nil:
			case a.Verb == verbShare:
				r = append(r, v.wastebasket(a.Quote))
			default:
				r = append(r, Button{Label: b.Label, Style: Style(b.Style), ID: b.CustomID})
			}
		}
		out.addRow(r)
	}
	return out
}
