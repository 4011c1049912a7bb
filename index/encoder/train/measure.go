package main

import (
	"fmt"
	"slices"

	"dossier/index/internal/measure"
)

// A score sums up the ranks of the first right sentences.
type score struct {
	n, first, three int
	reciprocal      float64
	best, absent    []float64 // highest cosines of questions with an answer and without
}

func (s *score) add(rank int) {
	s.n++
	if rank <= 1 {
		s.first++
	}
	if rank <= 3 {
		s.three++
	}
	s.reciprocal += 1 / float64(rank)
}

func (s score) String() string {
	k := 100 / float64(max(s.n, 1))
	out := fmt.Sprintf("P@1 %.1f  hit@3 %.1f  MRR %.1f  (%d questions)", float64(s.first)*k, float64(s.three)*k, s.reciprocal*k, s.n)
	if len(s.absent) > 0 {
		out += fmt.Sprintf("  AUROC %.3f  (%d absent)", measure.AUROC(s.absent, s.best), len(s.absent))
	}
	return out
}

// measure ranks the sentences of each article held out for its questions. Ties
// count against the model.
func (m *model) measure(d *dataset) (s score) {
	for _, a := range d.articles {
		if !a.held {
			continue
		}
		var texts []string
		for _, k := range a.sentences {
			texts = append(texts, d.sentences[k].text)
		}
		answers := m.encodeTexts(texts)
		texts = nil
		for _, q := range a.questions {
			texts = append(texts, d.questions[q].text)
		}
		for i, v := range m.encodeTexts(texts) {
			gold := d.questions[a.questions[i]].gold
			s.best = append(s.best, highest(v, answers))
			best := float32(-2)
			for j, k := range a.sentences {
				if slices.Contains(gold, k) {
					best = max(best, dot(v, answers[j]))
				}
			}
			rank := 1
			for j, k := range a.sentences {
				if !slices.Contains(gold, k) && dot(v, answers[j]) >= best {
					rank++
				}
			}
			s.add(rank)
		}
		for _, v := range m.encodeTexts(a.absent) {
			s.absent = append(s.absent, highest(v, answers))
		}
	}
	return s
}

// highest is the cosine of v and the nearest of vs.
func highest(v []float32, vs [][]float32) float64 {
	top := float32(-1)
	for _, w := range vs {
		top = max(top, dot(v, w))
	}
	return float64(top)
}

func (m *model) encodeTexts(texts []string) (vs [][]float32) {
	for part := range slices.Chunk(texts, 64) {
		var ids [][]int32
		for _, t := range part {
			ids = append(ids, m.tokens(t))
		}
		for v := range slices.Chunk(m.encode(ids), dim) {
			vs = append(vs, v)
		}
	}
	return vs
}
