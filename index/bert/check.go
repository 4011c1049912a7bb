package bert

import (
	"math"
	"slices"
)

// selfCheck reports whether k gives the bits of plain Go on a small sample.
func selfCheck(k *kernels) bool {
	var seed uint32 = 1
	next := func() uint32 {
		seed = seed*1664525 + 1013904223
		return seed >> 8
	}
	floats := func(n int, size float32) []float32 {
		v := make([]float32, n)
		for i := range v {
			v[i] = (float32(next()&0xffff)/32768 - 1) * size
		}
		return v
	}
	x, y, weight, bias := floats(48, 9), floats(48, 1), floats(48, 1), floats(48, 1)
	return checkPanel(k, next, floats) &&
		sameBits(x, func(k *kernels, x []float32) { k.gelu(x) }, k) &&
		sameBits(append(x[:45:45], negInf, negInf, negInf), func(k *kernels, x []float32) { k.softmax(x) }, k) &&
		sameBits(x, func(k *kernels, x []float32) { k.addNorm(x, y, weight, bias) }, k) &&
		sameBits(x, func(k *kernels, x []float32) {
			q := make([]byte, len(x))
			scale, zero := k.quantize(q, x, weight)
			for i, v := range q {
				x[i] = float32(int32(v)-zero) * scale
			}
		}, k) &&
		sameBits(x, func(k *kernels, x []float32) {
			// Five rows of 24, each from 7 numbers of weight and the rows of bias.
			out := make([]float32, 5*24)
			k.mix(&mixArgs{
				out: &out[0], outStride: 4 * 24, a: &weight[0], aStride: 4 * 8, b: &x[0], bStride: 4 * 4,
				rows: 5, k: 7, cols: 24,
			})
			copy(x, out[len(out)-48:])
		}, k)
}

var negInf = float32(math.Inf(-1))

// sameBits reports whether f makes the same of a copy of x with k and in plain Go.
func sameBits(x []float32, f func(*kernels, []float32), k *kernels) bool {
	got, want := slices.Clone(x), slices.Clone(x)
	f(k, got)
	f(&plain, want)
	return slices.EqualFunc(got, want, func(a, b float32) bool { return math.Float32bits(a) == math.Float32bits(b) })
}

// checkPanel compares a product in which every kind of input has its extremes.
func checkPanel(k *kernels, next func() uint32, floats func(int, float32) []float32) bool {
	const rows, in = 2 * tileRows, 3 * kMultiple
	x, w := make([]byte, rows*in), make([]byte, in*panelCols)
	for i := range x {
		x[i] = byte(next() % (maxAct + 1))
		if i < in {
			x[i] = maxAct
		}
	}
	sum, zero := make([]int32, panelCols), make([]int32, rows)
	for i := range w {
		v := int32(next()%(2*maxWeight+1)) - maxWeight
		switch col := i / 4 % panelCols; col {
		case 0:
			v = maxWeight
		case 9:
			v = -maxWeight
		}
		w[i] = byte(int8(v))
		sum[i/4%panelCols] += v
	}
	for i := range zero {
		zero[i] = int32(next() % (maxAct + 1))
	}
	scale, bias, rowScale := floats(panelCols, 1), floats(panelCols, 1), floats(rows, 1)
	args := panelArgs{
		stride: 4 * panelCols, x: &x[0], rows: rows, k: in, w: &w[0], scale: &scale[0], bias: &bias[0],
		sum: &sum[0], rowScale: &rowScale[0], zero: &zero[0],
	}
	return sameBits(make([]float32, rows*panelCols), func(k *kernels, out []float32) {
		args := args
		args.out = &out[0]
		k.panel(&args)
	}, k)
}
