package discord

import (
	"context"
	"slices"

	"github.com/bwmarrin/discordgo"

	"dossier/index"
)

// aroundQuote is how many sentences before and after a quote are shown.
const aroundQuote = 3

// click handles a button.
func (b *Bot) click(ctx context.Context, i *discordgo.Interaction, p person, id string) error {
	a, err := readID(id)
	if err != nil || i.Message == nil {
		return b.say(ctx, i, renderNote(p.t.Gone, true))
	}
	mine := a.Owner == p.id
	if (a.Verb == verbDelete || a.Verb == verbShare) && !mine {
		return b.say(ctx, i, renderNote(p.t.NotYours, true))
	}
	if a.Verb != verbDelete && a.Verb != verbPage {
		if wait := b.limits.wait(p.id, "", ""); wait > 0 {
			return b.say(ctx, i, renderNote(waitNote(p.t, wait), true))
		}
	}
	switch a.Verb {
	case verbMore:
		return b.clickMore(ctx, i, p, a)
	case verbContext:
		return b.clickContext(ctx, i, p, a)
	case verbSources:
		return b.clickSources(ctx, i, p)
	case verbShare:
		return b.say(ctx, i, shared(i.Message, p))
	case verbDelete:
		if err := b.client.respond(ctx, i, response{Type: respondLater}); err != nil {
			return err
		}
		return b.client.removeOriginal(ctx, i)
	case verbAsk:
		return b.clickAsk(ctx, i, p, a, mine)
	}
	return b.change(ctx, i, b.sourcesPage(a.Page, p))
}

// clickMore shows the next best quotes to whoever clicked, and only to them, so
// that a channel does not fill up. The question stands in the message.
func (b *Bot) clickMore(ctx context.Context, i *discordgo.Interaction, p person, a action) error {
	v := view{t: p.t, owner: p.id, private: true, page: a.Page, from: a.From, to: a.To}
	if a.Source != "" {
		names := b.ask.SourceNames()
		at := slices.IndexFunc(names, func(n string) bool { return hashName(n) == a.Source })
		if at < 0 {
			return b.say(ctx, i, renderNote(p.t.Gone, true))
		}
		v.source = names[at]
	}
	ans, err := b.answer(ctx, "more", index.Query{
		Text: questionOf(i.Message.Content), Skip: a.Page, Source: v.source, From: v.from, To: v.to,
	})
	if err != nil {
		b.logAsk("more", err)
		return b.say(ctx, i, renderNote(userMessage(err, p.t), true))
	}
	return b.say(ctx, i, renderAnswer(ans, v))
}

func (b *Bot) clickContext(ctx context.Context, i *discordgo.Interaction, p person, a action) error {
	q, ok := b.ask.Quote(a.Quote)
	if !ok {
		return b.say(ctx, i, renderNote(p.t.Gone, true))
	}
	m := renderContext(q, b.ask.Around(a.Quote, aroundQuote), quotesOf(i.Message), view{t: p.t, owner: p.id})
	if a.Page > 0 { // the numbered buttons under a context
		return b.change(ctx, i, m)
	}
	return b.say(ctx, i, m)
}

func (b *Bot) clickSources(ctx context.Context, i *discordgo.Interaction, p person) error {
	var quotes []index.Quote
	for _, id := range quotesOf(i.Message) {
		if q, ok := b.ask.Quote(id); ok {
			quotes = append(quotes, q)
		}
	}
	if len(quotes) == 0 {
		return b.say(ctx, i, renderNote(p.t.Gone, true))
	}
	return b.say(ctx, i, renderCitations(quotes, view{t: p.t}))
}

// clickAsk asks a suggested question. The asker's own message becomes the
// answer; others get theirs in private.
func (b *Bot) clickAsk(ctx context.Context, i *discordgo.Interaction, p person, a action, mine bool) error {
	v := view{t: p.t, owner: p.id, private: !mine || i.Message.Flags&flagEphemeral != 0}
	ans, err := b.answer(ctx, "suggested", index.Query{Text: a.Text})
	if err != nil {
		b.logAsk("suggested", err)
		return b.say(ctx, i, renderNote(userMessage(err, p.t), true))
	}
	if mine {
		return b.change(ctx, i, renderAnswer(ans, v))
	}
	return b.say(ctx, i, renderAnswer(ans, v))
}

// buttonsOf returns the ids of a message's buttons in their order.
func buttonsOf(m *discordgo.Message) []*discordgo.Button {
	var found []*discordgo.Button
	for _, c := range m.Components {
		r, ok := c.(*discordgo.ActionsRow)
		if !ok || r == nil {
			continue
		}
		for _, c := range r.Components {
			if b, ok := c.(*discordgo.Button); ok && b != nil {
				found = append(found, b)
			}
		}
	}
	return found
}

// quotesOf returns the quotes that a message shows: its buttons hold them
// between them.
func quotesOf(m *discordgo.Message) []string {
	var quotes []string
	for _, b := range buttonsOf(m) {
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
	var r []Button
	for _, b := range buttonsOf(m) {
		a, err := readID(b.CustomID)
		if err != nil {
			continue
		}
		if a.Verb == verbShare {
			r = append(r, v.wastebasket(a.Quote))
			continue
		}
		r = append(r, Button{Label: b.Label, Style: Style(b.Style), ID: b.CustomID})
	}
	out.addRow(r)
	return out
}
