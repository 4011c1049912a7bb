// Package index finds the sentences of a corpus that answer a question.
//
// [New] takes the articles, cuts them into chunks of a few sentences and puts
// those into a bleve index, in memory or on disk (package retrieval).
// [Index.Ask] is the whole way of a question, on one page (ask.go): it is read
// (package question), chunks are retrieved, their sentences ranked (package
// rank), and the best ones come back as quotes, or none where the corpus does
// not say. A quote is always a sentence of an article, byte for byte: nothing
// here writes text of its own.
package index

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"slices"
	"sort"
	"strings"

	"dossier/corpus"
	"dossier/index/retrieve"
	"dossier/index/question"
)

// An Index answers questions from a fixed set of articles. Its methods may be
// called from several goroutines.
type Index struct {
	corpus    *retrieve.Corpus
	bySlug    map[string]int
	retriever *retrieve.Retriever
	vectors   *vectorStore
	parser    *question.Parser
	memory    question.Memory
	suggester *suggester
	version   string
	log       *slog.Logger
}

// Options are the settings of an index; the zero value is an index in memory.
type Options struct {
	Dir string       // where to keep the index on disk, made if missing; empty: in memory
	Log *slog.Logger // nil: no log
}

// ErrNoArticles is returned by [New] where there is nothing to index.
var ErrNoArticles = errors.New("no articles")

