package main

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The gradient of the loss against finite differences.
func TestContrast(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	fill := func(n int) []float32 {
		v := make([]float32, n*dim)
		for i := range v {
			v[i] = float32(r.NormFloat64()) / 20
		}
		return v
	}
	q, c := fill(3), fill(4)
	extra := [][]float32{fill(1), fill(1)}
	gold := [][]int{{0}, {2, 3}, nil}
	asked := [][]int{{0}, nil, {1}, {1}}
	obj := objective{scale: 2, silence: .1, back: .5, without: .7, absent: 1.5}
	there, back := obj, objective{scale: 2, silence: -9}
	there.back = 0
	loss := func() float64 {
		sum := newContrast(q, c, extra, gold, there).loss
		for j, right := range asked {
			if right != nil {
				sum += float64(obj.back) * newContrast(c[j*dim:][:dim], q, nil, [][]int{right}, back).loss
			}
		}
		return sum / 3
	}
	got := newContrast(q, c, extra, gold, obj)
	for _, x := range []struct {
		name string
		v, g []float32
	}{{"questions", q, got.dq}, {"sentences", c, got.dc}} {
		var want float64
		for _, g := range x.g {
			want += float64(g) * float64(g)
		}
		old := slices.Clone(x.v)
		at := func(h float32) float64 {
			for i, g := range x.g {
				x.v[i] = old[i] + h*g
			}
			defer copy(x.v, old)
			return loss()
		}
		if slope := (at(.01) - at(-.01)) / .02; math.Abs(slope-want) > .01*want {
			t.Errorf("%s: slope %v, want %v", x.name, slope, want)
		}
	}
}

func TestContrastHits(t *testing.T) {
	unit := func(i int) []float32 {
		v := make([]float32, dim)
		v[i] = 1
		return v
	}
	q := append(unit(0), unit(1)...)
	c := append(unit(0), unit(2)...)
	if got := newContrast(q, c, [][]float32{unit(1)}, [][]int{{0}, {1}}, objective{scale: 20, silence: -1}); got.hits != 1 || got.loss < 19 {
		t.Errorf("hits %d, loss %v; want 1 and about 20", got.hits, got.loss)
	}
}

// A question that nothing answers is a hit where all sentences are farther than the silence.
func TestContrastSilence(t *testing.T) {
	q := make([]float32, 2*dim)
	q[0], q[dim] = 1, 1
	c := make([]float32, dim)
	c[0] = .3
	for _, tt := range []struct {
		silence float32
		hits    int
	}{{.2, 1}, {.4, 1}} {
		got := newContrast(q, c, nil, [][]int{{0}, nil}, objective{scale: 20, silence: tt.silence, absent: 1})
		if got.hits != tt.hits {
			t.Errorf("silence %v: %d hits, want %d", tt.silence, got.hits, tt.hits)
		}
	}
}
