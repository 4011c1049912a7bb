package retrieve

import (
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/registry"

	"dossier/index/text"
)

// analyzerName is the analyzer that cuts text by package text, so that bleve
// and BM25 see the same terms.
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
func (analyzer) Analyze(b []byte) analysis.TokenStream {
	var out analysis.TokenStream
	for i, t := range text.Tokens(string(b)) {
		if !t.Stop {
			out = append(out, &analysis.Token{Start: t.Start, End: t.End, Term: []byte(text.Stem(t.Word)), Position: i + 1})
		}
	}
	return out
}

// newMapping is bleve's schema: what is searched and nothing stored, as the
// articles are in memory. The scoring is bleve's default, tf-idf: it
// finds as many right sentences as its BM25.
func newMapping() mapping.IndexMapping {
	lean := func(f *mapping.FieldMapping) *mapping.FieldMapping {
		f.Store, f.DocValues, f.IncludeInAll, f.IncludeTermVectors = false, false, false, false
		return f
	}
	body := lean(bleve.NewTextFieldMapping())
	body.Analyzer = analyzerName
	key := lean(bleve.NewKeywordFieldMapping())
	key.SkipFreqNorm = true

	doc := bleve.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt("text", body)
	doc.AddFieldMappingsAt("date", key)
	doc.AddFieldMappingsAt("source", key)
	m := bleve.NewIndexMapping()
	m.DefaultMapping = doc
	m.DefaultAnalyzer = analyzerName
	return m
}
