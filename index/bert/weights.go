package bert

import (
	"errors"
	"fmt"
	"strconv"
)

// format names what index/train/export.py writes; it changes with the layout.
const format = "dossier-bert-1"

// Weights are the encoders of one file and the word table they share. The file
// is used where it lies: the bytes given to Open must not change.
type Weights struct {
	tensors map[string]*tensor
	meta    map[string]string
	vocab   int // words
	hidden  int
	words   []byte    // [vocab][hidden], signed
	scale   []float32 // [vocab]
}

// Open reads a file of weights in the safetensors format, as written by
// index/train/export.py. It looks at every name and size but not at the values
// of the bytes. An encoder is checked when [Weights.Encoder] asks for it.
func Open(data []byte) (*Weights, error) {
	w, err := open(data)
	if err != nil {
		return nil, fmt.Errorf("bert weights: %w", err)
	}
	return w, nil
}

func open(data []byte) (*Weights, error) {
	tensors, meta, err := readTensors(data)
	if err != nil {
		return nil, err
	}
	w := &Weights{tensors: tensors, meta: meta}
	if got := meta["format"]; got != format {
		return nil, fmt.Errorf("format %q, want %q", got, format)
	}
	words, err := w.tensor("words", "I8", -1, -1)
	if err != nil {
		return nil, err
	}
	w.vocab, w.hidden, w.words = words.Shape[0], words.Shape[1], words.data
	if w.hidden%kMultiple != 0 || w.hidden > maxInputs {
		return nil, fmt.Errorf("hidden size %d, want a multiple of %d up to %d", w.hidden, kMultiple, maxInputs)
	}
	if w.scale, err = w.numbers("words.scale", w.vocab); err != nil {
		return nil, err
	}
	if _, err = w.tensor("vocab", "U8", -1); err != nil {
		return nil, err
	}
	return w, nil
}

// maxInputs keeps the sums of a product of bytes far within 32 bits.
const maxInputs = 1 << 14

// tensor returns a tensor of a dtype ("" for any) and shape (-1 for any size).
func (w *Weights) tensor(name, dtype string, shape ...int) (*tensor, error) {
	t := w.tensors[name]
	if t == nil {
		return nil, fmt.Errorf("no tensor %q", name)
	}
	same := len(t.Shape) == len(shape) && (dtype == "" || t.DType == dtype)
	for i := 0; same && i < len(shape); i++ {
		same = shape[i] < 0 || shape[i] == t.Shape[i]
	}
	if !same {
		return nil, fmt.Errorf("tensor %q: %s %d, want %s %d", name, t.DType, t.Shape, dtype, shape)
	}
	return t, nil
}

// numbers returns the floats of a tensor.
func (w *Weights) numbers(name string, shape ...int) ([]float32, error) {
	t, err := w.tensor(name, "", shape...)
	if err != nil {
		return nil, err
	}
	v, err := t.floats()
	if err != nil {
		return nil, fmt.Errorf("tensor %q: %w", name, err)
	}
	return v, nil
}

// Vocab is the word list, one word a line; a token's ID is its line, from 0.
func (w *Weights) Vocab() []byte { return w.tensors["vocab"].data }

// Metadata returns what the file says of itself under key; "" if nothing.
func (w *Weights) Metadata(key string) string { return w.meta[key] }

// Float32 returns a copy of the numbers and the shape of the F32 or F16 tensor
// name, such as a head of an encoder ("reader.head.0.weight"). It is an error
// if there is none, or if a number is not finite.
func (w *Weights) Float32(name string) ([]float32, []int, error) {
	t := w.tensors[name]
	if t == nil {
		return nil, nil, fmt.Errorf("bert weights: no tensor %q", name)
	}
	v, err := t.floats()
	if err != nil {
		return nil, nil, fmt.Errorf("bert weights: tensor %q: %w", name, err)
	}
	return v, append([]int(nil), t.Shape...), nil
}

// Encoder returns the encoder name, "retriever" or "reader".
func (w *Weights) Encoder(name string) (*Encoder, error) {
	e, err := w.encoder(name)
	if err != nil {
		return nil, fmt.Errorf("bert weights: encoder %q: %w", name, err)
	}
	return e, nil
}

