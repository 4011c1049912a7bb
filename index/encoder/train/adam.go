package main

import "math"

// update makes a step of Adam with decay to the first weights, apart from the
// gradient, which it clears.
func (t *trainer) update(step int, lr float64) {
	const b1, b2 = .9, .98
	ps := t.m.trained()
	var sum float64
	for _, p := range ps {
		for _, g := range p.g {
			sum += float64(g) * float64(g)
		}
	}
	shrink := float32(min(1, clip/(math.Sqrt(sum)+1e-12)))
	c1 := 1 / (1 - math.Pow(b1, float64(step+1)))
	c2 := float32(1 / (1 - math.Pow(b2, float64(step+1))))
	for _, p := range ps {
		rate := lr
		if p == t.m.table {
			rate *= tableRate
		}
		a, pull := float32(rate*c1), float32(rate*decay)
		for i, g := range p.g {
			g *= shrink
			m := b1*p.m[i] + (1-b1)*g
			v := b2*p.v[i] + (1-b2)*g*g
			p.m[i], p.v[i] = m, v
			p.w[i] -= a*m/(float32(math.Sqrt(float64(v*c2)))+1e-8) + pull*(p.w[i]-p.start[i])
			p.g[i] = 0
		}
	}
}
