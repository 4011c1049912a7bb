package rank

import (
	"cmp"
	"math"
	"slices"
)

// signals tells what moved the score of candidate i: for each group of signals,
// how much the score falls when the group is made that of the average candidate
// for this question.
func (m *Model) signals(f *Features, i int, average *[NumSignals]float32) []Signal {
	one := &Features{Rows: [][NumSignals]float32{f.Rows[i]}}
	full := m.Scores(one)[0]
	var out []Signal
	for _, g := range Groups {
		if g.Name == "question" || g.Name == "meaning" && f.Sort == Words {
			continue
		}
		one.Rows[0] = f.Rows[i]
		copy(one.Rows[0][g.From:g.To], average[g.From:g.To])
		s := Signal{Name: g.Says, Value: float64(f.Rows[i][g.shown]), Weight: float64(full - m.Scores(one)[0])}
		if s.Value == 0 && average[g.shown] > 0 && s.Weight > 0 {
			continue // the network makes up for what a sentence lacks; to a person that is no reason
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b Signal) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) })
	return out
}

// average returns the mean of the signals of all candidates.
func (f *Features) average() *[NumSignals]float32 {
	mean := new([NumSignals]float32)
	for i := range f.Rows {
		for j, v := range f.Rows[i] {
			mean[j] += v / float32(len(f.Rows))
		}
	}
	return mean
}