func (w *Weights) encoder(name string) (*Encoder, error) {
	e := &Encoder{Hidden: w.hidden, words: w.words, wordScale: w.scale, kernels: best}
	layers, err := w.count(name+".layers", 64)
	if err != nil {
		return nil, err
	}
	if e.heads, err = w.count(name+".heads", 64); err != nil {
		return nil, err
	}
	if w.hidden%(8*e.heads) != 0 {
		return nil, fmt.Errorf("%d heads in a hidden size of %d; want a multiple of 8 in each", e.heads, w.hidden)
	}
	position, err := w.tensor(name+".position", "", -1, w.hidden)
	if err != nil {
		return nil, err
	}
	e.MaxTokens = position.Shape[0]
	if e.MaxTokens > maxTokens {
		return nil, fmt.Errorf("%d positions, want %d at most", e.MaxTokens, maxTokens)
	}
	if e.position, err = position.floats(); err != nil {
		return nil, err
	}
	if e.segment, err = w.numbers(name+".segment", 2, w.hidden); err != nil {
		return nil, err
	}
	if e.norm, err = w.layerNorm(name + ".norm"); err != nil {
		return nil, err
	}
	e.layers = make([]layer, layers)
	for i := range e.layers {
		if err := w.layer(&e.layers[i], fmt.Sprintf("%s.layer.%d.", name, i)); err != nil {
			return nil, err
		}
		if n := e.layers[i].up.out; n != e.layers[0].up.out {
			return nil, fmt.Errorf("layer %d: feed-forward size %d, want %d", i, n, e.layers[0].up.out)
		}
	}
	e.scratch.New = func() any { return newScratch(e) }
	return e, nil
}

// maxTokens bounds the memory that a sequence can take.
const maxTokens = 512

// count reads a number from 1 to limit out of the metadata.
func (w *Weights) count(key string, limit int) (int, error) {
	n, err := strconv.Atoi(w.meta[key])
	if err != nil || n < 1 || n > limit {
		return 0, fmt.Errorf("metadata %s is %q, want 1 to %d", key, w.meta[key], limit)
	}
	return n, nil
}

func (w *Weights) layer(l *layer, name string) error {
	var errs [6]error
	l.qkv, errs[0] = w.matrix(name+"qkv", w.hidden, 3*w.hidden)
	l.attention, errs[1] = w.matrix(name+"attention", w.hidden, w.hidden)
	l.attentionNorm, errs[2] = w.layerNorm(name + "attention.norm")
	l.up, errs[3] = w.matrix(name+"intermediate", w.hidden, -1)
	l.down, errs[4] = w.matrix(name+"output", l.up.out, w.hidden)
	l.outputNorm, errs[5] = w.layerNorm(name + "output.norm")
	return errors.Join(errs[:]...)
}

// matrix reads a packed matrix of in inputs and out outputs, -1 for any number.
func (w *Weights) matrix(name string, in, out int) (matrix, error) {
	panels := -1
	if out >= 0 {
		panels = out / panelCols
	}
	t, err := w.tensor(name+".weight", "I8", panels, in/4, panelCols, 4)
	if err != nil {
		return matrix{}, err
	}
	m := matrix{in: in, out: t.Shape[0] * panelCols, w: t.data}
	if in%kMultiple != 0 || m.out%kMultiple != 0 || in > maxInputs || m.out > maxInputs {
		return matrix{}, fmt.Errorf("tensor %q: %d inputs and %d outputs, want multiples of %d up to %d", name, in, m.out, kMultiple, maxInputs)
	}
	if m.smooth, err = w.numbers(name+".smooth", in); err != nil {
		return matrix{}, err
	}
	if m.scale, err = w.numbers(name+".scale", m.out); err != nil {
		return matrix{}, err
	}
	if m.bias, err = w.numbers(name+".bias", m.out); err != nil {
		return matrix{}, err
	}
	sum, err := w.tensor(name+".sum", "I32", m.out)
	if err != nil {
		return matrix{}, err
	}
	m.sum, err = sum.int32s()
	return m, err
}

func (w *Weights) layerNorm(name string) (n layerNorm, err error) {
	if n.weight, err = w.numbers(name+".weight", w.hidden); err != nil {
		return n, err
	}
	n.bias, err = w.numbers(name+".bias", w.hidden)
	return n, err
}
