package rank

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dossier/index/question"
)

// harbour is two short articles about things that never happened.
var harbour = []Chunk{
	{Article: 0, Title: "The fire in Oster harbour", Heading: "What burned", Sentences: []string{
		"A fire broke out in Oster harbour on 3 May 1987.",
		"Mayor Ida Brandt said that 14 warehouses burned down.",
		"She blamed a welding torch that had been left on.",
		"The damage came to 6 million kroner.",
	}},
	{Article: 0, Title: "The fire in Oster harbour", Heading: "Afterwards", Sentences: []string{
		"Insurers paid only half of it because the sprinklers had been switched off.",
		"Three firemen were taken to hospital with burns.",
		"The harbour opened again in Vestby two years later.",
	}},
	{Article: 1, Title: "Ferry to Vestby", Sentences: []string{
		"The ferry Marit sails to Vestby twice a day.",
		"Captain Jon Lie has steered it since 1990.",
		"Tickets cost 40 kroner.",
	}},
}

// everything finds all chunks of c.
func everything(c *Collection) []Hit {
	var hits []Hit
	for i := range c.chunks {
		hits = append(hits, Hit{i, 1})
	}
	return hits
}

func TestRank(t *testing.T) {
	c := NewCollection(harbour)
	tests := []struct{ ask, want string }{
		{"when did the fire in Oster harbour break out?", "A fire broke out"},
		{"how many warehouses burned down?", "Mayor Ida Brandt"},
		{"why did insurers pay only half?", "Insurers paid"},
		{"who steers the ferry Marit?", "Captain Jon Lie"},
		{"what do tickets cost?", "Tickets cost"},
		{"how many firemen were taken to hospital?", "Three firemen"},
	}
	for _, tt := range tests {
		r := c.Rank(Input{Question: question.Parse(tt.ask, c), Hits: everything(c)})
		if got := c.Sentence(r.Sentences[0].Sentence); !strings.HasPrefix(got, tt.want) {
			t.Errorf("Rank(%q) got %q first, want %q", tt.ask, got, tt.want)
		}
	}
}

// TestRankRepeats: the same input gives the same result each time, and
// sentences that were not found are not returned.
func TestRankRepeats(t *testing.T) {
	c := NewCollection(harbour)
	in := Input{Question: question.Parse("fire in the harbour of Vestby", c), Hits: []Hit{{2, 3}, {0, 2}}}
	first := c.Rank(in)
	if len(first.Sentences) != 7 {
		t.Errorf("Rank returned %d sentences, want the 7 of the chunks found", len(first.Sentences))
	}
	for range 20 {
		if diff := cmp.Diff(first, c.Rank(in)); diff != "" {
			t.Fatalf("Rank gives another result the second time (-first +second):\n%s", diff)
		}
	}
	for i := 1; i < len(first.Sentences); i++ {
		if first.Sentences[i].Score > first.Sentences[i-1].Score {
			t.Errorf("sentence %d of the result has a higher score than the one before it", i)
		}
	}
}

func TestRankNothing(t *testing.T) {
	c := NewCollection(harbour)
	q := question.Parse("when did it burn?", c)
	for name, in := range map[string]Input{
		"nothing found":    {Question: q},
		"chunks elsewhere": {Question: q, Hits: []Hit{{-1, 1}, {99, 1}}},
		"no terms":         {Question: question.Parse("what?", c), Hits: everything(c)},
	} {
		if r := c.Rank(in); len(r.Sentences) != 0 || r.Confidence != 0 {
			t.Errorf("%s: Rank got %d sentences with confidence %v, want none", name, len(r.Sentences), r.Confidence)
		}
	}
	empty := NewCollection(nil)
	if r := empty.Rank(Input{Question: question.Parse("when did it burn?", empty)}); len(r.Sentences) != 0 {
		t.Errorf("Rank in an empty corpus got %d sentences", len(r.Sentences))
	}
}

// TestNear: a sentence that shares no word is found by its meaning.
func TestNear(t *testing.T) {
	c := NewCollection(harbour)
	in := Input{
		Question: question.Parse("did anyone get injured?", c),
		Near:     []Near{{5, 0.8}, {1, 0.3}},
		Cosine: func(s int) float64 {
			if s == 5 {
				return 0.8
			}
			return 0.1
		},
	}
	r := c.Rank(in)
	if len(r.Sentences) != 2 || r.Sentences[0].Sentence != 5 {
		t.Fatalf("Rank got %+v, want sentence 5, then 1", r.Sentences)
	}
}

func TestMatched(t *testing.T) {
	c := NewCollection(harbour)
	r := c.Rank(Input{Question: question.Parse("Did warehouses burn?", c), Hits: []Hit{{0, 1}}, Explain: true})
	var got []string
	for _, m := range r.Sentences[0].Matched {
		got = append(got, c.Sentence(r.Sentences[0].Sentence)[m.Start:m.End])
	}
	if diff := cmp.Diff([]string{"warehouses", "burned"}, got); diff != "" {
		t.Errorf("Matched mismatch (-want +got):\n%s", diff)
	}
	if len(r.Sentences[0].Signals) == 0 {
		t.Error("no signals although they were asked for")
	}
}

