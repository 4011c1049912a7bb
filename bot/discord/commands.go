package discord

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/bwmarrin/discordgo"
)

// A command is one as Discord's API takes and returns it; what else the API
// returns does not matter here.
type command struct {
	Name             string            `json:"name"`
	NameIn           map[string]string `json:"name_localizations,omitempty"`
	Description      string            `json:"description"`
	DescriptionIn    map[string]string `json:"description_localizations,omitempty"`
	Type             int               `json:"type"`
	Options          []option          `json:"options,omitempty"`
	Contexts         []int             `json:"contexts,omitempty"`
	IntegrationTypes []int             `json:"integration_types,omitempty"`
}

type option struct {
	Type          int               `json:"type"`
	Name          string            `json:"name"`
	NameIn        map[string]string `json:"name_localizations,omitempty"`
	Description   string            `json:"description"`
	DescriptionIn map[string]string `json:"description_localizations,omitempty"`
	Required      bool              `json:"required,omitempty"`
	Autocomplete  bool              `json:"autocomplete,omitempty"`
	MaxLength     int               `json:"max_length,omitempty"`
}

const (
	stringType = 3
	boolType   = 5
)

// commands are the bot's, in the order of their names. They work in servers, in
// direct messages with the bot and in other private channels, installed to a
// server or to a person.
func commands() []command {
	list := []command{
		define(func(t *texts) [2]string { return [2]string{t.AskName, t.AskAbout} },
			defineOption(stringType, func(t *texts) [2]string { return t.OptQuestion }, func(o *option) {
				o.Required, o.Autocomplete, o.MaxLength = true, true, maxQuestion
			}),
			defineOption(boolType, func(t *texts) [2]string { return t.OptPrivate }, nil),
			defineOption(stringType, func(t *texts) [2]string { return t.OptSource }, func(o *option) {
				o.Autocomplete, o.MaxLength = true, maxChoice
			}),
			defineOption(stringType, func(t *texts) [2]string { return t.OptFrom }, func(o *option) { o.MaxLength = 10 }),
			defineOption(stringType, func(t *texts) [2]string { return t.OptTo }, func(o *option) { o.MaxLength = 10 })),
		define(func(t *texts) [2]string { return [2]string{t.SourcesName, t.SourcesText} }),
		define(func(t *texts) [2]string { return [2]string{t.HelpName, t.HelpText} }),
		define(func(t *texts) [2]string { return [2]string{t.PrivName, t.PrivText} }),
	}
	slices.SortFunc(list, func(a, b command) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

func define(of func(*texts) [2]string, options ...option) command {
	c := command{Type: 1, Options: options, Contexts: []int{0, 1, 2}, IntegrationTypes: []int{0, 1}}
	c.Name, c.NameIn, c.Description, c.DescriptionIn = localized(of)
	return c
}

func defineOption(kind int, of func(*texts) [2]string, set func(*option)) option {
	o := option{Type: kind}
	o.Name, o.NameIn, o.Description, o.DescriptionIn = localized(of)
	if set != nil {
		set(&o)
	}
	return o
}

// localized returns a name and a description in English and in all other
// languages.
func localized(of func(*texts) [2]string) (name string, names map[string]string, text string, in map[string]string) {
	names, in = map[string]string{}, map[string]string{}
	for _, l := range localeOrder {
		s := of(languages[l])
		if l == defaultLocale {
			name, text = s[0], s[1]
			continue
		}
		names[l], in[l] = s[0], s[1]
	}
	return name, names, text, in
}

// register writes the commands where they differ from what is registered, and
// says whether it had to. Nothing is deleted when the bot ends, so that the
// commands do not flicker.
//
// People see the commands for all servers and those for their own side by side.
// So where the ones for all servers are up to date, a server gets none of its
// own, and loses those it has.
func (b *Bot) register(ctx context.Context, appID string) (r registered, err error) {
	want := commands()
	url := discordgo.EndpointApplicationGlobalCommands(appID)
	if b.cfg.GuildID != "" {
		global, err := b.registered(ctx, url)
		if err != nil {
			return r, err
		}
		url = discordgo.EndpointApplicationGuildCommands(appID, b.cfg.GuildID)
		if r.double = len(global) > 0; r.double && sameCommands(global, want, false) {
			want, r.global = []command{}, true
		}
		for i := range want {
			want[i].Contexts, want[i].IntegrationTypes = nil, nil // of global commands only
		}
	}
	have, err := b.registered(ctx, url)
	if err != nil || sameCommands(have, want, b.cfg.GuildID != "") {
		return r, err
	}
	r.changed = true
	return r, b.client.do(ctx, opRegister, http.MethodPut, url, want, nil)
}

// A registered says what became of the commands.
type registered struct {
	changed bool // they had to be written
	double  bool // there are commands for all servers, though DISCORD_GUILD_ID is set
	global  bool // those are up to date, and serve the one server too
}

func (b *Bot) registered(ctx context.Context, url string) (have []command, err error) {
	err = b.client.do(ctx, opCommands, http.MethodGet, url+"?with_localizations=true", nil, &have)
	return have, err
}

func sameCommands(have, want []command, guild bool) bool {
	have = slices.Clone(have)
	if len(have) == 0 || len(want) == 0 {
		return len(have) == len(want)
	}
	slices.SortFunc(have, func(a, b command) int { return cmp.Compare(a.Name, b.Name) })
	for i := range have {
		if guild {
			have[i].Contexts, have[i].IntegrationTypes = nil, nil
		}
		slices.Sort(have[i].Contexts)
		slices.Sort(have[i].IntegrationTypes)
	}
	return reflect.DeepEqual(have, want)
}

// check makes sure that the bot can work, and prints what it finds. While
// Discord cannot be reached it tries again; what will not change by itself is an
// error.
func (b *Bot) check(ctx context.Context) error {
	for try := 1; ; try++ {
		err := b.checkOnce(ctx)
		var e *apiError
		if err == nil || !errors.As(err, &e) {
			return err
		}
		if e.Status == 401 || e.Code != 0 && e.Status < 500 && e.Status != 429 {
			return checkError(e)
		}
		// An error without one of Discord's codes comes from something before
		// it: Cloudflare, a proxy, a wrong address.
		b.log.Warn("Discord cannot be reached yet; trying again", "err", e.Error(), "hint", reachHint(e))
		if err := sleep(ctx, min(time.Second<<min(try, 6), time.Minute)); err != nil {
			return err
		}
	}
}

// reachHint is what to look at while Discord's API does not answer itself.
func reachHint(e *apiError) string {
	if e.Status >= 400 && e.Status < 500 && e.Status != 429 {
		return "this is not an answer of Discord's API; look at the network, the proxy and DISCORD_API_URL"
	}
	return "look at the network, and at https://discordstatus.com"
}

// checkError is what an operator can do about a failed self-check.
func checkError(e *apiError) error {
	switch {
	case e.Status == 401:
		return errBadToken
	case e.Status == 403 || isCode(e, codeMissingAccess):
		return fmt.Errorf("the bot may not write its commands (%w); invite it with the scope applications.commands, "+
			"and check that DISCORD_GUILD_ID is a server it is in", e)
	case e.Op == opRegister:
		return fmt.Errorf("the bot's commands are not accepted (%w); this is a bug in the bot, please report it", e)
	}
	return fmt.Errorf("the self-check failed (%w); try again, and look at https://discordstatus.com", e)
}

// doublesNote says where people may see each command twice, and what helps.
func (b *Bot) doublesNote(r registered) string {
	switch {
	case r.global:
		return "the commands for all servers are up to date, so the server of DISCORD_GUILD_ID needs none of its own; unset it"
	case r.double:
		return "the server of DISCORD_GUILD_ID shows the older commands for all servers too, each twice; " +
			"start the bot once without DISCORD_GUILD_ID, then once with it, to be left with one of each"
	case r.changed && b.cfg.GuildID == "":
		return "a server that was in DISCORD_GUILD_ID before shows each command twice; start the bot once with it again to mend that"
	}
	return ""
}

// shown is a name as a terminal can print it, without the bot's token.
func (b *Bot) shown(name string) string {
	name = strings.ReplaceAll(name, strings.TrimPrefix(b.cfg.Token, "Bot "), "[redacted]")
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

func (b *Bot) checkOnce(ctx context.Context) error {
	app, err := b.client.self(ctx)
	if err != nil {
		return err
	}
	id := app.Bot.ID
	if id == "" {
		id = app.ID // they differ for very old applications only
	}
	b.selfID.CompareAndSwap(nil, &id)
	reg, err := b.register(ctx, app.ID)
	if err != nil {
		return err
	}
	st := b.ask.Stats()
	where := "for all servers"
	if b.cfg.GuildID != "" && !reg.global {
		where = "for one server"
	}
	what := "in sync"
	if reg.changed && !reg.global {
		what = "written"
	}
	lines := []string{
		fmt.Sprintf("token        accepted, the bot is %s", b.shown(app.Name)),
		fmt.Sprintf("application  %s", app.ID),
		fmt.Sprintf("commands     %s, %s", what, where),
		fmt.Sprintf("corpus       %d articles, %d sentences, version %s", st.Articles, st.Sentences, st.Version),
		fmt.Sprintf("invite       %s", InviteURL(app.ID)),
	}
	if st.Articles == 0 {
		lines[3] = "corpus       empty: the bot will answer nothing; add articles and start it again"
	}
	if _, ok := app.Types["1"]; app.Types != nil && !ok {
		lines = append(lines, "note         people cannot install the bot for themselves; tick User Install in the Developer Portal (your application, Installation)")
	}
	if note := b.doublesNote(reg); note != "" {
		lines = append(lines, "note         "+note)
	}
	_, err = fmt.Fprintln(b.out, strings.Join(lines, "\n"))
	if err != nil {
		return fmt.Errorf("the self-check could not be printed: %w", err)
	}
	return nil
}
