package rank

import (
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"dossier/index/question"
	term "dossier/index/text"
)

var _ question.Vocabulary = (*Collection)(nil)

func TestVocabulary(t *testing.T) {
	c := NewCollection(harbour)
	if got := c.Sentences(); got != 10 {
		t.Errorf("Sentences() = %d, want 10", got)
	}
	for word, want := range map[string]int{"kroner": 2, "Vestby": 2, "burned": 2, "walrus": 0} {
		if got := c.DF(term.Stem(term.Fold(word))); got != want {
			t.Errorf("DF(%s) = %d, want %d", word, got, want)
		}
	}
	for word, want := range map[string]bool{"vestby": true, "brandt": true, "mayor": false, "kroner": false, "walrus": false} {
		if got := c.IsName(word); got != want {
			t.Errorf("IsName(%s) = %v, want %v", word, got, want)
		}
	}
	var words []string
	c.Words(func(w string, n int) bool {
		if w == "kroner" && n != 2 {
			t.Errorf("Words has kroner %d times, want 2", n)
		}
		words = append(words, w)
		return len(words) < 3
	})
	if len(words) != 3 || !slices.IsSorted(words) {
		t.Errorf("Words gave %q, want three in order", words)
	}
}

// TestParts: what many goroutines read is what one reads.
func TestParts(t *testing.T) {
	chunks := prose(6000)
	one := func() *Collection {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
		return NewCollection(chunks)
	}()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	many := NewCollection(chunks)
	opts := cmp.AllowUnexported(Collection{}, head{}, word{})
	if diff := cmp.Diff(one, many, opts, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(Collection{}, "special")); diff != "" {
		t.Errorf("NewCollection with 4 goroutines differs (-one +four):\n%.2000s", diff)
	}
}

func TestAnnotate(t *testing.T) {
	tests := []struct {
		text string
		want map[string]kind
	}{
		{
			"It paid $15 million on 3 May 1987 to about 40 percent of them.",
			map[string]kind{"15": kindMoney, "may": kindDate, "1987": kindDate, "40": kindPercent, "paid": kindNone},
		},
		{
			"He said that Ida Brandt lives in Vestby with 3 dogs.",
			map[string]kind{"ida": kindPerson, "brandt": kindPerson, "vestby": kindPlace, "3": kindNumber},
		},
		{
			"It closed for 12 days because pipes froze.",
			map[string]kind{"12": kindMeasure, "because": kindReason},
		},
		{
			"They got in by guessing a “password” of Oster AG.",
			map[string]kind{"by": kindMethod, "password": kindQuoted},
		},
	}
	for _, tt := range tests {
		c := NewCollection([]Chunk{{Sentences: []string{tt.text}}})
		got := make(map[string]kind)
		for i, w := range term.Tokens(tt.text) {
			if _, ok := tt.want[w.Word]; ok {
				got[w.Word] = c.of(0)[i].kind()
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("kinds of %q mismatch (-want +got):\n%s", tt.text, diff)
		}
	}
}

// TestOpeners: a capital letter at the start of a sentence makes no name.
func TestOpeners(t *testing.T) {
	c := NewCollection([]Chunk{{Sentences: []string{
		"Hackers stole it.", "Many hackers came.", "Brandt left.", "The mayor, Brandt, is away.",
	}}})
	for s, want := range map[int]kind{0: kindNone, 2: kindName} {
		if got := c.of(s)[0].kind(); got != want {
			t.Errorf("first word of %q is %v, want %v", c.Sentence(s), got, want)
		}
	}
}
