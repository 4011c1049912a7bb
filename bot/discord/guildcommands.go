package discord

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"dossier/bot/discord/gateway"
	"dossier/bot/discord/message"
	"dossier/bot/discord/store"

	"github.com/bwmarrin/discordgo"
)

// guildCommands keeps the commands that are registered with Discord up to date,
// for all servers or for one.
type guildCommands struct {
	gateway  *gateway.Gateway
	log      *slog.Logger
	guildID  string // the one server; empty: all
	stateDir string // where it is kept which server has commands of its own
}

// register writes the commands where they differ from what is registered, and
// says whether it had to. Nothing is deleted when the bot ends, so that the
// commands do not flicker.
//
// People see the commands for all servers and those for their own side by side.
// So where the ones for all servers are up to date, a server gets none of its
// own, and loses those it has.
func (c *guildCommands) register(ctx context.Context, appID string) (r registration, err error) {
	want := message.Commands()
	url := discordgo.EndpointApplicationGlobalCommands(appID)
	if c.guildID != "" {
		global, err := c.registered(ctx, url)
		if err != nil {
			return r, err
		}
		url = discordgo.EndpointApplicationGuildCommands(appID, c.guildID)
		if r.duplicate = len(global) > 0; r.duplicate && sameCommands(global, want, false) {
			want, r.global = []message.Command{}, true
		}
		for i := range want {
			want[i].Contexts, want[i].IntegrationTypes = nil, nil // of global commands only
		}
	}
	have, err := c.registered(ctx, url)
	if err != nil {
		return r, err
	}
	if r.written = !sameCommands(have, want, c.guildID != ""); r.written {
		if err := c.gateway.Do(ctx, opRegister, http.MethodPut, url, want, nil); err != nil {
			return r, err
		}
	}
	switch {
	case c.guildID == "":
		r.removed, err = c.removeFromGuild(ctx, appID)
		return r, err
	case len(want) > 0:
		if err := c.rememberGuild(); err != nil {
			c.log.Warn("the server that the bot is tried out in cannot be remembered; make room in the folder for the bot's state", "err", err)
		}
	}
	return r, nil
}

// A registration says what became of the commands.
type registration struct {
	written   bool // they had to be written
	duplicate bool // there are commands for all servers, though DISCORD_GUILD_ID is set
	global    bool // those are up to date, and serve the one server too
	removed   bool // a server lost the commands of its own, see endTrial
}

func (c *guildCommands) registered(ctx context.Context, url string) (have []message.Command, err error) {
	err = c.gateway.Do(ctx, opCommands, http.MethodGet, url+"?with_localizations=true", nil, &have)
	return have, err
}

// sameCommands says whether the commands that Discord has are those wanted, in
// any order. Discord may return an empty list or null for what was not sent.
func sameCommands(have, want []message.Command, guild bool) bool {
	have = slices.Clone(have)
	if len(have) == 0 || len(want) == 0 {
		return len(have) == len(want)
	}
	slices.SortFunc(have, func(a, b message.Command) int { return cmp.Compare(a.Name, b.Name) })
	for i := range have {
		if guild {
			have[i].Contexts, have[i].IntegrationTypes = nil, nil
		}
		slices.Sort(have[i].Contexts)
		slices.Sort(have[i].IntegrationTypes)
		if len(have[i].Options) == 0 {
			have[i].Options = nil
		}
	}
	return reflect.DeepEqual(have, want)
}

// A bot that is tried out in one server, with DISCORD_GUILD_ID, gives that server
// commands of its own. When it runs for all servers later, people there would see
// each command twice. So the server's id is kept, and the first run for all takes
// its own commands away.

// guildFile holds the id of the server that has commands of its own.
func (c *guildCommands) guildFile() string { return filepath.Join(c.stateDir, "trial-server") }

// rememberGuild notes that the server of DISCORD_GUILD_ID has commands of its own.
func (c *guildCommands) rememberGuild() error {
	if c.stateDir == "" {
		return nil
	}
	return store.Replace(c.guildFile(), []byte(c.guildID+"\n"))
}

// removeFromGuild takes the server's own commands away, and says whether there were any.
func (c *guildCommands) removeFromGuild(ctx context.Context, appID string) (had bool, err error) {
	if c.stateDir == "" {
		return false, nil
	}
	text, err := os.ReadFile(c.guildFile())
	if err != nil {
		return false, nil // there is none, most likely
	}
	guild := strings.TrimSpace(string(text))
	if isID(guild) {
		had, err = c.removeAll(ctx, discordgo.EndpointApplicationGuildCommands(appID, guild))
	}
	var e *gateway.Error
	if errors.As(err, &e) && e.Code == 0 {
		return had, err // not an answer of Discord's; the self-check tries again
	}
	_ = os.Remove(c.guildFile()) // where the bot is not in that server any more, too
	return had, nil
}

// removeAll removes all commands at an address, if there are any.
func (c *guildCommands) removeAll(ctx context.Context, url string) (had bool, err error) {
	have, err := c.registered(ctx, url)
	if err != nil || len(have) == 0 {
		return false, err
	}
	return true, c.gateway.Do(ctx, opRegister, http.MethodPut, url, []message.Command{}, nil)
}
