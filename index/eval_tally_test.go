package index

import (
	"slices"
	"testing"

	"dossier/index/internal/measure"
)

// A tally sums up questions of one kind.
type tally struct {
	n, first, three, refused int
	reciprocal               float64

	shownFirst, shown, near int // what a person sees is right: the first quote, any, one of the nearest
	nearest                 int // refused, and the nearest sentences are shown
}

func (m *tally) add(rank int, refused bool) {
	m.n++
	if rank > 0 {
		m.reciprocal += 1 / float64(rank)
	}
	if rank == 1 {
		m.first++
	}
	if rank >= 1 && rank <= 3 {
		m.three++
	}
	if refused {
		m.refused++
	}
}

func (m *tally) see(r *evalResult) {
	m.add(r.rank, !r.answered)
	if r.shown == 1 {
		m.shownFirst++
	}
	if r.shown > 0 {
		m.shown++
	}
	if r.near > 0 {
		m.near++
	}
	if len(r.nearest) > 0 {
		m.nearest++
	}
}

func (m *tally) percent(n int) float64 { return 100 * float64(n) / float64(max(m.n, 1)) }

func (m *tally) mrr() float64 { return 100 * m.reciprocal / float64(max(m.n, 1)) }

// auroc is how often, in percent, a question that can be answered has a higher
// confidence than one that cannot; a tie counts half.
func auroc(can, cannot []float64) float64 { return 100 * measure.AUROC(cannot, can) }

// atRate returns the confidence below which at most rate of can are.
func atRate(can []float64, rate float64) float64 {
	if len(can) == 0 {
		return 0
	}
	return slices.Sorted(slices.Values(can))[int(rate*float64(len(can)))]
}

// below is how many of the confidences are under a threshold, in percent.
func below(confidences []float64, threshold float64) float64 {
	n := 0
	for _, c := range confidences {
		if c < threshold {
			n++
		}
	}
	return 100 * float64(n) / float64(max(len(confidences), 1))
}

func TestEvalTally(t *testing.T) {
	if got := auroc([]float64{0.9, 0.5}, []float64{0.5, 0.1}); got != 87.5 {
		t.Errorf("auroc = %v, want 87.5: three wins and a tie of four", got)
	}
	can := make([]float64, 40)
	for i := range can {
		can[i] = float64(i) / 40
	}
	if at := atRate(can, 0.05); below(can, at) != 5 {
		t.Errorf("at %v, %v %% are below, want 5", at, below(can, at))
	}
	if got := below([]float64{0.1, 0.2, 0.3, 0.4}, 0.2); got != 25 {
		t.Errorf("below = %v, want 25", got)
	}
}
