package discord

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/gateway"
	"dossier/bot/discord/message"
	"dossier/index"
)

// aroundQuote is how many sentences before and after a quote are shown.
const aroundQuote = 3

// buttons are what stands under the bot's messages to be clicked.
type buttons struct {
	sender  *sender
	answers *answerer
	limits  *limiter
	tracker *tracker
	seen    *seen
	drain   *drain
}

// click handles a button.
func (b *buttons) click(ctx context.Context, i *discordgo.Interaction, p person, id string) error {
	a, err := message.ParseID(id)
	if err != nil || i.Message == nil {
		return b.sender.say(ctx, i, message.Note(p.lang.Gone, true))
	}
	mine := a.Owner == p.id
	if (a.Verb == message.VerbDelete || a.Verb == message.VerbShare) && !mine {
		return b.sender.say(ctx, i, message.Note(p.lang.NotYours, true))
	}
	if a.Verb != message.VerbDelete && a.Verb != message.VerbPage {
		if wait := b.limits.wait(p.id); wait > 0 {
			return b.sender.say(ctx, i, message.Note(message.WaitNote(p.lang, wait), true))
		}
	}
	switch a.Verb {
	case message.VerbMore:
		return b.more(ctx, i, p, a)
	case message.VerbContext:
		return b.context(ctx, i, p, a)
	case message.VerbSources:
		return b.sources(ctx, i, p, a)
	case message.VerbShare:
		return b.share(ctx, i, p)
	case message.VerbDelete:
		return b.delete(ctx, i)
	case message.VerbAsk:
		return b.ask(ctx, i, p, a, mine)
	}
	return b.sender.change(ctx, i, b.answers.sourcesPage(a.Page, p))
}

// delete removes the message that was clicked.
func (b *buttons) delete(ctx context.Context, i *discordgo.Interaction) error {
	if err := b.sender.respond(ctx, i, response{Type: respondLater}); err != nil {
		return err
	}
	// The three seconds of ctx are for the response; this may take longer.
	err := b.sender.removeOriginal(b.drain.ctx, i)
	if err != nil && !gateway.IsGone(err) {
		return err
	}
	b.tracker.removed(i.Message)
	return nil
}

// share posts a private answer, once.
func (b *buttons) share(ctx context.Context, i *discordgo.Interaction, p person) error {
	key := "shared " + i.Message.ID
	if b.seen.again(key) {
		return b.sender.respond(ctx, i, response{Type: respondLater})
	}
	err := b.sender.say(ctx, i, message.Shared(shown(i.Message), message.View{Lang: p.lang, Owner: p.id}))
	if err != nil {
		b.seen.ids.Remove(key)
	}
	return err
}

// more shows the next best quotes to whoever clicked, and only to them, so
// that a channel does not fill up. The question stands in the message.
func (b *buttons) more(ctx context.Context, i *discordgo.Interaction, p person, a message.Action) error {
	v := message.View{Lang: p.lang, Owner: p.id, Private: true, Skip: a.Page, From: a.From, To: a.To}
	ok := false
	if v.Source, ok = b.answers.sourceNamed(a); !ok {
		return b.sender.say(ctx, i, message.Note(p.lang.Gone, true))
	}
	was := message.ParseQuestion(shown(i.Message))
	ans, err := b.answers.ask(ctx, "more", index.Query{
		Text: was.Asked, Before: was.Before(), Skip: a.Page, Source: v.Source, From: v.From, To: v.To,
	})
	if err != nil {
		return b.sender.sayPrivately(ctx, i, b.answers.refusal(err, p.lang))
	}
	return b.sender.say(ctx, i, message.Answer(ans, v))
}

func (b *buttons) context(ctx context.Context, i *discordgo.Interaction, p person, a message.Action) error {
	q, ok := b.answers.asker.Quote(a.Quote)
	if !ok {
		return b.sender.say(ctx, i, message.Note(p.lang.Gone, true))
	}
	source, _ := b.answers.sourceNamed(a)
	m := message.Context(q, b.answers.asker.Around(a.Quote, aroundQuote), message.Quotes(shown(i.Message)), message.View{Lang: p.lang, Owner: p.id, Source: source})
	if a.Page > 0 { // the numbered buttons under a context
		return b.sender.change(ctx, i, m)
	}
	return b.sender.say(ctx, i, m)
}

func (b *buttons) sources(ctx context.Context, i *discordgo.Interaction, p person, a message.Action) error {
	quotes := b.answers.quotes(message.Quotes(shown(i.Message)))
	if len(quotes) == 0 {
		return b.sender.say(ctx, i, message.Note(p.lang.Gone, true))
	}
	source, _ := b.answers.sourceNamed(a)
	return b.sender.say(ctx, i, message.Citations(quotes, message.View{Lang: p.lang, Source: source}))
}

// ask asks a suggested question, whatever the one before it was limited to.
// The asker's own message becomes the answer; others get theirs in private.
func (b *buttons) ask(ctx context.Context, i *discordgo.Interaction, p person, a message.Action, mine bool) error {
	v := message.View{Lang: p.lang, Owner: p.id, Private: !mine || i.Message.Flags&discordgo.MessageFlagsEphemeral != 0}
	ans, err := b.answers.ask(ctx, "suggested", index.Query{
		Text: a.Text, Conversation: conversationOf(i, p, v.Private), OnlyFragments: true,
	})
	if err != nil {
		return b.sender.sayPrivately(ctx, i, b.answers.refusal(err, p.lang))
	}
	if mine {
		return b.sender.change(ctx, i, message.Answer(ans, v))
	}
	return b.sender.say(ctx, i, message.Answer(ans, v))
}

// conversationOf returns the key of the conversation that a click on a question
// goes on: that of a command or of direct messages. In a channel there is none:
// who replies to the answer is told by it what was asked. What only one person
// sees is not mixed with what all see.
func conversationOf(i *discordgo.Interaction, p person, private bool) string {
	switch {
	case private:
		return conversation("private", i.ChannelID, p.id)
	case i.Message.MessageReference == nil:
		return conversation("slash", i.ChannelID, p.id)
	case i.GuildID == "":
		return conversation("direct", i.ChannelID)
	}
	return ""
}

// shown is a message of the bot's as it stands on Discord: its text, and the
// buttons that do something.
func shown(m *discordgo.Message) message.Message {
	out := message.Message{Content: m.Content}
	for _, c := range m.Components {
		r, ok := c.(*discordgo.ActionsRow)
		if !ok || r == nil {
			continue
		}
		var row []message.Button
		for _, c := range r.Components {
			if b, ok := c.(*discordgo.Button); ok && b != nil {
				row = append(row, message.Button{Label: b.Label, Style: message.Style(b.Style), ID: b.CustomID})
			}
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
