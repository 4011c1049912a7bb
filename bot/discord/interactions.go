package discord

import (
	"context"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/message"
	"dossier/index"
)

// sendReserve is what is left of the time that Discord waits for the response to an
// interaction when that is sent, at the latest. Older ones come in too: they are
// replayed after a break in the connection.
const sendReserve = 400 * time.Millisecond

// interactions are what people do with the commands: they run them, type into
// their options, and click what stands under an answer.
type interactions struct {
	*dispatcher
	sender  *sender
	answers *answerer
	buttons *buttons
	limits  *limiter
	locales *locales
	seen    *seen

	patience time.Duration // that Discord has with each
}

// on handles a command, a click or a look at suggestions.
func (in *interactions) on(i *discordgo.Interaction) {
	event := "interaction"
	if i != nil && i.Type == discordgo.InteractionApplicationCommandAutocomplete {
		event = "autocomplete"
	}
	in.handle(event, func(ctx context.Context) error {
		// What discordgo cannot decode it hands on half empty.
		if i == nil || i.ID == "" || i.Token == "" || i.Data == nil {
			return nil
		}
		p := personOf(i)
		if p.id == "" || in.seen.again(i.ID) {
			return nil
		}
		in.locales.saw(p.id, p.lang)
		if i.GuildID != "" && i.GuildLocale != nil {
			in.locales.saw(i.GuildID, message.LanguageOf(string(*i.GuildLocale)))
		}
		age := in.gateway.Now().Sub(created(i.ID))
		if age > in.patience-sendReserve {
			in.log.Warn("too late for an interaction", "age", age.Round(time.Millisecond))
			return nil
		}
		ctx, cancel := context.WithTimeout(ctx, in.patience-max(age, 0))
		defer cancel()
		switch data := i.Data.(type) {
		case discordgo.ApplicationCommandInteractionData:
			if i.Type == discordgo.InteractionApplicationCommandAutocomplete {
				return in.complete(ctx, i, data)
			}
			return in.command(ctx, i, p, data)
		case discordgo.MessageComponentInteractionData:
			return in.buttons.click(ctx, i, p, data.CustomID)
		}
		return nil
	}, func(ctx context.Context) {
		if i != nil && i.Type != discordgo.InteractionApplicationCommandAutocomplete {
			_ = in.sender.say(ctx, i, message.Note(message.LanguageOf(string(i.Locale)).Broke, true))
		}
	})
}

// A person is who used a command or button, and how they read.
type person struct {
	id   string
	lang *message.Language
}

func personOf(i *discordgo.Interaction) person {
	p := person{lang: message.LanguageOf(string(i.Locale))}
	switch {
	case i.Member != nil && i.Member.User != nil:
		p.id = i.Member.User.ID
	case i.User != nil:
		p.id = i.User.ID
	}
	return p
}

func (in *interactions) command(ctx context.Context, i *discordgo.Interaction, p person, data discordgo.ApplicationCommandInteractionData) error {
	switch data.Name {
	case "ask":
		return in.ask(ctx, i, p, data)
	case "sources":
		return in.sender.say(ctx, i, in.answers.sourcesPage(0, p))
	case "help":
		return in.sender.say(ctx, i, in.answers.help(p.lang))
	case "privacy":
		return in.sender.say(ctx, i, message.Privacy(p.lang))
	}
	// A command of an earlier version, still registered.
	return in.sender.say(ctx, i, in.answers.help(p.lang))
}

func (in *interactions) ask(ctx context.Context, i *discordgo.Interaction, p person, data discordgo.ApplicationCommandInteractionData) error {
	text, cut := message.Clean(stringOption(data, "question"))
	text = withoutCommand(text)
	switch intentOf(text) {
	case helpRequest:
		return in.sender.say(ctx, i, in.answers.help(p.lang))
	case greeting, chatter:
		text = "" // what to ask is said in its place
	}
	v := in.answers.view(p.lang, p.id)
	v.Private, v.Cut = boolOption(data, "private"), cut
	v.Source = strings.TrimSpace(stringOption(data, "source"))
	v.From, v.To = strings.TrimSpace(stringOption(data, "from")), strings.TrimSpace(stringOption(data, "to"))
	if why := in.answers.wrongLimits(&v); why != "" {
		return in.sender.say(ctx, i, message.Note(why, true))
	}
	if wait := in.limits.wait(p.id); wait > 0 {
		return in.sender.say(ctx, i, message.Note(message.WaitNote(p.lang, wait), true))
	}
	// What was asked in private must not show through in public.
	kind := "slash"
	if v.Private {
		kind = "private"
	}
	a, err := in.answers.ask(ctx, kind, index.Query{
		Text: text, Conversation: conversation(kind, i.ChannelID, p.id), OnlyFragments: true, // nobody takes commands for a conversation
		Source: v.Source, From: v.From, To: v.To,
	})
	if err != nil {
		return in.sender.sayPrivately(ctx, i, in.answers.refusal(err, p.lang))
	}
	return in.sender.say(ctx, i, message.Answer(a, v))
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

// complete suggests questions or sources while somebody types.
func (in *interactions) complete(ctx context.Context, i *discordgo.Interaction, data discordgo.ApplicationCommandInteractionData) error {
	var found []string
	for _, o := range data.Options {
		if o == nil || !o.Focused {
			continue
		}
		typed, _ := o.Value.(string)
		typed, _ = message.Clean(typed)
		switch o.Name {
		case "question":
			found = in.answers.asker.Suggest(typed, message.MaxChoices)
		case "source":
			found = matching(in.answers.asker.SourceNames(), typed)
		}
	}
	return in.sender.respond(ctx, i, response{Type: respondChoices, Data: message.Suggestions(found)})
}

// matching returns the names that contain what was typed, those that begin with
// it first.
func matching(names []string, typed string) []string {
	typed = strings.ToLower(typed)
	var first, then []string
	for _, n := range names {
		switch at := strings.Index(strings.ToLower(n), typed); {
		case at == 0:
			first = append(first, n)
		case at > 0:
			then = append(then, n)
		}
	}
	return append(first, then...)
}
