package discord

import (
	"regexp"
	"strings"

	"dossier/bot/discord/message"

	"github.com/bwmarrin/discordgo"
)

// A request is what a message asks. In a channel it leans on nothing but the
// answer that it replies to, and that says itself what it answers: whoever else
// replied to it, and whatever has been restarted since.
type request struct {
	text         string
	intent       intent
	cut          bool
	hidden       bool             // a reply whose text Discord does not show
	remark       bool             // what people say to each other about an answer, perhaps: it wants no refusal
	earlier      message.Question // what it replies to, where that is an answer
	conversation string
}

// fromPerson says whether a message was written by a person. What discordgo
// cannot decode has no author.
func fromPerson(m *discordgo.Message, self string) bool {
	return m != nil && m.Author != nil && !m.Author.Bot && !m.Author.System && m.Author.ID != self && m.WebhookID == "" &&
		(m.Type == discordgo.MessageTypeDefault || m.Type == discordgo.MessageTypeReply)
}

// address finds out whether a message is for the bot and what it asks.
func address(m *discordgo.Message, self string) (request, bool) {
	if self == "" || !fromPerson(m, self) {
		return request{}, false
	}
	var h request
	ref := m.ReferencedMessage
	toBot := ref != nil && ref.Author != nil && ref.Author.ID == self
	named := strings.Contains(m.Content, "<@"+self+">") || strings.Contains(m.Content, "<@!"+self+">")
	direct := m.GuildID == ""
	if !named && !toBot && !direct {
		return request{}, false
	}
	if toBot && m.Content == "" && !direct {
		if !mentions(m, self) || len(m.Attachments)+len(m.StickerItems) > 0 {
			return request{}, false // a silent reply, not meant for the bot, or a picture, which asks nothing
		}
		h.hidden = true
	}
	h.text, h.cut = message.Clean(withoutQuotes(markup.ReplaceAllString(m.Content, " ")))
	h.text = withoutCommand(h.text)
	h.intent = intentOf(h.text)
	aside := toBot && !named && !direct && !h.hidden // what people say to each other about an answer
	if h.intent == chatter || aside && (h.text == "" || h.intent == greeting) {
		return request{}, false
	}
	h.remark = aside && !asks(h.text)
	if toBot {
		h.earlier = message.ParseQuestion(shown(ref))
	}
	if direct {
		h.conversation = conversation("direct", m.ChannelID)
	}
	return h, true
}

// markup are mentions, emoji and the like, as they stand in a message's text.
var markup = regexp.MustCompile(`<(@[!&]?|#|a?:\w+:|/[^:>]*:|t:|id:)[\w:-]+>`)

func mentions(m *discordgo.Message, id string) bool {
	for _, u := range m.Mentions {
		if u != nil && u.ID == id {
			return true
		}
	}
	return false
}

var quotedLine = regexp.MustCompile(`(?m)^[ \t]*>.*$`)

// withoutQuotes leaves away the lines of a message that quote another one, unless
// there are no others.
func withoutQuotes(text string) string {
	if rest := quotedLine.ReplaceAllString(text, ""); len(wordsOf(rest)) > 0 {
		return rest
	}
	return text
}
