package rank

import "fmt"

// The signals of a candidate, in the order of a row of [Features]. Shares are
// of the idf of the question's terms, so that they mean the same in a corpus
// of seventeen sentences and in one of a million. The name of a signal in the
// file of weights is its constant's, without sig.
type signal int

//go:generate go tool -modfile=../../.ci/tools.mod stringer -type signal -trimprefix sig
//go:generate go tool -modfile=../../.ci/tools.mod stringer -type trait -trimprefix trait

const (
	// What the sentence and the question have in common.
	sigBM25         signal = iota // BM25, as a share of the best that any sentence could have
	sigBM25Gap                    // the same, below the best candidate
	sigBM25ChunkGap               // the same, below the best of its chunk
	sigBM25Rank                   // 1/rank by BM25
	sigBM25LogRank
	sigCover        // share of the terms' idf that it has
	sigCoverSquare  // the same with squared idf: rare terms count more
	sigCoverCount   // share of the terms
	sigCoverAll     // it has all of them
	sigMissingMax   // the rarest term that it lacks
	sigRarest       // it has the rarest term
	sigSecondRarest // and the second
	sigCoverPlain   // share of the terms that are no names or numbers
	sigLike         // share that only words of like meaning match

	// Names and numbers of the question.
	sigCoverNamed
	sigMissingNumber
	sigMissingNames // how many

	// Words that stand together in the question stand together here.
	sigPhrase
	sigOrder
	sigDensity
	sigPrecision // share of the sentence's words that match

	// The sentence itself.
	sigLength
	sigShort
	sigVeryShort
	sigLong
	sigAsks // it is a question itself

	// Its chunk.
	sigChunkBM25
	sigChunkGap
	sigChunkRank
	sigChunkLogRank
	sigChunkCover
	sigArticleMass // share of the best chunks that come from its article

	// The sentences around it, the title and the heading.
	sigBefore  // share of the terms that only the sentence before has
	sigAfter   //
	sigBefore2 // only the one before that
	sigOpening // only the first of the chunk
	sigTitle   // share that the title has and the sentence not
	sigHeading
	sigTitleAll // share that the title has
	sigCoverContext
	sigNamedContext
	sigPronoun       // it opens with he, this, these ...
	sigPronounBefore // and the sentence before has terms that it lacks
	sigPronounTitle  // it has a pronoun that may stand for the title
	sigFirst
	sigPosition
	sigBeforeBM25
	sigAfterBM25

	// What the question asks for and what the sentence offers.
	sigNames
	sigNumerals
	sigDates
	sigQuoted
	sigNew // words that the question does not have
	sigPersonHit
	sigPersonMiss
	sigDateHit
	sigDateMiss
	sigNumberHit
	sigNumberMiss
	sigMoneyHit
	sigMoneyMiss
	sigPlaceHit
	sigPlaceMiss
	sigReasonHit
	sigReasonMiss
	sigMannerHit
	sigMannerMiss
	sigPersonPerson
	sigPlacePlace
	sigNumberMeasure
	sigPercent
	sigMoneyMoney
	sigThingNames
	sigThingQuoted
	sigNearTerms  // what may answer stands near to the matched terms
	sigTypedTerms // the same where the sort of answer is known
	sigFocus      // it has the noun that is asked for
	sigFocusNear
	sigFocusMiss
	sigNaming // called, named ...: where the question asks for a name
	sigDefines
	sigList // commas, where several are asked for
	sigListNames

	// Meaning, by the sentence encoder.
	sigCosine
	sigCosineGap
	sigCosineRank
	sigCosineLogRank
	sigCosineBefore
	sigCosineAfter
	sigCosineContext
	sigCosineChunk

	// The question and how far words and meaning lead: the same for all of
	// its candidates. They decide what the other signals are worth.
	sigTerms
	sigUnknown // share of the idf of terms that the corpus lacks
	sigNamed   // share of the idf of names and numbers
	sigBestCover
	sigBestContext
	sigBestBM25
	sigPeakBM25   // how far the best is above the second
	sigSlopeBM25  // and above the tenth
	sigBestCosine //
	sigPeakCosine
	sigSlopeCosine
	sigCosineOfWords // similarity of the best by BM25, below the best
	sigWordsOfCosine // BM25 of the best by similarity, below the best
	sigAskPerson
	sigAskDate
	sigAskNumber
	sigAskMoney
	sigAskPlace
	sigAskReason
	sigAskManner
	sigAskYesNo
	sigAskThing

	numSignals
)

// NumSignals is how many signals there are.
const NumSignals = int(numSignals)

// Names returns the names of the signals in order.
func Names() []string { return names[signal](NumSignals) }

func names[T interface {
	~int
	fmt.Stringer
}](n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = T(i).String()
	}
	return out
}

// A Group is signals that stand and fall together when their worth is
// measured.
type Group struct {
	Name, Says string // Says is what people read
	From, To   int    // the signals From <= i < To
	shown      signal // the one whose value says most
}

// Groups are the signals in order.
var Groups = groups([]group{
	{"words", "words in common with the question", sigBM25, sigCover},
	{"names", "names and numbers of the question", sigCoverNamed, sigCoverNamed},
	{"phrases", "words stand together as in the question", sigPhrase, sigPhrase},
	{"length", "length of the sentence", sigLength, sigLength},
	{"passage", "the passage fits", sigChunkBM25, sigChunkCover},
	{"context", "sentences around it, title and heading", sigBefore, sigCoverContext},
	{"answer", "offers the sort of answer asked for", sigNames, sigNearTerms},
	{"meaning", "near in meaning", sigCosine, sigCosine},
	{"question", "kind of question", sigTerms, sigTerms},
})

type group struct {
	name, says   string
	first, shown signal
}

// groups lets each group end where the next begins.
func groups(gs []group) []Group {
	out := make([]Group, len(gs))
	end := NumSignals
	for i := len(gs) - 1; i >= 0; i-- {
		g := gs[i]
		out[i] = Group{g.name, g.says, int(g.first), end, g.shown}
		end = int(g.first)
	}
	return out
}
