package question

import (
	"container/list"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	// forgetAfter is how long a conversation is remembered after its last
	// question: after a pause people start afresh.
	forgetAfter = 10 * time.Minute
	// maxConversations bounds the memory; the one that rested longest goes first.
	maxConversations = 10_000
	maxTurns         = 3  // questions remembered of a conversation
	maxTopic         = 12 // terms of a question that are remembered
	maxKey           = 256
)

// A Memory remembers the last questions of conversations, to complete the
// ones that lean on them. Conversations are told apart by their key alone, and
// nothing passes from one key to another. The zero value is ready, and safe
// for concurrent use.
type Memory struct {
	mu    sync.Mutex
	byKey map[string]*list.Element
	order *list.List // of *conversation, the most recent first
}

type conversation struct {
	key   string
	last  time.Time
	turns []turn // the last one first
}

// A turn is one question and what its answer was about.
type turn struct {
	typ      Type
	focus    string
	list     bool
	wants    Kinds
	terms    []Term
	entities []string
	names    []string // of the answer, folded
}

// Record remembers a question, as it was completed, and its best quotes, of
// whose names the next question may speak. An empty key is not remembered.
func (m *Memory) Record(key string, q *Question, now time.Time, quotes ...string) {
	if key == "" || len(key) > maxKey || len(q.Terms) == 0 {
		return
	}
	t := turn{typ: q.Type, focus: q.Focus, list: q.List, wants: q.Wants, entities: slices.Clone(q.Entities)}
	for i, x := range q.Terms {
		if len(t.terms) == maxTopic {
			break
		}
		if i >= len(q.Terms)-q.Inherited {
			x.Weight = min(1, x.Weight/topicWeight*0.8) // a topic fades, but slowly
		}
		x.Word, x.Stem = strings.Clone(x.Word), strings.Clone(x.Stem)
		t.terms = append(t.terms, x)
	}
	for _, s := range quotes {
		t.names = append(t.names, persons(s)...)
	}
	t.names = t.names[:min(len(t.names), maxTopic)]

	m.mu.Lock()
	defer m.mu.Unlock()
	m.forget(now)
	if m.byKey == nil {
		m.byKey, m.order = make(map[string]*list.Element), list.New()
	}
	e, ok := m.byKey[key]
	if !ok {
		if m.order.Len() >= maxConversations {
			m.drop(m.order.Back())
		}
		key = strings.Clone(key)
		e = m.order.PushFront(&conversation{key: key})
		m.byKey[key] = e
	}
	c := e.Value.(*conversation)
	c.last = now
	c.turns = append([]turn{t}, c.turns[:min(len(c.turns), maxTurns-1)]...)
	m.order.MoveToFront(e)
}

// recall returns the turns of a conversation, the last one first.
func (m *Memory) recall(key string, now time.Time) []turn {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.forget(now)
	e, ok := m.byKey[key]
	if !ok || key == "" {
		return nil
	}
	return e.Value.(*conversation).turns // replaced by Record, never changed
}

// forget drops the conversations that rested too long.
func (m *Memory) forget(now time.Time) {
	for m.order != nil && m.order.Len() > 0 {
		e := m.order.Back()
		if now.Sub(e.Value.(*conversation).last) < forgetAfter {
			return
		}
		m.drop(e)
	}
}

func (m *Memory) drop(e *list.Element) {
	delete(m.byKey, e.Value.(*conversation).key)
	m.order.Remove(e)
}

// persons returns the names of persons in a sentence, folded.
func persons(sentence string) []string {
	var out []string
	for name := range names(sentence, Person) {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}
