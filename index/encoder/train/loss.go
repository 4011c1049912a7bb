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

// An objective weighs the parts of a contrast.
type objective struct {
	scale   float32 // factor on the cosines
	silence float32 // the cosine that an answer has to exceed; -1 for none
	back    float32 // of the loss from sentence to question
	without float32 // of the loss where the answer is taken away
	absent  float32 // of the loss of a question without gold
}

// newContrast is the loss where each of the unit vectors q [Q][512] has to find
// its gold ones among c [C][512], extra and the silence: what stands for no
// answer, at the same cosine for every question. A question without gold has to
// find the silence, and so, weighted, has each one when its gold ones
// are taken away. Weighted by back, each gold one has to find its questions.
// Vectors in extra get no gradient.
func newContrast(q, c []float32, extra [][]float32, gold [][]int, obj objective) contrast {
	scale, back := obj.scale, obj.back
	Q, C := len(q)/dim, len(c)/dim
	W := C + len(extra)
	vec := func(j int) []float32 {
		if j < C {
			return c[j*dim:][:dim]
		}
		return extra[j-C]
	}
	var o contrast
	score, grad := make([]float32, Q*(W+1)), make([]float32, Q*(W+1)) // [Q][W+1], the silence last
	for i := range Q {
		row, to := score[i*(W+1):][:W+1], grad[i*(W+1):][:W+1]
		for j := range W {
			row[j] = scale * dot(q[i*dim:][:dim], vec(j))
		}
		row[W] = scale * obj.silence
		o.add(row, gold[i], to, obj, 1/float32(Q))
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
			col[i] = score[i*(W+1)+j]
		}
		clear(dcol)
		softmaxLoss(col, right, dcol, back/float32(Q))
		for i, g := range dcol {
			grad[i*(W+1)+j] += g
		}
	}
	o.dq, o.dc = make([]float32, Q*dim), make([]float32, C*dim)
	for i := range Q {
		for j, g := range grad[i*(W+1):][:W] {
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

// add adds the loss of one question, with its scores in row, the silence last,
// and its gradient times share to grad.
func (o *contrast) add(row []float32, gold []int, grad []float32, obj objective, share float32) {
	none := []int{len(row) - 1}
	if len(gold) == 0 {
		loss, hit := softmaxLoss(row, none, grad, obj.absent*share)
		o.loss += float64(obj.absent) * loss
		if hit {
			o.hits++
		}
		return
	}
	loss, hit := softmaxLoss(row, gold, grad, share)
	o.loss += loss
	if hit {
		o.hits++
	}
	if obj.without > 0 {
		rest := slices.Clone(row)
		for _, j := range gold {
			rest[j] = float32(math.Inf(-1))
		}
		loss, _ := softmaxLoss(rest, none, grad, obj.without*share)
		o.loss += float64(obj.without) * loss
	}
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
