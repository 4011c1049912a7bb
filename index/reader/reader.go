// Package reader reads sentences with a question in mind.
//
// A [Reader] is a cross-encoder: for a question and a sentence in its context
// it says how well the sentence answers, as a score against 0 for "nothing
// does", and which of its words are the answer. It was trained to choose among
// candidates and "none of them" (index/train/reader.py), so the score of a
// sentence means the same whatever else was found.
//
// The package knows neither articles nor how candidates are found.
package reader

import (
	"context"
	"fmt"
	"math"

	"dossier/index/bert"
)

// A Reader reads. Its methods may be called from several goroutines.
type Reader struct {
	tok      *bert.Tokenizer
	net      *bert.Encoder
	cls, sep int32
	hidden   dense // [CLS] -> hidden
	score    dense // hidden -> 1
	span     dense // token -> start and end of the answer
}

// New takes the network "reader" of a file of weights, with its heads.
func New(w *bert.Weights, tok *bert.Tokenizer) (*Reader, error) {
	net, err := w.Encoder("reader")
	if err != nil {
		return nil, err
	}
	r := &Reader{tok: tok, net: net, cls: tok.CLS, sep: tok.SEP}
	n := net.Hidden
	for _, d := range []struct {
		to   *dense
		name string
		out  int
	}{{&r.hidden, "reader.head.head.0", n}, {&r.score, "reader.head.head.2", 1}, {&r.span, "reader.head.span", 2}} {
		if *d.to, err = newDense(w, d.name, n, d.out); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// A Passage is a sentence in its context.
type Passage struct {
	Text           string
	Title, Heading string // of its article, above it; or empty
	Date           string // of its article, 2006-01-02, or empty
	Before, After  string // the sentences around it, or empty
}

// A Reading is what the reader makes of one passage.
type Reading struct {
	Score      float64 // a logit: above 0 it rather answers than nothing does
	Start, End int     // the bytes of Text that are the likeliest answer; equal where there is none
	Mark       float64 // the probability that these are, if the sentence answers
}

// Read reads passages for a question that may lean on the one before it. The
// result has a reading for each passage.
func (r *Reader) Read(ctx context.Context, question, before string, passages []Passage) ([]Reading, error) {
	if len(passages) == 0 {
		return nil, nil
	}
	head := r.question(question, before)
	pairs := make([]pair, len(passages))
	seqs := make([]bert.Sequence, len(passages))
	for i, p := range passages {
		pairs[i] = r.pair(head, p)
		seqs[i] = pairs[i].sequence
	}
	states, err := r.net.Encode(ctx, seqs)
	if err != nil {
		return nil, fmt.Errorf("reader: %w", err)
	}
	out := make([]Reading, len(passages))
	var hidden, score [maxHidden]float32
	for i := range out {
		r.hidden.apply(hidden[:], states.Token(i, 0))
		for k := range r.hidden.out {
			hidden[k] = gelu(hidden[k])
		}
		r.score.apply(score[:], hidden[:])
		out[i].Score = float64(score[0])
		out[i].Start, out[i].End, out[i].Mark = r.mark(states, i, pairs[i])
	}
	return out, nil
}

// maxHidden is the largest width of a network that the heads are written for.
const maxHidden = 512

// A dense is a layer of a head: out numbers from in, in float32.
type dense struct {
	weight, bias []float32
	in, out      int
}

func newDense(w *bert.Weights, name string, in, out int) (dense, error) {
	weight, shape, err := w.Float32(name + ".weight")
	if err != nil {
		return dense{}, err
	}
	bias, _, err := w.Float32(name + ".bias")
	if err != nil {
		return dense{}, err
	}
	if len(shape) != 2 || shape[0] != out || shape[1] != in || len(bias) != out || in > maxHidden {
		return dense{}, fmt.Errorf("%s has the shape %v, not [%d %d]", name, shape, out, in)
	}
	return dense{weight, bias, in, out}, nil
}

// apply sets the first d.out numbers of y from the first d.in of x. The products
// are rounded before they are added, so that every processor gets the same.
func (d dense) apply(y, x []float32) {
	for o := range d.out {
		sum := d.bias[o]
		for i, w := range d.weight[o*d.in : (o+1)*d.in] {
			sum += float32(w * x[i])
		}
		y[o] = sum
	}
}

func gelu(x float32) float32 {
	return float32(0.5 * float64(x) * (1 + math.Erf(float64(x)/math.Sqrt2)))
}
