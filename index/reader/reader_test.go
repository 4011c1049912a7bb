package reader

import (
	"context"
	"errors"
	"strings"
	"testing"

	"dossier/index/bert/berttest"
)

// product is the reader of the product.
func product(t testing.TB) *Reader {
	t.Helper()
	w, tok := berttest.Open(t, "../weights.bin")
	r, err := New(w, tok)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestRead: what answers stands above what is about something else, a reading
// does not depend on what else is read, and a mark lies in its sentence.
func TestRead(t *testing.T) {
	r := product(t)
	passages := []Passage{
		{Text: "The museum opens at nine.", Title: "Opening hours"},
		{Text: "Ada Byron found the red skull on Monday.", Title: "The red skull", Date: "2014-12-02", After: "She was not hurt."},
		{Text: "", Title: ""},
	}
	got, err := r.Read(t.Context(), "who found the red skull?", "", passages)
	if err != nil || len(got) != 3 {
		t.Fatalf("Read = %v, %v", got, err)
	}
	if got[1].Score <= got[0].Score || got[1].Score <= got[2].Score {
		t.Errorf("scores %.2f, %.2f, %.2f; want the second highest", got[0].Score, got[1].Score, got[2].Score)
	}
	alone, err := r.Read(t.Context(), "who found the red skull?", "", passages[1:2])
	if err != nil || alone[0] != got[1] {
		t.Errorf("read alone %v, among others %v, %v", alone, got[1], err)
	}
	for i, p := range passages {
		if g := got[i]; g.Start < 0 || g.Start > g.End || g.End > len(p.Text) || g.Mark < 0 || g.Mark > 1 {
			t.Errorf("%q is marked %d to %d with %.2f", p.Text, g.Start, g.End, g.Mark)
		}
	}
	if got, err := r.Read(t.Context(), "who?", "", nil); got != nil || err != nil {
		t.Errorf("Read of nothing = %v, %v", got, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Read(ctx, "who?", "", passages); !errors.Is(err, context.Canceled) {
		t.Errorf("Read when cancelled: %v", err)
	}
}

// TestPair holds the shape that the network was trained on, whatever the texts.
func TestPair(t *testing.T) {
	r := product(t)
	long := strings.Repeat("a very long story about lemurs ", 200)
	for _, tt := range []struct {
		name, question, before string
		passage                Passage
		seps                   int
	}{
		{"whole", "who?", "", Passage{Text: "She did.", Title: "T", Before: "Ada came.", After: "It rained."}, 4},
		{"follow-up", "and when?", "who did it?", Passage{Text: "On Monday."}, 5},
		{"all long", long, long, Passage{long, long, long, "2014-12-02", long, long}, 4},
		{"empty", "", "", Passage{}, 4},
	} {
		p := r.pair(r.question(tt.question, tt.before), tt.passage)
		ids, segments := p.sequence.IDs, p.sequence.Segments
		seps := 0
		for i, id := range ids {
			if id == r.sep {
				seps++
			}
			if (segments[i] == 1) != (i >= p.first) {
				t.Errorf("%s: token %d is in segment %d", tt.name, i, segments[i])
			}
		}
		if len(ids) > maxPair || ids[0] != r.cls || ids[len(ids)-1] != r.sep || seps < 3 || seps > tt.seps {
			t.Errorf("%s: %d tokens with %d separators: %v", tt.name, len(ids), seps, ids)
		}
		for k, tok := range p.tokens {
			if ids[p.first+k] != tok.ID {
				t.Errorf("%s: the sentence's token %d is not where it should be", tt.name, k)
			}
		}
	}
}

func FuzzPair(f *testing.F) {
	r := product(f)
	f.Add("who did it?", "which films?", "She did.", "before", "after")
	f.Fuzz(func(t *testing.T, question, before, text, previous, next string) {
		p := r.pair(r.question(question, before), Passage{Text: text, Before: previous, After: next})
		if n := len(p.sequence.IDs); n > maxPair || n != len(p.sequence.Segments) || p.first+len(p.tokens) > n {
			t.Errorf("%d tokens, the sentence's from %d to %d", n, p.first, p.first+len(p.tokens))
		}
	})
}
