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
		var place, server string
		if a.Verb == verbShare { // what is shared is for all to see
			place, server = i.ChannelID, i.GuildID
		}
		if wait := b.limits.wait(p.id, place, server); wait > 0 {
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
		return b.clickShare(ctx, i, p)
	case verbDelete:
		if err := b.client.respond(ctx, i, response{Type: respondLater}); err != nil {
			return err
		}
		err := b.client.removeOriginal(ctx, i)
		if err == nil || isCode(err, codeUnknownMessage) {
			b.talk.removed(i.Message)
		}
		return err
	case verbAsk:
		return b.clickAsk(ctx, i, p, a, mine)
	}
	return b.change(ctx, i, b.sourcesPage(a.Page, p))
}

// clickShare posts a private answer, once.
func (b *Bot) clickShare(ctx context.Context, i *discordgo.Interaction, p person) error {
	key := "shared " + i.Message.ID
	if b.seen.again(key) {
		return b.client.respond(ctx, i, response{Type: respondLater})
	}
	err := b.say(ctx, i, shared(i.Message, p))
	if err != nil {
		b.seen.ids.Remove(key)
	}
	return err
}

// clickMore shows the next best quotes to whoever clicked, and only to them, so
// that a channel does not fill up. The question stands in the message.
func (b *Bot) clickMore(ctx context.Context, i *discordgo.Interaction, p person, a action) error {
	v := view{t: p.t, owner: p.id, private: true, page: a.Page, from: a.From, to: a.To}
	ok := false
	if v.source, ok = b.sourceOf(a); !ok {
		return b.say(ctx, i, renderNote(p.t.Gone, true))
	}
	ans, err := b.answer(ctx, "more", index.Query{
		Text: questionOf(i.Message.Content), Skip: a.Page, Source: v.source, From: v.from, To: v.to,
	})
	if err != nil {
		b.logAsk("more", err)
		return b.sayFailed(ctx, i, p, err)
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

// clickAsk asks a suggested question, limited as the one before it was. The
// asker's own message becomes the answer; others get theirs in private.
func (b *Bot) clickAsk(ctx context.Context, i *discordgo.Interaction, p person, a action, mine bool) error {
	v := view{t: p.t, owner: p.id, private: !mine || i.Message.Flags&flagEphemeral != 0, from: a.From, to: a.To}
	ok := false
	if v.source, ok = b.sourceOf(a); !ok {
		return b.say(ctx, i, renderNote(p.t.Gone, true))
	}
	ans, err := b.answer(ctx, "suggested", index.Query{
		Text: a.Text, Conversation: b.conversationOf(i, p, v.private), Source: v.source, From: v.from, To: v.to,
	})
	if err != nil {
		b.logAsk("suggested", err)
		return b.sayFailed(ctx, i, p, err)
	}
	if mine {
		return b.change(ctx, i, renderAnswer(ans, v))
	}
	return b.say(ctx, i, renderAnswer(ans, v))
}

// sourceOf returns the name of the source that a question was limited to, if
// there still is one of that name.
func (b *Bot) sourceOf(a action) (name string, ok bool) {
	if a.Source == "" {
		return "", true
	}
	names := b.ask.SourceNames()
	at := slices.IndexFunc(names, func(n string) bool { return hashName(n) == a.Source })
	if at < 0 {
		return "", false
	}
	return names[at], true
}

// conversationOf returns the key of the conversation that a click on a question
// goes on: that of a command, of direct messages, or of a message in a channel.
// What only one person sees is not mixed with what all see.
func (b *Bot) conversationOf(i *discordgo.Interaction, p person, private bool) string {
	switch {
	case private:
		return conversation("private", i.ChannelID, p.id)
	case i.Message.MessageReference == nil:
		return conversation("slash", i.ChannelID, p.id)
	case i.GuildID == "":
		return conversation("direct", i.ChannelID)
	}
	return b.talk.conversation(i.Message)
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
