package retrieve

import (
	"cmp"
	"slices"
)

// leads returns the sentences that articles open with, those first that are
// nearest to the middle of all sentences: what most of the corpus is about.
func (r *Retriever) leads() []int {
	sentences := r.vectors.codes[:len(r.corpus.Sentences)]
	var middle [Dim]float32
	for i := range sentences {
		for k, x := range sentences[i].q {
			middle[k] += float32(x) * sentences[i].inv
		}
	}
	code := NewCode(middle[:])
	all := slices.Clone(r.corpus.first)
	slices.SortStableFunc(all, func(a, b int) int {
		return cmp.Compare(code.Cosine(&sentences[b]), code.Cosine(&sentences[a]))
	})
	return all
}
