package corpus

import (
	"encoding/json"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestBuiltin holds the articles in the binary to what the README promises of
// them.
func TestBuiltin(t *testing.T) {
	c, err := Read(t.Context(), Builtin(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range slices.Concat(c.Refused, c.Notes, c.LeftOut) {
		t.Error(p)
	}
	articles := c.Articles
	if len(articles) < 40 {
		t.Errorf("%d articles, want 40 or more", len(articles))
	}
	where := make(map[string]string) // sentence -> article
	for _, a := range articles {
		for _, p := range a.Passages {
			for _, s := range p.Sentences {
				if len(s.Sources) == 0 {
					t.Errorf("%s: no source for %q", a.Slug, s.Text)
				}
				for _, src := range s.Sources {
					// Where a print article has neither a date nor an address
					// on record, its title is what finds it.
					if src.Name == "" || src.Date == "" && src.URL == "" && src.Title == "" {
						t.Errorf("%s: nobody can look up %+v", a.Slug, src)
					}
				}
				if other, twice := where[s.Text]; twice {
					t.Errorf("%s and %s both say %q", other, a.Slug, s.Text)
				}
				where[s.Text] = a.Slug
				if n := utf8.RuneCountInString(s.Text); n > 350 {
					t.Errorf("%s: a sentence of %d characters is too long to quote: %q", a.Slug, n, s.Text)
				}
				if strings.ContainsAny(s.Text, "{}[]“”—\n") {
					t.Errorf("%s: odd characters in %q", a.Slug, s.Text)
				}
			}
		}
		if len(a.Passages) < 2 {
			t.Errorf("%s: %d paragraphs, want 2 or more", a.Slug, len(a.Passages))
		}
	}
}

// TestBuiltinQuestions holds that the sentences of questions.jsonl are there.
func TestBuiltinQuestions(t *testing.T) {
	articles, _ := Load(Builtin())
	known := make(map[string]bool)
	for _, a := range articles {
		for _, s := range sentencesOf(a) {
			known[s.ID] = true
		}
	}
	b, err := fs.ReadFile(Builtin(), "questions.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		var q struct {
			Q         string
			Sentences []string
		}
		if err := json.Unmarshal([]byte(line), &q); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		if q.Q == "" || q.Sentences == nil {
			t.Errorf("no question or no sentence in %s", line)
		}
		for _, id := range q.Sentences {
			if !known[id] {
				t.Errorf("%q: no sentence %s", q.Q, id)
			}
		}
	}
}
