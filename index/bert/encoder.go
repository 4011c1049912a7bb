package bert

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

// An Encoder is one BERT network. It may be used by many goroutines.
type Encoder struct {
	Hidden    int // numbers in the state of a token
	MaxTokens int // that a sequence may have

	heads     int
	words     []byte // [vocab][Hidden], signed
	wordScale []float32
	position  []float32 // [MaxTokens][Hidden]
	segment   []float32 // [2][Hidden]
	norm      layerNorm
	layers    []layer
	kernels   *kernels
	scratch   sync.Pool // of *scratch
}

// A layer is one transformer layer: attention, then feed-forward, each added to
// its input and normalised.
type layer struct {
	qkv, attention matrix
	attentionNorm  layerNorm
	up, down       matrix
	outputNorm     layerNorm
}

type layerNorm struct{ weight, bias []float32 }

// A Sequence is the tokens of one text, or of two with segments 0 and 1.
type Sequence struct {
	IDs      []int32 // with [CLS] and [SEP]; 1 to Encoder.MaxTokens
	Segments []uint8 // one a token, 0 or 1; nil for all 0
}

// Encode returns the states of the last layer. A sequence's states do not depend
// on the other sequences, nor on the number of cores or the machine. The work is
// spread over GOMAXPROCS cores, whole sequences at a time.
//
// It is an error if a sequence is empty or longer than MaxTokens (cutting it is
// for the caller, who knows where), if an ID or segment is out of range, and if
// ctx ends before the last layer.
func (e *Encoder) Encode(ctx context.Context, seqs []Sequence) (*States, error) {
	s := &States{Hidden: e.Hidden, start: make([]int, 1, len(seqs)+1)}
	for i := range seqs {
		if err := e.check(&seqs[i]); err != nil {
			return nil, fmt.Errorf("sequence %d: %w", i, err)
		}
		s.start = append(s.start, s.start[i]+len(seqs[i].IDs))
	}
	s.rows = make([]float32, s.start[len(seqs)]*e.Hidden)
	jobs := split(s.start)
	var next atomic.Int64
	work := func() {
		tmp := e.scratch.Get().(*scratch)
		defer e.scratch.Put(tmp)
		for ctx.Err() == nil {
			i := int(next.Add(1)) - 1
			if i >= len(jobs) {
				return
			}
			j := jobs[i]
			e.encode(ctx, tmp, s.rows[s.start[j.from]*e.Hidden:s.start[j.to]*e.Hidden], seqs[j.from:j.to])
		}
	}
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(jobs)) - 1 {
		wg.Go(work)
	}
	if len(jobs) > 0 {
		work()
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return s, nil
}

func (e *Encoder) check(s *Sequence) error {
	if n := len(s.IDs); n == 0 || n > e.MaxTokens {
		return fmt.Errorf("%d tokens, want 1 to %d", n, e.MaxTokens)
	}
	if s.Segments != nil && len(s.Segments) != len(s.IDs) {
		return fmt.Errorf("%d segments for %d tokens", len(s.Segments), len(s.IDs))
	}
	for i, id := range s.IDs {
		if id < 0 || int(id) >= len(e.wordScale) {
			return fmt.Errorf("token %d: no word %d", i, id)
		}
	}
	for i, v := range s.Segments {
		if v > 1 {
			return fmt.Errorf("token %d: segment %d", i, v)
		}
	}
	return nil
}

// A job is the sequences from to to, one unit of work.
type job struct{ from, to int }

// jobTokens is how many tokens a job has at most, unless its one sequence has
// more. More would not fit the second-level cache of a core.
const jobTokens = 96

// split makes jobs of the sequences that start at the given tokens.
func split(start []int) []job {
	var jobs []job
	from := 0
	for i := 1; i < len(start); i++ {
		if i == len(start)-1 || start[i+1]-start[from] > jobTokens {
			jobs = append(jobs, job{from, i})
			from = i
		}
	}
	return jobs
}

// encode fills x, the states of seqs. It stops early if ctx ends.
func (e *Encoder) encode(ctx context.Context, s *scratch, x []float32, seqs []Sequence) {
	e.embed(s, x, seqs)
	for i := range e.layers {
		if ctx.Err() != nil {
			return
		}
		e.attend(s, x, seqs, &e.layers[i])
		e.feedForward(s, x, &e.layers[i])
	}
}

// embed writes the sum of a token's word, position and segment, normalised.
func (e *Encoder) embed(s *scratch, x []float32, seqs []Sequence) {
	h := e.Hidden
	place := s.mixed[:h]
	for _, seq := range seqs {
		for i, id := range seq.IDs {
			row, word, scale := x[:h], e.words[int(id)*h:][:h], e.wordScale[id]
			segment := e.segment[:h]
			if seq.Segments != nil && seq.Segments[i] == 1 {
				segment = e.segment[h:]
			}
			position := e.position[i*h:][:h]
			for j := range row {
				row[j] = float32(float32(int8(word[j])) * scale)
				place[j] = position[j] + segment[j]
			}
			e.kernels.addNorm(row, place, e.norm.weight, e.norm.bias)
			x = x[h:]
		}
	}
}

// feedBlock is how many rows go through both products of the feed-forward part
// before the next do, so that what lies between stays in the cache. A multiple
// of tileRows.
const feedBlock = 32

func (e *Encoder) feedForward(s *scratch, x []float32, l *layer) {
	h, k := e.Hidden, e.kernels
	for len(x) > 0 {
		n := min(feedBlock, len(x)/h)
		s.multiply(k, s.wide, x[:n*h], &l.up)
		for i := range n {
			k.gelu(s.wide[i*l.up.out:][:l.up.out])
		}
		s.multiply(k, s.mixed, s.wide[:n*l.up.out], &l.down)
		e.addNorm(x[:n*h], s.mixed, l.outputNorm)
		x = x[n*h:]
	}
}

// addNorm adds the rows of y to those of x and normalises them.
func (e *Encoder) addNorm(x, y []float32, norm layerNorm) {
	h := e.Hidden
	for i := 0; i < len(x); i += h {
		e.kernels.addNorm(x[i:i+h], y[i:i+h], norm.weight, norm.bias)
	}
}
