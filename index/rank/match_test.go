package rank

import (
	"math/rand/v2"
	"testing"

	"dossier/index/question"
)

func TestWindow(t *testing.T) {
	tests := []struct {
		text string
		want int
	}{
		{"fire harbour", 2},
		{"fire in the old harbour", 5},
		{"fire here, and there a fire in the harbour", 4},
		{"fire and fire and fire", 1},
		{"nothing of it", 0},
	}
	for _, tt := range tests {
		c := NewCollection([]Chunk{{Sentences: []string{tt.text}}})
		m := c.match(c.compile(question.Parse("harbour fire", c)), 0, new(slab))
		if got := m.window(); got != tt.want {
			t.Errorf("window of %q is %d, want %d", tt.text, got, tt.want)
		}
	}
}

// TestPhrases: the nearer two words of the question stand, the more it counts.
func TestPhrases(t *testing.T) {
	last := 2.0
	for _, text := range []string{
		"the harbour fire was big",
		"harbour with a fire",
		"a harbour that was closed by a fire",
		"the harbour of the old and rather small town by the sea had never seen a fire",
	} {
		c := NewCollection([]Chunk{{Sentences: []string{text}}})
		x := c.compile(question.Parse("harbour fire", c))
		m := c.match(x, 0, new(slab))
		together, ordered := x.phrases(&m)
		if together >= last || ordered != 1 {
			t.Errorf("phrases of %q are %.2f together and %.0f in order, want under %.2f and 1", text, together, ordered, last)
		}
		last = together
	}
}

func TestTermTable(t *testing.T) {
	var table termTable
	want := make(map[uint32]slot)
	rng := rand.New(rand.NewPCG(1, 1))
	for range 2000 {
		s := slot{term: rng.Uint32N(1500), k: int32(rng.IntN(20)), weight: float32(1+rng.IntN(9)) / 10}
		table.put(s.term, int(s.k), s.weight)
		if s.weight > want[s.term].weight {
			want[s.term] = s
		}
	}
	for term := range uint32(3000) {
		k, w := table.get(term)
		if s := want[term]; w != s.weight || w > 0 && k != int(s.k) {
			t.Fatalf("get(%d) = %d, %v, want %d, %v", term, k, w, s.k, s.weight)
		}
	}
}

// TestLike: a word of like meaning counts, but less than the word itself, and
// a number in words is the number in digits.
func TestLike(t *testing.T) {
	c := NewCollection([]Chunk{{Sentences: []string{"Three movies leaked.", "3 films leaked."}}})
	q := question.Parse("three films", c)
	for i := range q.Terms {
		q.Terms[i].Like = nil
		if q.Terms[i].Word == "films" {
			q.Terms[i].Like = []question.Like{{Stem: "movi", Weight: 0.7}}
		}
	}
	x := c.compile(q)
	movies, films := c.match(x, 0, new(slab)), c.match(x, 1, new(slab))
	if movies.has[1] != 0.7 || films.has[1] != 1 {
		t.Errorf("movies count %v and films %v, want 0.7 and 1", movies.has[1], films.has[1])
	}
	if movies.has[0] != 1 || films.has[0] != 1 {
		t.Errorf("three counts %v and 3 counts %v, want 1", movies.has[0], films.has[0])
	}
}
