package main

import "math"

// A layer is one transformer layer of N tokens: attention, then feed-forward,
// each with a normalisation before and its input added after.
type layer struct {
	width        int     // of the input, 256 or 512; the output has 512
	scale        float32 // of the attention scores
	normS, normB *param  // [width]
	qkvW, qkvB   *param  // [width][3·width]: queries, keys, values
	outW, outB   *param  // [width][512]
	resW, resB   *param  // [width][512]: brings the input to 512; empty where it has them
	ffnS, ffnB   *param  // [512]
	upW, upB     *param  // [512][1536]
	downW, downB *param  // [1536][512]

	// left by forward for backward
	x      []float32   // [N][width] input
	n1, n2 normed      // after the two normalisations
	qkv    []float32   // [N][3·width]
	att    [][]float32 // of each text of n tokens: [heads][n][n] attention weights
	ctx    []float32   // [N][width] what attention gathered
	up     []float32   // [N][1536] after the ReLU
}

// forward runs the layer on x [N][width] and returns [N][512].
func (l *layer) forward(x []float32, start []int) []float32 {
	n := start[len(start)-1]
	l.x = x
	l.n1 = normalize(x, l.normS, l.normB, n)
	l.qkv = linear(l.n1.out, l.qkvW, l.qkvB, n)
	l.attend(start)
	y := linear(l.ctx, l.outW, l.outB, n)
	if len(l.resW.w) > 0 {
		x = linear(x, l.resW, l.resB, n)
	}
	add(y, x)
	l.n2 = normalize(y, l.ffnS, l.ffnB, n)
	l.up = linear(l.n2.out, l.upW, l.upB, n)
	for i, v := range l.up {
		l.up[i] = max(v, 0)
	}
	add(y, linear(l.up, l.downW, l.downB, n))
	return y
}

// backward takes the gradient of forward's result and returns that of its input.
func (l *layer) backward(dy []float32, start []int) []float32 {
	n := start[len(start)-1]
	dup := make([]float32, n*wide)
	linearBack(dup, l.up, dy, l.downW, l.downB, n)
	for i, v := range l.up {
		if v == 0 {
			dup[i] = 0
		}
	}
	dnorm := make([]float32, n*dim)
	linearBack(dnorm, l.n2.out, dup, l.upW, l.upB, n)
	normalizeBack(dy, dnorm, l.n2, l.ffnS, l.ffnB, n) // dy is now that of attention and input added

	dctx := make([]float32, n*l.width)
	linearBack(dctx, l.ctx, dy, l.outW, l.outB, n)
	dx := dy
	if len(l.resW.w) > 0 {
		dx = make([]float32, n*l.width)
		linearBack(dx, l.x, dy, l.resW, l.resB, n)
	}
	dqkv := l.attendBack(dctx, start)
	dnorm = make([]float32, n*l.width)
	linearBack(dnorm, l.n1.out, dqkv, l.qkvW, l.qkvB, n)
	normalizeBack(dx, dnorm, l.n1, l.normS, l.normB, n)
	return dx
}

// linear returns x·w + b: [n][k]·[k][c] + [c].
func linear(x []float32, w, b *param, n int) []float32 {
	c := len(b.w)
	k := len(w.w) / c
	y := make([]float32, n*c)
	for i := range n {
		copy(y[i*c:], b.w)
	}
	mulAdd(y, mat(x, n, k), mat(w.w, k, c))
	return y
}

// linearBack adds to the gradients of x, w and b.
func linearBack(dx, x, dy []float32, w, b *param, n int) {
	c := len(b.w)
	k := len(w.w) / c
	for i := range n {
		axpy(1, dy[i*c:(i+1)*c], b.g)
	}
	mulAdd(w.g, mat(x, n, k).transposed(), mat(dy, n, c))
	mulAdd(dx, mat(dy, n, c), mat(w.w, k, c).transposed())
}

// normed are rows with mean 0 and variance 1.
type normed struct {
	hat []float32 // before the scale and bias
	out []float32 // after them
	inv []float32 // by row, one over the standard deviation
}

func normalize(x []float32, scale, bias *param, n int) normed {
	d := len(scale.w)
	o := normed{make([]float32, n*d), make([]float32, n*d), make([]float32, n)}
	for i := range n {
		r, hat, out := x[i*d:(i+1)*d], o.hat[i*d:(i+1)*d], o.out[i*d:(i+1)*d]
		var mean, sq float32
		for _, v := range r {
			mean += v
		}
		mean /= float32(d)
		for _, v := range r {
			sq += (v - mean) * (v - mean)
		}
		o.inv[i] = float32(1 / math.Sqrt(float64(sq/float32(d))+1e-6))
		for j, v := range r {
			hat[j] = (v - mean) * o.inv[i]
			out[j] = hat[j]*scale.w[j] + bias.w[j]
		}
	}
	return o
}

// normalizeBack adds to the gradients of x, scale and bias.
func normalizeBack(dx, dy []float32, o normed, scale, bias *param, n int) {
	d := len(scale.w)
	dh := make([]float32, d)
	for i := range n {
		hat, g := o.hat[i*d:(i+1)*d], dy[i*d:(i+1)*d]
		var sum, dotHat float32
		for j, v := range g {
			scale.g[j] += v * hat[j]
			bias.g[j] += v
			dh[j] = v * scale.w[j]
			sum += dh[j]
			dotHat += dh[j] * hat[j]
		}
		sum /= float32(d)
		dotHat /= float32(d)
		to := dx[i*d : (i+1)*d]
		for j := range to {
			to[j] += (dh[j] - sum - hat[j]*dotHat) * o.inv[i]
		}
	}
}
