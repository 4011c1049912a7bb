package main

import (
	"fmt"

	"dossier/index/encoder/internal/weights"
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
		p.Uint32(w)
		p.Float32s(p.get(fmt.Sprintf(stack+"MultiheadAttention/mul/y", i), 1)...)
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
			p.Empty(width)
			p.Empty(0)
		}
		p.list(layer+"FFN/"+norm+"scale/ConcatPartitions/concat", width)
		p.list(layer+"FFN/"+norm+bias, width)
		p.matrix(dense+"FFN/conv1/Tensordot/Reshape_1", width, wide)
		p.list(layer+"FFN/conv1/"+bias, wide)
		p.matrix(dense+"FFN/conv2/Tensordot/Reshape_1", wide, width)
		p.list(layer+"FFN/conv2/"+bias, width)
	}
	p.Empty(width) // the two heads
	p.Empty(width)
	return p.Out, p.err
}

// A packer writes parts of a model until one is missing.
type packer struct {
	*model
	weights.Writer
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

// vocabulary writes the pieces. The reserved ones have no text, nor has a piece
// that comes again later: the last one counts.
func (p *packer) vocabulary() {
	const reserved = 6
	last := map[string]int{}
	for i, piece := range p.pieces {
		last[piece.text] = i
	}
	p.Uint32(len(p.pieces))
	for i, piece := range p.pieces {
		if i < reserved || last[piece.text] != i {
			piece.text = ""
		}
		if len(piece.text) > 255 && p.err == nil {
			p.err = fmt.Errorf("piece %d is too long", i)
		}
		p.Out = append(p.Out, byte(len(piece.text)))
		p.Out = append(p.Out, piece.text...)
		p.Float32s(piece.score)
	}
}

func (p *packer) list(name string, n int) { p.List(p.get(name, n)) }

func (p *packer) matrix(name string, k, m int) { p.Matrix(p.get(name, k*m), m) }

func (p *packer) table(name string, n, m int) { p.Table(p.get(name, n*m), m) }
