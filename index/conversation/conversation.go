// Package conversation remembers what came before a question, as data.
//
// A [Memory] keeps the last question of each conversation, so that the next one
// may lean on it: "who hacked sony?", "and when?". Conversations are told apart
// by their key alone, and nothing passes from one key to another. No text of an
// answer is kept.
package conversation

import (
	"strings"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

const (
	// forgetAfter is how long a question is remembered: after a pause people
	// start afresh.
	forgetAfter = 10 * time.Minute
	// maxConversations bounds the memory; the one that rested longest goes first.
	maxConversations = 10_000
	maxKey           = 256
	maxQuestion      = 400 // bytes of a question that are kept
)

// A Memory remembers the last questions of conversations. It is safe for
// concurrent use; [NewMemory] makes one.
type Memory struct{ last *lru.Cache[string, turn] }

type turn struct {
	question string
	at       time.Time
}

// NewMemory makes an empty memory.
func NewMemory() *Memory {
	c, err := lru.New[string, turn](maxConversations)
	if err != nil {
		panic(err) // the size is wrong
	}
	return &Memory{c}
}

// Record remembers a question as the last one of a conversation. An empty key
// is not remembered.
func (m *Memory) Record(key, question string, now time.Time) {
	if key == "" || len(key) > maxKey || question == "" {
		return
	}
	if len(question) > maxQuestion {
		question = strings.ToValidUTF8(question[:maxQuestion], "")
	}
	m.last.Add(strings.Clone(key), turn{strings.Clone(question), now})
}

// Last returns the last question of a conversation, or nothing where there is
// none or it rested too long.
func (m *Memory) Last(key string, now time.Time) string {
	t, ok := m.last.Get(key)
	if !ok || key == "" || now.Sub(t.at) >= forgetAfter {
		return ""
	}
	return t.question
}
