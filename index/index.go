// Package index finds the sentences of a corpus that answer a question.
//
// [New] takes the articles. [Index.Ask] is the whole way of a question, on one
// page (ask.go): it is understood (understand.go), sentences that may answer are
// found (package retrieve) and read (package reader), and the best come back as
// quotes, or none where the corpus does not say. A quote is always a sentence of
// an article, byte for byte: nothing here writes text of its own.
package index

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"log/slog"
	"reflect"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"

	"dossier/corpus"
	"dossier/index/bert"
	"dossier/index/conversation"
	"dossier/index/reader"
	"dossier/index/retrieve"
)

// weights.bin holds the retriever, the reader and the kinds of questions, as
// index/train/export.py writes them.
//
//go:embed weights.bin
var weights []byte

// WeightsSHA256 returns the SHA-256 of weights.bin, in hexadecimal: what
// index/train/manifest.json names it by.
func WeightsSHA256() string {
	sum := sha256.Sum256(weights)
	return hex.EncodeToString(sum[:])
}

// builtinVectors are the vectors of the built-in articles' sentences. Vectors
// take longest of all that an index needs, and these never change. Written by:
// go test ./index -run TestBuiltinVectors -update
//
//go:embed builtin.vec
var builtinVectors []byte

// An Index answers questions from a fixed set of articles. Its methods may be
// called from several goroutines.
type Index struct {
	corpus    *retrieve.Corpus
	retriever *retrieve.Retriever
	*networks
	memory    *conversation.Memory
	suggester *suggester
	queue     *queue
	depth     int
	readAt    time.Time
	change    Change
}

// Options are the settings of an index; the zero value is an index in memory.
type Options struct {
	Dir       string            // where to keep the index on disk, made if missing; empty: in memory
	Questions []corpus.Question // that the articles are known to answer
	Depth     int               // how many candidates are read; 0: as many as the machine reads in time
	Before    *Index            // the index that this one is to replace: its vectors, conversations and depth are taken over
	Log       *slog.Logger      // nil: no log

	// Progress is called, unless it is nil, with how much is done of work that may
	// take long: while New builds the index, and after New until Ready. It must come
	// back at once.
	Progress func(work Work, done, total int)
}

// Work is what an index may take long for, in words.
type Work = retrieve.Work

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
	ix := &Index{
		corpus: retrieve.NewCorpus(articles), memory: conversation.NewMemory(),
		suggester: newSuggester(articles, opts.Questions), queue: newQueue(), depth: opts.Depth, readAt: time.Now(),
	}
	o := retrieve.Options{Dir: opts.Dir, Vectors: builtinVectors, Log: opts.Log, Progress: opts.Progress}
	if old := opts.Before; old != nil {
		ix.memory, ix.queue, ix.depth, ix.change = old.memory, old.queue, old.depth, old.change
		if c := changeOf(old.corpus.Articles, articles); c != (Change{}) {
			c.When = ix.readAt
			ix.change = c
		}
		o.Before = old.retriever
	}
	if len(ix.corpus.Sentences) == 0 {
		return nil, ErrNoArticles
	}
	var err error
	if ix.networks, err = openNetworks(); err != nil {
		return nil, err
	}
	if ix.depth == 0 { // before new vectors take the processors
		ix.depth = ix.measureDepth(ctx)
		opts.Log.Debug("candidates are read", "depth", ix.depth)
	}
	ix.retriever, err = retrieve.New(ctx, ix.corpus, ix.known(opts.Questions), ix.encoder, o)
	if err != nil {
		return nil, err
	}
	return ix, nil
}

// networks are what weights.bin holds: the same for all indexes.
type networks struct {
	encoder *retrieve.Encoder
	reader  *reader.Reader
	kinds   *kindClassifier
}

