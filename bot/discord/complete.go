package discord

import (
	"context"
	"strings"

	"dossier/bot/discord/message"

	"github.com/bwmarrin/discordgo"
)

// complete suggests questions or sources while somebody types.
func (b *Bot) complete(ctx context.Context, i *discordgo.Interaction, data discordgo.ApplicationCommandInteractionData) error {
	var found []string
	for _, o := range data.Options {
		if o == nil || !o.Focused {
			continue
		}
		typed, _ := o.Value.(string)
		typed, _ = message.Clean(typed)
		switch o.Name {
		case "question":
			found = b.ask.Suggest(typed, message.MaxChoices)
		case "source":
			found = matching(b.ask.SourceNames(), typed)
		}
	}
	return b.client.respond(ctx, i, response{Type: respondChoices, Data: message.Suggestions(found)})
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
