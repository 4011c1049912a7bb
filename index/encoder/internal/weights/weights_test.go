package weights

import (
	"encoding/binary"
	"math"
	"slices"
	"testing"
)

func TestMatrixAndTable(t *testing.T) {
	v := []float32{1, -2, 0, 127, 0.5, 0}
	tests := []struct {
		name  string
		write func(w *Writer)
		scale []float32
		want  []int8
	}{
		{"matrix", func(w *Writer) { w.Matrix(v, 3) }, []float32{1, 2. / 127, 0}, []int8{1, -127, 0, 127, 32, 0}},
		{"table", func(w *Writer) { w.Table(v, 3) }, []float32{2. / 127, 1}, []int8{64, -127, 0, 127, 0, 0}},
	}
	for _, tt := range tests {
		var w Writer
		tt.write(&w)
		var scale []float32
		for i := range tt.scale {
			scale = append(scale, math.Float32frombits(binary.LittleEndian.Uint32(w.Out[8+4*i:])))
		}
		var got []int8
		for _, b := range w.Out[8+4*len(scale):] {
			got = append(got, int8(b))
		}
		if !slices.Equal(scale, tt.scale) || !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v times %v, want %v times %v", tt.name, got, scale, tt.want, tt.scale)
		}
	}
}
