package retrieve

import (
	"cmp"
	"container/heap"
	"slices"
	"sync/atomic"
)

// A near is a text and how near its vector is.
type near struct {
	i      int
	cosine float64
}

// vectors are some of a store: those of the sentences, or of the known questions.
type vectors struct {
	codes []Code
	have  []atomic.Bool // which are there
}

// split returns the vectors of the first n texts, and of the others.
func (v *vectorStore) split(n int) (first, rest vectors) {
	return vectors{v.codes[:n], v.have[:n]}, vectors{v.codes[n:], v.have[n:]}
}

// cosine returns that of q and vector i, or 0 where that is not there yet.
func (v vectors) cosine(q *Code, i int) float64 {
	if !v.have[i].Load() {
		return 0
	}
	return q.Cosine(&v.codes[i])
}

// nearest returns the n vectors nearest to q, of those that keep accepts (nil
// accepts all), the nearest first. It looks at all of them: at a thousand in a
// quarter of a millisecond.
func (v vectors) nearest(q *Code, n int, keep func(int) bool) []near {
	var best nearHeap
	for i := range v.codes {
		if !v.have[i].Load() {
			continue
		}
		c := q.Cosine(&v.codes[i])
		if len(best) == n && c <= best[0].cosine || keep != nil && !keep(i) {
			continue
		}
		if len(best) == n {
			best[0] = near{i, c}
			heap.Fix(&best, 0)
		} else {
			heap.Push(&best, near{i, c})
		}
	}
	slices.SortFunc(best, func(a, b near) int { return cmp.Or(cmp.Compare(b.cosine, a.cosine), cmp.Compare(a.i, b.i)) })
	return best
}

// A nearHeap has the least near on top.
type nearHeap []near

func (h nearHeap) Len() int           { return len(h) }
func (h nearHeap) Less(i, j int) bool { return h[i].cosine < h[j].cosine }
func (h nearHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *nearHeap) Push(x any)        { *h = append(*h, x.(near)) }
func (h *nearHeap) Pop() any          { panic("never popped") }
