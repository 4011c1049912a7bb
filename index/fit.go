package index

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"math"

	"dossier/index/retrieve"
)

// fit.json holds the few numbers between the networks and what is shown. The
// weights and the confidence are fitted by index/train/fit.py on questions that
// neither network was trained on; the outcomes' thresholds are chosen from the
// table that it prints.
//
//go:embed fit.json
var fitJSON []byte

var fitted = mustFit(fitJSON)

// A fit is those numbers.
type fit struct {
	// The order of candidates: the reader's score, plus these times what the
	// retriever found.
	NearWeight  float64 `json:"nearWeight"`  // the cosine
	KnownWeight float64 `json:"knownWeight"` // what the nearest known question lies above the floor
	WordWeight  float64 `json:"wordWeight"`  // BM25
	// The confidence: a logistic regression on the reader's score of the first
	// sentence, on what its scores say of any sentence (the logarithm of their
	// summed exponentials), on how near the first is, how far the second is behind,
	// and how near the question is to one that nothing answers.
	Bias, Reader, Any, Cosine, Known, Lead, Gap float64
	// The outcomes, by confidence.
	Answer float64 // from here on it is answered
	Remark float64 // what may be no question at all, from here on
	Clear  float64 // from here on no more candidates are read
	Near   float64 // from here on what comes nearest is shown
	Mark   float64 // from this probability on the words of the answer are marked
}

func mustFit(b []byte) (f fit) {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&f); err != nil {
		panic("index: fit.json: " + err.Error())
	}
	return f
}

// aboveFloor is how near a known question with this sentence is, from where it
// counts.
func aboveFloor(c retrieve.Candidate) float64 { return max(0, c.Known-retrieve.KnownFloor) }

// order is the score that candidates are ordered by.
func (f fit) order(score float64, c retrieve.Candidate) float64 {
	return score + float64(f.NearWeight*c.Cosine) + float64(f.KnownWeight*aboveFloor(c)) + float64(f.WordWeight*c.Words)
}

// confidence is the probability that the first of read answers a question with
// this gap (see [retrieve.Retriever.Gap]).
func (f fit) confidence(read []ranked, gap float64) float64 {
	if len(read) == 0 || !read[0].read {
		return 0
	}
	first, lead, any := read[0], maxLead, 0.0
	if len(read) > 1 && read[1].read {
		lead = min(maxLead, first.score-read[1].score)
	}
	for _, r := range read {
		if r.read {
			any += math.Exp(r.Score)
		}
	}
	z := f.Bias
	for _, x := range [][2]float64{
		{f.Reader, first.Score},
		{f.Any, math.Log(any)},
		{f.Cosine, first.Candidate.Cosine},
		{f.Known, aboveFloor(first.Candidate)},
		{f.Lead, lead},
		{f.Gap, gap},
	} {
		z += float64(x[0] * x[1]) // rounded before it is added, so that every processor gets the same
	}
	return 1 / (1 + math.Exp(-z))
}

// maxLead is where a lead is no longer a reason to be surer.
const maxLead = 5.0
