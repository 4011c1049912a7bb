package main

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestChatty(t *testing.T) {
	const q = "Who is the director of the film that was not shown in cinemas?"
	r := rand.New(rand.NewPCG(1, 2))
	seen := map[string]bool{}
	for range 200 {
		s := chatty(r, q, "The film was directed by two friends.", "A film")
		if strings.TrimSpace(s) == "" {
			t.Fatalf("chatty left nothing")
		}
		seen[s] = true
	}
	if !seen[q] || len(seen) < 50 {
		t.Errorf("%d ways to ask, the plain one among them: %v", len(seen), seen[q])
	}
	for _, s := range []string{"", "?", "éé 東京 𐍈?", "a"} { // any text will do
		for range 200 {
			chatty(r, s, "", "")
		}
	}
}

func TestParseSynset(t *testing.T) {
	tests := []struct {
		name, line string
		words      []string
		meaning    string
		examples   []string
	}{
		{"verb", `00010435 29 v 02 act 0 behave_well(p) 1 001 @ 1 v 0000 | do something; "he acts like a fool"; "well"`, []string{"act", "behave well"}, "do something", []string{"he acts like a fool"}},
		{"licence", "  1 This software and database is being provided", nil, "", nil},
		{"damaged", "1 29 v 09 act 0 | do", nil, "", nil},
	}
	for _, tt := range tests {
		s := parseSynset(tt.line)
		if !slices.Equal(s.words, tt.words) || s.meaning != tt.meaning || !slices.Equal(s.examples, tt.examples) {
			t.Errorf("%s: got %q", tt.name, s)
		}
	}
}

func TestReword(t *testing.T) {
	tests := []struct{ text, other, want string }{
		{"He behaves badly.", "act", "He acts badly."},
		{"He behaved badly.", "mess about", "He messed about badly."},
		{"Nobody came.", "act", "Nobody came."},
	}
	for _, tt := range tests {
		if got := reword(tt.text, []string{"behave", "act"}, tt.other); got != tt.want {
			t.Errorf("reword(%q, …, %q) = %q, want %q", tt.text, tt.other, got, tt.want)
		}
	}
}
