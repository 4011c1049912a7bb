package main

import (
	"encoding/binary"
	"math"
	"slices"
	"testing"
)

func TestMatrixAndTable(t *testing.T) {
	m := &model{weights: map[string][]float32{"a/w": {1, -2, 0, 127, 0.5, 0}}}
	tests := []struct {
		name  string
		write func(p *packer)
		scale []float32
		want  []int8
	}{
		{"matrix", func(p *packer) { p.matrix("w", 2, 3) }, []float32{1, 2. / 127, 0}, []int8{1, -127, 0, 127, 32, 0}},
		{"table", func(p *packer) { p.table("w", 2, 3) }, []float32{2. / 127, 1}, []int8{64, -127, 0, 127, 0, 0}},
	}
	for _, tt := range tests {
		p := &packer{model: m}
		tt.write(p)
		if p.err != nil {
			t.Fatal(p.err)
		}
		var scale []float32
		for i := range tt.scale {
			scale = append(scale, math.Float32frombits(binary.LittleEndian.Uint32(p.out[8+4*i:])))
		}
		var got []int8
		for _, b := range p.out[8+4*len(scale):] {
			got = append(got, int8(b))
		}
		if !slices.Equal(scale, tt.scale) || !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v times %v, want %v times %v", tt.name, got, scale, tt.want, tt.scale)
		}
	}
}

func TestMissing(t *testing.T) {
	tests := []struct {
		name    string
		weights map[string][]float32
	}{
		{"none", nil},
		{"size", map[string][]float32{"a/w": {1}}},
		{"two", map[string][]float32{"a/w": {1, 2}, "b/w": {1, 2}}},
	}
	for _, tt := range tests {
		if v, err := (&model{weights: tt.weights}).weight("w", 2); err == nil {
			t.Errorf("%s: weight = %v", tt.name, v)
		}
	}
}
