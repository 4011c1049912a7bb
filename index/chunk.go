package index

import (
	"slices"
	"strings"

	"dossier/corpus"
	"dossier/index/rank"
)

// A chunk is what is retrieved: a run of sentences of one article. News has
// paragraphs of one sentence, in which no question finds all its words, so
// short ones are put together; long ones are taken apart.
type chunk struct{ first, end int } // a half-open range of sentence numbers

// A chunk grows by whole paragraphs until it has minChunk sentences, and never
// has more than maxChunk. Chunks of four to eight sentences retrieve best.
const (
	minChunk = 4
	maxChunk = 8
)

// cut numbers the sentences of all articles and puts them into chunks.
func cut(articles []corpus.Article) ([]chunk, []sentence) {
	var chunks []chunk
	var sentences []sentence
	for a := range articles {
		open := chunk{len(sentences), len(sentences)}
		flush := func() {
			if open.end > open.first {
				for i := open.first; i < open.end; i++ {
					sentences[i].chunk = len(chunks)
				}
				chunks = append(chunks, open)
			}
			open = chunk{open.end, open.end}
		}
		heading := ""
		for p, passage := range articles[a].Passages {
			if passage.Heading != heading {
				flush()
				heading = passage.Heading
			}
			for s := range passage.Sentences {
				if open.end-open.first == maxChunk {
					flush()
				}
				sentences = append(sentences, sentence{article: a, passage: p, index: s})
				open.end++
			}
			if open.end-open.first >= minChunk {
				flush()
			}
		}
		flush()
	}
	return chunks, sentences
}

// A document is what bleve is given of a chunk.
type document struct {
	Text   string   `json:"text"`   // title, heading and sentences: a title in a field of its own would count too much
	Date   string   `json:"date"`   // of the article
	Source []string `json:"source"` // the names of all sources and of the outlet, folded
}

func (ix *Index) documents() []document {
	docs := make([]document, len(ix.chunks))
	for i, c := range ix.chunks {
		a := &ix.articles[ix.sentences[c.first].article]
		parts := []string{a.Title, a.Passages[ix.sentences[c.first].passage].Heading}
		var sources []string
		for j := c.first; j < c.end; j++ {
			_, s := ix.at(j)
			parts = append(parts, s.Text)
			for _, src := range a.SourcesOf(*s) {
				sources = append(sources, sourceKey(src.Name))
			}
		}
		if a.Outlet != "" {
			sources = append(sources, sourceKey(a.Outlet))
		}
		slices.Sort(sources)
		docs[i] = document{Text: strings.Join(parts, "\n"), Date: a.Date, Source: slices.Compact(sources)}
	}
	return docs
}

func sourceKey(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

func (ix *Index) rankChunks() []rank.Chunk {
	out := make([]rank.Chunk, len(ix.chunks))
	for i, c := range ix.chunks {
		at := ix.sentences[c.first]
		a := &ix.articles[at.article]
		texts := make([]string, 0, c.end-c.first)
		for j := c.first; j < c.end; j++ {
			_, s := ix.at(j)
			texts = append(texts, s.Text)
		}
		out[i] = rank.Chunk{Article: at.article, Title: a.Title, Heading: a.Passages[at.passage].Heading, Sentences: texts}
	}
	return out
}
