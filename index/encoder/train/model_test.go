package main

import (
	"bytes"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
)

func embedded(t *testing.T) *model {
	t.Helper()
	m, err := loadMean([]string{"../use8.bin"})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestPack(t *testing.T) {
	want, err := os.ReadFile("../use8.bin")
	if err != nil {
		t.Fatal(err)
	}
	if got := embedded(t).pack(); !bytes.Equal(got, want) {
		t.Errorf("pack(load(x)) has %d bytes and is not x, of %d", len(got), len(want))
	}
}

func TestMean(t *testing.T) {
	twice, err := loadMean([]string{"../use8.bin", "../use8.bin"})
	if err != nil {
		t.Fatal(err)
	}
	want := embedded(t).tensors()
	for i, x := range twice.tensors() {
		if !slices.Equal(x.w, want[i].w) {
			t.Errorf("tensor %d is not the mean of two equal ones", i)
		}
	}
}

// Gradients written by hand against finite differences, tensor by tensor: along
// the gradient, where the effect is largest, mixed with a random direction.
func TestGradient(t *testing.T) {
	m := embedded(t)
	r := rand.New(rand.NewPCG(3, 4))
	ids := [][]int32{m.tokens("who was behind it"), nil, m.tokens("Hackers had taken films.")}
	want := make([]float32, len(ids)*dim)
	for i := range want {
		want[i] = float32(r.NormFloat64())
	}
	loss := func() (sum float64) {
		for i, v := range m.encode(ids) {
			sum += float64(v) * float64(want[i])
		}
		return sum
	}
	ps := m.trained()
	for _, p := range ps {
		p.g = make([]float32, len(p.w))
	}
	loss()
	m.backward(want)
	for k, p := range ps {
		var sq float64
		for _, g := range p.g {
			sq += float64(g) * float64(g)
		}
		norm := math.Sqrt(sq)
		if norm == 0 {
			t.Errorf("tensor %d has no gradient", k)
			continue
		}
		noise := 1 / math.Sqrt(float64(len(p.w)))
		dir := make([]float32, len(p.w))
		var slope float64
		for i, g := range p.g {
			dir[i] = g/float32(norm) + float32(noise*(2*r.Float64()-1))
			slope += float64(dir[i]) * float64(g)
		}
		old := slices.Clone(p.w)
		at := func(h float32) float64 {
			for i, d := range dir {
				p.w[i] = old[i] + h*d
			}
			defer copy(p.w, old)
			return loss()
		}
		const h = 6e-3
		if got := (at(h) - at(-h)) / (2 * h); math.Abs(got-slope) > .02*norm {
			t.Errorf("tensor %d of %d numbers: slope %v, want %v", k, len(p.w), got, slope)
		}
	}
}
