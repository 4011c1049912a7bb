package retrieve

import (
	"slices"
	"testing"
	"testing/fstest"

	"dossier/corpus"
	"dossier/index/text"
)

// TestDays: a day is found by its words however it is written, in the question and in
// the sentence, and counts as much.
func TestDays(t *testing.T) {
	articles, _ := corpus.Load(fstest.MapFS{"a.txt": {Data: []byte("The dam broke on 27 November. Rain fell on Nov. 27. The mill shut on the 27th of November. " +
		"The bridge fell on 17 November. A ferry sank on the 17th. The mole held on 3 May. All was quiet then.")}})
	c := NewCorpus(articles)
	words, err := inMemory(c.Documents(), func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	defer words.close()
	for _, tt := range []struct {
		question string
		want     []int
	}{
		{"what happened on nov 27", []int{0, 1, 2}},
		{"what happened on November 27th?", []int{0, 1, 2}},
		{"what happened on the 17th?", []int{3, 4}},
	} {
		stems := text.Stems(tt.question)
		found, err := words.search(t.Context(), c.rarest(stems), Filter{}, 10)
		if err != nil {
			t.Fatal(err)
		}
		if len(found) < len(tt.want) {
			t.Fatalf("%q finds %v, want %v first", tt.question, found, tt.want)
		}
		first := found[:len(tt.want)]
		slices.Sort(first)
		if !slices.Equal(first, tt.want) {
			t.Errorf("%q finds %v, want %v first", tt.question, found, tt.want)
		}
		for _, i := range tt.want {
			if c.bm25(stems, i) <= c.bm25(stems, 6) {
				t.Errorf("%q: sentence %d has BM25 %.2f", tt.question, i, c.bm25(stems, i))
			}
		}
	}
}
