package main

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestMulAdd(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	fill := func(n int) []float32 {
		v := make([]float32, n)
		for i := range v {
			v[i] = float32(r.NormFloat64())
		}
		return v
	}
	for _, s := range [][3]int{{1, 16, 16}, {13, 300, 32}, {200, 520, 528}, {7, 5, 1040}} {
		n, k, m := s[0], s[1], s[2]
		a, b := fill(n*k), fill(k*m)
		at, bt := make([]float32, n*k), make([]float32, k*m)
		for i := range n {
			for q := range k {
				at[q*n+i] = a[i*k+q]
			}
		}
		for q := range k {
			for j := range m {
				bt[j*k+q] = b[q*m+j]
			}
		}
		want := make([]float64, n*m)
		for i := range n {
			for q := range k {
				for j := range m {
					want[i*m+j] += float64(a[i*k+q]) * float64(b[q*m+j])
				}
			}
		}
		for ta := range 2 {
			for tb := range 2 {
				ma, mb := mat(a, n, k), mat(b, k, m)
				if ta == 1 {
					ma = mat(at, k, n).transposed()
				}
				if tb == 1 {
					mb = mat(bt, m, k).transposed()
				}
				c := make([]float32, n*m)
				mulAdd(c, ma, mb)
				for i := range c {
					if math.Abs(float64(c[i])-want[i]) > 1e-3 {
						t.Fatalf("%v %d%d at %d: %v, want %v", s, ta, tb, i, c[i], want[i])
					}
				}
			}
		}
	}
	x, y := fill(64), fill(64)
	if d := dot(x, y) - dotGo(x, y); math.Abs(float64(d)) > 1e-4 {
		t.Fatal(d)
	}
	z := append([]float32(nil), y...)
	axpy(.5, x, y)
	axpyGo(.5, x, z)
	for i := range y {
		if math.Abs(float64(y[i]-z[i])) > 1e-5 {
			t.Fatal(i)
		}
	}
}

func BenchmarkMulAdd(b *testing.B) {
	n, k, m := 2048, 512, 1536
	x, w, c := make([]float32, n*k), make([]float32, k*m), make([]float32, n*m)
	for b.Loop() {
		mulAdd(c, mat(x, n, k), mat(w, k, m))
	}
	b.ReportMetric(float64(2*n*k*m)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
}

func BenchmarkMulAddT(b *testing.B) {
	n, k, m := 2048, 512, 1536
	x, w, c := make([]float32, n*k), make([]float32, n*m), make([]float32, k*m)
	for b.Loop() {
		mulAdd(c, mat(x, n, k).transposed(), mat(w, n, m))
	}
	b.ReportMetric(float64(2*n*k*m)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
}
