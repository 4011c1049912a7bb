package encoder

import (
	_ "embed"
	"sync"
)

// use8 is the file of weights, in the format described at [New].
//
//go:embed use8.bin
var use8 string

// ModelID names the embedded weights and the way that vectors are made from
// them. Vectors kept under another ID are not comparable. It is a format number,
// to be raised when the same weights give other vectors, and the start of the
// SHA-256 of use8.bin.
const ModelID = "1-298044ad10d2"

var load = sync.OnceValues(func() (*Encoder, error) { return New(use8) })

// Default returns the encoder with the embedded weights, which the first call
// decodes. The error is nil unless the program was built with a damaged file.
func Default() (*Encoder, error) { return load() }

// New decodes weights, of which it keeps a reference, and reports where they are
// not what it expects. All numbers are little-endian:
//
//	uint32            number of pieces, about 8,000; a piece's place is its ID
//	  per piece       uint8 length, UTF-8 text, float32 log probability
//	                  (the first six are reserved, 0 being the unknown; empty
//	                  ones are never matched)
//	  per layer       uint32 width of its input (256, then 512),
//	                  float32 factor of the attention scores
//	  token table     rows of 256, one for each ID and maybe more
//	  timing          128 frequencies of the position signal
//	  tanh            matrix 512 x 512 and bias, the last step
//	  per layer       norm scale, norm bias,
//	                  matrix width x 3·width and bias (queries, keys, values),
//	                  matrix width x 512 and bias (attention output),
//	                  matrix 256 x 512 and bias (input to output; first layer
//	                  only, empty in the second),
//	                  norm scale, norm bias,
//	                  matrix 512 x 1536 and bias, matrix 1536 x 512 and bias
//	  two heads       must be empty
//
// Each table, matrix and list begins with two uint32: how many numbers it has,
// and its columns, 0 for a list. A list goes on with its numbers as float32; the
// others with a float32 scale per column (per row in the token table) and their
// numbers as int8, row by row. An empty one has nothing after its two uint32.
func New(weights string) (*Encoder, error) {
	d := &decoder{b: weights}
	e := &Encoder{tok: d.tokenizer()}
	for i := range e.layers {
		e.layers[i].width = []int{inputDim, Dim}[i]
		if w := d.uint32(); w != e.layers[i].width {
			d.fail("layer width", w)
		}
		e.layers[i].scale = d.float32()
	}
	e.table, e.tableScale = d.table(len(e.tok.score))
	e.position = positions(d.list(inputDim / 2))
	e.tanh = d.matrix(Dim, Dim)
	for i := range e.layers {
		l := &e.layers[i]
		l.norm = d.norm(l.width)
		l.qkv = d.matrix(l.width, 3*l.width)
		l.out = d.matrix(l.width, Dim)
		if i == 0 {
			l.res = d.matrix(l.width, Dim)
		} else {
			d.empty()
			d.empty()
		}
		l.ffn = d.norm(Dim)
		l.up = d.matrix(Dim, wide)
		l.down = d.matrix(wide, Dim)
	}
	d.empty()
	d.empty()
	if d.err == nil && d.off != len(weights) {
		d.fail("bytes after the end", len(weights)-d.off)
	}
	if d.err != nil {
		return nil, d.err
	}
	e.scratch.New = func() any { return new(scratch) }
	return e, nil
}
