package discord

import (
	"cmp"
	"context"
	"net/http"
	"reflect"
	"slices"

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
func (b *Bot) register(ctx context.Context, appID string) (r registration, err error) {
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
	if err != nil {
		return r, err
	}
	if r.changed = !sameCommands(have, want, b.cfg.GuildID != ""); r.changed {
		if err := b.client.do(ctx, opRegister, http.MethodPut, url, want, nil); err != nil {
			return r, err
		}
	}
	switch {
	case b.cfg.GuildID == "":
		r.trial, err = b.endTrial(ctx, appID)
		return r, err
	case len(want) > 0:
		if err := b.beginTrial(); err != nil {
			b.log.Warn("the server that the bot is tried out in cannot be remembered; make room in the folder for the bot's state", "err", err)
		}
	}
	return r, nil
}

// A registration says what became of the commands.
type registration struct {
	changed bool // they had to be written
	double  bool // there are commands for all servers, though DISCORD_GUILD_ID is set
	global  bool // those are up to date, and serve the one server too
	trial   bool // a server lost the commands of its own, see trial.go
}

func (b *Bot) registered(ctx context.Context, url string) (have []command, err error) {
	err = b.client.do(ctx, opCommands, http.MethodGet, url+"?with_localizations=true", nil, &have)
	return have, err
}

// sameCommands says whether the commands that Discord has are those wanted, in
// any order. Discord may return an empty list or null for what was not sent.
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
		if len(have[i].Options) == 0 {
			have[i].Options = nil
		}
	}
	return reflect.DeepEqual(have, want)
}
