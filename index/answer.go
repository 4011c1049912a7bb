package index

import (
	"time"

	"dossier/corpus"
	"dossier/index/question"
)

// A Query is one question and what is needed to understand it.
type Query struct {
	Text          string
	Conversation  string   // a key; questions under one key may refer to each other. Empty: the question stands alone
	OnlyFragments bool     // lean on the conversation only with what cannot stand alone: "when?", but not "did north korea do it?"
	After         string   // the question that this one may lean on, as it was understood; instead of what the conversation remembers
	AfterQuotes   []string // the ids of the quotes that answered it, of whose names this one may speak
	Understood    string   // what this very question was understood as before, to ask the same again: for the next page
	Source        string   // only quotes with a source or outlet of this name, where not empty
	From, To      string   // only articles of these dates, 2006-01-02, inclusive, where not empty
	Top           int      // how many quotes; 0 means DefaultTop, less those far behind the best
	Skip          int      // how many of the best quotes to leave out: the next page
	Explain       bool     // fill Answer.Read, Answer.Missing and Quote.Signals
	Remark        bool     // it may be said to the answer before, and ask nothing: answer only with more confidence
	MinConfidence *float64 // answer from this confidence on; nil means the tuned threshold
}

// understand reads what a query asks, with what it leans on.
func (ix *Index) understand(q Query) *question.Question {
	asked := ix.parser.Parse(q.Text)
	switch {
	case q.Understood != "":
		return ix.parser.Again(asked, q.Understood)
	case q.After != "":
		var quotes []string
		for _, id := range q.AfterQuotes {
			if quote, ok := ix.Quote(id); ok {
				quotes = append(quotes, quote.Text)
			}
		}
		return ix.parser.After(asked, q.After, quotes...)
	}
	if q.OnlyFragments && !asked.Fragment {
		return asked
	}
	return ix.memory.Complete(ix.parser, q.Conversation, asked, time.Now())
}

// DefaultTop is how many quotes an answer has unless the query says otherwise.
const DefaultTop = 3

// An Answer is what the corpus says to a question. Answered is false, and
// Quotes is empty, where the corpus does not say; Nearest has then what comes
// nearest, if the question is about the same matter at all.
type Answer struct {
	Question    string
	Understood  string // the question after spelling repair and completion from the conversation, where it differs
	Answered    bool
	Confidence  float64  // 0 to 1: that the best sentence answers
	Needed      float64  // the confidence that an answer needs
	Quotes      []Quote  // best first
	More        bool     // there are further quotes below the ones shown, or sentences below the nearest
	Nearest     []Quote  // not an answer, and to be shown as none: at most two, the nearest first
	Read        string   // what is asked for, and the words that say of what: "when; interview, released"; only where the query asks for reasons
	Missing     []string // words of the question that stand nowhere near the best sentences; only where the query asks for reasons
	Suggestions []string // questions that the corpus can answer, when this one it cannot
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
	Signals []Signal // why it stands above or below the other candidates, the strongest first; only where the query asks for it
}

// A Signal is one reason for the place of a quote.
type Signal struct {
	Name   string
	Value  float64 // what was measured
	Weight float64 // how much it moved the score
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
