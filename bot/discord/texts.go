package discord

import (
	"strconv"
	"strings"
	"time"
)

// texts are what the bot says in one language. Quotes are never translated.
type texts struct {
	Understood  string // before the question as it was understood
	Only        string // before what the question was limited to
	More        string
	InContext   string
	Sources     string
	Share       string
	NotSaid     string
	TryThese    string
	NoMore      string
	NotYours    string
	Gone        string
	Bare        string // %s: an example question
	ReplyLost   string // to a reply whose text Discord does not show the bot
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
}

// defaultLocale is spoken where the reader's is not known or has no texts.
const defaultLocale = "en-US"

// textsFor returns the texts of a locale of Discord, else those of the same
// language, else English ones.
func textsFor(locale string) *texts {
	if t, ok := languages[locale]; ok {
		return t
	}
	lang, _, _ := strings.Cut(locale, "-")
	for _, l := range localeOrder {
		if strings.HasPrefix(l, lang) && lang != "" {
			return languages[l]
		}
	}
	return languages[defaultLocale]
}

// localeOrder lists the languages, so that what is made of them does not change
// from run to run.
var localeOrder = []string{"en-US", "de", "fr", "es-ES", "pt-BR", "ja", "ko"}

var languages = map[string]*texts{
	"en-US": &english, "de": &german, "fr": &french, "es-ES": &spanish, "pt-BR": &portuguese, "ja": &japanese, "ko": &korean,
}

