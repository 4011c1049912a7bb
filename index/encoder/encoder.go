package encoder

import (
	"math"
	"sync"
)

// Shape of the network.
const (
	inputDim = 256     // width of a token in the table
	wide     = 3 * Dim // hidden width of the feed-forward part; also queries, keys and values together
	heads    = 4
)

// An Encoder turns texts into vectors. It may be used by many goroutines.
type Encoder struct {
	tok        *tokenizer
	table      string // [rows][inputDim]int8
	tableScale []float32
	position   []float32 // [maxTokens][inputDim]
	layers     [2]layer
	tanh       matrix
	scratch    sync.Pool // of *scratch
}

// A layer is one transformer layer: attention, then feed-forward, each with a
// normalisation before and its input added after.
type layer struct {
	width    int     // of its input; the output has Dim
	scale    float32 // of the attention scores
	norm     layerNorm
	qkv      matrix
	out      matrix
	res      matrix // brings the input to Dim; without weights where it has Dim
	ffn      layerNorm
	up, down matrix
}

// scratch is the memory of one Encode, of maxTokens rows in whole tiles. Rows
// past the text's hold leftovers: no row ever mixes with them.
type scratch struct {
	x, y, t, sum [maxRows * Dim]float32
	wide         [maxRows * wide]float32
	weight       [3][maxRows]float32
}

const maxRows = (maxTokens + tileRows - 1) / tileRows * tileRows

// Encode returns the vector of a text, of unit length; the zero vector if the
// text has nothing but space. Only the beginning of a long text counts, about
// 100 words, so a call takes no longer than 128 tokens take. Any bytes will do.
func (e *Encoder) Encode(text string) Vector {
	var out Vector
	ids := e.tok.tokens(text)
	n := len(ids)
	if n == 0 {
		return out
	}
	s := e.scratch.Get().(*scratch)
	defer e.scratch.Put(s)
	e.embed(s.x[:], ids)
	for i := range e.layers {
		e.layers[i].run(s, n)
	}

	mean := s.y[:Dim]
	clear(mean)
	for i := range n {
		for j, v := range s.x[i*Dim : (i+1)*Dim] {
			mean[j] += v
		}
	}
	for j := range mean {
		mean[j] /= float32(n)
	}
	e.tanh.mul(s.t[:], s.y[:], 1)
	var sum float64
	for j, v := range s.t[:Dim] {
		t := math.Tanh(float64(v))
		out[j] = float32(t)
		sum += t * t
	}
	inv := float32(1 / math.Sqrt(max(sum, 1e-12)))
	for j := range out {
		out[j] *= inv
	}
	return out
}

// embed writes the rows of the tokens and their positions to x. The graph adds
// the embedding twice: as it is, and with the position signal.
func (e *Encoder) embed(x []float32, ids []int32) {
	for i, id := range ids {
		row := x[i*inputDim : (i+1)*inputDim]
		q := e.table[int(id)*inputDim:][:inputDim]
		pos := e.position[i*inputDim:][:inputDim]
		scale := 2 * e.tableScale[id]
		for j := range row {
			row[j] = widen[q[j]]*scale + pos[j]
		}
	}
}

// positions is the position signal of all places: sines, then cosines.
func positions(freq []float32) []float32 {
	v := make([]float32, maxTokens*inputDim)
	for i := range maxTokens {
		row := v[i*inputDim : (i+1)*inputDim]
		for j, f := range freq {
			sin, cos := math.Sincos(float64(i) * float64(f))
			row[j], row[inputDim/2+j] = float32(sin), float32(cos)
		}
	}
	return v
}

// run replaces the n rows of s.x by the layer's output.
func (l *layer) run(s *scratch, n int) {
	x, y, t, sum := s.x[:], s.y[:], s.t[:], s.sum[:]
	l.norm.apply(t, x, n)
	l.qkv.mul(s.wide[:], t, n)
	l.attend(t, s, n)
	l.out.mul(y, t, n)
	if l.res.q != nil {
		l.res.mul(sum, x, n)
		x = sum
	}
	add(y, x, n*Dim)

	l.ffn.apply(t, y, n)
	l.up.mul(s.wide[:], t, n)
	for i, v := range s.wide[:n*wide] {
		s.wide[i] = max(v, 0)
	}
	l.down.mul(s.x[:], s.wide[:], n)
	add(s.x[:], y, n*Dim)
}

// add adds the first n numbers of x to y.
func add(y, x []float32, n int) {
	y, x = y[:n], x[:n]
	for i, v := range x {
		y[i] += v
	}
}

// A layerNorm is the scale and bias that follow the normalisation of a row to mean 0
// and variance 1.
type layerNorm struct{ scale, bias []float32 }

func (w *layerNorm) apply(out, x []float32, n int) {
	d := len(w.scale)
	bias := w.bias[:d]
	for i := range n {
		x, out := x[i*d:(i+1)*d], out[i*d:(i+1)*d]
		var sum, sq float32
		for _, v := range x {
			sum += v
		}
		mean := sum / float32(d)
		for _, v := range x {
			sq += (v - mean) * (v - mean)
		}
		inv := float32(1 / math.Sqrt(float64(sq/float32(d))+1e-6))
		for j, g := range w.scale {
			out[j] = (x[j]-mean)*inv*g + bias[j]
		}
	}
}
