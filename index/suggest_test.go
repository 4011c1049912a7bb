package index

import (
	"slices"
	"strings"
	"testing"
)

func TestSuggest(t *testing.T) {
	ix := builtin(t)
	tests := []struct {
		typed string
		first string // a part of the first suggestion, in lower case; where empty, nothing is suggested
	}{
		{"which fil", "film"},
		{"hackers north korea have", "how many hackers does north korea have?"},
		{"darkseoul", "north korea"}, // the titles of articles
		{"darkse", "north korea"},
		{"counting", "stolen data"},
		{"glossary", "gop"},
		{"xyzzy", ""},
	}
	for _, tt := range tests {
		got := ix.Suggest(tt.typed, 3)
		switch {
		case tt.first == "" && len(got) > 0:
			t.Errorf("Suggest(%s) = %q, want nothing", tt.typed, got)
		case tt.first != "" && (len(got) == 0 || !strings.Contains(strings.ToLower(got[0]), tt.first)):
			t.Errorf("Suggest(%s) = %q, want first one with %q", tt.typed, got, tt.first)
		}
	}
}

// TestSuggestTitle has a word of a title count, but less than one of a question.
func TestSuggestTitle(t *testing.T) {
	ix := of(t, map[string]string{
		"a.md":  "---\ntitle: The lemurs of the red skull\ndate: 2014-12-02\nquestions: [\"Who found the skull?\"]\n---\n\nAda Byron found the skull.[^a]\n\n[^a]: Post, 2014-12\n",
		"b.md":  "---\ntitle: Snow in Oslo\ndate: 2014-12-02\nquestions: [\"How many lemurs arrived?\"]\n---\n\nSix lemurs arrived.[^a]\n\n[^a]: Post, 2014-12\n",
		"c.txt": "Rain on lemurs\n\nIt rained.",
	})
	tests := []struct {
		typed string
		want  []string
	}{
		{"lemurs", []string{"How many lemurs arrived?", "Rain on lemurs", "Who found the skull?"}},
		{"oslo", []string{"How many lemurs arrived?"}},
		{"of", nil}, // says nothing
	}
	for _, tt := range tests {
		if got := ix.Suggest(tt.typed, 5); !slices.Equal(got, tt.want) {
			t.Errorf("Suggest(%s) = %q, want %q", tt.typed, got, tt.want)
		}
	}
}

// TestSuggestionsAnswered asks every question that the bot itself suggests:
// something is shown for each.
func TestSuggestionsAnswered(t *testing.T) {
	ix := builtin(t)
	for _, q := range ix.Suggest("", len(ix.suggester.all)) {
		if a := ask(t, ix, Query{Text: q}); len(a.Quotes)+len(a.Nearest) == 0 {
			t.Errorf("Ask(%s): nothing is shown: %s with %.2f", q, a.Outcome, a.Confidence)
		}
	}
}

// TestSuggestAlike: a refused question that nearly is one of the suggestions gets it.
func TestSuggestAlike(t *testing.T) {
	one := 1.0
	a := ask(t, builtin(t), Query{Text: "what did critics think", MinConfidence: &one})
	if want := "What did critics think of The Interview?"; !slices.Contains(a.Suggestions, want) {
		t.Errorf("suggestions %q, want %q among them", a.Suggestions, want)
	}
}
