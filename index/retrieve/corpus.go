package retrieve

import (
	"math"
	"slices"
	"strings"

	"dossier/corpus"
	"dossier/index/text"
)

// A Corpus is articles with their sentences numbered.
type Corpus struct {
	Articles  []corpus.Article
	Sentences []Place // in the order of the articles

	bySlug map[string]int // -> Articles
	first  []int          // of each article, its first sentence
	df     map[string]int // how many sentences, with title and heading, have a stem
	length float64        // their mean number of terms
}

// A Place says where a sentence stands. Sentences of one article are
// consecutive.
type Place struct {
	Article, Passage, Index int // in Corpus.Articles, its Passages, their Sentences
}

// NewCorpus makes a corpus of articles.
func NewCorpus(articles []corpus.Article) *Corpus {
	c := &Corpus{Articles: articles, bySlug: make(map[string]int), df: make(map[string]int)}
	total := 0
	for a := range articles {
		c.bySlug[articles[a].Slug] = a
		c.first = append(c.first, len(c.Sentences))
		for p, passage := range articles[a].Passages {
			for s := range passage.Sentences {
				c.Sentences = append(c.Sentences, Place{a, p, s})
				stems := text.Learn(c.document(len(c.Sentences) - 1))
				total += len(stems)
				slices.Sort(stems)
				for _, stem := range slices.Compact(stems) {
					c.df[stem]++
				}
			}
		}
	}
	c.length = float64(max(total, 1)) / float64(max(len(c.Sentences), 1))
	return c
}

// At returns sentence number i and its article.
func (c *Corpus) At(i int) (*corpus.Article, *corpus.Sentence) {
	p := c.Sentences[i]
	a := &c.Articles[p.Article]
	return a, &a.Passages[p.Passage].Sentences[p.Index]
}

// Heading returns the heading above sentence number i, or nothing.
func (c *Corpus) Heading(i int) string {
	p := c.Sentences[i]
	return c.Articles[p.Article].Passages[p.Passage].Heading
}

// Text returns the text of sentence number i where it is there and in the same
// article as sentence number of, else nothing.
func (c *Corpus) Text(i, of int) string {
	if i < 0 || i >= len(c.Sentences) || c.Sentences[i].Article != c.Sentences[of].Article {
		return ""
	}
	_, s := c.At(i)
	return s.Text
}

// Find returns the number of the sentence with a permanent ID.
func (c *Corpus) Find(id string) (int, bool) {
	slug, _, ok := strings.Cut(id, ".")
	a, known := c.bySlug[slug]
	if !ok || !known {
		return 0, false
	}
	for i := c.first[a]; i < len(c.Sentences) && c.Sentences[i].Article == a; i++ {
		if _, s := c.At(i); s.ID == id {
			return i, true
		}
	}
	return 0, false
}

// document is what is searched of sentence number i: a title in a field of its
// own would count too much.
func (c *Corpus) document(i int) string {
	a, s := c.At(i)
	return a.Title + "\n" + c.Heading(i) + "\n" + s.Text
}

// A Document is what bleve is given of a sentence.
type Document struct {
	Text   string   `json:"text"`
	Date   string   `json:"date"`   // of the article
	Source []string `json:"source"` // the names of all sources and of the outlet, folded
}

// Documents returns the documents of the sentences in order.
func (c *Corpus) Documents() []Document {
	docs := make([]Document, len(c.Sentences))
	for i := range docs {
		a, s := c.At(i)
		var sources []string
		for _, src := range a.SourcesOf(*s) {
			sources = append(sources, sourceKey(src.Name))
		}
		if a.Outlet != "" {
			sources = append(sources, sourceKey(a.Outlet))
		}
		slices.Sort(sources)
		docs[i] = Document{Text: c.document(i), Date: a.Date, Source: slices.Compact(sources)}
	}
	return docs
}

func sourceKey(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// idf is how much a stem tells, by how few sentences have it: Robertson and
// Spärck Jones's weight as in BM25, never negative.
func (c *Corpus) idf(stem string) float64 {
	n := float64(c.df[stem])
	return math.Log(1 + (float64(len(c.Sentences))-n+0.5)/(n+0.5))
}

// The usual parameters of BM25: how soon a repeated word counts no more, and
// how much a long sentence loses.
const saturation, lengthNorm = 1.2, 0.75

// bm25 returns how well sentence number i matches the stems of a question, as a
// share of what a sentence that repeats all of them without end would get: a
// match of words that tell little stays small, also where it is the best.
func (c *Corpus) bm25(stems []string, i int) float64 {
	have := make(map[string]float64)
	n := 0.0
	for _, s := range text.Stems(c.document(i)) {
		have[s]++
		n++
	}
	sum, ideal := 0.0, 1e-6
	for _, s := range stems {
		w := c.idf(s)
		ideal += float64(w * (saturation + 1))
		if tf := have[s]; tf > 0 {
			sum += float64(w * tf * (saturation + 1) / (tf + float64(saturation*(1-lengthNorm+float64(lengthNorm*n/c.length)))))
		}
	}
	return sum / ideal
}
