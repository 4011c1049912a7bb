package message

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Language are what the bot says in one language. Quotes are never translated.
type Language struct {
	Locale      string // of Discord
	Understood  string // before the question as it was understood
	Only        string // before what the question was limited to
	More        string
	InContext   string
	Sources     string
	Share       string
	NotSaid     string
	Unsure      string // before what may be an answer
	OnlyQuote   string // the same, to what asks for an opinion
	NoAnswer    string // before one of several questions in a message that is not answered
	OtherLang   string // to a question in a language that is not read
	OtherRead   string // the same where the language is known, %s
	TryThese    string
	NoMore      string
	Continued   string // %s: which quotes follow, %d: of how many
	NotYours    string
	OldVersion  string // to a button of an earlier version
	Damaged     string
	OtherCorpus string // to a button under quotes that there are no more
	Partial     string // to More under a question that had no room in the buttons
	Prompt      string // %s: an example question
	Nothing     string // the same, to a text that asks nothing
	ReplyHidden string // to a reply whose text Discord does not show the bot
	Cut         string // %d: how many characters were read
	QuoteLong   string
	Empty       string
	TooLong     string
	Slow        string
	Broke       string
	Wait        string // %d: seconds
	BadDate     string
	BadRange    string
	BadSource   string
	Holds       string // %d articles, %d sentences, %d outlets
	Dates       string // %s to %s
	Version     string // %s
	ReadOn      string // %s: when
	LastChange  string // %s: when, %d articles added, %d changed, %d removed
	Outlets     string
	AndMore     string // %d
	PageOf      string // %d, %d
	Help        string // %s: a list of examples
	Privacy     string
	Date        string // a layout of monthName, day and year
	Month       string // a layout of monthName and year
	MonthNames  []string
	AskName     string
	AskAbout    string
	OptQuestion [2]string // name, description
	OptPrivate  [2]string
	OptSource   [2]string
	OptFrom     [2]string
	OptTo       [2]string
	SourcesName string
	SourcesText string
	HelpName    string
	HelpText    string
	PrivName    string
	PrivText    string

	RoleHidden  string // to a message that mentions the bot's role and whose text Discord does not show
	OtherHidden string // to a message that asks about another one whose text Discord does not show
	ElseSaid    string // under what else the sources say, to who doubts an answer
	Welcome     string // to thanks
	HowToGoOn   string // to a reply that asks nothing
}

// defaultLocale is spoken where the reader's is not known or has no texts.
const defaultLocale = "en-US"

// LanguageOf returns the texts of a locale of Discord, else those of the same
// language, else English ones.
func LanguageOf(locale string) *Language {
	if t, ok := languages[locale]; ok {
		return t
	}
	lang, _, _ := strings.Cut(locale, "-")
	for _, l := range Locales {
		if strings.HasPrefix(l, lang) && lang != "" {
			return languages[l]
		}
	}
	return languages[defaultLocale]
}

// Locales lists the languages, so that what is made of them does not change
// from run to run.
var Locales = []string{"en-US", "de", "fr", "es-ES", "pt-BR", "ja", "ko"}

var languages = map[string]*Language{
	"en-US": &english, "de": &german, "fr": &french, "es-ES": &spanish, "pt-BR": &portuguese, "ja": &japanese, "ko": &korean,
}

// continued says which quotes of how many follow.
func (t *Language) continued(first, last, of int) string {
	which := strconv.Itoa(first)
	if last > first {
		which += "–" + strconv.Itoa(last)
	}
	return fmt.Sprintf(t.Continued, which, of)
}

// WhyUnread says what to do where what a button belongs to cannot be read.
func (t *Language) WhyUnread(err error) string {
	if errors.Is(err, ErrVersion) {
		return t.OldVersion
	}
	return t.Damaged
}

// WaitNote says when to ask again.
func WaitNote(t *Language, wait time.Duration) string {
	return fmt.Sprintf(t.Wait, int(math.Ceil(wait.Seconds())))
}

// date prints a date of the corpus: 2006-01-02, 2006-01 or 2006.
func (t *Language) date(s string) string {
	d, err := time.Parse("2006-01-02"[:min(len(s), 10)], s)
	if err != nil || len(s) != 4 && len(s) != 7 && len(s) != 10 {
		return ""
	}
	var out []byte
	for i, layout := 0, map[int]string{4: "{y}", 7: t.Month, 10: t.Date}[len(s)]; i < len(layout); i++ {
		if layout[i] != '{' {
			out = append(out, layout[i])
			continue
		}
		switch layout[i+1] {
		case 'y':
			out = strconv.AppendInt(out, int64(d.Year()), 10)
		case 'm':
			out = append(out, t.MonthNames[d.Month()-1]...)
		case 'd':
			out = strconv.AppendInt(out, int64(d.Day()), 10)
		}
		i += len("y}")
	}
	return string(out)
}