// date prints a date of the corpus: 2006-01-02, 2006-01 or 2006.
func (t *texts) date(s string) string {
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

var english = texts{
	Understood: "Understood as: ",
	Only:       "Only: ",
	More:       "More",
	InContext:  "In context",
	Sources:    "Sources",
	Share:      "Share",
	NotSaid:    "The sources do not say.",
	TryThese:   "These questions they do answer:",
	NoMore:     "The sources say no more about this.",
	NotYours:   "Only the person who asked can do that.",
	Gone:       "I do not have that sentence any more. Please ask again.",
	Bare:       "Ask me something, for example: %s",
	ReplyLost:  "Discord does not show me replies to answers of a command. Mention me with your question, or use /ask again.",
	Cut:        "I read the first %d characters of your question.",
	QuoteLong:  "The sentence is too long for a message; here is where it stands.",
	Empty:      "Ask me something.",
	TooLong:    "That question is too long for me. Please shorten it.",
	Slow:       "That took too long. Please try a shorter question.",
	Broke:      "Something broke on my side. It has been logged.",
	Wait:       "One moment, please. You can ask again in %d s.",
	BadDate:    "Dates look like this: 2014-11-24.",
	BadRange:   "With these dates no article is left: `from` is later than `to`.",
	BadSource:  "I know no source of that name. Choose one from the list while you type.",
	Holds:      "%d articles with %d sentences, citing %d outlets",
	Dates:      "%s to %s",
	Version:    "version %s",
	Outlets:    "Most cited: ",
	AndMore:    "and %d more",
	PageOf:     "Page %d of %d",
	Help: "Ask me what the articles say; I answer in their own words, with the source.\n" +
		"• `/ask` anywhere, with `private` only for you to see, or limited by `source`, `from` and `to`\n" +
		"• mention me in a message, or send me one directly\n" +
		"• reply to my answer to ask on\n" +
		"• edit or delete your message, and my answer follows\n" +
		"For example:\n%s",
	Privacy: "I keep nothing about you: no question, no name, no id, no message.\n" +
		"While I run I remember for a short time which of my messages answers which of yours, so that edits and deletions are followed, " +
		"and what you asked last, so that you can ask on. That is gone when I stop.\n" +
		"Logs count questions and measure time; they hold no text and no ids.",
	Date: "{m} {d}, {y}", Month: "{m} {y}",
	MonthNames:  strings.Fields("January February March April May June July August September October November December"),
	AskName:     "ask",
	AskAbout:    "Ask what the articles say; the answer is a quote with its source",
	OptQuestion: [2]string{"question", "What do you want to know?"},
	OptPrivate:  [2]string{"private", "Show the answer only to you"},
	OptSource:   [2]string{"source", "Only quotes from this newspaper or institution"},
	OptFrom:     [2]string{"from", "Only articles from this day on, like 2014-11-24"},
	OptTo:       [2]string{"to", "Only articles up to this day, like 2015-01-31"},
	SourcesName: "sources",
	SourcesText: "Which articles the answers come from",
	HelpName:    "help",
	HelpText:    "What you can ask, and how",
	PrivName:    "privacy",
	PrivText:    "What is kept about you",
}

var german = texts{
	Understood: "Verstanden als: ",
	Only:       "Nur: ",
	More:       "Mehr",
	InContext:  "Im Zusammenhang",
	Sources:    "Quellen",
	Share:      "Teilen",
	NotSaid:    "Dazu sagen die Quellen nichts.",
	TryThese:   "Diese Fragen beantworten sie:",
	NoMore:     "Mehr sagen die Quellen dazu nicht.",
	NotYours:   "Das kann nur, wer gefragt hat.",
	Gone:       "Diesen Satz habe ich nicht mehr. Bitte frag noch einmal.",
	Bare:       "Frag mich etwas, zum Beispiel: %s",
	ReplyLost:  "Antworten auf Befehle zeigt Discord mir nicht. Erwähne mich mit deiner Frage oder nimm noch einmal /ask.",
	Cut:        "Gelesen habe ich die ersten %d Zeichen deiner Frage.",
	QuoteLong:  "Der Satz ist zu lang für eine Nachricht; hier steht er.",
	Empty:      "Frag mich etwas.",
	TooLong:    "Die Frage ist mir zu lang. Bitte kürze sie.",
	Slow:       "Das hat zu lange gedauert. Bitte versuch es mit einer kürzeren Frage.",
	Broke:      "Bei mir ist etwas schiefgegangen. Es ist vermerkt.",
	Wait:       "Einen Moment bitte. In %d s kannst du wieder fragen.",
	BadDate:    "Ein Datum sieht so aus: 2014-11-24.",
	BadRange:   "Zwischen diesen Tagen liegt kein Artikel: `from` ist später als `to`.",
	BadSource:  "Eine Quelle dieses Namens kenne ich nicht. Wähle beim Tippen eine aus der Liste.",
	Holds:      "%d Artikel mit %d Sätzen, %d zitierte Medien",
	Dates:      "%s bis %s",
	Version:    "Fassung %s",
	Outlets:    "Am häufigsten zitiert: ",
	AndMore:    "und %d weitere",
	PageOf:     "Seite %d von %d",
	Help: "Frag mich, was in den Artikeln steht; ich antworte in ihren eigenen Worten, mit Quelle.\n" +
		"• `/ask` überall, mit `private` nur für dich sichtbar, oder eingegrenzt mit `source`, `from` und `to`\n" +
		"• erwähne mich in einer Nachricht, oder schreib mir direkt\n" +
		"• antworte auf meine Antwort, um weiterzufragen\n" +
		"• ändere oder lösche deine Nachricht, und meine Antwort folgt\n" +
		"Zum Beispiel:\n%s",
	Privacy: "Ich behalte nichts über dich: keine Frage, keinen Namen, keine ID, keine Nachricht.\n" +
		"Solange ich laufe, weiß ich kurze Zeit, welche meiner Nachrichten welche von deinen beantwortet, damit ich Änderungen und " +
		"Löschungen folgen kann, und was du zuletzt gefragt hast, damit du weiterfragen kannst. Wenn ich aufhöre, ist das weg.\n" +
		"Die Protokolle zählen Fragen und messen Zeiten; sie enthalten weder Texte noch IDs.",
	Date: "{d}. {m} {y}", Month: "{m} {y}",
	MonthNames:  strings.Fields("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
	AskName:     "fragen",
	AskAbout:    "Frag, was in den Artikeln steht; die Antwort ist ein Zitat mit Quelle",
	OptQuestion: [2]string{"frage", "Was willst du wissen?"},
	OptPrivate:  [2]string{"privat", "Die Antwort nur dir zeigen"},
	OptSource:   [2]string{"quelle", "Nur Zitate aus dieser Zeitung oder Einrichtung"},
	OptFrom:     [2]string{"von", "Nur Artikel ab diesem Tag, etwa 2014-11-24"},
	OptTo:       [2]string{"bis", "Nur Artikel bis zu diesem Tag, etwa 2015-01-31"},
	SourcesName: "quellen",
	SourcesText: "Aus welchen Artikeln die Antworten kommen",
	HelpName:    "hilfe",
	HelpText:    "Was du fragen kannst, und wie",
	PrivName:    "datenschutz",
	PrivText:    "Was über dich gespeichert wird",
}

var french = texts{
	Understood: "Compris comme : ",
	Only:       "Seulement : ",
	More:       "Plus",
	InContext:  "En contexte",
	Sources:    "Sources",
	Share:      "Partager",
	NotSaid:    "Les sources n’en disent rien.",
	TryThese:   "Elles répondent à ces questions :",
	NoMore:     "Les sources n’en disent pas plus.",
	NotYours:   "Seule la personne qui a posé la question peut le faire.",
	Gone:       "Je n’ai plus cette phrase. Reposez la question, s’il vous plaît.",
	Bare:       "Posez-moi une question, par exemple : %s",
	ReplyLost:  "Discord ne me montre pas les réponses aux commandes. Mentionnez-moi avec votre question, ou utilisez /ask.",
	Cut:        "J’ai lu les %d premiers caractères de votre question.",
	QuoteLong:  "La phrase est trop longue pour un message ; voici où elle se trouve.",
	Empty:      "Posez-moi une question.",
	TooLong:    "Cette question est trop longue pour moi. Raccourcissez-la, s’il vous plaît.",
	Slow:       "Cela a pris trop de temps. Essayez une question plus courte.",
	Broke:      "Quelque chose s’est cassé de mon côté. C’est noté.",
	Wait:       "Un instant. Vous pourrez redemander dans %d s.",
	BadDate:    "Une date s’écrit ainsi : 2014-11-24.",
	BadRange:   "Aucun article entre ces dates : `from` est après `to`.",
	BadSource:  "Je ne connais pas de source de ce nom. Choisissez-en une dans la liste en tapant.",
	Holds:      "%d articles, %d phrases, %d médias cités",
	Dates:      "du %s au %s",
	Version:    "version %s",
	Outlets:    "Les plus cités : ",
	AndMore:    "et %d autres",
	PageOf:     "Page %d sur %d",
	Help: "Demandez-moi ce que disent les articles ; je réponds avec leurs mots et la source.\n" +
		"• `/ask` partout, avec `private` visible de vous seul, ou limité par `source`, `from` et `to`\n" +
		"• mentionnez-moi dans un message, ou écrivez-moi directement\n" +
		"• répondez à ma réponse pour continuer\n" +
		"• modifiez ou supprimez votre message, ma réponse suit\n" +
		"Par exemple :\n%s",
	Privacy: "Je ne garde rien sur vous : ni question, ni nom, ni identifiant, ni message.\n" +
		"Tant que je tourne, je retiens peu de temps lequel de mes messages répond au vôtre, pour suivre les modifications et les " +
		"suppressions, et votre dernière question, pour que vous puissiez continuer. Tout disparaît quand je m’arrête.\n" +
		"Les journaux comptent les questions et mesurent le temps ; ni textes ni identifiants.",
	Date: "{d} {m} {y}", Month: "{m} {y}",
	MonthNames:  strings.Fields("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
	AskName:     "demander",
	AskAbout:    "Demandez ce que disent les articles ; la réponse est une citation avec sa source",
	OptQuestion: [2]string{"question", "Que voulez-vous savoir ?"},
	OptPrivate:  [2]string{"privé", "Ne montrer la réponse qu’à vous"},
	OptSource:   [2]string{"source", "Seulement les citations de ce journal ou de cette institution"},
	OptFrom:     [2]string{"du", "Seulement les articles à partir de ce jour, comme 2014-11-24"},
	OptTo:       [2]string{"au", "Seulement les articles jusqu’à ce jour, comme 2015-01-31"},
	SourcesName: "sources",
	SourcesText: "De quels articles viennent les réponses",
	HelpName:    "aide",
	HelpText:    "Ce que vous pouvez demander, et comment",
	PrivName:    "confidentialité",
	PrivText:    "Ce qui est gardé sur vous",
}