// New makes an index of articles. With opts.Dir, an index of the same articles
// that is there and sound is used, else it is built and left there. A directory
// that cannot be made is an error; where the index cannot be kept in one that
// is there, say since the disk is full, it is in memory and a warning logged.
func New(ctx context.Context, articles []corpus.Article, opts Options) (*Index, error) {
	if len(articles) == 0 {
		return nil, ErrNoArticles
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	ix := &Index{corpus: retrieve.Cut(articles), bySlug: make(map[string]int), log: opts.Log}
	for i := range articles {
		ix.bySlug[articles[i].Slug] = i
	}
	docs := ix.corpus.Documents()
	ix.version = retrieve.Version(docs)

	var err error
	if opts.Dir != "" {
		if err := os.MkdirAll(opts.Dir, 0o755); err != nil {
			return nil, err
		}
		ix.retriever, err = retrieve.Open(ctx, opts.Dir, ix.version, docs, opts.Log)
		if err != nil && ctx.Err() == nil {
			opts.Log.Warn("cannot keep the index on disk, so it is in memory", "dir", opts.Dir, "err", err)
			opts.Dir = ""
		}
	}
	if opts.Dir == "" {
		ix.retriever, err = retrieve.InMemory(docs)
	}
	if err != nil {
		return nil, err
	}
	ix.parser = question.New(ix.corpus.Collection)
	ix.suggester = newSuggester(articles, ix.parser)
	texts := make([]string, 0, len(ix.corpus.Sentences)+len(ix.suggester.all))
	for i := range ix.corpus.Sentences {
		texts = append(texts, ix.neighbour(i, i))
	}
	for _, s := range ix.suggester.all {
		texts = append(texts, s.text)
	}
	if ix.vectors, err = newVectorStore(texts, opts.Dir, opts.Log); err != nil {
		return nil, errors.Join(err, ix.retriever.Close())
	}
	return ix, nil
}

// Close frees what the index holds. No other method may be called after it.
func (ix *Index) Close() error {
	ix.vectors.close()
	return ix.retriever.Close()
}

// Ready is closed once answers are as good as they will be: when the meaning
// of every sentence is known, and not only its words. That takes some
// milliseconds a sentence for articles that the index has not seen before.
func (ix *Index) Ready() <-chan struct{} { return ix.vectors.done }

// Stats is what an index holds.
type Stats struct {
	Articles, Passages, Sentences int
	From, To                      string // the earliest and latest date of an article, or empty
	Version                       string // changes when an article does
}

// Stats returns what the index holds.
func (ix *Index) Stats() Stats {
	st := Stats{Articles: len(ix.corpus.Articles), Sentences: len(ix.corpus.Sentences), Version: ix.version}
	for _, a := range ix.corpus.Articles {
		st.Passages += len(a.Passages)
		if a.Date == "" {
			continue
		}
		if st.From == "" || a.Date < st.From {
			st.From = a.Date
		}
		st.To = max(st.To, a.Date)
	}
	return st
}

// Articles returns all articles, the newest first.
func (ix *Index) Articles() []ArticleRef {
	refs := make([]ArticleRef, len(ix.corpus.Articles))
	for i := range ix.corpus.Articles {
		refs[i] = articleRef(&ix.corpus.Articles[i], "")
	}
	slices.SortStableFunc(refs, func(a, b ArticleRef) int { return strings.Compare(b.Date, a.Date) })
	return refs
}

// SourceNames returns the names of all sources, the most cited first.
func (ix *Index) SourceNames() []string {
	cited := make(map[string]int)
	for i := range ix.corpus.Sentences {
		a, s := ix.corpus.At(i)
		for _, src := range a.SourcesOf(*s) {
			cited[src.Name]++
		}
	}
	names := make([]string, 0, len(cited))
	for n := range cited {
		names = append(names, n)
	}
	sort.Slice(names, func(i, j int) bool {
		if cited[names[i]] != cited[names[j]] {
			return cited[names[i]] > cited[names[j]]
		}
		return names[i] < names[j]
	})
	return names
}

// Quote returns the sentence with this permanent ID.
func (ix *Index) Quote(id string) (Quote, bool) {
	if i, ok := ix.find(id); ok {
		return ix.quote(i), true
	}
	return Quote{}, false
}

// Around returns the sentence with this ID and up to n sentences before and
// after it in its article, in order; nil where the ID is unknown.
func (ix *Index) Around(id string, n int) []Quote {
	i, ok := ix.find(id)
	if !ok {
		return nil
	}
	var qs []Quote
	for j := max(0, i-n); j < len(ix.corpus.Sentences) && j <= i+n; j++ {
		if ix.corpus.Sentences[j].Article == ix.corpus.Sentences[i].Article {
			qs = append(qs, ix.quote(j))
		}
	}
	return qs
}

// Suggest returns up to n questions that the corpus can answer and that fit
// what was typed so far; good first questions where nothing was.
func (ix *Index) Suggest(typed string, n int) []string { return ix.suggester.suggest(typed, n) }

// find returns the number of the sentence with this ID.
func (ix *Index) find(id string) (int, bool) {
	slug, _, ok := strings.Cut(id, ".")
	a, known := ix.bySlug[slug]
	if !ok || !known {
		return 0, false
	}
	first, found := slices.BinarySearchFunc(ix.corpus.Sentences, a, func(s retrieve.Sentence, a int) int { return s.Article - a })
	if !found {
		return 0, false
	}
	for i := first; i < len(ix.corpus.Sentences) && ix.corpus.Sentences[i].Article == a; i++ {
		if _, s := ix.corpus.At(i); s.ID == id {
			return i, true
		}
	}
	return 0, false
}

// neighbour returns the text of sentence number i where it is in the same
// article as sentence number of, else nothing.
func (ix *Index) neighbour(i, of int) string {
	if i < 0 || i >= len(ix.corpus.Sentences) || ix.corpus.Sentences[i].Article != ix.corpus.Sentences[of].Article {
		return ""
	}
	_, s := ix.corpus.At(i)
	return s.Text
}

// quote returns sentence number i as a quote without score.
func (ix *Index) quote(i int) Quote {
	a, s := ix.corpus.At(i)
	return Quote{
		ID:      s.ID,
		Text:    s.Text,
		Before:  ix.neighbour(i-1, i),
		After:   ix.neighbour(i+1, i),
		Article: articleRef(a, a.Passages[ix.corpus.Sentences[i].Passage].Heading),
		Sources: a.SourcesOf(*s),
	}
}

func articleRef(a *corpus.Article, heading string) ArticleRef {
	return ArticleRef{Slug: a.Slug, Title: a.Title, Date: a.Date, Outlet: a.Outlet, URL: a.URL, Heading: heading}
}
