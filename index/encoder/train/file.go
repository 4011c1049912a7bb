package main

import (
	"encoding/binary"
	"fmt"
	"math"
	"os"

	"dossier/index/encoder"
	"dossier/index/encoder/internal/weights"
)

// A tensor is a param in its place in the file, whose format is described at
// [encoder.New].
type tensor struct {
	*param
	cols int // 0 for a list
}

// tensors lists all of the model in the order of the file. The first is the
// token table. Some of the second layer are empty.
func (m *model) tensors() []tensor {
	ts := []tensor{{m.table, tokenDim}, {m.timing, 0}, {m.tanhW, dim}, {m.tanhB, 0}}
	for i := range m.layers {
		l := &m.layers[i]
		ts = append(ts, tensor{l.normS, 0}, tensor{l.normB, 0}, tensor{l.qkvW, 3 * l.width}, tensor{l.qkvB, 0},
			tensor{l.outW, dim}, tensor{l.outB, 0}, tensor{l.resW, dim}, tensor{l.resB, 0}, tensor{l.ffnS, 0}, tensor{l.ffnB, 0},
			tensor{l.upW, wide}, tensor{l.upB, 0}, tensor{l.downW, dim}, tensor{l.downB, 0})
	}
	return ts
}

// A reader reads a file that encoder.New has found good.
type reader struct{ b []byte }

func (r *reader) bytes(n int) []byte {
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

func (r *reader) uint32() int { return int(binary.LittleEndian.Uint32(r.bytes(4))) }

func (r *reader) float32s(n int) []float32 {
	v := make([]float32, n)
	for i := range v {
		v[i] = math.Float32frombits(uint32(r.uint32()))
	}
	return v
}

// int8s reads n numbers in rows of cols, with a scale for each column or row.
func (r *reader) int8s(n, cols int, byRow bool) []float32 {
	scales := cols
	if byRow {
		scales = n / cols
	}
	scale := r.float32s(scales)
	v := make([]float32, n)
	for i, q := range r.bytes(n) {
		s := scale[i%cols]
		if byRow {
			s = scale[i/cols]
		}
		v[i] = float32(int8(q)) * s
	}
	return v
}

// load reads a weights file.
func load(b []byte) (*model, error) {
	enc, err := encoder.New(string(b))
	if err != nil {
		return nil, err
	}
	m := newModel()
	m.tokens = enc.Tokens
	r := &reader{b}
	for range r.uint32() { // pieces
		r.bytes(int(r.bytes(1)[0]) + 4)
	}
	for i := range m.layers {
		m.layers[i].width = r.uint32()
		m.layers[i].scale = r.float32s(1)[0]
	}
	m.head = b[:len(b)-len(r.b)]
	for i, t := range m.tensors() {
		switch n, cols := r.uint32(), r.uint32(); {
		case n == 0:
		case cols == 0:
			t.w = r.float32s(n)
		default:
			t.w = r.int8s(n, cols, i == 0)
		}
	}
	return m, nil
}

// pack is the file that load would read the model from.
func (m *model) pack() []byte {
	w := weights.Writer{Out: append([]byte(nil), m.head...)}
	for i, t := range m.tensors() {
		switch {
		case len(t.w) == 0:
			w.Empty(t.cols)
		case t.cols == 0:
			w.List(t.w)
		case i == 0:
			w.Table(t.w, t.cols)
		default:
			w.Matrix(t.w, t.cols)
		}
	}
	w.Empty(dim) // the two heads
	w.Empty(dim)
	return w.Out
}

// loadMean reads weights files and returns the mean of them.
func loadMean(files []string) (*model, error) {
	var mean *model
	for k, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		m, err := load(b)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if k == 0 {
			mean = m
			continue
		}
		to := mean.tensors()
		for i, t := range m.tensors() {
			if len(t.w) != len(to[i].w) {
				return nil, fmt.Errorf("%s: another size of vocabulary than %s", name, files[0])
			}
			for j, w := range t.w {
				to[i].w[j] += (w - to[i].w[j]) / float32(k+1)
			}
		}
	}
	return mean, nil
}
