package discord

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

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
	app      string // the application's id, where the commands are still to be registered
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

// start registers the commands. Where that fails, the bot goes on without them, and
// retry tries again.
func (c *guildCommands) start(ctx context.Context, appID string) registration {
	r, err := c.register(ctx, appID)
	if err != nil && ctx.Err() == nil {
		c.app = appID
		r.failed = true
		c.tell(err, commandsRetry)
	}
	return r
}

// Between two tries to register the commands is a minute, then twice as long each
// time. Nobody waits for it, and a command that Discord does not take today it will
// not take in a minute either.
const (
	commandsRetry     = time.Minute
	commandsRetryMost = 6 * time.Hour
)

// retry registers the commands, where start could not, until ctx ends.
func (c *guildCommands) retry(ctx context.Context) {
	for wait := commandsRetry; c.app != ""; {
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return
		}
		_, err := c.register(ctx, c.app)
		if err == nil {
			c.log.Info("the commands are registered")
			return
		}
		if wait = min(2*wait, commandsRetryMost); ctx.Err() == nil {
			c.tell(err, wait)
		}
	}
}

// tell says why the commands are not registered, and what Discord does not take.
func (c *guildCommands) tell(err error, wait time.Duration) {
	line := append(said(err), "again in", wait)
	var e *gateway.Error
	switch {
	case !errors.As(err, &e):
	case len(e.Fields) > 0:
		var all []string
		for _, f := range e.Fields {
			all = append(all, fieldOf(f))
		}
		line = append(line, "refused", strings.Join(all, "; "), "hint", "Discord does not take a command of this version; please report it")
	case e.Status == http.StatusForbidden && e.Own:
		line = append(line, "hint", "invite the bot with the scope applications.commands, and check that DISCORD_GUILD_ID is a server it is in")
	default:
		line = append(line, "hint", reachHint(err, c.gateway.Where()))
	}
	c.log.Error("the commands are not registered; mentions and direct messages are answered all the same", line...)
}

// fieldOf names the command and the member of it that Discord does not take. What is
// sent is a list, so that a path begins with the place of a command in it.
func fieldOf(f gateway.Field) string {
	place, member, _ := strings.Cut(f.Path, ".")
	what := f.Path
	all := message.Commands()
	if n, err := strconv.Atoi(place); err == nil && n >= 0 && n < len(all) {
		what = strings.TrimSpace(fmt.Sprintf("/%s %s", all[n].Name, member))
	}
	return fmt.Sprintf("%s: %s %s", what, f.Code, f.Text)
}

// A registration says what became of the commands.
type registration struct {
	failed    bool // they could not be registered
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
