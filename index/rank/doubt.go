package rank

import (
	"fmt"
	"math"

	"dossier/index/question"
)

// A Doubt tells how sure a model is of something about a ranking, that its
// first candidate is right or that the corpus is about the matter at all: a
// logistic regression on the traits below, with the traits cut off at a few
// deviations. No trait depends on how many articles there are; how far the best
// leads the second is among them, but Score and Drop, which ten articles with
// one story leave alone, weigh most.
type Doubt struct {
	Traits []string  `json:"traits"`
	Mean   []float32 `json:"mean"`
	Scale  []float32 `json:"scale"`
	Weight []float32 `json:"weight"`
	Bias   float32   `json:"bias"`
}

// A trait is what a ranking is like. Those of the best are of its first
// candidate.
type trait int

const (
	traitCover         trait = iota // share of the question's idf that the best has
	traitCoverContext               // with the sentences around it, title and heading
	traitCoverThree                 // that the best three have together, with theirs
	traitCoverAny                   // that any candidate has
	traitMissing                    // the rarest term that the best and its context lack
	traitMissingThree               // that the best three and theirs lack
	traitNamesMissing               // share of the idf: names that the best three and theirs lack
	traitNumberMissing              // a number that they lack
	traitPlainMissing               // share of the idf: other words that they lack
	traitFocusMissing               // the noun that is asked for is not there
	traitUnknown                    // share of the idf: words that the corpus lacks
	traitUnknownNames               // share of the idf: names among them
	traitBM25
	traitPhrase
	traitDensity
	traitLike       // share of the idf that only words of like meaning match
	traitHit        // the sort of answer that is asked for is there
	traitPersonMiss // it is not
	traitDateMiss
	traitNumberMiss // of people or things, or of money
	traitPlaceMiss
	traitReasonMiss   // or manner
	traitMissThree    // none of the best three has it
	traitCountMissing // a number is asked for, and what it should count is not there
	traitNear         // how near to the matched terms what may answer stands
	traitNamed        // share of the idf: names and numbers of the question
	traitTerms
	traitCosine     // of the best
	traitCosineBest // of any
	traitCosineThird
	traitCosineContext
	traitPeak  // how far the nearest in meaning is above the tenth
	traitAgree // the best is also the nearest in meaning
	traitScore // the score of the best
	traitDrop  // how far it is above the tenth
	traitYesNo

	// What is asked for, and how far words and meaning lead. That some things
	// are asked for more often than articles tell them says nothing of the
	// topic, for which these do not count.
	traitBestCover
	traitBestContext
	traitBestBM25
	traitPeakBM25
	traitSlopeBM25
	traitPeakCosine
	traitCosineOfWords
	traitWordsOfCosine
	traitAskPerson
	traitAskDate
	traitAskNumber
	traitAskMoney
	traitAskPlace
	traitAskReason
	traitAskManner
	traitAskThing
	numTraits
)

// NumTraits is how many traits there are; the first NumTopicTraits of them tell
// about the topic.
const (
	NumTraits      = int(numTraits)
	NumTopicTraits = int(traitBestCover)
)

// Lacks reports whether trait i is that something of the question is missing. The
// weights of these are never above 0: they go together, so that a free fit gives
// some a positive one, and an unknown name then made an answer surer.
func Lacks(i int) bool {
	t := trait(i)
	return t >= traitMissing && t <= traitUnknownNames || t >= traitPersonMiss && t <= traitCountMissing
}

// TraitNames returns the names of the traits in order.
func TraitNames() []string { return names[trait](NumTraits) }

func (d *Doubt) check() error {
	if len(d.Traits) != NumTraits || len(d.Mean) != NumTraits || len(d.Scale) != NumTraits || len(d.Weight) != NumTraits {
		return fmt.Errorf("%d traits, not %d; run the command in train again", len(d.Traits), NumTraits)
	}
	for i, n := range d.Traits {
		if want := trait(i).String(); n != want {
			return fmt.Errorf("trait %d is %s, not %s; run the command in train again", i, n, want)
		}
	}
	return nil
}

// Confidence is the probability that d gives to a ranking with these traits.
func (d *Doubt) Confidence(traits *[NumTraits]float32) float64 {
	z := float64(d.Bias)
	for i := range traits {
		z += float64(d.Weight[i] * d.Standard(traits, i))
	}
	return 1 / (1 + math.Exp(-z))
}

// Standard returns trait i as d sees it.
func (d *Doubt) Standard(traits *[NumTraits]float32, i int) float32 {
	return standard(traits[i], d.Mean[i], d.Scale[i])
}

