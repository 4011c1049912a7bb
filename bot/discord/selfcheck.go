package discord

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"dossier/bot/discord/gateway"
)

// A selfCheck says to the operator whether all is well.
type selfCheck struct {
	gateway  *gateway.Gateway
	commands *guildCommands
	asker    Asker
	log      *slog.Logger
	out      io.Writer
	token    string // never shown
}

// run makes sure that the bot can work, and prints what it finds. While
// Discord cannot be reached it tries again; what will not change by itself is an
// error.
func (c *selfCheck) run(ctx context.Context) error {
	for try := 1; ; try++ {
		err := c.once(ctx)
		var e *gateway.Error
		if err == nil || !errors.As(err, &e) {
			return err
		}
		if e.Status == 401 || e.Code != 0 && e.Status < 500 && e.Status != 429 {
			return checkError(e)
		}
		// An error without one of Discord's codes comes from something before
		// it: Cloudflare, a proxy, a wrong address.
		c.log.Warn("Discord cannot be reached yet; trying again", "err", e.Error(), "hint", reachHint(e))
		select {
		case <-time.After(min(time.Second<<min(try, 6), time.Minute)):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// reachHint is what to look at while Discord's API does not answer itself.
func reachHint(e *gateway.Error) string {
	if e.Status >= 400 && e.Status < 500 && e.Status != 429 {
		return "this is not an answer of Discord's API; look at the network, the proxy and DISCORD_API_URL"
	}
	return "look at the network, and at https://discordstatus.com"
}

// checkError is what an operator can do about a failed self-check.
func checkError(e *gateway.Error) error {
	switch {
	case e.Status == 401:
		return gateway.ErrBadToken
	case e.Status == 403 || gateway.IsCode(e, gateway.CodeMissingAccess):
		return gateway.Refuse(fmt.Errorf("the bot may not write its commands (%w); invite it with the scope applications.commands, "+
			"and check that DISCORD_GUILD_ID is a server it is in", e))
	case e.Op == opRegister:
		return gateway.Refuse(fmt.Errorf("the bot's commands are not accepted (%w); this is a bug in the bot, please report it", e))
	}
	return fmt.Errorf("the self-check failed (%w); try again, and look at https://discordstatus.com", e)
}

// doublesNote says where people may see each command twice, and what helps.
func doublesNote(r registration) string {
	switch {
	case r.global:
		return "the commands for all servers are up to date, so the server of DISCORD_GUILD_ID needs none of its own; unset it"
	case r.duplicate:
		return "the server of DISCORD_GUILD_ID shows the older commands for all servers too, each twice; " +
			"start the bot once without DISCORD_GUILD_ID, then once with it, to be left with one of each"
	case r.removed:
		return "the server that was in DISCORD_GUILD_ID before had commands of its own; they are gone, so that it shows each once"
	}
	return ""
}

// shown is a name as a terminal can print it, without the bot's token.
func (c *selfCheck) shown(name string) string {
	name = strings.ReplaceAll(name, c.token, "[redacted]")
	var s strings.Builder
	for _, r := range name {
		if unicode.IsPrint(r) {
			s.WriteRune(r)
			continue
		}
		s.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
	}
	return s.String()
}

func (c *selfCheck) once(ctx context.Context) error {
	app, err := c.gateway.Application(ctx)
	if err != nil {
		return err
	}
	reg, err := c.commands.register(ctx, app.ID)
	if err != nil {
		return err
	}
	st := c.asker.Stats()
	where := "for all servers"
	if c.commands.guildID != "" && !reg.global {
		where = "for one server"
	}
	what := "in sync"
	if reg.written && !reg.global {
		what = "written"
	}
	lines := []string{
		fmt.Sprintf("token        accepted, the bot is %s", c.shown(app.Name)),
		fmt.Sprintf("application  %s", app.ID),
		fmt.Sprintf("commands     %s, %s", what, where),
		fmt.Sprintf("corpus       %d articles, %d sentences, version %s", st.Articles, st.Sentences, st.Version),
		fmt.Sprintf("invite       %s", InviteURL(app.ID)),
	}
	if st.Articles == 0 {
		lines[3] = "corpus       empty: the bot will answer nothing; add articles and start it again"
	}
	if _, ok := app.Types["0"]; app.Types != nil && !ok {
		lines = append(lines, "note         servers cannot add the bot; tick Guild Install in the Developer Portal (your application, Installation)")
	}
	if _, ok := app.Types["1"]; app.Types != nil && !ok {
		lines = append(lines, "note         people cannot install the bot for themselves; tick User Install in the Developer Portal (your application, Installation)")
	}
	if note := doublesNote(reg); note != "" {
		lines = append(lines, "note         "+note)
	}
	_, err = fmt.Fprintln(c.out, strings.Join(lines, "\n"))
	if err != nil {
		return fmt.Errorf("the self-check could not be printed: %w", err)
	}
	return nil
}

// InviteURL is where a server's moderator adds the bot: with what it needs to
// answer (view channels, send messages, also in threads, embed links, attach
// files, read history) and nothing else.
func InviteURL(appID string) string {
	return "https://discord.com/oauth2/authorize?" + url.Values{
		"client_id":   {appID},
		"scope":       {"bot applications.commands"},
		"permissions": {permissions},
	}.Encode()
}

// permissions = VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | ATTACH_FILES |
// READ_MESSAGE_HISTORY | SEND_MESSAGES_IN_THREADS:
// https://discord.com/developers/docs/topics/permissions
const permissions = "274878024704"
