package retrieve

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search/query"
)

// A wordIndex finds the sentences that share terms with a question, by bleve.
// Its methods may be called from several goroutines.
type wordIndex struct {
	index bleve.Index
	// gate holds as many searches at a time as there are processors: more
	// would only wait for each other in bleve, and the slowest would double.
	gate chan struct{}
	dir  string // of its files, where a system does not remove what is open; else empty
}

func newWordIndex(index bleve.Index) *wordIndex {
	return &wordIndex{index: index, gate: make(chan struct{}, runtime.GOMAXPROCS(0))}
}

func (w *wordIndex) close() error {
	err := w.index.Close()
	if w.dir != "" {
		_ = os.RemoveAll(w.dir)
	}
	return err
}

// memoryBatch is how many documents go into one batch of an index in memory.
// Such an index never merges its segments, so there should be few.
const memoryBatch = 10_000

// inMemory makes an index of documents that is kept nowhere.
func inMemory(docs []Document, progress func(done, total int)) (*wordIndex, error) {
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
		progress(i+1, len(docs))
	}
	return newWordIndex(index), nil
}

func (d Document) fields() map[string]any {
	return map[string]any{"text": d.Text, "date": d.Date, "source": d.Source}
}

// search returns the numbers of up to n documents that have one of the stems,
// the best first. The stems are looked up as they are: what people type never
// reaches bleve's query parser.
func (w *wordIndex) search(ctx context.Context, stems []string, f Filter, n int) (found []int, err error) {
	if len(stems) == 0 {
		return nil, nil
	}
	select {
	case w.gate <- struct{}{}:
		defer func() { <-w.gate }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("bleve: panic in search: %v", p)
		}
	}()
	any := make([]query.Query, len(stems))
	for i, s := range stems {
		q := bleve.NewTermQuery(s)
		q.SetField("text")
		any[i] = q
	}
	req := bleve.NewSearchRequestOptions(f.apply(bleve.NewDisjunctionQuery(any...)), n, 0, false)
	req.SortBy([]string{"-_score", "_id"}) // equal scores would otherwise come back in any order
	res, err := w.index.SearchInContext(ctx, req)
	if err != nil {
		return nil, err
	}
	for _, h := range res.Hits {
		i, err := strconv.Atoi(h.ID)
		if err != nil {
			return nil, fmt.Errorf("bleve: document %q is not a number", h.ID)
		}
		found = append(found, i)
	}
	return found, nil
}

// maxTerms is how many stems of a question are searched for, the rarest ones:
// the time of a search grows with their number.
const maxTerms = 24

// rarest returns the stems that the corpus has, without doubles, the rarest
// first and no more than maxTerms.
func (c *Corpus) rarest(stems []string) []string {
	stems = slices.DeleteFunc(slices.Clone(stems), func(s string) bool { return c.df[s] == 0 })
	slices.Sort(stems)
	stems = slices.Compact(stems)
	slices.SortStableFunc(stems, func(a, b string) int { return c.df[a] - c.df[b] })
	return stems[:min(len(stems), maxTerms)]
}
