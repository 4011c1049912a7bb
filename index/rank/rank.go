// Package rank puts the sentences of a corpus in order for one question.
//
// A [Collection] holds the words of all sentences. [Collection.Rank] takes
// what a search found, measures how well each sentence fits the question
// (features.go lists the signals), and orders them by a small network whose
// weights stand in weights.json. It also says how sure it is that the first
// sentence is right, so that a caller can say no.
//
// Nothing here searches, reads files or changes text: candidates come in,
// scored sentences go out, and the same input gives the same order.
package rank

import (
	"cmp"
	"slices"

	"dossier/index/question"
)

// A Hit is a chunk that a search found.
type Hit struct {
	Chunk int
	Score float64
}

// A Near is a sentence whose meaning is near to the question's.
type Near struct {
	Sentence int
	Cosine   float64
}

// An Input is a question and the candidates for its answer.
type Input struct {
	Question *question.Question
	Hits     []Hit  // the best chunks by words, best first
	Near     []Near // the nearest sentences by meaning, best first; nil when vectors are not ready
	// Cosine is the similarity of meaning of the question and a sentence. It
	// is nil when vectors are not ready; then words alone decide.
	Cosine func(sentence int) float64
	// Keep reports whether a sentence may be a candidate; nil: all may. The
	// others of a chunk still are the context of those.
	Keep    func(sentence int) bool
	Explain bool // fill Scored.Signals
}

// A Span is a half-open range of bytes of a sentence.
type Span struct{ Start, End int }

// A Signal is one reason for a sentence's place.
type Signal struct {
	Name   string
	Value  float64 // what was measured, most of them 0 to 1
	Weight float64 // how much it moved the score, compared with the average candidate
}

// A Scored is a sentence with its score. Scores of one result can be compared
// with each other and with nothing else.
type Scored struct {
	Sentence int
	Score    float64
	Matched  []Span   // the words that the question has too, in order
	Signals  []Signal // the strongest first
}

// A Result is the ranking of the candidates.
type Result struct {
	Sentences  []Scored // best first
	Confidence float64  // that the first is right, 0 to 1
	Topic      float64  // that the corpus is about the question's matter, 0 to 1
	Missing    []string // words of the question that the best three and what stands around them lack; only to explain
}

// maxResult is how many sentences a result has. Nobody pages further, and
// what matched is looked up for each of them.
const maxResult = 60

// Rank puts the candidates in order.
func (c *Collection) Rank(in Input) Result {
	f := c.Features(in)
	if len(f.Sentences) == 0 {
		return Result{}
	}
	m := loaded().pick(f.Sort)
	scores := m.Scores(f)
	order := f.Order(scores)
	var r Result
	if m.Doubt != nil && m.Topic != nil {
		traits := f.Traits(c, scores, order)
		r.Topic = m.Topic.Confidence(&traits)
		r.Confidence = m.Doubt.Confidence(&traits)
	}
	var average *[NumSignals]float32
	if in.Explain {
		r.Missing = f.missing(c, in.Question, order[:min(3, len(order))])
		average = f.average()
	}
	for _, i := range order[:min(len(order), maxResult)] {
		s := Scored{Sentence: f.Sentences[i], Score: float64(scores[i]), Matched: c.matched(f.query, f.Sentences[i])}
		if in.Explain {
			s.Signals = m.signals(f, i, average)
		}
		r.Sentences = append(r.Sentences, s)
	}
	return r
}

// Order returns the candidates by score, best first.
func (f *Features) Order(scores []float32) []int {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		// Equal scores would otherwise come in any order.
		return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(f.Sentences[a], f.Sentences[b]))
	})
	return order
}
