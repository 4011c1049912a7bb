package main

import (
	"encoding/binary"
	"fmt"
	"math"
)

// The sizes of the network.
const (
	rows   = 8002 // of the token table
	width0 = 256  // of a token
	width  = 512
	wide   = 1536
)

// pack returns the model in the format of [dossier/index/encoder.New].
func pack(m *model) ([]byte, error) {
	p := &packer{model: m}
	p.vocabulary()

	const stack = "Encode/TransformerStack/Layer_%d/TransformerLayer/"
	for i, w := range []int{width0, width} {
		p.uint32(w)
		p.floats(p.get(fmt.Sprintf(stack+"MultiheadAttention/mul/y", i), 1))
	}
	p.table("module/Embeddings_en", rows, width0)
	p.list("TimingSignal/ExpandDims_1", width0/2)
	p.matrix("tanh_layer_0/weights", width, width)
	p.list("tanh_layer_0/bias", width)

	for i, w := range []int{width0, width} {
		layer := fmt.Sprintf("Encode/Layer_%d/TransformerLayer/", i)
		dense := fmt.Sprintf(stack, i)
		const (
			norm      = "layer_prepostprocess/layer_norm/layer_norm_"
			attention = "MultiheadAttention/"
			bias      = "bias/ConcatPartitions/concat"
		)
		p.list(layer+norm+"scale/ConcatPartitions/concat", w)
		p.list(layer+norm+bias, w)
		p.matrix(layer+attention+"qkv_transform_single/kernel/part_0", w, 3*w)
		p.list(layer+attention+"qkv_transform_single/"+bias, 3*w)
		p.matrix(layer+attention+"output_transform_single/kernel/part_0", w, width)
		p.list(layer+attention+"output_transform_single/"+bias, width)
		if w != width {
			p.matrix(layer+"dense/kernel/ConcatPartitions/concat", w, width)
			p.list(layer+"dense/"+bias, width)
		} else {
			p.header(0, width)
			p.header(0, 0)
		}
		p.list(layer+"FFN/"+norm+"scale/ConcatPartitions/concat", width)
		p.list(layer+"FFN/"+norm+bias, width)
		p.matrix(dense+"FFN/conv1/Tensordot/Reshape_1", width, wide)
		p.list(layer+"FFN/conv1/"+bias, wide)
		p.matrix(dense+"FFN/conv2/Tensordot/Reshape_1", wide, width)
		p.list(layer+"FFN/conv2/"+bias, width)
	}
	p.header(0, width) // the two heads
	p.header(0, width)
	return p.out, p.err
}

// A packer writes parts of a model to out until one is missing.
type packer struct {
	*model
	out []byte
	err error
}

// get is weight, with zeros after an error.
func (p *packer) get(suffix string, n int) []float32 {
	if p.err == nil {
		var v []float32
		if v, p.err = p.weight(suffix, n); p.err == nil {
			return v
		}
	}
	return make([]float32, n)
}

func (p *packer) uint32(x int) { p.out = binary.LittleEndian.AppendUint32(p.out, uint32(x)) }

func (p *packer) floats(v []float32) {
	for _, x := range v {
		p.uint32(int(math.Float32bits(x)))
	}
}

// vocabulary writes the pieces. The reserved ones have no text, nor has a piece
// that comes again later: the last one counts.
func (p *packer) vocabulary() {
	const reserved = 6
	last := map[string]int{}
	for i, piece := range p.pieces {
		last[piece.text] = i
	}
	p.uint32(len(p.pieces))
	for i, piece := range p.pieces {
		if i < reserved || last[piece.text] != i {
			piece.text = ""
		}
		if len(piece.text) > 255 && p.err == nil {
			p.err = fmt.Errorf("piece %d is too long", i)
		}
		p.out = append(p.out, byte(len(piece.text)))
		p.out = append(p.out, piece.text...)
		p.floats([]float32{piece.score})
	}
}

func (p *packer) header(n, cols int) {
	p.uint32(n)
	p.uint32(cols)
}

func (p *packer) list(name string, n int) {
	p.header(n, 0)
	p.floats(p.get(name, n))
}

// matrix writes k rows and m columns as int8, with one scale for each column.
func (p *packer) matrix(name string, k, m int) {
	v := p.get(name, k*m)
	p.int8s(v, m, m, func(i int) int { return i % m })
}

// table writes n rows and m columns as int8, with one scale for each row.
func (p *packer) table(name string, n, m int) {
	v := p.get(name, n*m)
	p.int8s(v, m, n, func(i int) int { return i / m })
}

// int8s writes v with scales, of which v[i] has the one numbered group(i).
func (p *packer) int8s(v []float32, cols, scales int, group func(i int) int) {
	scale := make([]float32, scales)
	for i, x := range v {
		scale[group(i)] = max(scale[group(i)], x, -x)
	}
	for i := range scale {
		scale[i] /= 127
	}
	p.header(len(v), cols)
	p.floats(scale)
	for i, x := range v {
		if s := scale[group(i)]; s > 0 {
			x = float32(math.RoundToEven(float64(x / s)))
		}
		p.out = append(p.out, byte(int8(x)))
	}
}
