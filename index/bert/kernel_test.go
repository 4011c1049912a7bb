package bert

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// onEachKernel runs f with every set of kernels that this machine has.
func onEachKernel(t *testing.T, f func(t *testing.T, k *kernels)) {
	for _, k := range append(vector(), &plain) {
		t.Run(k.name, func(t *testing.T) { f(t, k) })
	}
}

func randomFloats(r *rand.Rand, n int, size float64) []float32 {
	v := make([]float32, n)
	for i := range v {
		v[i] = float32(r.NormFloat64() * size)
	}
	return v
}

func randomMatrix(r *rand.Rand, in, out int) *matrix {
	m := &matrix{
		in: in, out: out, w: make([]byte, in*out), sum: make([]int32, out),
		smooth: randomFloats(r, in, 1), scale: randomFloats(r, out, 0.01), bias: randomFloats(r, out, 1),
	}
	extreme := r.IntN(3) == 0
	for i := range m.w {
		v := int32(r.IntN(2*maxWeight+1)) - maxWeight
		if extreme {
			v = maxWeight
		}
		m.w[i] = byte(int8(v))
		m.sum[i/(in*panelCols)*panelCols+i/4%panelCols] += v
	}
	return m
}

// equal compares bits, so that it tells 0 from -0 and NaN is itself.
func equal(a, b []float32) bool {
	return slices.EqualFunc(a, b, func(a, b float32) bool { return math.Float32bits(a) == math.Float32bits(b) })
}

func TestSelfCheck(t *testing.T) {
	onEachKernel(t, func(t *testing.T, k *kernels) {
		if !selfCheck(k) {
			t.Error("selfCheck = false: other bits than plain Go")
		}
	})
	wrong := plain
	wrong.gelu = func(x []float32) { x[len(x)-1] = 0 }
	if selfCheck(&wrong) {
		t.Error("selfCheck of a wrong gelu = true")
	}
	wrong = plain
	wrong.panel = func(a *panelArgs) {}
	if selfCheck(&wrong) {
		t.Error("selfCheck of a wrong panel = true")
	}
}

func TestMultiply(t *testing.T) {
	onEachKernel(t, func(t *testing.T, k *kernels) {
		r := rand.New(rand.NewPCG(1, 2))
		for range 60 {
			rows, in, out := 1+r.IntN(14), kMultiple*(1+r.IntN(7)), panelCols*(1+r.IntN(5))
			m, x := randomMatrix(r, in, out), randomFloats(r, rows*in, 3)
			s := &scratch{quant: make([]byte, tiles(rows)*in), scale: make([]float32, tiles(rows)), zero: make([]int32, tiles(rows))}
			got, want := make([]float32, tiles(rows)*out), make([]float32, tiles(rows)*out)
			s.multiply(k, got, x, m)
			s.multiply(&plain, want, x, m)
			if !equal(got[:rows*out], want[:rows*out]) {
				t.Fatalf("%d rows, %d inputs, %d outputs: other bits than plain Go", rows, in, out)
			}
		}
	})
}

// The product of bytes stays near the product of the numbers they stand for.
func TestMultiplyNear(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	const rows, in, out = 5, 64, 32
	m, x := randomMatrix(r, in, out), randomFloats(r, rows*in, 1)
	s := &scratch{quant: make([]byte, tiles(rows)*in), scale: make([]float32, tiles(rows)), zero: make([]int32, tiles(rows))}
	got := make([]float32, tiles(rows)*out)
	s.multiply(&plain, got, x, m)
	for i := range rows {
		for j := range out {
			var want, size float64
			for p := range in {
				w := float64(int8(m.w[j/panelCols*panelCols*in+p/4*4*panelCols+j%panelCols*4+p%4]))
				want += w * float64(x[i*in+p]) * float64(m.smooth[p])
				size += math.Abs(w)
			}
			want = want*float64(m.scale[j]) + float64(m.bias[j])
			// A step of x·smooth is about 12/127.
			if d := math.Abs(float64(got[i*out+j]) - want); d > size*math.Abs(float64(m.scale[j]))*0.1 {
				t.Errorf("row %d, column %d: got %v, want %v", i, j, got[i*out+j], want)
			}
		}
	}
}

