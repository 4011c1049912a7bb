package index

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/registry"
	"github.com/blevesearch/bleve/v2/search/query"

	"dossier/index/rank"
	"dossier/index/term"
)

// analyzerName is the analyzer that cuts text by package term, so that bleve
// and the ranker see the same terms.
const analyzerName = "dossier"

func init() {
	err := registry.RegisterAnalyzer(analyzerName, func(map[string]any, *registry.Cache) (analysis.Analyzer, error) {
		return analyzer{}, nil
	})
	if err != nil {
		panic(err) // the name is taken
	}
}

type analyzer struct{}

// Analyze implements [analysis.Analyzer].
func (analyzer) Analyze(text []byte) analysis.TokenStream {
	var out analysis.TokenStream
	for i, t := range term.Tokens(string(text)) {
		if !t.Stop {
			out = append(out, &analysis.Token{Start: t.Start, End: t.End, Term: []byte(term.Stem(t.Word)), Position: i + 1})
		}
	}
	return out
}

// newMapping is bleve's schema: what is searched and nothing stored, as the
// articles are in memory. The scoring is bleve's default, tf-idf: its BM25
// takes the average length of a chunk from the number of distinct words, which
// is wrong, and is no better with the right one.
func newMapping() mapping.IndexMapping {
	lean := func(f *mapping.FieldMapping) *mapping.FieldMapping {
		f.Store, f.DocValues, f.IncludeInAll, f.IncludeTermVectors = false, false, false, false
		return f
	}
	text := lean(bleve.NewTextFieldMapping())
	text.Analyzer = analyzerName
	key := lean(bleve.NewKeywordFieldMapping())
	key.SkipFreqNorm = true

	doc := bleve.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt("text", text)
	doc.AddFieldMappingsAt("date", key)
	doc.AddFieldMappingsAt("source", key)
	m := bleve.NewIndexMapping()
	m.DefaultMapping = doc
	m.DefaultAnalyzer = analyzerName
	return m
}

// A retriever finds the chunks that share terms with a question.
type retriever struct {
	index bleve.Index
	// gate holds as many searches at a time as there are processors: more
	// would only wait for each other in bleve, and the slowest would double.
	gate chan struct{}
}

func newRetriever(index bleve.Index) *retriever {
	return &retriever{index: index, gate: make(chan struct{}, runtime.GOMAXPROCS(0))}
}

func (r *retriever) close() error { return r.index.Close() }

// memoryBatch is how many documents go into one batch of an index in memory.
// Such an index never merges its segments, so there should be few.
const memoryBatch = 10_000

func buildInMemory(docs []document) (*retriever, error) {
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

func (d document) fields() map[string]any {
	return map[string]any{"text": d.Text, "date": d.Date, "source": d.Source}
}

// A filter keeps chunks by source and date; its zero value keeps all.
type filter struct{ source, from, to string }

// search returns up to n chunks that hold one of the terms, the best first.
// The terms are looked up as they are: what people type never reaches bleve's
// query parser.
func (r *retriever) search(ctx context.Context, terms []weighted, f filter, n int) (hits []rank.Hit, err error) {
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

// A weighted stem is one term of a search.
type weighted struct {
	stem   string
	weight float64
}

func (f filter) apply(q query.Query) query.Query {
	all := []query.Query{q}
	if f.source != "" {
		s := bleve.NewTermQuery(sourceKey(f.source))
		s.SetField("source")
		s.SetBoost(0) // a filter, not a matter of score
		all = append(all, s)
	}
	if f.from != "" || f.to != "" {
		yes := true
		to := f.to
		if to == "" {
			to = "9999"
		}
		from := max(f.from, "0") // an article without a date is outside every range
		d := bleve.NewTermRangeInclusiveQuery(from, to, &yes, &yes)
		d.SetField("date")
		d.SetBoost(0)
		all = append(all, d)
	}
	if len(all) == 1 {
		return q
	}
	return bleve.NewConjunctionQuery(all...)
}
