package discord

import (
	"context"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/message"
	"dossier/index"
)

// interactionAge is how old an interaction may be when it comes in. Discord
// takes no answer after three seconds; older ones are replayed after a break in
// the connection.
const interactionAge = 2600 * time.Millisecond

// onInteraction handles a command, a click or a look at suggestions.
func (b *Bot) onInteraction(i *discordgo.Interaction) {
	event := "interaction"
	if i != nil && i.Type == discordgo.InteractionApplicationCommandAutocomplete {
		event = "autocomplete"
	}
	b.handle(event, func(ctx context.Context) error {
		// What discordgo cannot decode it hands on half empty.
		if i == nil || i.ID == "" || i.Token == "" || i.Data == nil {
			return nil
		}
		p := personOf(i)
		if p.id == "" || b.seen.again(i.ID) {
			return nil
		}
		b.people.saw(p.id, p.t)
		if i.GuildID != "" && i.GuildLocale != nil {
			b.people.saw(i.GuildID, message.LanguageOf(string(*i.GuildLocale)))
		}
		age := b.gateway.Now().Sub(created(i.ID))
		if age > interactionAge {
			b.log.Warn("too late for an interaction", "age", age.Round(time.Millisecond))
			return nil
		}
		ctx, cancel := context.WithTimeout(ctx, interactionLife-max(age, 0))
		defer cancel()
		switch data := i.Data.(type) {
		case discordgo.ApplicationCommandInteractionData:
			if i.Type == discordgo.InteractionApplicationCommandAutocomplete {
				return b.complete(ctx, i, data)
			}
			return b.command(ctx, i, p, data)
		case discordgo.MessageComponentInteractionData:
			return b.click(ctx, i, p, data.CustomID)
		}
		return nil
	}, func(ctx context.Context) {
		if i != nil && i.Type != discordgo.InteractionApplicationCommandAutocomplete {
			_ = b.say(ctx, i, message.Note(message.LanguageOf(string(i.Locale)).Broke, true))
		}
	})
}

// A person is who used a command or button, and how they read.
type person struct {
	id string
	t  *message.Language
}

func personOf(i *discordgo.Interaction) person {
	p := person{t: message.LanguageOf(string(i.Locale))}
	switch {
	case i.Member != nil && i.Member.User != nil:
		p.id = i.Member.User.ID
	case i.User != nil:
		p.id = i.User.ID
	}
	return p
}

// say answers an interaction with a message of its own.
func (b *Bot) say(ctx context.Context, i *discordgo.Interaction, m message.Message) error {
	return b.client.respond(ctx, i, response{Type: respondMessage, Data: m.Payload()})
}

// sayFailed tells one person why there is no answer.
func (b *Bot) sayFailed(ctx context.Context, i *discordgo.Interaction, p person, err error) error {
	m := b.failed(err, p.t)
	m.Private = true
	return b.say(ctx, i, m)
}

// change answers a click by changing the message that was clicked.
func (b *Bot) change(ctx context.Context, i *discordgo.Interaction, m message.Message) error {
	m.Private = false // whoever sees the message now will see it then
	return b.client.respond(ctx, i, response{Type: respondUpdate, Data: m.Payload()})
}

func (b *Bot) command(ctx context.Context, i *discordgo.Interaction, p person, data discordgo.ApplicationCommandInteractionData) error {
	switch data.Name {
	case "ask":
		return b.slashAsk(ctx, i, p, data)
	case "sources":
		return b.say(ctx, i, b.sourcesPage(0, p))
	case "help":
		return b.say(ctx, i, b.help(p.t))
	case "privacy":
		return b.say(ctx, i, message.Privacy(p.t))
	}
	// A command of an earlier version, still registered.
	return b.say(ctx, i, b.help(p.t))
}

func (b *Bot) help(t *message.Language) message.Message { return message.Help(b.ask.Suggest("", 5), t) }

func (b *Bot) slashAsk(ctx context.Context, i *discordgo.Interaction, p person, data discordgo.ApplicationCommandInteractionData) error {
	text, cut := message.Clean(stringOption(data, "question"))
	text = withoutCommand(text)
	switch talkOf(text) {
	case plea:
		return b.say(ctx, i, b.help(p.t))
	case greeting, chatter:
		text = "" // what to ask is said in its place
	}
	v := message.View{
		Lang: p.t, Owner: p.id, Private: boolOption(data, "private"), Cut: cut,
		Source: strings.TrimSpace(stringOption(data, "source")),
		From:   strings.TrimSpace(stringOption(data, "from")), To: strings.TrimSpace(stringOption(data, "to")),
	}
	if why := b.wrongLimits(&v); why != "" {
		return b.say(ctx, i, message.Note(why, true))
	}
	if wait := b.limits.wait(p.id, i.ChannelID, i.GuildID); wait > 0 {
		return b.say(ctx, i, message.Note(message.WaitNote(p.t, wait), true))
	}
	// What was asked in private must not show through in public.
	kind := "slash"
	if v.Private {
		kind = "private"
	}
	a, err := b.answer(ctx, kind, index.Query{
		Text: text, Conversation: conversation(kind, i.ChannelID, p.id), OnlyFragments: true, // nobody takes commands for a talk
		Source: v.Source, From: v.From, To: v.To,
	})
	if err != nil {
		return b.sayFailed(ctx, i, p, err)
	}
	return b.say(ctx, i, message.Answer(a, v))
}

// wrongLimits checks what a question is limited to, and completes a source's
// name. It returns what to tell the person, or "".
func (b *Bot) wrongLimits(v *message.View) string {
	for _, d := range []string{v.From, v.To} {
		if _, err := time.Parse(time.DateOnly, d); d != "" && err != nil {
			return v.Lang.BadDate
		}
	}
	if v.From != "" && v.To != "" && v.From > v.To {
		return v.Lang.WithNames(v.Lang.BadRange)
	}
	if v.Source == "" {
		return ""
	}
	for _, n := range b.ask.SourceNames() {
		if strings.EqualFold(n, v.Source) {
			v.Source = n
			return ""
		}
	}
	return v.Lang.BadSource
}

func stringOption(data discordgo.ApplicationCommandInteractionData, name string) string {
	for _, o := range data.Options {
		if o != nil && o.Name == name {
			s, _ := o.Value.(string)
			return s
		}
	}
	return ""
}

func boolOption(data discordgo.ApplicationCommandInteractionData, name string) bool {
	for _, o := range data.Options {
		if o != nil && o.Name == name {
			v, _ := o.Value.(bool)
			return v
		}
	}
	return false
}

func (b *Bot) sourcesPage(page int, p person) message.Message {
	return message.Sources(b.ask.Stats(), b.ask.SourceNames(), b.ask.Articles(), page, message.View{Lang: p.t, Owner: p.id, Private: true})
}