// Traits measures a ranking: order has the candidates of f, best first.
func (f *Features) Traits(c *Collection, scores []float32, order []int) (t [NumTraits]float32) {
	if len(order) == 0 {
		return t
	}
	x := f.query
	three := order[:min(3, len(order))]
	best := f.Rows[order[0]]
	one := f.together(c, order[:1])
	all := f.together(c, three)
	var anywhere []float32
	for _, m := range f.states.matches {
		anywhere = atLeast(anywhere, m.has)
	}
	for i, s := range plainTraits {
		t[i] = best[s]
	}
	for k, q := range x.terms {
		share := float32(q.idf / (x.sum + tiny))
		rare := float32(q.idf / (x.maxIDF + tiny))
		t[traitCoverContext] += share * one[k]
		t[traitCoverThree] += share * all[k]
		t[traitCoverAny] += share * anywhere[k]
		if one[k] == 0 {
			t[traitMissing] = max(t[traitMissing], rare)
		}
		if all[k] == 0 {
			t[traitMissingThree] = max(t[traitMissingThree], rare)
			switch {
			case q.entity:
				t[traitNamesMissing] += share
			case q.number:
				t[traitNumberMissing] = 1
			default:
				t[traitPlainMissing] += share
			}
			if k == x.focus {
				t[traitFocusMissing] = 1
			}
		}
		if !q.known {
			t[traitUnknown] += share
			if q.entity {
				t[traitUnknownNames] += share
			}
		}
	}
	for hit, miss := range missTraits {
		t[traitHit] += best[hit]
		t[miss] += best[hit+1]
		none := best[hit+1]
		for _, i := range three {
			none = min(none, f.Rows[i][hit+1])
		}
		t[traitMissThree] += none
	}
	t[traitCountMissing] = t[traitFocusMissing] * (best[sigAskNumber] + best[sigAskMoney])
	t[traitCosineThird] = f.Rows[three[len(three)-1]][sigCosine]
	// What is told in many sentences is not doubted for that: a few others as
	// good as the best are no lead lost.
	t[traitScore] = scores[order[0]]
	t[traitDrop] = scores[order[0]] - scores[order[min(9, len(order)-1)]]
	return t
}

// plainTraits are those that are a signal of the best candidate.
var plainTraits = map[trait]signal{
	traitCover: sigCover, traitBM25: sigBM25, traitPhrase: sigPhrase, traitDensity: sigDensity, traitLike: sigLike,
	traitNear: sigNearTerms, traitNamed: sigNamed, traitTerms: sigTerms, traitYesNo: sigAskYesNo,
	traitCosine: sigCosine, traitCosineBest: sigBestCosine, traitCosineContext: sigCosineContext,
	traitPeak: sigSlopeCosine, traitAgree: sigCosineRank,
	traitBestCover: sigBestCover, traitBestContext: sigBestContext, traitBestBM25: sigBestBM25,
	traitPeakBM25: sigPeakBM25, traitSlopeBM25: sigSlopeBM25, traitPeakCosine: sigPeakCosine,
	traitCosineOfWords: sigCosineOfWords, traitWordsOfCosine: sigWordsOfCosine,
	traitAskPerson: sigAskPerson, traitAskDate: sigAskDate, traitAskNumber: sigAskNumber, traitAskMoney: sigAskMoney,
	traitAskPlace: sigAskPlace, traitAskReason: sigAskReason, traitAskManner: sigAskManner, traitAskThing: sigAskThing,
}

// missTraits are the traits that the sort of answer asked for is missing, by the
// signal that it is there; the signal that it is not follows that one.
var missTraits = map[signal]trait{
	sigPersonHit: traitPersonMiss, sigDateHit: traitDateMiss, sigNumberHit: traitNumberMiss, sigMoneyHit: traitNumberMiss,
	sigPlaceHit: traitPlaceMiss, sigReasonHit: traitReasonMiss, sigMannerHit: traitReasonMiss,
}

// missing returns the words of the question that candidates and what stands
// around them lack.
func (f *Features) missing(c *Collection, q *question.Question, candidates []int) (words []string) {
	for k, has := range f.together(c, candidates) {
		if has == 0 {
			words = append(words, q.Terms[f.query.terms[k].k].Word)
		}
	}
	return words
}

// together returns how well each term is covered by candidates and what
// stands around them.
func (f *Features) together(c *Collection, candidates []int) []float32 {
	has := make([]float32, len(f.query.terms))
	for _, i := range candidates {
		s := f.Sentences[i]
		cs := f.states.chunks[c.ChunkOf(s)]
		has = atLeast(atLeast(has, cs.title), cs.heading)
		for _, n := range []int{s - 1, s, s + 1} {
			if m := f.states.of(n); m != nil && c.sameArticle(n, s) {
				has = atLeast(has, m.has)
			}
		}
	}
	return has
}

// atLeast raises a to b where b is higher.
func atLeast(a, b []float32) []float32 {
	if a == nil {
		a = make([]float32, len(b))
	}
	for i, v := range b {
		a[i] = max(a[i], v)
	}
	return a
}
