package retrieve

import (
	"cmp"
	"container/heap"
	"slices"
)

// A near is a text and how near its vector is.
type near struct {
	i      int
	cosine float64
}

// nearest returns the n codes nearest to q, of those that keep accepts (nil
// accepts all), the nearest first. It looks at all of them: at a thousand in a
// quarter of a millisecond.
func nearest(codes []Code, q *Code, n int, keep func(int) bool) []near {
	var best nearHeap
	for i := range codes {
		c := q.Cosine(&codes[i])
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
