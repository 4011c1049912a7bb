package retrieve

import (
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"

	"dossier/corpus"
)

// A Filter keeps sentences by source and date; its zero value keeps all.
type Filter struct {
	Source   string // a source or an outlet
	From, To string // dates of articles, inclusive
}

// Keeps reports whether the filter keeps a sentence of an article.
func (f Filter) Keeps(a *corpus.Article, s *corpus.Sentence) bool {
	switch {
	case f.From != "" && a.Date < f.From, f.To != "" && (a.Date > f.To || a.Date == ""):
		return false
	case f.Source == "" || sourceKey(a.Outlet) == sourceKey(f.Source):
		return true
	}
	for _, src := range a.SourcesOf(*s) {
		if sourceKey(src.Name) == sourceKey(f.Source) {
			return true
		}
	}
	return false
}

// keep returns what decides whether a sentence of c may be found, or nil where
// all may.
func (f Filter) keep(c *Corpus) func(int) bool {
	if f == (Filter{}) {
		return nil
	}
	return func(i int) bool { return f.Keeps(c.At(i)) }
}

// apply makes a query find only sentences that the filter keeps.
func (f Filter) apply(q query.Query) query.Query {
	all := []query.Query{q}
	if f.Source != "" {
		s := bleve.NewTermQuery(sourceKey(f.Source))
		s.SetField("source")
		s.SetBoost(0) // a filter, not a matter of score
		all = append(all, s)
	}
	if f.From != "" || f.To != "" {
		yes := true
		to := f.To
		if to == "" {
			to = "9999"
		}
		from := max(f.From, "0") // an article without a date is outside every range
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
