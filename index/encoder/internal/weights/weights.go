// Package weights writes the parts of a weights file, in the format described at
// New of package encoder. What a part is, and in which order they come, its
// callers know.
package weights

import (
	"encoding/binary"
	"math"
)

// A Writer is a weights file up to here.
type Writer struct{ Out []byte }

func (w *Writer) Uint32(x int) { w.Out = binary.LittleEndian.AppendUint32(w.Out, uint32(x)) }

func (w *Writer) Float32s(v ...float32) {
	for _, x := range v {
		w.Uint32(int(math.Float32bits(x)))
	}
}

func (w *Writer) header(n, cols int) {
	w.Uint32(n)
	w.Uint32(cols)
}

// Empty writes what stands for a matrix of so many columns that is not there, or
// for a list if cols is 0.
func (w *Writer) Empty(cols int) { w.header(0, cols) }

// List writes the numbers as they are.
func (w *Writer) List(v []float32) {
	w.header(len(v), 0)
	w.Float32s(v...)
}

// Matrix writes rows of cols numbers as int8, with one scale for each column.
func (w *Writer) Matrix(v []float32, cols int) {
	w.int8s(v, cols, cols, func(i int) int { return i % cols })
}

// Table writes rows of cols numbers as int8, with one scale for each row.
func (w *Writer) Table(v []float32, cols int) {
	w.int8s(v, cols, len(v)/cols, func(i int) int { return i / cols })
}

// int8s writes v with scales, of which v[i] has the one numbered group(i).
func (w *Writer) int8s(v []float32, cols, scales int, group func(i int) int) {
	scale := make([]float32, scales)
	for i, x := range v {
		scale[group(i)] = max(scale[group(i)], x, -x)
	}
	for i := range scale {
		scale[i] /= 127
	}
	w.header(len(v), cols)
	w.Float32s(scale...)
	for i, x := range v {
		if s := scale[group(i)]; s > 0 {
			x = float32(math.RoundToEven(float64(x / s)))
		}
		w.Out = append(w.Out, byte(int8(x)))
	}
}
