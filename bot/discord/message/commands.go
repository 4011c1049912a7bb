package message

import (
	"cmp"
	"slices"
)

// A Command is one as Discord's API takes and returns it; what else the API
// returns does not matter here.
type Command struct {
	Name             string            `json:"name"`
	NameIn           map[string]string `json:"name_localizations,omitempty"`
	Description      string            `json:"description"`
	DescriptionIn    map[string]string `json:"description_localizations,omitempty"`
	Type             int               `json:"type"`
	Options          []Option          `json:"options,omitempty"`
	Contexts         []int             `json:"contexts,omitempty"`
	IntegrationTypes []int             `json:"integration_types,omitempty"`
}

type Option struct {
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

// Commands are the bot's, in the order of their names. They work in servers, in
// direct messages with the bot and in other private channels, installed to a
// server or to a person.
func Commands() []Command {
	list := []Command{
		define(func(t *Language) [2]string { return [2]string{t.AskName, t.AskAbout} },
			defineOption(stringType, func(t *Language) [2]string { return t.OptQuestion }, func(o *Option) {
				o.Required, o.Autocomplete, o.MaxLength = true, true, maxQuestion
			}),
			defineOption(boolType, func(t *Language) [2]string { return t.OptPrivate }, nil),
			defineOption(stringType, func(t *Language) [2]string { return t.OptSource }, func(o *Option) {
				o.Autocomplete, o.MaxLength = true, maxChoice
			}),
			defineOption(stringType, func(t *Language) [2]string { return t.OptFrom }, func(o *Option) { o.MaxLength = 10 }),
			defineOption(stringType, func(t *Language) [2]string { return t.OptTo }, func(o *Option) { o.MaxLength = 10 })),
		define(func(t *Language) [2]string { return [2]string{t.SourcesName, t.SourcesText} }),
		define(func(t *Language) [2]string { return [2]string{t.HelpName, t.HelpText} }),
		define(func(t *Language) [2]string { return [2]string{t.PrivName, t.PrivText} }),
	}
	slices.SortFunc(list, func(a, b Command) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

func define(of func(*Language) [2]string, options ...Option) Command {
	c := Command{Type: 1, Options: options, Contexts: []int{0, 1, 2}, IntegrationTypes: []int{0, 1}}
	c.Name, c.NameIn, c.Description, c.DescriptionIn = localized(of)
	return c
}

func defineOption(kind int, of func(*Language) [2]string, set func(*Option)) Option {
	o := Option{Type: kind}
	o.Name, o.NameIn, o.Description, o.DescriptionIn = localized(of)
	if set != nil {
		set(&o)
	}
	return o
}

// localized returns a name and a description in English and in all other
// languages.
func localized(of func(*Language) [2]string) (name string, names map[string]string, text string, in map[string]string) {
	names, in = map[string]string{}, map[string]string{}
	for _, l := range Locales {
		s := of(languages[l])
		if l == defaultLocale {
			name, text = s[0], s[1]
			continue
		}
		names[l], in[l] = s[0], s[1]
	}
	return name, names, text, in
}

// A choice is one suggestion while somebody types.
type choice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type Choices struct {
	Choices []choice `json:"choices"`
}

const (
	MaxChoices = 25 // that Discord shows
	maxChoice  = 100
)

// Suggestions are the suggestions that Discord has room for.
func Suggestions(found []string) Choices {
	list := Choices{Choices: []choice{}}
	for _, f := range found {
		if len(list.Choices) < MaxChoices && f != "" && Length(f) <= maxChoice {
			list.Choices = append(list.Choices, choice{f, f})
		}
	}
	return list
}
