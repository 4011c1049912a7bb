package main

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"

	"dossier/index/rank"
)

const (
	batchSize = 32
	rate      = 0.003
	decay     = 1e-4
	memory    = 0.998 // of the running mean, by step
)

// fit trains a model by the listwise softmax loss: minus the logarithm of
// the share that the right candidates have of the exponentials of all scores
// (Cao et al., Learning to Rank: From Pairwise to Listwise Approach, 2007).
// Adam takes the steps (Kingma and Ba, 2015), and the model is the running mean
// of where they lead (Polyak and Juditsky 1992). The pass that does best on the
// examples held out is kept. Signals that use says no to have no influence.
func fit(examples []example, hidden, epochs int, use func(int) bool, w io.Writer) *rank.Model {
	n := &net{m: standardise(examples, use)}
	rng := rand.New(rand.NewPCG(7, 7))
	n.grow(hidden, rng)
	var ids []int
	for i := range examples {
		if !examples[i].held {
			ids = append(ids, i)
		}
	}
	var best *rank.Model
	bestValue, step := -1.0, 0
	for epoch := range epochs {
		rng.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
		speed := rate * 0.5 * (1 + math.Cos(math.Pi*float64(epoch)/float64(epochs)))
		loss := 0.0
		for b := 0; b < len(ids); b += batchSize {
			batch := ids[b:min(b+batchSize, len(ids))]
			for _, i := range batch {
				loss += n.learn(&examples[i])
			}
			step++
			n.step(speed, float32(1)/float32(len(batch)), step)
		}
		mean := n.averaged()
		value, report := heldOut(mean, examples)
		if w != nil {
			fmt.Fprintf(w, "  pass %2d  loss %.4f  held out: %s\n", epoch+1, loss/float64(len(ids)), report)
		}
		if value > bestValue {
			bestValue, best = value, mean
		}
	}
	return best
}

// heldOut measures m on the examples kept out, and returns the mean over the
// pools of their mean reciprocal ranks.
func heldOut(m *rank.Model, examples []example) (float64, string) {
	var pools []metrics
	for i := range examples {
		e := &examples[i]
		if !e.held {
			continue
		}
		for len(pools) <= e.pool {
			pools = append(pools, metrics{})
		}
		scores := m.Scores(&rank.Features{Rows: e.rows})
		pools[e.pool].add(place(scores, func(i int) bool { return e.pos[i] }))
	}
	sum, report := 0.0, ""
	n := 0
	for _, p := range pools {
		if p.n > 0 {
			n++
			sum += p.reciprocal / float64(p.n)
			report += fmt.Sprintf(" %.2f/%.2f/%.2f", 100*float64(p.first)/float64(p.n), 100*float64(p.three)/float64(p.n), 100*p.reciprocal/float64(p.n))
		}
	}
	return sum / float64(max(1, n)), report
}

// standardise returns a model with the means and deviations of the signals.
func standardise(examples []example, use func(int) bool) *rank.Model {
	const n = rank.NumSignals
	m := &rank.Model{Signals: rank.Names(), Mean: make([]float32, n), Scale: make([]float32, n), Linear: make([]float32, n)}
	var sum, square [n]float64
	count := 0.0
	for _, e := range examples {
		if e.held {
			continue
		}
		for i := range e.rows {
			count++
			for j, v := range e.rows[i] {
				sum[j] += float64(v)
				square[j] += float64(v) * float64(v)
			}
		}
	}
	for j := range n {
		mean := sum[j] / count
		m.Mean[j] = float32(mean)
		if d := math.Sqrt(max(0, square[j]/count-mean*mean)); d > 1e-6 && use(j) {
			m.Scale[j] = float32(1 / d)
		}
	}
	return m
}

// A net is a model being trained: its parameters, their gradients and the
// moments of these.
type net struct {
	m          *rank.Model
	parameters [][]float32
	gradient   [][]float32
	m1, m2     [][]float32
	mean       [][]float32
	z          [][rank.NumSignals]float32
	act        []float32
}

