package index

import (
	"fmt"
	"math"

	"dossier/index/bert"
	"dossier/index/retrieve"
)

// Kinds of messages that are treated apart; all others are ordinary questions.
const (
	kindFollowUp = "followup"
	kindOverview = "overview"
	kindOpinion  = "opinion"
	kindRemark   = "remark"
	kindBot      = "bot"
	kindLanguage = "language"
)

// A kind is what sort of message something is.
type kind struct {
	name        string
	probability float64
}

// sure reports whether a kind is more than likely. A bare name may be taken for
// another language, "was it worth it" for a wish for an opinion, and a fragment for
// a remark.
func (k kind) sure() bool { return k.probability >= 0.8 }

// reason says why a message is no question that articles answer, or nothing.
func (k kind) reason() string {
	switch {
	case k.probability < 0.5:
		return ""
	case k.name == kindRemark, k.name == kindBot:
		return NoQuestion
	case k.name == kindLanguage:
		return AnotherLanguage
	case k.name == kindOpinion && k.sure():
		return AnOpinion
	}
	return ""
}

// kinds are all that are told apart, in the order of index/train/kinds.py.
var kinds = []string{"question", kindFollowUp, kindOverview, kindOpinion, kindRemark, kindBot, "offtopic", kindLanguage}

// A kindClassifier tells the kinds by the vector of a message: a layer of
// rectified units and a softmax (index/train/kinds.py).
type kindClassifier struct{ hidden, out kindLayer }

// A kindLayer has a row of weights and a bias for each of its units.
type kindLayer struct{ weight, bias []float32 }

func newKindClassifier(w *bert.Weights) (*kindClassifier, error) {
	k := &kindClassifier{}
	for i, layer := range []*kindLayer{&k.hidden, &k.out} {
		var err error
		name := fmt.Sprintf("retriever.head.kinds.%d", i)
		if layer.weight, _, err = w.Float32(name + ".weight"); err != nil {
			return nil, err
		}
		if layer.bias, _, err = w.Float32(name + ".bias"); err != nil {
			return nil, err
		}
	}
	units := len(k.hidden.bias)
	if len(k.hidden.weight) != units*retrieve.Dim || len(k.out.bias) != len(kinds) || len(k.out.weight) != len(kinds)*units {
		return nil, fmt.Errorf("the kinds of questions have layers of %d and %d weights for %d units and %d kinds", len(k.hidden.weight), len(k.out.weight), units, len(kinds))
	}
	return k, nil
}

// apply returns a sum for each unit of a layer.
func (l kindLayer) apply(x []float32) []float32 {
	out := make([]float32, len(l.bias))
	for i, z := range l.bias {
		for j, w := range l.weight[i*len(x) : (i+1)*len(x)] {
			z += float32(w * x[j])
		}
		out[i] = z
	}
	return out
}

// overviewPrior is how much likelier an overview is among what people ask first (one
// question in nine) than it was in the training (one in 36).
const overviewPrior = 4

// classify returns the likeliest kind of a message, and the probability that it
// leans on an earlier one. A follow-up's kind is what it would be otherwise.
func (k *kindClassifier) classify(vector []float32) (likeliest kind, leans float64) {
	units := k.hidden.apply(vector)
	for i := range units {
		units[i] = max(0, units[i])
	}
	sum := 0.0
	p := make([]float64, len(kinds))
	for i, z := range k.out.apply(units) {
		p[i] = math.Exp(float64(z))
		if kinds[i] == kindOverview {
			p[i] *= overviewPrior
		}
		sum += p[i]
	}
	for i, name := range kinds {
		p[i] /= sum
		if name == kindFollowUp {
			leans = p[i]
			continue
		}
		if name == kindBot { // as a remark, it asks the articles nothing
			p[i] += p[i-1]
		}
		if p[i] > likeliest.probability {
			likeliest = kind{name, p[i]}
		}
	}
	return likeliest, leans
}
