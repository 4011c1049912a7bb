package reader

import (
	"math"

	"dossier/index/bert"
)

// maxMark is how many tokens an answer within a sentence may have.
const maxMark = 16

// mark returns the bytes of sentence i that are its likeliest answer, and their
// probability: that of their first token among the sentence's to begin the
// answer times that of their last to end it.
func (r *Reader) mark(states *bert.States, i int, p pair) (start, end int, probability float64) {
	n := len(p.tokens)
	if n == 0 {
		return 0, 0, 0
	}
	begins, ends := make([]float64, n), make([]float64, n)
	var z [2]float32
	for k := range n {
		r.span.apply(z[:], states.Token(i, p.first+k))
		begins[k], ends[k] = float64(z[0]), float64(z[1])
	}
	softmax(begins)
	softmax(ends)
	first, last := 0, 0
	for a := range n {
		for b := a; b < min(n, a+maxMark); b++ {
			if q := begins[a] * ends[b]; q > probability {
				first, last, probability = a, b, q
			}
		}
	}
	return p.tokens[first].Start, p.tokens[last].End, probability
}

func softmax(x []float64) {
	top := math.Inf(-1)
	for _, v := range x {
		top = max(top, v)
	}
	sum := 0.0
	for i, v := range x {
		x[i] = math.Exp(v - top)
		sum += x[i]
	}
	for i := range x {
		x[i] /= sum
	}
}
