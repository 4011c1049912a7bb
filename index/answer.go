package index

import (
	"slices"
	"strings"
	"time"

	"dossier/corpus"
)

// A Query is one question and what is needed to understand it.
type Query struct {
	Text          string   // the message as it was written, with its lines: see [Question]
	about         string   // what it may be about, by what it quotes or says before
	Conversation  string   // a key; questions under one key may refer to each other. Empty: the question stands alone
	OnlyFragments bool     // lean on the conversation only with what cannot stand alone: "when?", but not "did north korea do it?"
	After         []string // earlier questions that this one may lean on, the oldest first; instead of what the conversation remembers
	Before        []string // those that it does lean on, as Answer.Before has them: to ask the same again, for the next page
	Source        string   // only quotes with a source or outlet of this name, where not empty
	From, To      string   // only articles of these dates, 2006-01-02, inclusive, where not empty
	Top           int      // how many quotes; 0 means DefaultTop, less those far behind the best
	Skip          int      // how many of the best quotes to leave out: the next page
	Explain       bool     // fill Answer.Read and Quote.Signals
	Remark        bool     // it may be said to the answer before, and ask nothing: answer only with more confidence
	Waiting       int      // how many others wait for an answer: the more, the fewer candidates are read
	MinConfidence *float64 // answer from this confidence on, 0 always; nil means the tuned threshold
}

// DefaultTop is how many quotes an answer has where the query does not say.
const DefaultTop = 3

// An Outcome is what became of a question.
type Outcome string

// The outcomes.
const (
	Answered Outcome = "answered" // the quotes answer it
	Unsure   Outcome = "unsure"   // they may; Nearest has what comes nearest
	Absent   Outcome = "absent"   // the articles do not say, and nothing is near
	Other    Outcome = "other"    // it asks nothing that articles answer; Reason says why
)

// Reasons of the outcome [Other], and of [Unsure] where an opinion or a prediction
// is asked for: what articles say of it is shown, but is no answer.
const (
	AnOpinion       = "an opinion"
	NoQuestion      = "not a question"
	AnotherLanguage = "another language"
	NothingToSearch = "nothing to search for"
	TooLong         = "too long"
)

// An Answer is what the corpus says to a question.
type Answer struct {
	Question    string   // what asks, of the message
	Before      []string // the earlier questions that it leans on, the oldest first
	Fragment    bool     // it leans on an earlier question, but none is known, and it has no answer alone
	Outcome     Outcome
	Reason      string   // of Other; of Unsure where an opinion is asked for
	Answered    bool     // Outcome is Answered
	Confidence  float64  // 0 to 1: that the best sentence answers
	Needed      float64  // the confidence that an answer needs
	Depth       int      // how many candidates were read
	Times       Times    // how long each stage took
	Quotes      []Quote  // best first; only of Answered
	More        bool     // there are further quotes below the ones shown, or sentences below the nearest
	Nearest     []Quote  // not an answer, and to be shown as none: at most DefaultTop, the nearest first
	Parts       int      // of several questions in one message, how many the first Quotes answer, one each
	Unanswered  []string // of several questions in one message, those that Quotes do not answer
	Read        string   // how the question was read; only where the query asks for reasons
	Suggestions []string // questions that the corpus can answer, when this one it cannot
}

// Times is how long the stages of an answer took, each with all its repetitions: a
// message may ask several questions, and one may be read again with the one before it.
type Times struct {
	Waiting       time.Duration // for a turn
	Understanding time.Duration // what is asked, and what it leans on
	Retrieving    time.Duration // the candidates
	Reading       time.Duration // the first of them
}

func (t *Times) add(other Times) {
	t.Waiting += other.Waiting
	t.Understanding += other.Understanding
	t.Retrieving += other.Retrieving
	t.Reading += other.Reading
}

// Understood is the question with those that it leans on, to be shown; empty where
// it leans on none.
func (a *Answer) Understood() string {
	if len(a.Before) == 0 {
		return ""
	}
	return strings.Join(append(slices.Clone(a.Before), a.Question), " · ")
}

// A Quote is one sentence of the corpus, word for word.
type Quote struct {
	ID      string // permanent: see corpus.Sentence
	Text    string
	Before  string // the sentence before it in its article, or empty
	After   string // the sentence after it, or empty
	Context bool   // Text cannot be understood without Before: show both
	Score   float64
	Matched []Span // the words of Text that matched the question, in order
	Exact   []Span // the part of Text that is the answer itself, where that is clear
	Article ArticleRef
	Sources []Source
	Signals []Signal // why it stands above or below the other candidates; only where the query asks for it
}

// A Signal is one reason for the place of a quote.
type Signal struct {
	Name   string
	Value  float64 // what was measured
	Weight float64 // how much it adds to the score
}

// A Span is a half-open range of bytes of a quote's text.
type Span struct{ Start, End int }

// An ArticleRef says where a quote stands.
type ArticleRef struct {
	Slug, Title, Date, Outlet, URL string
	Heading                        string // the heading above the quote, or empty
}

// A Source is what a quote rests on.
type Source = corpus.Source
