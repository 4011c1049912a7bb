package retrieve

import (
	"slices"
	"strings"

	"dossier/corpus"
	"dossier/index/rank"
)

// A Corpus is articles with their sentences numbered and put into chunks.
//
// A chunk is what is retrieved: a run of sentences of one article. News has
// paragraphs of one sentence, in which no question finds all its words, so
// short ones are put together; long ones are taken apart.
type Corpus struct {
	Articles   []corpus.Article
	Sentences  []Sentence // in the order of the articles
	Chunks     []rank.Chunk
	Collection *rank.Collection // the words of the chunks
}

// A Sentence says where a sentence stands. Sentences of one article are
// consecutive.
type Sentence struct {
	Article, Passage, Index int // in Corpus.Articles, its Passages, their Sentences
}

// A chunk grows by whole paragraphs until it has minChunk sentences, and never
// has more than maxChunk. Chunks of four to eight sentences retrieve best.
const (
	minChunk = 4
	maxChunk = 8
)

// Cut makes a corpus of articles.
func Cut(articles []corpus.Article) *Corpus {
	c := &Corpus{Articles: articles}
	for a := range articles {
		var open rank.Chunk
		flush := func() {
			if len(open.Sentences) > 0 {
				c.Chunks = append(c.Chunks, open)
			}
			open = rank.Chunk{}
		}
		for p, passage := range articles[a].Passages {
			if passage.Heading != open.Heading {
				flush()
			}
			for s, sentence := range passage.Sentences {
				if len(open.Sentences) == maxChunk {
					flush()
				}
				open.Article, open.Title, open.Heading = a, articles[a].Title, passage.Heading
				open.Sentences = append(open.Sentences, sentence.Text)
				c.Sentences = append(c.Sentences, Sentence{a, p, s})
			}
			if len(open.Sentences) >= minChunk {
				flush()
			}
		}
		flush()
	}
	c.Collection = rank.NewCollection(c.Chunks)
	return c
}

// At returns sentence number i and its article.
func (c *Corpus) At(i int) (*corpus.Article, *corpus.Sentence) {
	s := c.Sentences[i]
	a := &c.Articles[s.Article]
	return a, &a.Passages[s.Passage].Sentences[s.Index]
}

// A Document is what bleve is given of a chunk.
type Document struct {
	Text   string   `json:"text"`   // title, heading and sentences: a title in a field of its own would count too much
	Date   string   `json:"date"`   // of the article
	Source []string `json:"source"` // the names of all sources and of the outlet, folded
}

// Documents returns the documents of the chunks in order.
func (c *Corpus) Documents() []Document {
	docs := make([]Document, len(c.Chunks))
	for i, ch := range c.Chunks {
		a := &c.Articles[ch.Article]
		var sources []string
		for j, end := c.Collection.Range(i); j < end; j++ {
			_, s := c.At(j)
			for _, src := range a.SourcesOf(*s) {
				sources = append(sources, sourceKey(src.Name))
			}
		}
		if a.Outlet != "" {
			sources = append(sources, sourceKey(a.Outlet))
		}
		slices.Sort(sources)
		text := strings.Join(append([]string{ch.Title, ch.Heading}, ch.Sentences...), "\n")
		docs[i] = Document{Text: text, Date: a.Date, Source: slices.Compact(sources)}
	}
	return docs
}

func sourceKey(name string) string { return strings.ToLower(strings.TrimSpace(name)) }
