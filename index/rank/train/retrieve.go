package main

import (
	"slices"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/registry"
	"github.com/blevesearch/bleve/v2/search/query"

	"dossier/corpus"
	"dossier/index/question"
	"dossier/index/rank"
	"dossier/index/term"
)

// newTexts cuts articles as package index does.
func newTexts(articles []corpus.Article) (*texts, error) {
	t := &texts{articles: articles, source: articles}
	passage := 0
	for a := range articles {
		var open rank.Chunk
		flush := func() {
			if len(open.Sentences) > 0 {
				t.chunks = append(t.chunks, open)
			}
			open = rank.Chunk{}
		}
		heading := ""
		for i, p := range articles[a].Passages {
			if p.Heading != heading {
				flush()
				heading = p.Heading
			}
			for _, s := range p.Sentences {
				if len(open.Sentences) == 8 {
					flush()
				}
				if len(open.Sentences) == 0 {
					open = rank.Chunk{Article: a, Title: articles[a].Title, Heading: heading}
				}
				open.Sentences = append(open.Sentences, s.Text)
				t.ids = append(t.ids, s.ID)
				t.passage = append(t.passage, passage)
				t.inArticle = append(t.inArticle, i)
				t.start = append(t.start, s.Start)
			}
			passage++
			if len(open.Sentences) >= 4 {
				flush()
			}
		}
		flush()
	}
	t.collection = rank.NewCollection(t.chunks)
	var docs []string
	for _, ch := range t.chunks {
		text := ch.Title + "\n" + ch.Heading
		for _, s := range ch.Sentences {
			text += "\n" + s
		}
		docs = append(docs, text)
	}
	var err error
	t.search, err = newSearcher(docs)
	return t, err
}

// A searcher is bleve over some texts.
type searcher struct{ index bleve.Index }

type analyzer struct{}

func (analyzer) Analyze(text []byte) analysis.TokenStream {
	var out analysis.TokenStream
	for i, t := range term.Tokens(string(text)) {
		if !t.Stop {
			out = append(out, &analysis.Token{Start: t.Start, End: t.End, Term: []byte(term.Stem(t.Word)), Position: i + 1})
		}
	}
	return out
}

func init() {
	registry.RegisterAnalyzer("train", func(map[string]any, *registry.Cache) (analysis.Analyzer, error) {
		return analyzer{}, nil
	})
}

func newSearcher(docs []string) (*searcher, error) {
	f := bleve.NewTextFieldMapping()
	f.Store, f.DocValues, f.IncludeInAll, f.IncludeTermVectors = false, false, false, false
	f.Analyzer = "train"
	doc := bleve.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt("text", f)
	var m *mapping.IndexMappingImpl = bleve.NewIndexMapping()
	m.DefaultMapping, m.DefaultAnalyzer = doc, "train"
	ix, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, err
	}
	b := ix.NewBatch()
	for i, d := range docs {
		if err := b.Index(strconv.Itoa(i), map[string]any{"text": d}); err != nil {
			return nil, err
		}
	}
	return &searcher{ix}, ix.Batch(b)
}

// hits returns the n best texts for a question: those that share its terms,
// then those that share only words like them.
func (s *searcher) hits(q *question.Question, n int) ([]rank.Hit, error) {
	var any []query.Query
	add := func(stem string, weight float64) {
		t := bleve.NewTermQuery(stem)
		t.SetField("text")
		t.SetBoost(weight)
		any = append(any, t)
	}
	for _, t := range q.Terms {
		add(t.Stem, t.Weight)
	}
	if len(any) == 0 {
		return nil, nil
	}
	out, err := s.run(any, n)
	if err != nil {
		return nil, err
	}
	terms := len(any)
	for _, t := range q.Terms {
		for _, l := range t.Like {
			add(l.Stem, t.Weight*l.Weight)
		}
	}
	if len(any) == terms {
		return out, nil
	}
	more, err := s.run(any, n)
	for _, h := range more {
		if !slices.ContainsFunc(out, func(o rank.Hit) bool { return o.Chunk == h.Chunk }) {
			out = append(out, h)
		}
	}
	return out, err
}

func (s *searcher) run(any []query.Query, n int) ([]rank.Hit, error) {
	req := bleve.NewSearchRequestOptions(bleve.NewDisjunctionQuery(any...), n, 0, false)
	req.SortBy([]string{"-_score", "_id"})
	res, err := s.index.Search(req)
	if err != nil {
		return nil, err
	}
	var out []rank.Hit
	for _, h := range res.Hits {
		id, err := strconv.Atoi(h.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, rank.Hit{Chunk: id, Score: h.Score})
	}
	return out, nil
}
