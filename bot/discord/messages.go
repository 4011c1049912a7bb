package discord

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"math"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	lru "github.com/hashicorp/golang-lru/v2"

	"dossier/index"
)

const (
	// editWindow is how long after a question an edit of it is followed.
	editWindow = 5 * time.Minute

	// replayWindow is how old a message may be that comes after a break in the
	// connection.
	replayWindow = 10 * time.Minute
)

// A tracker knows which of the bot's messages answers which message, for the
// last ones, in memory only.
type tracker struct {
	byQuestion *lru.Cache[string, *exchange]
}

// An exchange is a message and the answer to it.
type exchange struct {
	gone atomic.Bool // the question was deleted

	mu     sync.Mutex // held while the answer is made
	answer string     // the id of the answer, once there is one
	before int        // how many answers there were that are gone
	asked  uint64     // a hash of the question
	conv   string     // the key of the conversation
}

func newTracker() *tracker {
	q, err := lru.New[string, *exchange](4096)
	if err != nil {
		panic(err) // only for a size below one
	}
	return &tracker{q}
}

// begin returns the exchange of a message, and whether it is new.
func (t *tracker) begin(id string) (*exchange, bool) {
	e := &exchange{}
	if old, ok, _ := t.byQuestion.PeekOrAdd(id, e); ok {
		return old, false
	}
	return e, true
}

// removed is told that one of the bot's messages is gone, so that an edit of the
// question is answered anew.
func (t *tracker) removed(answer *discordgo.Message) {
	if answer.MessageReference == nil {
		return
	}
	if e, ok := t.byQuestion.Get(answer.MessageReference.MessageID); ok {
		e.mu.Lock()
		defer e.mu.Unlock()
		if e.answer == answer.ID {
			e.lose()
		}
	}
}

// lose forgets the answer. e is locked.
func (e *exchange) lose() { e.answer, e.before = "", e.before+1 }

// conversation returns the key of the conversation that one of the bot's
// messages belongs to: that of the message it answers.
func (t *tracker) conversation(answer *discordgo.Message) string {
	if ref := answer.MessageReference; ref != nil {
		if e, ok := t.byQuestion.Get(ref.MessageID); ok {
			e.mu.Lock()
			defer e.mu.Unlock()
			if e.conv != "" {
				return e.conv
			}
		}
	}
	return conversation("answer", answer.ID)
}

// A heard is what a message asks.
type heard struct {
	text string
	cut  bool
	lost bool // a reply whose text Discord does not show
	conv string
}

