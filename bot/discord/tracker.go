package discord

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	lru "github.com/hashicorp/golang-lru/v2"
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
	edited time.Time  // when the text that was handled last was written; zero: it was never edited
	answer string     // the id of the answer, once there is one
	before int        // how many answers there were that are gone
	note   bool       // the answer only says to wait
	asked  uint64     // a hash of the question that is answered
	let    uint64     // a hash of the question that its asker was let ask last: it counts once, however late its answer
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

// reorderWindow is how much later an event may be handled than one that came
// after it: discordgo starts a goroutine for each.
const reorderWindow = 10 * time.Second

// beginYoung returns the exchange of a message that was edited or deleted. Where
// there is none but the message is young, it makes one: the message itself may
// be about to come. For others it returns nil, since a channel is full of edits
// that are none of the bot's business.
func (t *tracker) beginYoung(id string, now time.Time) *exchange {
	if e, ok := t.byQuestion.Get(id); ok {
		return e
	}
	if now.Sub(created(id)) >= reorderWindow {
		return nil
	}
	e, _ := t.begin(id)
	return e
}

// outdated says whether a newer text of the message has been handled already,
// and else remembers this one as the newest. e is locked.
func (e *exchange) outdated(m *discordgo.Message) bool {
	var at time.Time
	if m.EditedTimestamp != nil {
		at = *m.EditedTimestamp
	}
	if at.Before(e.edited) {
		return true
	}
	e.edited = at
	return false
}

// forgetAnswer forgets the answer. e is locked.
func (e *exchange) forgetAnswer() { e.answer, e.before, e.note = "", e.before+1, false }

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
			e.forgetAnswer()
		}
	}
}
