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
	"dossier/index/retrieve"
	"dossier/index/question"
	"dossier/index/rank"
	term "dossier/index/text"
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
	// findTimeout is how long a search for words may take. It bounds what a
	// hostile question to a very large corpus costs: after it the answer is
	// sought by meaning alone. Up to manyChunks no search takes that long.
	findTimeout = 200 * time.Millisecond
	manyChunks  = 20_000
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

	r, err := ix.read(ctx, q)
	if err != nil {
		return ans, err
	}
	near := r
	if alone := q; !r.answered() && r.leansOnName() {
		// "what did Rudin say about Bond?" is not told, but what of Bond is comes near.
		alone.Conversation, alone.After, alone.Understood = "", "", ""
		if own, err := ix.read(ctx, alone); err == nil && own.answered() {
			near = own
		}
	}
	asked := r.in.Question
	ans.Understood = asked.Understood()
	ans.Confidence, ans.Needed, ans.Missing = r.ranked.Confidence, r.needed, r.ranked.Missing
	if q.Explain {
		ans.Read = describe(asked)
	}
	ans.Answered = r.answered()
	switch {
	case ans.Answered:
		if asked.List {
			ix.namingFirst(asked, r.ranked.Sentences)
		}
		ans.Quotes, ans.More = ix.choose(asked, r.ranked.Sentences, q)
	case near.onTopic():
		ans.Nearest, ans.More = ix.nearest(near, q)
	}
	if !ans.Answered {
		ans.Suggestions = ix.related(r)
	}
	if ans.Answered && q.Skip == 0 || near.onTopic() && !ans.Answered && ix.knows(asked) {
		ix.memory.Record(q.Conversation, asked, time.Now(), texts(ans.Quotes)...)
	}
	return ans, nil
}

// threshold is the confidence from which on the corpus is taken to say it: on
// the tuning half of the evaluation the lowest that refuses four in five
// questions on absent facts; testdata/eval/summary.golden tells what else it
// refuses.
const threshold = 0.13

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

// A reading is a question as it was understood, and what the ranking says to it.
type reading struct {
	in     rank.Input
	code   *encoder.Code // the question's meaning; nil until vectors are ready
	ranked rank.Result
	needed float64 // the confidence that an answer needs
}

// read finds out what is asked, gathers the candidates and ranks them.
func (ix *Index) read(ctx context.Context, q Query) (reading, error) {
	asked := ix.understand(q)
	if len(asked.Terms) == 0 && asked.Type == question.Other || asked.Remarks() {
		return reading{}, ErrEmptyQuestion // "hi", "source?": nothing is asked, and nothing is named
	}
	r := reading{in: rank.Input{Question: asked, Keep: ix.keep(q), Explain: q.Explain}, needed: ix.needed(asked, q)}
	if ix.vectors.ready.Load() {
		vec := ix.vectors.encoder.Encode(asked.Plain)
		code := vec.Code()
		r.code = &code
		r.in.Near = retrieve.Nearest(ix.vectors.codes[:len(ix.corpus.Sentences)], &code, retrieve.Near, r.in.Keep)
		r.in.Cosine = func(i int) float64 { return ix.vectors.cosine(&code, i) }
	}
	var err error
	r.in.Hits, err = ix.search(ctx, asked, q)
	late := errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil
	if err != nil && (!late || r.code == nil) {
		return reading{}, err
	} // where it is late, what is near in meaning has to do
	r.ranked = ix.corpus.Collection.Rank(r.in)
	return r, nil
}

// search returns the chunks that have words of the question.
func (ix *Index) search(ctx context.Context, asked *question.Question, q Query) ([]rank.Hit, error) {
	if len(ix.corpus.Chunks) > manyChunks {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, findTimeout)
		defer cancel()
	}
	return ix.retriever.Find(ctx, ix.corpus.Collection, asked, q.filter())
}

// needed returns the confidence that an answer needs.
func (ix *Index) needed(asked *question.Question, q Query) float64 {
	switch {
	case q.MinConfidence != nil:
		return *q.MinConfidence
	case asked.Babbles():
		return 1
	case asked.Keywords() && ix.knows(asked):
		return 0 // a name alone: any sentence with it is one to show
	case q.Remark:
		return 2 * threshold // a wrong answer that nobody asked for is worse than none
	}
	return threshold
}

func (r reading) answered() bool {
	return len(r.ranked.Sentences) > 0 && r.ranked.Confidence >= r.needed
}

// onTopic reports whether the question is about the corpus's matter.
func (r reading) onTopic() bool { return r.ranked.Topic >= onTopic }

// leansOnName reports whether the question was completed from an earlier one
// and has a name of its own.
func (r reading) leansOnName() bool {
	asked := r.in.Question
	own := asked.Terms[:len(asked.Terms)-asked.Inherited]
	return asked.Inherited > 0 && slices.ContainsFunc(own, func(t question.Term) bool { return t.Entity })
}

// nearest returns what comes nearest to a question that is not answered.
func (ix *Index) nearest(r reading, q Query) (quotes []Quote, more bool) {
	q.Top, q.Skip = maxNearest, 0
	quotes, more = ix.choose(r.in.Question, r.ranked.Sentences, q)
	for i := range quotes {
		quotes[i].Exact = nil // it is no answer
	}
	return quotes, more
}

// alike is the cosine from which on a suggestion is taken to mean much what was
// asked. Of the tuning questions on other matters one in fifty has one.
const alike = 0.6

// related returns the questions that the corpus can answer and that come
// nearest to one that it cannot; where none does, those to begin with.
func (ix *Index) related(r reading) []string {
	if r.code == nil {
		return ix.Suggest(r.in.Question.Plain, DefaultTop)
	}
	var out []string
	for _, n := range retrieve.Nearest(ix.vectors.codes[len(ix.corpus.Sentences):], r.code, DefaultTop, nil) {
		if r.onTopic() || n.Cosine >= alike {
			out = append(out, ix.suggester.all[n.Sentence].text)
		}
	}
	if len(out) == 0 {
		return ix.Suggest("", DefaultTop)
	}
	return out
}

// describe says how a question was read.
func describe(asked *question.Question) string {
	var about []string
	for i, t := range asked.Terms {
		word := t.Word
		if i >= len(asked.Terms)-asked.Inherited {
			word += " (from before)"
		}
		about = append(about, word)
	}
	kind := asked.Type.String()
	if asked.List {
		kind += ", several"
	}
	return kind + "; " + strings.Join(about, ", ")
}

func texts(quotes []Quote) []string {
	out := make([]string, len(quotes))
	for i, q := range quotes {
		out[i] = q.Text
	}
	return out
}

// keep returns what decides whether a sentence may be quoted under the query's
// limits, or nil where all may.
func (ix *Index) keep(q Query) func(int) bool {
	f := q.filter()
	if f == (retrieve.Filter{}) {
		return nil
	}
	return func(i int) bool { return f.Keeps(ix.corpus.At(i)) }
}

func (q Query) filter() retrieve.Filter {
	return retrieve.Filter{Source: q.Source, From: q.From, To: q.To}
}
