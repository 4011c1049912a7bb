package retrieve

import (
	"context"
	"fmt"

	"dossier/index/bert"
)

// An Encoder turns texts into vectors: sentences and questions that mean much
// the same come to lie near each other.
type Encoder struct {
	tok      *bert.Tokenizer
	net      *bert.Encoder
	cls, sep int32
	id       string // names the weights
}

// maxTokens is how much of a text is read, in tokens, [CLS] and [SEP] included,
// as in the training.
const maxTokens = 96

// NewEncoder takes the network "retriever" of a file of weights.
func NewEncoder(w *bert.Weights, tok *bert.Tokenizer) (*Encoder, error) {
	net, err := w.Encoder("retriever")
	if err != nil {
		return nil, err
	}
	if n := net.Hidden; n != Dim {
		return nil, fmt.Errorf("the retriever's vectors have %d numbers, not %d", n, Dim)
	}
	return &Encoder{tok: tok, net: net, cls: tok.CLS, sep: tok.SEP, id: w.Metadata("retriever.sha256")}, nil
}

// Encode returns the vectors of texts, [Dim] numbers each, of unit length.
func (e *Encoder) Encode(ctx context.Context, texts ...string) ([][]float32, error) {
	seqs := make([]bert.Sequence, len(texts))
	for i, t := range texts {
		ids := []int32{e.cls}
		for _, tok := range e.tok.TokensN(t, maxTokens-2) {
			ids = append(ids, tok.ID)
		}
		seqs[i].IDs = append(ids, e.sep)
	}
	states, err := e.net.Encode(ctx, seqs)
	if err != nil {
		return nil, err
	}
	out := make([][]float32, len(texts))
	for i := range out {
		out[i] = states.Mean(i)
	}
	return out, nil
}
