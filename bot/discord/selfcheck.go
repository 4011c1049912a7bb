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
// Discord cannot be reached it tries again. An error is what will not change by
// itself, and Discord's own word that it does not take the token is all that is
// certain: in 2024 its edge refused everybody for hours, with a code of its own.
func (c *selfCheck) run(ctx context.Context) error {
	for try := 1; ; try++ {
		app, err := c.gateway.Application(ctx)
		switch {
		case err == nil:
			c.print(app, c.commands.start(ctx, app.ID))
			return ctx.Err()
		case ctx.Err() != nil:
			return ctx.Err()
		case gateway.IsBadToken(err):
			return gateway.ErrBadToken
		}
		wait := retryCheck(try)
		c.log.Warn("Discord cannot be reached yet; trying again", append(said(err), "in", wait, "hint", reachHint(err, c.gateway.Where()))...)
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// retryCheck is how long to wait after so many tries.
func retryCheck(try int) time.Duration { return min(time.Second<<min(try, 9), 5*time.Minute) }

// said is what Discord, or whatever stands before it, said about a request that has
// no words of people in it.
func said(err error) []any {
	line := []any{"err", gateway.Scrub(err)}
	var e *gateway.Error
	if errors.As(err, &e) && e.Text != "" {
		line = append(line, "said", e.Text)
	}
	return line
}

// reachHint is what to look at while the API does not answer as it should.
func reachHint(err error, where string) string {
	var e *gateway.Error
	if errors.As(err, &e) && e.Status >= 400 && e.Status < 500 && e.Status != 429 && !e.Own {
		return "this is not an answer of Discord's API; look at the network, the proxy and DISCORD_API_URL" + strings.TrimSuffix(" ("+where+")", " ()")
	}
	return lookAt(where)
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

// shownName is a name as a terminal can print it, without the bot's token.
func shownName(name, token string) string {
	if token != "" {
		name = strings.ReplaceAll(name, token, "[redacted]")
	}
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

// print says what was found. Where nobody reads it, the bot works all the same.
func (c *selfCheck) print(app gateway.Application, reg registration) {
	st := c.asker.Stats()
	where := "for all servers"
	if c.commands.guildID != "" && !reg.global {
		where = "for one server"
	}
	what := "in sync"
	switch {
	case reg.failed:
		what = "not registered yet, see the log; mentions and direct messages are answered"
	case reg.written && !reg.global:
		what = "written"
	}
	lines := []string{
		fmt.Sprintf("token        accepted, the bot is %s", shownName(app.Name, c.token)),
		fmt.Sprintf("application  %s", app.ID),
		fmt.Sprintf("commands     %s, %s", what, where),
		fmt.Sprintf("corpus       %d articles, %d sentences, version %s", st.Articles, st.Sentences, st.Version),
		fmt.Sprintf("invite       %s", InviteURL(app.ID)),
	}
	if st.Articles == 0 {
		lines[3] = "corpus       empty: the bot will answer nothing; add articles and start it again"
	}
	for _, f := range setupFindings(app) {
		lines = append(lines, fmt.Sprintf("note         %s; %s", f.Said, f.Next))
	}
	if note := doublesNote(reg); note != "" {
		lines = append(lines, "note         "+note)
	}
	if _, err := fmt.Fprintln(c.out, strings.Join(lines, "\n")); err != nil {
		c.log.Warn("the self-check could not be printed", "err", err)
	}
}

// InviteURL is where a server's moderator adds the bot: with the permissions that it
// needs and no others.
func InviteURL(appID string) string {
	var all uint64
	for _, p := range needed {
		all |= p.bit
	}
	return "https://discord.com/oauth2/authorize?" + url.Values{
		"client_id":   {appID},
		"scope":       {"bot applications.commands"},
		"permissions": {strconv.FormatUint(all, 10)},
	}.Encode()
}
