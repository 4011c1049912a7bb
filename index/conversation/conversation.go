// Package conversation remembers what came before a question, as data.
//
// A [Memory] keeps the last question of each conversation, with the one that it
// leans on, so that the next may lean on them: "who hacked sony?", "and when?".
// Conversations are told apart by their key alone, and nothing passes from one key
// to another. No text of an answer is kept.
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
	questions []string
	at        time.Time
}

// NewMemory makes an empty memory.
func NewMemory() *Memory {
	c, err := lru.New[string, turn](maxConversations)
	if err != nil {
		panic(err) // the size is wrong
	}
	return &Memory{c}
}

// Record remembers questions as the last ones of a conversation, the oldest first.
// An empty key is not remembered.
func (m *Memory) Record(key string, questions []string, now time.Time) {
	if key == "" || len(key) > maxKey {
		return
	}
	kept := make([]string, len(questions))
	for i, q := range questions {
		kept[i] = strings.Clone(strings.ToValidUTF8(q[:min(len(q), maxQuestion)], ""))
	}
	m.last.Add(strings.Clone(key), turn{kept, now})
}

// Last returns the last questions of a conversation, or none where it rested too
// long.
func (m *Memory) Last(key string, now time.Time) []string {
	t, ok := m.last.Get(key)
	if !ok || key == "" || now.Sub(t.at) >= forgetAfter {
		return nil
	}
	return t.questions
}
