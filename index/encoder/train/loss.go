package main

import (
	"math"
	"slices"
)

// A contrast is the loss of a batch and its gradients.
type contrast struct {
	loss float64   // summed over the questions
	hits int       // questions with a right one before all wrong ones
	dq   []float32 // of the mean loss, by q
	dc   []float32 // and by c
}

// newContrast is the loss where each of the unit vectors q [Q][512] has to find
// its gold ones among c [C][512] and extra, and, weighted by back, each gold one
// its questions. Vectors in extra get no gradient.
func newContrast(q, c []float32, extra [][]float32, gold [][]int, scale, back float32) contrast {
	Q, C := len(q)/dim, len(c)/dim
	W := C + len(extra)
	vec := func(j int) []float32 {
		if j < C {
			return c[j*dim:][:dim]
		}
		return extra[j-C]
	}
	var o contrast
	score, grad := make([]float32, Q*W), make([]float32, Q*W) // [Q][W]
	for i := range Q {
		row := score[i*W:][:W]
		for j := range row {
			row[j] = scale * dot(q[i*dim:][:dim], vec(j))
		}
		loss, hit := softmaxLoss(row, gold[i], grad[i*W:][:W], 1/float32(Q))
		o.loss += loss
		if hit {
			o.hits++
		}
	}
	asked := make([][]int, C) // the questions of each of c
	for i, g := range gold {
		for _, j := range g {
			asked[j] = append(asked[j], i)
		}
	}
	col, dcol := make([]float32, Q), make([]float32, Q)
	for j, right := range asked {
		if len(right) == 0 || back == 0 {
			continue
		}
		for i := range col {
			col[i] = score[i*W+j]
		}
		clear(dcol)
		softmaxLoss(col, right, dcol, back/float32(Q))
		for i, g := range dcol {
			grad[i*W+j] += g
		}
	}
	o.dq, o.dc = make([]float32, Q*dim), make([]float32, C*dim)
	for i := range Q {
		for j, g := range grad[i*W:][:W] {
			if g *= scale; g > -1e-7 && g < 1e-7 {
				continue
			}
			axpy(g, vec(j), o.dq[i*dim:][:dim])
			if j < C {
				axpy(g, q[i*dim:][:dim], o.dc[j*dim:][:dim])
			}
		}
	}
	return o
}

// softmaxLoss returns -log of the share of the right ones, adds its gradient
// times weight, and says whether one of them is before all others.
func softmaxLoss(x []float32, right []int, grad []float32, weight float32) (loss float64, hit bool) {
	p := slices.Clone(x)
	softmax(p)
	share := float32(1e-9)
	best := float32(math.Inf(-1))
	for _, g := range right {
		share += p[g]
		best = max(best, x[g])
	}
	for j, v := range p {
		grad[j] += weight * v
	}
	for _, g := range right {
		grad[g] -= weight * p[g] / share
	}
	return -math.Log(float64(share)), best >= slices.Max(x)
}
