package encoder

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Both kernels against the sum written out.
func TestMul(t *testing.T) {
	sizes := []struct{ n, k, m int }{{1, 8, 16}, {3, 64, 32}, {6, 256, 48}, {7, 512, 16}, {13, wide, 32}}
	onEachPath(t, func(t *testing.T) {
		for _, s := range sizes {
			w := randomMatrix(s.k, s.m)
			x := floats(padded(s.n) * s.k)
			out := make([]float32, padded(s.n)*s.m)
			w.mul(out, x, s.n)
			for i := range s.n {
				for j := range s.m {
					var sum, size float64
					for p := range s.k {
						q := w.q[j/panel*panel*s.k+p*panel+j%panel]
						v := float64(x[i*s.k+p]) * float64(int8(q)) * float64(w.scale[j])
						sum, size = sum+v, size+math.Abs(v)
					}
					sum += float64(w.bias[j])
					if got := float64(out[i*s.m+j]); math.Abs(got-sum) > 1e-5*(size+1) {
						t.Fatalf("%v: row %d column %d is %v, want %v", s, i, j, got, sum)
					}
				}
			}
		}
	})
}

func TestPathsAgree(t *testing.T) {
	if !avx2 {
		t.Skip("no AVX2")
	}
	e := encoder(t)
	var fast []Vector
	for _, r := range references(t) {
		fast = append(fast, e.Encode(r.Text))
	}
	plainGo(t)
	for i, r := range references(t) {
		slow := e.Encode(r.Text)
		for j := range slow {
			if d := math.Abs(float64(slow[j] - fast[i][j])); d > 1e-5 {
				t.Fatalf("Encode(%q)[%d] differs by %g", r.Text, j, d)
			}
		}
	}
}

func randomMatrix(k, m int) matrix {
	w := matrix{k: k, m: m, q: make([]byte, k*m), scale: floats(m), bias: floats(m)}
	for i := range w.q {
		w.q[i] = byte(rand.Uint32())
	}
	return w
}

func floats(n int) []float32 {
	v := make([]float32, n)
	for i := range v {
		v[i] = rand.Float32()*2 - 1
	}
	return v
}
