package conversation

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestMemory(t *testing.T) {
	m := NewMemory()
	now := time.Date(2014, 12, 2, 12, 0, 0, 0, time.UTC)
	m.Record("a", []string{"who did it?"}, now)
	m.Record("", []string{"nobody's"}, now)
	m.Record(strings.Repeat("k", maxKey+1), []string{"of a key too long"}, now)
	for _, tt := range []struct {
		key   string
		later time.Duration
		want  string
	}{
		{"a", 0, "who did it?"},
		{"a", forgetAfter - 1, "who did it?"},
		{"a", forgetAfter, ""},
		{"b", 0, ""},
		{"", 0, ""},
		{strings.Repeat("k", maxKey+1), 0, ""},
	} {
		if got := strings.Join(m.Last(tt.key, now.Add(tt.later)), ""); got != tt.want {
			t.Errorf("Last(%.9q) after %v = %q, want %q", tt.key, tt.later, got, tt.want)
		}
	}
	m.Record("a", []string{strings.Repeat("é", maxQuestion)}, now)
	if got := strings.Join(m.Last("a", now), ""); len(got) > maxQuestion || !strings.HasPrefix(got, "éé") || strings.ContainsRune(got, '\uFFFD') {
		t.Errorf("a long question is kept as %d bytes", len(got))
	}
}

// TestMemoryIsBounded: however many people talk, the last ones are remembered.
func TestMemoryIsBounded(t *testing.T) {
	m, now := NewMemory(), time.Now()
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range maxConversations {
				m.Record(fmt.Sprint(g, " ", i), []string{"q"}, now)
			}
		})
	}
	wg.Wait()
	if n := m.last.Len(); n != maxConversations {
		t.Errorf("%d conversations are remembered, want %d", n, maxConversations)
	}
}
