package retrieve

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search/query"

	"dossier/index/question"
	"dossier/index/rank"
)

// A Retriever finds the chunks that share terms with a question. Its methods may
// be called from several goroutines.
type Retriever struct {
	index bleve.Index
	// gate holds as many searches at a time as there are processors: more
	// would only wait for each other in bleve, and the slowest would double.
	gate chan struct{}
}

func newRetriever(index bleve.Index) *Retriever {
	return &Retriever{index: index, gate: make(chan struct{}, runtime.GOMAXPROCS(0))}
}

// Close frees what the retriever holds.
func (r *Retriever) Close() error { return r.index.Close() }

// memoryBatch is how many documents go into one batch of an index in memory.
// Such an index never merges its segments, so there should be few.
const memoryBatch = 10_000

// InMemory makes a retriever of documents that is kept nowhere.
func InMemory(docs []Document) (*Retriever, error) {
	index, err := bleve.NewUsing("", newMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, err
	}
	batch := index.NewBatch()
	for i, d := range docs {
		if err := batch.Index(strconv.Itoa(i), d.fields()); err != nil {
			return nil, errors.Join(err, index.Close())
		}
		if batch.Size() == memoryBatch || i == len(docs)-1 {
			if err := index.Batch(batch); err != nil {
				return nil, errors.Join(err, index.Close())
			}
			batch.Reset()
		}
	}
	return newRetriever(index), nil
}

func (d Document) fields() map[string]any {
	return map[string]any{"text": d.Text, "date": d.Date, "source": d.Source}
}

const (
	// candidates is how many chunks a search returns: the right one is among
	// the first 50 for 99 % of questions, and among the first 20 for 97.5 %.
	candidates = 50
	// maxTerms is how many terms of a question are searched for, the rarest
	// ones: the time of a search grows with their number.
	maxTerms = 24
)

// Find returns the chunks of c, from whose documents r was made, that may hold
// the answer: those that share a term with the question, then those that share
// only a word of like meaning.
func (r *Retriever) Find(ctx context.Context, c *rank.Collection, asked *question.Question, f Filter) ([]rank.Hit, error) {
	terms, like := searchTerms(c, asked)
	hits, err := r.search(ctx, terms, f, candidates)
	if err != nil || len(like) == 0 {
		return hits, err
	}
	more, err := r.search(ctx, append(terms, like...), f, candidates)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return hits, nil // an answer in time is worth more than the words of like meaning
	case err != nil:
		return nil, err
	}
	have := make(map[int]bool, len(hits))
	for _, h := range hits {
		have[h.Chunk] = true
	}
	for _, h := range more {
		if !have[h.Chunk] {
			hits = append(hits, h)
		}
	}
	return hits, nil
}

// A weighted stem is one term of a search.
type weighted struct {
	stem   string
	weight float64
}

// searchTerms returns the terms of a question that the corpus has, and the
// words of like meaning. Of a long question the rarest terms are taken.
func searchTerms(c *rank.Collection, asked *question.Question) (terms, like []weighted) {
	for _, t := range asked.Terms {
		if c.Has(t.Stem) {
			terms = append(terms, weighted{t.Stem, t.Weight})
		}
		for _, l := range t.Like {
			if c.Has(l.Stem) {
				like = append(like, weighted{l.Stem, t.Weight * l.Weight})
			}
		}
	}
	rarest := func(w []weighted) []weighted {
		slices.SortStableFunc(w, func(a, b weighted) int { return c.DF(a.stem) - c.DF(b.stem) })
		return w[:min(len(w), maxTerms)]
	}
	return rarest(terms), rarest(like)
}

// search returns up to n chunks that hold one of the terms, the best first.
// The terms are looked up as they are: what people type never reaches bleve's
// query parser.
func (r *Retriever) search(ctx context.Context, terms []weighted, f Filter, n int) (hits []rank.Hit, err error) {
	if len(terms) == 0 {
		return nil, nil
	}
	select {
	case r.gate <- struct{}{}:
		defer func() { <-r.gate }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("bleve: panic in search: %v", p)
		}
	}()
	any := make([]query.Query, len(terms))
	for i, t := range terms {
		q := bleve.NewTermQuery(t.stem)
		q.SetField("text")
		q.SetBoost(t.weight)
		any[i] = q
	}
	req := bleve.NewSearchRequestOptions(f.apply(bleve.NewDisjunctionQuery(any...)), n, 0, false)
	req.SortBy([]string{"-_score", "_id"}) // equal scores would otherwise come back in any order
	res, err := r.index.SearchInContext(ctx, req)
	if err != nil {
		return nil, err
	}
	for _, h := range res.Hits {
		chunk, err := strconv.Atoi(h.ID)
		if err != nil {
			return nil, fmt.Errorf("bleve: document %q is not a chunk", h.ID)
		}
		hits = append(hits, rank.Hit{Chunk: chunk, Score: h.Score})
	}
	return hits, nil
}
