package message

import "strings"

var english = Language{
	Locale:      "en-US",
	Understood:  "Understood as: ",
	Only:        "Only: ",
	More:        "More",
	InContext:   "In context",
	Sources:     "Sources",
	Share:       "Share",
	NotSaid:     "The sources do not say.",
	Unsure:      "I am not sure; this comes nearest:",
	OnlyQuote:   "I have no opinion, only quotes; nearest:",
	NoAnswer:    "No answer to: ",
	OtherLang:   "I can look things up in English only. Please ask in English.",
	OtherRead:   "That reads like %s. I can look things up in English only; please ask in English.",
	TryThese:    "The sources do answer these questions:",
	NoMore:      "The sources say no more about this.",
	Continued:   "%s of %d",
	NotYours:    "Only the person who asked can do that.",
	OldVersion:  "That message is of another version of mine. Please ask again.",
	Damaged:     "I cannot read that message any more. Please ask again.",
	OtherCorpus: "The articles have changed since then. Please ask again.",
	Partial:     "That question is too long for me to go on from it. Please ask again, in fewer words.",
	Prompt:      "Ask me something, for example: %s",
	Nothing:     "I find nothing in that to look up. Ask me, for example: %s",
	ReplyHidden: "Discord does not show me replies to answers of a command. Mention me with your question, or use /ask again.",
	Cut:         "I read the first %d characters of your question.",
	QuoteLong:   "The sentence is too long for a message; here is where it stands.",
	Empty:       "Ask me something.",
	TooLong:     "That question is too long for me. Please shorten it.",
	Slow:        "That took too long. Please try a shorter question.",
	Broke:       "Something broke on my side. It has been logged.",
	Wait:        "One moment, please. You can ask again in %d s.",
	BadDate:     "Dates look like this: 2014-11-24.",
	BadRange:    "With these dates no article is left: `from` is later than `to`.",
	BadSource:   "I know no source of that name. Choose one from the list while you type.",
	Holds:       "%d articles with %d sentences, citing %d outlets",
	Dates:       "%s to %s",
	Version:     "version %s",
	ReadOn:      "read %s",
	LastChange:  "last change %s: %d added, %d changed, %d removed",
	Outlets:     "Most cited: ",
	AndMore:     "and %d more",
	PageOf:      "Page %d of %d",
	Help: "Ask me what the articles say; I answer in their own words, with the source. Ask in the language of the articles.\n" +
		"• `/ask` anywhere, with `private` only for you to see, or limited by `source`, `from` and `to`\n" +
		"• mention me in a message, or send me one directly\n" +
		"• reply to my answer to ask on\n" +
		"• edit or delete your message, and my answer follows\n" +
		"For example:\n%s",
	Privacy: "I keep nothing about you: no question, no name, no id, no message.\n" +
		"While I run, and only in memory, I know which of my messages answers which of yours, so that edits and deletions are followed, " +
		"what you asked last, so that you can ask on, how often you asked lately, and your language. That is gone when I stop.\n" +
		"The buttons under an answer hold the question, so that one can go on from it, and the user id of whoever asked, so that nobody else can remove it; Discord keeps them with the message.\n" +
		"Logs count questions and measure time; they hold no text and no ids.",
	Date: "{m} {d}, {y}", Month: "{m} {y}",
	MonthNames:  strings.Fields("January February March April May June July August September October November December"),
	AskName:     "ask",
	AskAbout:    "Ask what the articles say; the answer is a quote with its source",
	OptQuestion: [2]string{"question", "What do you want to know? Ask in the language of the articles"},
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

	RoleHidden:  "Discord does not show me messages that mention my role. Mention me, the bot, or use /ask.",
	OtherHidden: "Discord does not show me the message that you reply to. Mention me with the question itself, or use /ask.",
	ElseSaid:    "I only quote, word for word; this is what else the sources say.",
	Welcome:     "You are welcome. Reply to an answer to ask on.",
	HowToGoOn:   "To go on, reply to an answer with a question, with “more” or “source”, or with the number of a suggestion.",
}
