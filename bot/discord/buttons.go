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
	if i.Message == nil {
		return b.sender.say(ctx, i, message.Note(p.lang.Damaged, true))
	}
	c, about, err := message.Read(shown(i.Message), id)
	if err != nil {
		return b.sender.say(ctx, i, message.Note(p.lang.WhyUnread(err), true))
	}
	mine := about.Owner == p.id
	if (c.Verb == message.VerbDelete || c.Verb == message.VerbShare) && !mine {
		return b.sender.say(ctx, i, message.Note(p.lang.NotYours, true))
	}
	if c.Verb != message.VerbDelete && c.Verb != message.VerbPage {
		if wait := b.limits.wait(p.id); wait > 0 {
			return b.sender.say(ctx, i, message.Note(message.WaitNote(p.lang, wait), true))
		}
	}
	switch c.Verb {
	case message.VerbMore:
		return b.more(ctx, i, p, about)
	case message.VerbContext:
		return b.context(ctx, i, p, about, c.Number)
	case message.VerbSources:
		return b.sources(ctx, i, p, about)
	case message.VerbShare:
		return b.share(ctx, i, p, about)
	case message.VerbDelete:
		return b.delete(ctx, i)
	case message.VerbAsk:
		return b.ask(ctx, i, p, about, c.Number)
	}
	return b.sender.change(ctx, i, b.answers.sourcesPage(c.Number, p))
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
func (b *buttons) share(ctx context.Context, i *discordgo.Interaction, p person, about message.State) error {
	key := "shared " + i.Message.ID
	if b.seen.again(key) {
		return b.sender.respond(ctx, i, response{Type: respondLater})
	}
	out, ok := b.shared(ctx, about)
	if !ok {
		b.seen.ids.Remove(key)
		return b.sender.say(ctx, i, message.Note(p.lang.OtherCorpus, true))
	}
	err := b.sender.say(ctx, i, out)
	if err != nil {
		b.seen.ids.Remove(key)
	}
	return err
}

// shared is an answer again, for all to see: the quotes by their ids, and what is bold
// in them from asking the same. ok is false where a quote is gone.
func (b *buttons) shared(ctx context.Context, about message.State) (out message.Message, ok bool) {
	quotes := b.answers.quotes(about.Quotes)
	if len(quotes) < len(about.Quotes) {
		return out, false
	}
	a := about.Answer(quotes)
	if about.Question != "" && !about.Partial && len(quotes) > 0 {
		again, err := b.answers.ask(ctx, "share", about.Query())
		if err == nil {
			a = message.Marked(a, again)
		}
	}
	v := b.answers.view(message.LanguageOf(about.Locale), about.Owner)
	v.Skip, v.Shown, v.Source, v.From, v.To = about.Skip, len(quotes), about.Source, about.From, about.To
	return message.Answer(a, v), true
}

// more shows the next best quotes to whoever clicked, and only to them, so that a
// channel does not fill up.
func (b *buttons) more(ctx context.Context, i *discordgo.Interaction, p person, about message.State) error {
	if about.Partial {
		return b.sender.say(ctx, i, message.Note(p.lang.Partial, true))
	}
	v := b.answers.view(p.lang, p.id)
	v.Private, v.Source, v.From, v.To = true, about.Source, about.From, about.To
	out, err := b.answers.next(ctx, "more", about, v)
	if err != nil {
		return b.sender.sayPrivately(ctx, i, b.answers.refusal(err, p.lang))
	}
	return b.sender.say(ctx, i, out)
}

// context shows the sentences around a quote: the first one in a message of its own,
// and from there each by its number.
func (b *buttons) context(ctx context.Context, i *discordgo.Interaction, p person, about message.State, number int) error {
	nth := max(number-1, 0)
	if nth >= len(about.Quotes) {
		return b.sender.say(ctx, i, message.Note(p.lang.Damaged, true))
	}
	q, ok := b.answers.asker.Quote(about.Quotes[nth])
	if !ok {
		return b.sender.say(ctx, i, message.Note(p.lang.OtherCorpus, true))
	}
	m := message.Context(q, b.answers.asker.Around(q.ID, aroundQuote), about, message.View{Lang: p.lang, Source: about.Source})
	if number > 0 {
		return b.sender.change(ctx, i, m)
	}
	return b.sender.say(ctx, i, m)
}

func (b *buttons) sources(ctx context.Context, i *discordgo.Interaction, p person, about message.State) error {
	quotes := b.answers.quotes(about.Quotes)
	if len(quotes) < max(len(about.Quotes), 1) {
		return b.sender.say(ctx, i, message.Note(p.lang.OtherCorpus, true))
	}
	return b.sender.say(ctx, i, message.Citations(quotes, message.View{Lang: p.lang, Source: about.Source}))
}

// ask asks a suggested question, whatever the one before it was limited to.
// The asker's own message becomes the answer; others get theirs in private.
func (b *buttons) ask(ctx context.Context, i *discordgo.Interaction, p person, about message.State, number int) error {
	if number < 1 || number > len(about.Offered) {
		return b.sender.say(ctx, i, message.Note(p.lang.Damaged, true))
	}
	mine := about.Owner == p.id
	v := b.answers.view(p.lang, p.id)
	v.Private = !mine || i.Message.Flags&discordgo.MessageFlagsEphemeral != 0
	ans, err := b.answers.ask(ctx, "suggested", index.Query{
		Text: about.Offered[number-1], Conversation: conversationOf(i, p, v.Private), OnlyFragments: true,
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

// shown is what stands under a message of the bot's to be clicked. Its text does not
// matter: nothing is read from that.
func shown(m *discordgo.Message) message.Message {
	var out message.Message
	for _, c := range m.Components {
		r, ok := c.(*discordgo.ActionsRow)
		if !ok || r == nil {
			continue
		}
		var row []message.Button
		for _, c := range r.Components {
			if b, ok := c.(*discordgo.Button); ok && b != nil {
				row = append(row, message.Button{ID: b.CustomID})
			}
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
