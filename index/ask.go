package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"dossier/index/encoder"
	"dossier/index/internal/retrieval"
	"dossier/index/question"
	"dossier/index/rank"
	"dossier/index/term"
)

// Errors that a caller tells the person who asked.
var (
	ErrEmptyQuestion = errors.New("empty question") // no words, or none that ask or name anything
	ErrTooLong       = fmt.Errorf("question of more than %d characters", MaxQuestion)
)

// MaxQuestion is the longest question that is answered, in characters; it is
// also the longest message of Discord.
const MaxQuestion = 2000

const (
	// askTimeout is how long a search may take. Most take a few milliseconds;
	// the bound is for hostile questions to a very large corpus. A corpus of
	// up to manyChunks answers any question in a tenth of that, so there only a
	// busy machine would meet it.
	askTimeout = 90 * time.Millisecond
	manyChunks = 20_000
	// maxTop is how many quotes an answer can have.
	maxTop = 50
)

// Ask answers a question with sentences of the corpus, the best first.
// Where the corpus does not say, Answered is false and there are no quotes;
// that is not an error.
func (ix *Index) Ask(ctx context.Context, q Query) (Answer, error) {
	text := strings.TrimSpace(q.Text)
	ans := Answer{Question: text}
	if utf8.RuneCountInString(text) > MaxQuestion {
		return ans, ErrTooLong
	}
	if len(term.Tokens(text)) == 0 {
		return ans, ErrEmptyQuestion
	}
	if len(ix.corpus.Chunks) > manyChunks {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, askTimeout)
		defer cancel()
	}

	r, err := ix.read(ctx, q)
	if err != nil {
		return ans, err
	}
	asked := r.in.Question
	ranked := ix.corpus.Collection.Rank(r.in)
	ans.Confidence = ranked.Confidence
	ans.Understood = asked.Understood()

	least := threshold
	switch {
	case asked.Babbles():
		least = 1
	case asked.Keywords() && ix.knows(asked):
		least = 0 // a name alone: any sentence with it is one to show
	}
	if q.MinConfidence != nil {
		least = *q.MinConfidence
	}
	ans.Needed, ans.Missing = least, ranked.Missing
	if len(ranked.Sentences) == 0 || ranked.Confidence < least {
		if ranked.Topic >= onTopic {
			ix.memory.Record(q.Conversation, asked, time.Now())
			q.Top, q.Skip = maxNearest, 0
			ans.Nearest, ans.More = ix.choose(asked, ranked.Sentences, q)
			for i := range ans.Nearest {
				ans.Nearest[i].Exact = nil // it is no answer
			}
		}
		ans.Suggestions = ix.related(r, ranked.Topic >= onTopic)
		return ans, nil
	}
	ans.Answered = true
	if asked.List {
		ix.namingFirst(asked, ranked.Sentences)
	}
	ans.Quotes, ans.More = ix.choose(asked, ranked.Sentences, q)
	if q.Skip == 0 {
		texts := make([]string, len(ans.Quotes))
		for i, quote := range ans.Quotes {
			texts[i] = quote.Text
		}
		ix.memory.Record(q.Conversation, asked, time.Now(), texts...)
	}
	return ans, nil
}

// threshold is the confidence from which on the corpus is taken to say it,
// chosen on the tuning half of the evaluation; testdata/eval/summary.golden
// tells what it refuses.
const threshold = 0.15

// knows reports whether all terms of a question stand in the corpus.
func (ix *Index) knows(asked *question.Question) bool {
	return !slices.ContainsFunc(asked.Terms, func(t question.Term) bool { return !ix.corpus.Collection.Has(t.Stem) })
}

// onTopic is from where on a question is taken to be about the corpus's matter,
// though the corpus does not answer it: then what comes nearest is shown, and
// the next question may refer to it.
const onTopic = 0.5

// maxNearest is how many sentences are shown where the corpus does not say. A
// question in other words than the articles' may be refused although its
// answer is there; summary.golden tells how often it is one of these.
const maxNearest = 2

// A reading is a question as it was understood, and the candidates for its
// answer.
type reading struct {
	in   rank.Input
	code *encoder.Code // the question's meaning; nil until vectors are ready
}

// read finds out what is asked and gathers the candidates.
func (ix *Index) read(ctx context.Context, q Query) (reading, error) {
	asked := ix.understand(q)
	if len(asked.Terms) == 0 && asked.Type == question.Other {
		return reading{}, ErrEmptyQuestion // "hi": nothing is asked, and nothing is named
	}
	hits, err := ix.retriever.Find(ctx, ix.corpus.Collection, asked, q.filter())
	r := reading{in: rank.Input{Question: asked, Hits: hits, Keep: ix.keep(q), Explain: q.Explain}}
	if err != nil || !ix.vectors.ready.Load() {
		return r, err
	}
	vec := ix.vectors.encoder.Encode(asked.Plain)
	code := vec.Code()
	r.code = &code
	r.in.Near = retrieval.Nearest(ix.vectors.codes[:len(ix.corpus.Sentences)], &code, retrieval.Near, r.in.Keep)
	r.in.Cosine = func(i int) float64 { return ix.vectors.cosine(&code, i) }
	return r, nil
}

// related returns the questions that the corpus can answer and that come
// nearest to one that it cannot; to one about another matter, those to begin with.
func (ix *Index) related(r reading, near bool) []string {
	if !near {
		return ix.Suggest("", DefaultTop)
	}
	if r.code == nil {
		return ix.Suggest(r.in.Question.Plain, DefaultTop)
	}
	var out []string
	for _, n := range retrieval.Nearest(ix.vectors.codes[len(ix.corpus.Sentences):], r.code, DefaultTop, nil) {
		out = append(out, ix.suggester.all[n.Sentence].text)
	}
	return out
}

// keep returns what decides whether a sentence may be quoted under the query's
// limits, or nil where all may.
func (ix *Index) keep(q Query) func(int) bool {
	f := q.filter()
	if f == (retrieval.Filter{}) {
		return nil
	}
	return func(i int) bool { return f.Keeps(ix.corpus.At(i)) }
}

func (q Query) filter() retrieval.Filter {
	return retrieval.Filter{Source: q.Source, From: q.From, To: q.To}
}
