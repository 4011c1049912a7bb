package rank

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"sync"
)

// A Model orders candidates by their signals.
//
// The score of a candidate is a weighted sum of its signals plus what a
// hidden layer of rectified units makes of them (the layer is what lets the
// kind of question decide how much a signal counts). Signals are first
// brought to mean 0 and deviation 1 over the candidates of the training.
type Model struct {
	Signals []string    `json:"signals"` // their names, in the order of the numbers below
	Mean    []float32   `json:"mean"`
	Scale   []float32   `json:"scale"` // 1/deviation, or 0 for a signal that is not used
	Linear  []float32   `json:"linear"`
	Hidden  [][]float32 `json:"hidden"` // by unit: the weights of the signals
	Bias    []float32   `json:"bias"`
	Out     []float32   `json:"out"`
	Doubt   *Doubt      `json:"doubt,omitempty"` // that the first candidate is right
	Topic   *Doubt      `json:"topic,omitempty"` // that the corpus is about the question's matter
}

// Weights is the file of weights: a model for each sort of features. The
// command in train writes it.
type Weights struct {
	Words   *Model `json:"words"`
	Meaning *Model `json:"meaning"`
}

//go:embed weights.json
var weightsFile []byte

var loaded = sync.OnceValue(func() *Weights {
	w := new(Weights)
	if err := json.Unmarshal(weightsFile, w); err != nil {
		panic(fmt.Sprintf("weights.json: %v", err)) // it is in the binary, and a test reads it
	}
	for _, m := range []*Model{w.Words, w.Meaning} {
		if m != nil {
			if err := m.check(); err != nil {
				panic(fmt.Sprintf("weights.json: %v", err))
			}
		}
	}
	return w
})

// pick returns the model for features of a sort.
func (w *Weights) pick(sort Sort) *Model {
	if sort == Meaning {
		return w.Meaning
	}
	return w.Words
}

// check reports whether m fits the signals of this program.
func (m *Model) check() error {
	if len(m.Signals) != NumSignals {
		return fmt.Errorf("%d signals, not %d; run the command in train again", len(m.Signals), NumSignals)
	}
	for i, n := range m.Signals {
		if want := signal(i).String(); n != want {
			return fmt.Errorf("signal %d is %s, not %s; run the command in train again", i, n, want)
		}
	}
	for _, v := range [][]float32{m.Mean, m.Scale, m.Linear} {
		if len(v) != NumSignals {
			return fmt.Errorf("%d numbers for %d signals", len(v), NumSignals)
		}
	}
	if len(m.Hidden) != len(m.Bias) || len(m.Hidden) != len(m.Out) {
		return fmt.Errorf("%d hidden units with %d biases and %d outputs", len(m.Hidden), len(m.Bias), len(m.Out))
	}
	for _, d := range []*Doubt{m.Doubt, m.Topic} {
		if d == nil {
			continue
		}
		if err := d.check(); err != nil {
			return err
		}
	}
	for _, v := range m.Hidden {
		if len(v) != NumSignals {
			return fmt.Errorf("hidden unit with %d weights for %d signals", len(v), NumSignals)
		}
	}
	return nil
}

// Scores returns the score of each candidate.
func (m *Model) Scores(f *Features) []float32 {
	out := make([]float32, len(f.Rows))
	if len(out) == 0 {
		return out
	}
	var z [NumSignals]float32
	// What all candidates of a question share is added up once.
	m.standard(&z, &f.Rows[0])
	shared := make([]float32, len(m.Hidden))
	for h, w := range m.Hidden {
		shared[h] = m.Bias[h] + dot(w[sigTerms:], z[sigTerms:])
	}
	for i := range f.Rows {
		m.standard(&z, &f.Rows[i])
		own := z[:sigTerms]
		s := dot(m.Linear[:sigTerms], own)
		for h, w := range m.Hidden {
			if a := shared[h] + dot(w[:sigTerms], own); a > 0 {
				s += m.Out[h] * a
			}
		}
		out[i] = s
	}
	return out
}

// Forward is the way to the score of one row, for the training: it leaves in z
// the signals as the model sees them, and in act what goes into its hidden
// units.
func (m *Model) Forward(z *[NumSignals]float32, act []float32, row *[NumSignals]float32) float32 {
	m.standard(z, row)
	s := dot(m.Linear, z[:])
	for h, w := range m.Hidden {
		act[h] = m.Bias[h] + dot(w, z[:])
		if act[h] > 0 {
			s += m.Out[h] * act[h]
		}
	}
	return s
}

func (m *Model) standard(z, row *[NumSignals]float32) {
	for i, v := range row {
		z[i] = standard(v, m.Mean[i], m.Scale[i])
	}
}

// limit keeps one odd value from deciding alone.
const limit = 6

// standard brings a value to mean 0 and deviation 1.
func standard(v, mean, scale float32) float32 { return max(-limit, min(limit, (v-mean)*scale)) }

// dot is the inner product of two vectors of one length. Four sums at a time
// keep the processor busy.
func dot(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	for len(a) >= 4 && len(b) >= 4 {
		s0 += a[0] * b[0]
		s1 += a[1] * b[1]
		s2 += a[2] * b[2]
		s3 += a[3] * b[3]
		a, b = a[4:], b[4:]
	}
	for i := range min(len(a), len(b)) {
		s0 += a[i] * b[i]
	}
	return s0 + s1 + s2 + s3
}
