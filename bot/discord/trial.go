package discord

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// A bot that is tried out in one server, with DISCORD_GUILD_ID, gives that server
// commands of its own. When it runs for all servers later, people there would see
// each command twice. So the server's id is kept, and the first run for all takes
// its own commands away.

// trialFile holds the id of the server that has commands of its own.
func (b *Bot) trialFile() string { return filepath.Join(b.cfg.StateDir, "trial-server") }

// beginTrial notes that the server of DISCORD_GUILD_ID has commands of its own.
func (b *Bot) beginTrial() error {
	if b.cfg.StateDir == "" {
		return nil
	}
	return replaceFile(b.trialFile(), []byte(b.cfg.GuildID+"\n"))
}

// endTrial takes the server's own commands away, and says whether there were any.
func (b *Bot) endTrial(ctx context.Context, appID string) (had bool, err error) {
	if b.cfg.StateDir == "" {
		return false, nil
	}
	text, err := os.ReadFile(b.trialFile())
	if err != nil {
		return false, nil // there is none, most likely
	}
	guild := strings.TrimSpace(string(text))
	if packID(guild) != "" {
		had, err = b.takeCommands(ctx, discordgo.EndpointApplicationGuildCommands(appID, guild))
	}
	var e *apiError
	if errors.As(err, &e) && e.Code == 0 {
		return had, err // not an answer of Discord's; the self-check tries again
	}
	_ = os.Remove(b.trialFile()) // where the bot is not in that server any more, too
	return had, nil
}

// takeCommands removes all commands at an address, if there are any.
func (b *Bot) takeCommands(ctx context.Context, url string) (had bool, err error) {
	have, err := b.registered(ctx, url)
	if err != nil || len(have) == 0 {
		return false, err
	}
	return true, b.client.do(ctx, opRegister, http.MethodPut, url, []command{}, nil)
}
