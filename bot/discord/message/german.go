package message

import "strings"

var german = Language{
	Locale:      "de",
	Understood:  "Verstanden als: ",
	Only:        "Nur: ",
	More:        "Mehr",
	InContext:   "Im Zusammenhang",
	Sources:     "Quellen",
	Share:       "Teilen",
	NotSaid:     "Dazu sagen die Quellen nichts. Ich verstehe Fragen in der Sprache der Artikel.",
	Unsure:      "Nicht sicher; am nächsten kommt dem:",
	OnlyQuote:   "Ich habe keine Meinung; am nächsten kommt:",
	NoAnswer:    "Keine Antwort auf: ",
	OtherLang:   "Nachschlagen kann ich nur auf Englisch. Bitte frag auf Englisch.",
	OtherRead:   "Das liest sich wie %s. Nachschlagen kann ich nur auf Englisch; bitte frag auf Englisch.",
	TryThese:    "Diese Fragen beantworten die Quellen:",
	NoMore:      "Mehr sagen die Quellen dazu nicht.",
	Continued:   "%s von %d",
	NotYours:    "Das kann nur, wer gefragt hat.",
	OldVersion:  "Diese Nachricht stammt von einer anderen Version von mir. Bitte frag noch einmal.",
	Damaged:     "Diese Nachricht kann ich nicht mehr lesen. Bitte frag noch einmal.",
	OtherCorpus: "Die Artikel haben sich seitdem geändert. Bitte frag noch einmal.",
	Partial:     "Die Frage ist zu lang, um daran anzuknüpfen. Bitte frag noch einmal, mit weniger Worten.",
	Prompt:      "Frag mich etwas, zum Beispiel: %s",
	Nothing:     "Darin finde ich nichts zum Nachschlagen. Frag mich zum Beispiel: %s",
	ReplyHidden: "Antworten auf Befehle zeigt Discord mir nicht. Erwähne mich mit deiner Frage oder nimm noch einmal /ask.",
	Cut:         "Gelesen habe ich die ersten %d Zeichen deiner Frage.",
	QuoteLong:   "Der Satz ist zu lang für eine Nachricht; hier steht er.",
	Empty:       "Frag mich etwas.",
	TooLong:     "Die Frage ist mir zu lang. Bitte kürze sie.",
	Slow:        "Das hat zu lange gedauert. Bitte versuch es mit einer kürzeren Frage.",
	Broke:       "Bei mir ist etwas schiefgegangen. Es ist vermerkt.",
	Wait:        "Einen Moment bitte. In %d s kannst du wieder fragen.",
	BadDate:     "Ein Datum sieht so aus: 2014-11-24.",
	BadRange:    "Zwischen diesen Tagen liegt kein Artikel: `from` ist später als `to`.",
	BadSource:   "Eine Quelle dieses Namens kenne ich nicht. Wähle beim Tippen eine aus der Liste.",
	Holds:       "%d Artikel mit %d Sätzen, %d zitierte Medien",
	Dates:       "%s bis %s",
	Version:     "Fassung %s",
	ReadOn:      "gelesen am %s",
	LastChange:  "letzte Änderung am %s: %d neu, %d geändert, %d entfernt",
	Outlets:     "Am häufigsten zitiert: ",
	AndMore:     "und %d weitere",
	PageOf:      "Seite %d von %d",
	Help: "Frag mich, was in den Artikeln steht; ich antworte in ihren eigenen Worten, mit Quelle. Frag in der Sprache der Artikel.\n" +
		"• `/ask` überall, mit `private` nur für dich sichtbar, oder eingegrenzt mit `source`, `from` und `to`\n" +
		"• erwähne mich in einer Nachricht, oder schreib mir direkt\n" +
		"• antworte auf meine Antwort, um weiterzufragen\n" +
		"• ändere oder lösche deine Nachricht, und meine Antwort folgt\n" +
		"Zum Beispiel:\n%s",
	Privacy: "Ich behalte nichts über dich: keine Frage, keinen Namen, keine ID, keine Nachricht.\n" +
		"Solange ich laufe, und nur im Arbeitsspeicher, weiß ich, welche meiner Nachrichten welche von deinen beantwortet, damit ich " +
		"Änderungen und Löschungen folgen kann, was du zuletzt gefragt hast, damit du weiterfragen kannst, wie oft du in letzter Zeit " +
		"gefragt hast und welche Sprache du liest. Wenn ich aufhöre, ist das weg.\n" +
		"Die Knöpfe unter einer Antwort enthalten die Frage, damit man daran anknüpfen kann, und die Nutzer-ID dessen, der gefragt hat, damit niemand sonst die Antwort entfernen kann; Discord bewahrt sie mit der Nachricht auf.\n" +
		"Die Protokolle zählen Fragen und messen Zeiten; sie enthalten weder Texte noch IDs.",
	Date: "{d}. {m} {y}", Month: "{m} {y}",
	MonthNames:  strings.Fields("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
	AskName:     "fragen",
	AskAbout:    "Frag, was in den Artikeln steht; die Antwort ist ein Zitat mit Quelle",
	OptQuestion: [2]string{"frage", "Was willst du wissen? Frag in der Sprache der Artikel"},
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

	RoleHidden:  "Discord zeigt mir keine Nachrichten, die meine Rolle erwähnen. Erwähne mich selbst, den Bot, oder nimm /ask.",
	OtherHidden: "Discord zeigt mir die Nachricht nicht, auf die du antwortest. Erwähne mich mit der Frage selbst oder nimm /ask.",
	ElseSaid:    "Ich zitiere nur, Wort für Wort; das hier sagen die Quellen noch.",
	Welcome:     "Gern geschehen. Antworte auf eine Antwort, um weiterzufragen.",
	HowToGoOn:   "Um weiterzufragen, antworte auf eine Antwort mit einer Frage, mit „mehr“ oder „Quelle“ oder mit der Nummer eines Vorschlags.",
}