func TestFloatKernels(t *testing.T) {
	onEachKernel(t, func(t *testing.T, k *kernels) {
		r := rand.New(rand.NewPCG(5, 6))
		for range 200 {
			n := 8 * (1 + r.IntN(20))
			x := randomFloats(r, n, math.Exp2(float64(r.IntN(12)-5)))
			y, weight, bias := randomFloats(r, n, 1), randomFloats(r, n, 1), randomFloats(r, n, 1)
			if r.IntN(4) == 0 {
				x[0], x[n-1] = 0, float32(math.Copysign(0, -1))
			}
			if !sameBits(x, func(k *kernels, x []float32) { k.gelu(x) }, k) {
				t.Fatalf("gelu of %d numbers: other bits than plain Go", n)
			}
			if !sameBits(x, func(k *kernels, x []float32) { k.addNorm(x, y, weight, bias) }, k) {
				t.Fatalf("addNorm of %d numbers: other bits than plain Go", n)
			}
			got, want := make([]byte, n), make([]byte, n)
			s, z := k.quantize(got, x, weight)
			s2, z2 := plain.quantize(want, x, weight)
			if s != s2 || z != z2 || !slices.Equal(got, want) {
				t.Fatalf("quantize of %d numbers: other bits than plain Go", n)
			}
			for i := n - r.IntN(8); i < n; i++ {
				x[i] = negInf
			}
			if !sameBits(x, func(k *kernels, x []float32) { k.softmax(x) }, k) {
				t.Fatalf("softmax of %d numbers: other bits than plain Go", n)
			}
		}
		zero := make([]float32, 16)
		q := []byte("0123456789abcdef")
		if s, z := k.quantize(q, zero, zero); s != 0 || z != 0 || !slices.Equal(q, make([]byte, 16)) {
			t.Errorf("quantize of zeros = %v, %v, %v, want zeros", q, s, z)
		}
	})
}

func TestMix(t *testing.T) {
	onEachKernel(t, func(t *testing.T, k *kernels) {
		r := rand.New(rand.NewPCG(7, 8))
		for range 200 {
			rows, in, cols := 1+r.IntN(9), 1+r.IntN(40), 8*(1+r.IntN(9))
			aStride, bStride, outStride := in+r.IntN(9), cols+r.IntN(9), cols+r.IntN(9)
			a, b := randomFloats(r, rows*aStride, 1), randomFloats(r, in*bStride, 1)
			args := mixArgs{
				outStride: 4 * outStride, a: &a[0], aStride: 4 * aStride, b: &b[0], bStride: 4 * bStride,
				rows: rows, k: in, cols: cols,
			}
			if !sameBits(make([]float32, rows*outStride), func(k *kernels, out []float32) {
				args.out = &out[0]
				k.mix(&args)
			}, k) {
				t.Fatalf("%d rows, %d inputs, %d columns: other bits than plain Go", rows, in, cols)
			}
		}
	})
}

// The approximations are as near as kernel_go.go says.
func TestApproximations(t *testing.T) {
	for i := range 40_001 {
		v := float64(i-20_000) / 1000
		x := []float32{float32(v)}
		geluGo(x)
		v = float64(float32(v))
		if want := v * 0.5 * math.Erfc(-v/math.Sqrt2); math.Abs(float64(x[0])-want) > 3e-6+2e-7*math.Abs(v) {
			t.Fatalf("gelu(%v) = %v, want %v", v, x[0], want)
		}
	}
	for i := range 10_000 {
		v := float32(-i) / 100
		got, want := float64(exp(v)), math.Exp(float64(v))
		if v < expLow {
			want = 0
		}
		if math.Abs(got-want) > 2e-7*want {
			t.Fatalf("exp(%v) = %v, want %v", v, got, want)
		}
	}
}