// hear finds out whether a message is for the bot and what it asks.
func (b *Bot) hear(m *discordgo.Message) (heard, bool) {
	self := b.self()
	switch {
	case m == nil, m.Author == nil, m.Author.Bot, m.Author.System, m.WebhookID != "", self == "", m.Author.ID == self,
		m.Type != discordgo.MessageTypeDefault && m.Type != discordgo.MessageTypeReply:
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
		if !pinged(m, self) {
			return heard{}, false // a silent reply, not meant for the bot
		}
		h.lost = len(m.Attachments)+len(m.StickerItems) == 0
	}
	h.text, h.cut = cleanQuestion(marks.ReplaceAllString(m.Content, " "))
	if toBot && !named && !direct && !h.lost && (smallTalk(h.text) || h.text == "" && m.Content != "") {
		return heard{}, false
	}
	switch {
	case direct:
		h.conv = conversation("direct", m.ChannelID)
	case toBot:
		h.conv = b.talk.conversation(ref)
	default:
		h.conv = conversation("message", m.ID)
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

func (b *Bot) onMessage(m *discordgo.Message) {
	b.handle("message", func(ctx context.Context) error {
		h, ok := b.hear(m)
		if !ok || b.http.now().Sub(created(m.ID)) > replayWindow {
			return nil
		}
		e, fresh := b.talk.begin(m.ID)
		if !fresh {
			return nil
		}
		return b.follow(ctx, m, h, e)
	}, func(ctx context.Context) { b.sorry(ctx, m) })
}

func (b *Bot) onEdit(m *discordgo.Message) {
	b.handle("edit", func(ctx context.Context) error {
		h, ok := b.hear(m)
		// Discord also sends updates when a link's preview has come.
		if !ok || m.EditedTimestamp == nil || b.http.now().Sub(created(m.ID)) > editWindow {
			return nil
		}
		e, _ := b.talk.begin(m.ID)
		return b.follow(ctx, m, h, e)
	}, nil)
}

// follow makes the answer to a message, or makes it anew after an edit.
func (b *Bot) follow(ctx context.Context, m *discordgo.Message, h heard, e *exchange) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	asked := maphash.String(keySeed, h.text)
	if e.gone.Load() || e.asked == asked {
		return nil
	}
	if wait := b.limits.wait(m.Author.ID, m.ChannelID, m.GuildID); wait > 0 {
		if e.answer != "" || !b.limits.tell(m.Author.ID, m.ChannelID) {
			return nil
		}
		return b.put(ctx, m, e, renderNote(waitNote(textsFor(""), wait), false))
	}
	e.asked = asked
	if e.conv == "" {
		e.conv = h.conv
	}
	return b.put(ctx, m, e, b.reply(ctx, m, h, e))
}

// reply renders what is said to a message.
func (b *Bot) reply(ctx context.Context, m *discordgo.Message, h heard, e *exchange) Message {
	t := textsFor("")
	switch {
	case h.lost:
		return renderNote(t.withNames(t.ReplyLost), false)
	case h.text == "":
		return renderBare(b.example(), t)
	}
	kind := "mention"
	if m.GuildID == "" {
		kind = "direct"
	}
	a, err := b.answer(ctx, kind, index.Query{Text: h.text, Conversation: e.conv})
	if err != nil {
		b.logAsk(kind, err)
		return b.failed(err, t)
	}
	return renderAnswer(a, view{t: t, owner: m.Author.ID, cut: h.cut})
}

// failed says why there is no answer, or what to ask where nothing was asked.
func (b *Bot) failed(err error, t *texts) Message {
	if errors.Is(err, index.ErrEmptyQuestion) {
		return renderBare(b.example(), t)
	}
	return renderNote(userMessage(err, t), false)
}

// example is a question that the corpus answers, or "".
func (b *Bot) example() string {
	if s := b.ask.Suggest("", 1); len(s) > 0 {
		return s[0]
	}
	return ""
}

// logAsk logs an error of the asker that is not the person's own business.
func (b *Bot) logAsk(kind string, err error) {
	if !expected(err) {
		b.log.Error("ask", "kind", kind, "err", fmt.Sprintf("%T", err))
	}
}

// put sends a message as the answer to m, or edits the one that is there.
func (b *Bot) put(ctx context.Context, m *discordgo.Message, e *exchange, out Message) error {
	if e.gone.Load() {
		return nil
	}
	if e.answer != "" {
		err := b.client.edit(ctx, m.ChannelID, e.answer, out)
		if !isCode(err, codeUnknownMessage) {
			return err
		}
		e.lose() // somebody has removed it
	}
	id, err := b.client.reply(ctx, m.ChannelID, m.ID, e.before, out)
	if err != nil {
		return err
	}
	e.answer = id
	return nil
}

// sorry tells after a panic that something broke.
func (b *Bot) sorry(ctx context.Context, m *discordgo.Message) {
	if _, ok := b.hear(m); !ok {
		return
	}
	e, _ := b.talk.begin(m.ID)
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := b.put(ctx, m, e, renderNote(textsFor("").Broke, false)); err != nil {
		b.log.Warn("not answered", "event", "message", "err", scrub(err))
	}
}

// onDelete removes the answers to questions that were deleted.
func (b *Bot) onDelete(channel string, ids ...string) {
	b.handle("delete", func(ctx context.Context) error {
		var failed error
		for _, id := range ids {
			e, ok := b.talk.byQuestion.Get(id)
			if !ok {
				// Events are handled in any order: the message itself may be
				// about to come.
				if b.http.now().Sub(created(id)) < 10*time.Second {
					e, _ = b.talk.begin(id)
					e.gone.Store(true)
				}
				continue
			}
			e.gone.Store(true)
			e.mu.Lock()
			answer := e.answer
			e.answer = ""
			e.mu.Unlock()
			if answer == "" {
				continue
			}
			if err := b.client.remove(ctx, channel, answer); err != nil {
				failed = err
			}
		}
		return failed
	}, nil)
}

// waitNote says when to ask again.
func waitNote(t *texts, wait time.Duration) string {
	return fmt.Sprintf(t.Wait, int(math.Ceil(wait.Seconds())))
}
