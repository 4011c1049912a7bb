package rank

import (
	"testing"

	"dossier/index/term"
)

// likeness is a similarity of words of which only a few are alike.
func likeness(c *Collection, in *Input, pairs map[[2]string]float64) {
	words := c.TermWords()
	in.Cosine = func(int) float64 { return 0.2 }
	in.Alike = func(t, k int) float64 {
		a, b := words[t], in.Question.Terms[k].Word
		if term.Stem(a) == term.Stem(b) {
			return 1
		}
		return max(0.2, pairs[[2]string{a, b}])
	}
}

func TestTermWords(t *testing.T) {
	c := NewCollection([]Chunk{{Title: "Fires", Sentences: []string{"It burns.", "It burned and burned."}}})
	words := c.TermWords()
	for stem, want := range map[string]string{"burn": "burned", "fire": "fire"} {
		n, ok := c.TermOf(stem)
		if !ok || words[n] != want {
			t.Errorf("word of %q is %q, want %q", stem, words[n], want)
		}
	}
	if _, ok := c.TermOf("walrus"); ok {
		t.Error("TermOf knows the walrus")
	}
}

// TestAlike: what shares no word is found by a word of like meaning, and such
// words make the answer more certain.
func TestAlike(t *testing.T) {
	c := NewCollection(harbour)
	in := Input{Question: parse(c, "how many sailors were injured?"), Hits: everything(c)}
	likeness(c, &in, nil)
	before := c.Rank(in)
	likeness(c, &in, map[[2]string]float64{{"firemen", "sailors"}: 0.8, {"hospital", "injured"}: 0.75, {"burns", "injured"}: 0.8})
	after := c.Rank(in)
	if s := after.Sentences[0].Sentence; s != 5 {
		t.Errorf("Rank got %q first, want the firemen", c.Sentence(s))
	}
	if after.Confidence <= before.Confidence {
		t.Errorf("confidence is %.3f with words alike and %.3f without", after.Confidence, before.Confidence)
	}
}

func TestUnlike(t *testing.T) {
	c := NewCollection(harbour)
	in := Input{Question: parse(c, "did the walrus burn?"), Hits: everything(c)}
	likeness(c, &in, nil)
	rare := func() float32 {
		f := c.Features(in)
		return f.unlike(c, []int{0})
	}
	if got := rare(); got < 0.99 {
		t.Errorf("the rarest term without anything alike weighs %.2f, want 1", got)
	}
	likeness(c, &in, map[[2]string]float64{{"harbour", "walrus"}: 0.9, {"fire", "walrus"}: 0.9, {"warehouses", "walrus"}: 0.9})
	if got := rare(); got > 0.5 {
		t.Errorf("the rarest term with something alike weighs %.2f, want less than half", got)
	}
}
