package bert

import "math"

// States are what an encoder makes of sequences: Hidden numbers for each token.
type States struct {
	Hidden int
	rows   []float32 // [tokens][Hidden], sequences one after another
	start  []int     // first token of each sequence, and the end of the last
}

// Len is the number of sequences.
func (s *States) Len() int { return len(s.start) - 1 }

// All returns the states of all tokens, sequences one after another.
func (s *States) All() []float32 { return s.rows }

// Sequence returns the states of the tokens of sequence i, row after row.
func (s *States) Sequence(i int) []float32 {
	return s.rows[s.start[i]*s.Hidden : s.start[i+1]*s.Hidden : s.start[i+1]*s.Hidden]
}

// Token returns the state of token j of sequence i; token 0 is [CLS].
func (s *States) Token(i, j int) []float32 {
	return s.Sequence(i)[j*s.Hidden:][:s.Hidden:s.Hidden]
}

// Mean returns the mean of the states of sequence i, all tokens counted, as a
// vector of length 1; zeros if the mean is zero.
func (s *States) Mean(i int) []float32 {
	mean := make([]float32, s.Hidden)
	rows := s.Sequence(i)
	for ; len(rows) > 0; rows = rows[s.Hidden:] {
		for j, v := range rows[:s.Hidden] {
			mean[j] += v
		}
	}
	var square float64
	for _, v := range mean {
		square += float64(float64(v) * float64(v))
	}
	if square == 0 {
		return mean
	}
	inv := float32(1 / math.Sqrt(square))
	for j := range mean {
		mean[j] *= inv
	}
	return mean
}
