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
	maxPersons       = 12 // of those whom an answer names
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
	entities []string
	persons  []person // whom the answer names
	main     string   // how it was shown, without what it is about
	about    []string // what it is about, where main does not say
	hollow   bool     // main says nothing without it: "when"
}

// Record remembers a question, as it was completed, and its best quotes, of
// whose names the next question may speak. An empty key is not remembered.
func (m *Memory) Record(key string, q *Question, now time.Time, quotes ...string) {
	if key == "" || len(key) > maxKey || len(q.Terms) == 0 {
		return
	}
	t := turnOf(q, quotes)
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

// turnOf returns what is remembered of a question and its best quotes. It holds
// on to none of their text.
func turnOf(q *Question, quotes []string) turn {
	t := turn{
		typ: q.Type, focus: strings.Clone(q.Focus), main: strings.Clone(q.main), hollow: q.hollow,
	}
	for _, s := range q.about {
		t.about = append(t.about, strings.Clone(s))
	}
	for _, s := range q.Entities {
		t.entities = append(t.entities, strings.Clone(s))
	}
	if t.main == "" {
		t.main = mainOf(q.Plain)
	}
	for _, s := range quotes {
		for _, p := range persons(s) {
			if !slices.ContainsFunc(t.persons, p.same) && len(t.persons) < maxPersons {
				t.persons = append(t.persons, person{strings.Clone(p.name), strings.Clone(p.shown), p.sex})
			}
		}
	}
	return t
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

// say returns a name or a noun as the question has it, with its article.
func (t turn) say(name string) string {
	for _, text := range append([]string{t.main}, t.about...) {
		s := read(text)
		if p := s.find(name); !p.empty() {
			return s.say(p)
		}
	}
	return name
}

// topic returns what a question was about, as it is shown behind one that
// says too little.
func (t turn) topic() []string {
	if t.hollow && len(t.about) > 0 {
		return t.about
	}
	return append([]string{t.main}, t.about[:min(len(t.about), 1)]...)
}

// mainOf returns the words of a question that are shown behind another.
func mainOf(plain string) string {
	s := unmarked(plain)
	for _, lead := range []string{"tell me ", "about "} {
		if rest, ok := strings.CutPrefix(s, lead); ok && rest != "" {
			s = rest
		}
	}
	if len(s) > maxAbout {
		cut := strings.LastIndexByte(s[:maxAbout], ' ')
		if cut <= 0 {
			cut = maxAbout
		}
		s = strings.ToValidUTF8(s[:cut], "") + "…"
	}
	return strings.Clone(s)
}
