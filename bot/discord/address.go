package discord

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
	lru "github.com/hashicorp/golang-lru/v2"

	"dossier/bot/discord/message"
	"dossier/index"
)

// A request is what a message asks. In a channel it leans on nothing but the
// answer that it replies to, and that says itself what it answers: whoever else
// replied to it, and whatever has been restarted since.
type request struct {
	text         string // the message, with its lines; empty where it asks nothing
	intent       intent
	follow       follow  // what it asks of the answer that it replies to
	toAnswer     bool    // it replies to a message of the bot's
	hidden       bool    // such a reply whose text Discord does not show
	roleHidden   bool    // it mentions the bot's role, and Discord does not show its text
	remark       bool    // what people say to each other about an answer, perhaps: it wants no refusal
	wordless     bool    // laughter and the like: a sign that it was seen is enough
	earlier      earlier // what it replies to, where that is an answer
	unread       error   // why that cannot be told
	toOther      bool    // it replies to somebody else
	other        string  // what that one wrote; empty where Discord does not show it
	conversation string
}

// fromPerson says whether a message was written by a person. What discordgo
// cannot decode has no author.
func fromPerson(m *discordgo.Message, self string) bool {
	return m != nil && m.Author != nil && !m.Author.Bot && !m.Author.System && m.Author.ID != self && m.WebhookID == "" &&
		(m.Type == discordgo.MessageTypeDefault || m.Type == discordgo.MessageTypeReply)
}

// address finds out whether a message is for the bot and what it asks. role is the
// bot's own in the server of the message, or empty.
func address(m *discordgo.Message, self, role string) (request, bool) {
	if self == "" || !fromPerson(m, self) {
		return request{}, false
	}
	var h request
	ref := m.ReferencedMessage
	h.toAnswer = ref != nil && ref.Author != nil && ref.Author.ID == self
	named := strings.Contains(m.Content, "<@"+self+">") || strings.Contains(m.Content, "<@!"+self+">")
	direct := m.GuildID == ""
	if role != "" && slices.Contains(m.MentionRoles, role) {
		named, h.roleHidden = true, m.Content == ""
	}
	if !named && !h.toAnswer && !direct {
		return request{}, false
	}
	if h.toAnswer && m.Content == "" && !direct && !h.roleHidden {
		if !mentions(m, self) || len(m.Attachments)+len(m.StickerItems) > 0 {
			return request{}, false // a silent reply, not meant for the bot, or a picture, which asks nothing
		}
		h.hidden = true
	}
	h.text = textOf(m)
	asks, _ := index.Question(h.text)
	h.intent, h.follow = intentOf(asks), followOf(asks)
	aside := h.toAnswer && !named && !direct && !h.hidden // what people say to each other about an answer
	h.wordless = h.intent == chatter && h.follow.kind != followThanks || aside && (h.text == "" || h.intent == greeting)
	h.remark = aside && !isQuestion(asks)
	switch {
	case h.toAnswer:
		h.earlier, h.unread = earlierOf(shown(ref))
	case m.Type == discordgo.MessageTypeReply && !direct:
		h.toOther = true
		if len(wordsOf(asks)) == 0 { // a mention alone, or a finger that points
			h.text, h.wordless = "", false
		}
		if ref != nil {
			h.other = textOf(ref)
		}
	}
	if direct {
		h.conversation = conversation("direct", m.ChannelID)
	}
	return h, true
}

// textOf is what somebody wrote, with its lines, but without mentions and the like.
func textOf(m *discordgo.Message) string {
	return withoutCommand(message.Visible(markup.ReplaceAllString(m.Content, " ")))
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

// ownRoles know the role that Discord made for the bot in each server. It offers the
// role and the bot under the same name, so that people mention either.
type ownRoles struct {
	sender  *sender
	byGuild *lru.Cache[string, ownRole]
}

type ownRole struct {
	id    string
	until time.Time
}

// How long is taken to be true what Discord said of a role, or did not say.
const (
	roleStays  = 24 * time.Hour
	roleUnsure = 10 * time.Minute
)

func newOwnRoles(s *sender) *ownRoles {
	byGuild, err := lru.New[string, ownRole](4096)
	if err != nil {
		panic(err) // only for a size below one
	}
	return &ownRoles{s, byGuild}
}

// of returns the bot's role in the server of a message that mentions a role, or "".
// It asks Discord for it once.
func (o *ownRoles) of(ctx context.Context, m *discordgo.Message, self string) string {
	if !fromPerson(m, self) || m.GuildID == "" || len(m.MentionRoles) == 0 {
		return ""
	}
	known, ok := o.byGuild.Get(m.GuildID)
	if now := time.Now(); !ok || now.After(known.until) {
		id, _ := o.sender.ownRole(ctx, m.GuildID, self) // as if there were none, for a while
		known = ownRole{id, now.Add(roleUnsure)}
		if id != "" {
			known.until = now.Add(roleStays)
		}
		o.byGuild.Add(m.GuildID, known)
	}
	return known.id
}