// openNetworks returns the networks, of which a process has one set.
var openNetworks = sync.OnceValues(func() (*networks, error) {
	w, err := bert.Open(weights)
	if err != nil {
		return nil, err
	}
	tok, err := bert.NewTokenizer(w.Vocab())
	if err != nil {
		return nil, err
	}
	n := &networks{}
	if n.encoder, err = retrieve.NewEncoder(w, tok); err != nil {
		return nil, err
	}
	if n.reader, err = reader.New(w, tok); err != nil {
		return nil, err
	}
	n.kinds, err = newKindClassifier(w)
	return n, err
})

// known returns the questions that the corpus is known to answer, and those to
// offer, of which nobody may have said where.
func (ix *Index) known(questions []corpus.Question) []retrieve.Question {
	var out []retrieve.Question
	at := make(map[string]int)
	add := func(text string) *retrieve.Question {
		if _, ok := at[text]; !ok {
			at[text] = len(out)
			out = append(out, retrieve.Question{Text: text})
		}
		return &out[at[text]]
	}
	for _, s := range ix.suggester.all {
		add(s.text).Offer = true
	}
	for _, q := range questions {
		k := add(q.Text)
		k.Gap = len(q.Sentences) == 0
		for _, id := range q.Sentences {
			if i, ok := ix.corpus.Find(id); ok {
				k.Sentences = append(k.Sentences, i)
			}
		}
	}
	return out
}

// Close frees what the index holds. No other method may be called after it.
func (ix *Index) Close() error { return ix.retriever.Close() }

// replaced closes an index that now has replaced, and deletes what of it is on disk.
func (ix *Index) replaced(now *Index) error { return ix.retriever.Replaced(now.retriever) }

// Ready is closed once answers are as good as they will be: when the meaning
// of every sentence is known, and not only its words. That takes some
// milliseconds a sentence for articles that the index has not seen before.
func (ix *Index) Ready() <-chan struct{} { return ix.retriever.Ready() }

// Stats is what an index holds.
type Stats struct {
	Articles, Passages, Sentences int
	From, To                      string    // the earliest and latest date of an article, or empty
	Version                       string    // changes when an article does
	Read                          time.Time // when the articles were read
	Change                        Change    // the last one since the program started
}

// A Change says how many articles differ from those before; it is zero where none
// does.
type Change struct {
	When                    time.Time // when the changed ones were read
	Added, Changed, Removed int
}

// changeOf compares articles by their short names.
func changeOf(before, after []corpus.Article) (c Change) {
	was := make(map[string]*corpus.Article, len(before))
	for i := range before {
		was[before[i].Slug] = &before[i]
	}
	for i := range after {
		switch old := was[after[i].Slug]; {
		case old == nil:
			c.Added++
		case !reflect.DeepEqual(*old, after[i]):
			c.Changed++
		}
		delete(was, after[i].Slug)
	}
	c.Removed = len(was)
	return c
}

// Stats returns what the index holds.
func (ix *Index) Stats() Stats {
	st := Stats{Articles: len(ix.corpus.Articles), Sentences: len(ix.corpus.Sentences), Version: ix.retriever.Version(), Read: ix.readAt, Change: ix.change}
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
	if i, ok := ix.corpus.Find(id); ok {
		return ix.quote(i), true
	}
	return Quote{}, false
}

// Around returns the sentence with this ID and up to n sentences before and
// after it in its article, in order; nil where the ID is unknown.
func (ix *Index) Around(id string, n int) []Quote {
	i, ok := ix.corpus.Find(id)
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

// quote returns sentence number i as a quote without score.
func (ix *Index) quote(i int) Quote {
	a, s := ix.corpus.At(i)
	return Quote{
		ID:      s.ID,
		Text:    s.Text,
		Before:  ix.corpus.Text(i-1, i),
		After:   ix.corpus.Text(i+1, i),
		Article: articleRef(a, ix.corpus.Heading(i)),
		Sources: a.SourcesOf(*s),
	}
}

func articleRef(a *corpus.Article, heading string) ArticleRef {
	return ArticleRef{Slug: a.Slug, Title: a.Title, Date: a.Date, Outlet: a.Outlet, URL: a.URL, Heading: heading}
}