func (n *net) grow(hidden int, rng *rand.Rand) {
	m := n.m
	for range hidden {
		row := make([]float32, rank.NumSignals)
		for i := range row {
			row[i] = float32(rng.NormFloat64() / math.Sqrt(float64(rank.NumSignals)))
		}
		m.Hidden = append(m.Hidden, row)
		m.Bias = append(m.Bias, 0)
		m.Out = append(m.Out, float32(0.1*rng.NormFloat64()))
	}
	n.parameters = append([][]float32{m.Linear, m.Bias, m.Out}, m.Hidden...)
	for _, p := range n.parameters {
		n.gradient = append(n.gradient, make([]float32, len(p)))
		n.m1 = append(n.m1, make([]float32, len(p)))
		n.m2 = append(n.m2, make([]float32, len(p)))
		n.mean = append(n.mean, slices.Clone(p))
	}
}

// averaged returns the model of the mean parameters.
func (n *net) averaged() *rank.Model {
	m := *n.m
	m.Linear, m.Bias, m.Out, m.Hidden = slices.Clone(n.mean[0]), slices.Clone(n.mean[1]), slices.Clone(n.mean[2]), nil
	for _, h := range n.mean[3:] {
		m.Hidden = append(m.Hidden, slices.Clone(h))
	}
	return &m
}

// learn adds the gradient of one example and returns its loss.
func (n *net) learn(e *example) float64 {
	m := n.m
	for len(n.z) < len(e.rows) {
		n.z = append(n.z, [rank.NumSignals]float32{})
	}
	hidden := len(m.Hidden)
	if need := hidden * len(e.rows); len(n.act) < need {
		n.act = make([]float32, need)
	}
	scores := make([]float64, len(e.rows))
	top := math.Inf(-1)
	for k := range e.rows {
		scores[k] = float64(m.Forward(&n.z[k], n.act[k*hidden:(k+1)*hidden], &e.rows[k]))
		top = max(top, scores[k])
	}
	var all, right float64
	for k, s := range scores {
		scores[k] = math.Exp(s - top)
		all += scores[k]
		if e.pos[k] {
			right += scores[k]
		}
	}
	if right == 0 {
		return 0
	}
	for k, x := range scores {
		d := x / all
		if e.pos[k] {
			d -= x / right
		}
		if math.Abs(d) < 1e-4 {
			continue
		}
		g := float32(d) * e.weight
		z := n.z[k][:]
		addScaled(n.gradient[0], z, g)
		for h := range m.Hidden {
			a := n.act[k*hidden+h]
			if a <= 0 {
				continue
			}
			n.gradient[2][h] += g * a
			u := g * m.Out[h]
			n.gradient[1][h] += u
			addScaled(n.gradient[3+h], z, u)
		}
	}
	return math.Log(all) - math.Log(right)
}

// step moves the parameters by the gradient and clears it.
func (n *net) step(speed float64, scale float32, t int) {
	c1, c2 := 1-math.Pow(0.9, float64(t)), 1-math.Pow(0.999, float64(t))
	for i, p := range n.parameters {
		keep := float32(max(1-memory, 1/float64(t)))
		g, m1, m2 := n.gradient[i], n.m1[i], n.m2[i]
		for j := range p {
			x := g[j]*scale + decay*p[j]
			g[j] = 0
			m1[j] = 0.9*m1[j] + 0.1*x
			m2[j] = 0.999*m2[j] + 0.001*x*x
			p[j] -= float32(speed * (float64(m1[j]) / c1) / (math.Sqrt(float64(m2[j])/c2) + 1e-8))
			n.mean[i][j] += keep * (p[j] - n.mean[i][j])
		}
	}
}

// addScaled adds s·b to a.
func addScaled(a, b []float32, s float32) {
	b = b[:len(a)]
	for i := range a {
		a[i] += s * b[i]
	}
}
