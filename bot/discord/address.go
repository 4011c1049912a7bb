package discord

import (
	"regexp"
	"strings"

	"dossier/bot/discord/message"

	"github.com/bwmarrin/discordgo"
)

// A heard is what a message asks. In a channel it leans on nothing but the
// answer that it replies to, and that says itself what it answers: whoever else
// replied to it, and whatever has been restarted since.
type heard struct {
	text   string
	talk   talk
	cut    bool
	lost   bool             // a reply whose text Discord does not show
	remark bool             // what people say to each other about an answer, perhaps: it wants no refusal
	to     message.Question // what it replies to, where that is an answer
	conv   string
}

// fromPerson says whether a message was written by a person. What discordgo
// cannot decode has no author.
func fromPerson(m *discordgo.Message, self string) bool {
	return m != nil && m.Author != nil && !m.Author.Bot && !m.Author.System && m.Author.ID != self && m.WebhookID == "" &&
		(m.Type == discordgo.MessageTypeDefault || m.Type == discordgo.MessageTypeReply)
}

// address finds out whether a message is for the bot and what it asks.
func address(m *discordgo.Message, self string) (heard, bool) {
	if self == "" || !fromPerson(m, self) {
		return heard{}, false
	}
	var h heard
	ref := m.ReferencedMessage
	toBot := ref != nil && ref.Author != nil && ref.Author.ID == self
	named := strings.Contains(m.Content, "<@"+self+">") || strings.Contains(m.Content, "<@!"+self+">")
	direct := m.GuildID == ""
	if !named && !toBot && !direct {
		return heard{}, false
	}
	if toBot && m.Content == "" && !direct {
		if !pinged(m, self) || len(m.Attachments)+len(m.StickerItems) > 0 {
			return heard{}, false // a silent reply, not meant for the bot, or a picture, which asks nothing
		}
		h.lost = true
	}
	h.text, h.cut = message.Clean(withoutQuotes(marks.ReplaceAllString(m.Content, " ")))
	h.text = withoutCommand(h.text)
	h.talk = talkOf(h.text)
	aside := toBot && !named && !direct && !h.lost // what people say to each other about an answer
	if h.talk == chatter || aside && (h.text == "" || h.talk == greeting) {
		return heard{}, false
	}
	h.remark = aside && !asks(h.text)
	if toBot {
		h.to = message.ParseQuestion(shown(ref))
	}
	if direct {
		h.conv = conversation("direct", m.ChannelID)
	}
	return h, true
}

// marks are mentions, emoji and the like, as they stand in a message's text.
var marks = regexp.MustCompile(`<(@[!&]?|#|a?:\w+:|/[^:>]*:|t:|id:)[\w:-]+>`)

func pinged(m *discordgo.Message, id string) bool {
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