// TestSignals: a group of signals that a candidate lacks and others have does not
// speak for it.
func TestSignals(t *testing.T) {
	c := NewCollection(harbour)
	r := c.Rank(Input{Question: question.Parse("Did warehouses burn?", c), Hits: everything(c), Explain: true})
	lacking := 0
	for _, s := range r.Sentences {
		for _, g := range s.Signals {
			if g.Name == "words in common with the question" && g.Value == 0 {
				lacking++
				if g.Weight > 0 {
					t.Errorf("%q: no words in common count %+.2f", c.Sentence(s.Sentence), g.Weight)
				}
			}
		}
	}
	if lacking == 0 {
		t.Error("every sentence has words of the question")
	}
}

func FuzzRank(f *testing.F) {
	f.Add("when did it burn?", "A fire. It burned 3,000 houses.", "The fire", 0.4)
	f.Add("\xff  who's", "\x00", "", math.NaN())
	f.Fuzz(func(t *testing.T, ask, text, title string, cosine float64) {
		var sentences []string
		for s := range strings.SplitSeq(text, ".") {
			sentences = append(sentences, s)
		}
		c := NewCollection([]Chunk{{Title: title, Sentences: sentences}, {Article: 1, Title: text, Heading: ask, Sentences: []string{ask}}})
		in := Input{Question: question.Parse(ask, c), Hits: everything(c), Near: []Near{{len(sentences), cosine}}, Explain: true}
		if !math.IsNaN(cosine) && math.Abs(cosine) <= 1 {
			in.Cosine = func(int) float64 { return cosine }
		}
		r := c.Rank(in)
		if !(r.Confidence >= 0 && r.Confidence <= 1) {
			t.Fatalf("confidence %v", r.Confidence)
		}
		for _, s := range r.Sentences {
			if math.IsNaN(s.Score) || math.IsInf(s.Score, 0) {
				t.Fatalf("score %v", s.Score)
			}
			end := 0
			for _, m := range s.Matched {
				if m.Start < end || m.End <= m.Start || m.End > len(c.Sentence(s.Sentence)) {
					t.Fatalf("matched %v in %q", s.Matched, c.Sentence(s.Sentence))
				}
				end = m.End
			}
		}
	})
}

// prose is chunks enough to be a corpus of the given number of sentences.
func prose(sentences int) []Chunk {
	words := strings.Fields(`the hackers studio film leaked president emails said that salaries of 6,000 employees
		were published on Monday 24 November 2014 in Culver City by a group calling itself Guardians of Peace and
		network computers wiped because malware stolen passwords court lawsuit theater release Christmas attack`)
	var chunks []Chunk
	x := uint32(1)
	for i := 0; i < sentences; i += 6 {
		ch := Chunk{Article: i / 60, Title: fmt.Sprintf("Report %d", i/60)}
		for range 6 {
			var b strings.Builder
			for range 24 {
				x = x*1664525 + 1013904223
				if x>>28 == 0 {
					fmt.Fprintf(&b, "w%d ", x>>12&4095)
				}
				b.WriteString(words[int(x>>8)%len(words)] + " ")
			}
			ch.Sentences = append(ch.Sentences, b.String())
		}
		chunks = append(chunks, ch)
	}
	return chunks
}

func BenchmarkRank(b *testing.B) {
	c := NewCollection(prose(6000))
	q := question.Parse("when did the hackers publish the salaries of the studio's employees?", c)
	var hits []Hit
	for i := range 50 {
		hits = append(hits, Hit{i * 7, 1 / float64(i+1)})
	}
	var near []Near
	for i := range 50 {
		near = append(near, Near{i * 91, 0.5})
	}
	cosine := func(s int) float64 { return float64(s%97) / 97 }
	b.Run("words", func(b *testing.B) {
		for b.Loop() {
			c.Rank(Input{Question: q, Hits: hits})
		}
	})
	b.Run("meaning", func(b *testing.B) {
		for b.Loop() {
			c.Rank(Input{Question: q, Hits: hits, Near: near, Cosine: cosine})
		}
	})
}

func BenchmarkNewCollection(b *testing.B) {
	chunks := prose(6000)
	for b.Loop() {
		NewCollection(chunks)
	}
}

// TestTraitsMissing: what a number should count is nowhere, and no number is.
func TestTraitsMissing(t *testing.T) {
	c := NewCollection(harbour)
	traits := func(text string) [NumTraits]float32 {
		f := c.Features(Input{Question: question.Parse(text, c), Hits: everything(c)})
		scores := make([]float32, len(f.Sentences))
		for i := range scores {
			scores[i] = f.Rows[i][sigCover]
		}
		return f.Traits(c, scores, f.Order(scores))
	}
	lanes := traits("how many lanes has the fire")
	if lanes[traitCountMissing] != 1 || lanes[traitFocusMissing] != 1 {
		t.Errorf("lanes are nowhere, and yet they are not missing: %v", lanes)
	}
	for _, text := range []string{"how many warehouses burned", "who has lanes"} {
		if got := traits(text); got[traitCountMissing] != 0 {
			t.Errorf("%q: what is counted is missing", text)
		}
	}
	for hit, miss := range missTraits {
		if hit < sigPersonHit || hit > sigMannerHit {
			t.Errorf("signal %v has the trait %v", hit, miss)
		}
	}
}
