package retrieve

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"dossier/index/text"
)

// A Retriever finds the sentences of a corpus that may answer a question. Its
// methods may be called from several goroutines.
type Retriever struct {
	corpus  *Corpus
	words   *wordIndex
	vectors *vectorStore // of the sentences, then of the known questions
	known   []Question
	encoder *Encoder
	version string
	dir     string       // of its index on disk; empty: it is in memory
	opening func() []int // leads, once
}

// A Question is one that a corpus is known to answer.
type Question struct {
	Text      string
	Sentences []int // that answer it; none where that is not known
	Offer     bool  // may be offered to people
	Gap       bool  // no sentence answers it
}

// Options say where an index is kept; the zero value keeps it in memory.
type Options struct {
	Dir     string     // where to keep it on disk, made if missing; empty: in memory
	Vectors []byte     // a vector file, so that these need not be computed
	Before  *Retriever // the one that this one is to replace: its vectors are taken over, and it computes no more
	Log     *slog.Logger

	// Progress is called, unless it is nil, with how much is done of what takes
	// longest, from one goroutine at a time: first while the index is built, then
	// while vectors are computed. A unit takes always about the same time.
	Progress func(work Work, done, total int)
}

// Work is what an index may take long for.
type Work string

const (
	Building  Work = "building the index"
	Computing Work = "computing the meaning of new sentences"
)

// New makes a retriever of a corpus and the questions that it is known to
// answer. With opts.Dir, an index of the same articles that is there and sound
// is used, else it is built and left there. A directory that cannot be made is
// an error; where the index cannot be kept in one that is there, say since the
// disk is full, it is in memory and a warning logged.
func New(ctx context.Context, c *Corpus, known []Question, enc *Encoder, opts Options) (*Retriever, error) {
	if opts.Progress == nil {
		opts.Progress = func(Work, int, int) {}
	}
	building := func(done, total int) { opts.Progress(Building, done, total) }
	docs := c.Documents()
	r := &Retriever{corpus: c, known: known, encoder: enc, version: Version(docs)}
	var err error
	if opts.Dir != "" {
		if err := os.MkdirAll(opts.Dir, 0o755); err != nil {
			return nil, err
		}
		r.words, err = open(ctx, opts.Dir, r.version, docs, opts.Log, building)
		if err != nil && ctx.Err() == nil {
			opts.Log.Warn("cannot keep the index on disk, so it is in memory", "dir", opts.Dir, "err", err)
			opts.Dir = ""
		}
	}
	if opts.Dir == "" {
		r.words, err = inMemory(docs, building)
	}
	if err != nil {
		return nil, err
	}
	r.opening = sync.OnceValue(r.leads)
	if opts.Dir != "" {
		r.dir = filepath.Join(opts.Dir, r.version)
	}
	var before []byte
	if old := opts.Before; old != nil {
		old.Halt() // or it would go on to write the vectors of what is gone
		before = old.Vectors()
	}
	r.vectors = newVectorStore(enc, r.texts(), before, opts)
	return r, nil
}

// texts returns what vectors are kept of: the sentences, then the known
// questions.
func (r *Retriever) texts() []string {
	texts := make([]string, 0, len(r.corpus.Sentences)+len(r.known))
	for i := range r.corpus.Sentences {
		texts = append(texts, r.corpus.Text(i, i))
	}
	for _, q := range r.known {
		texts = append(texts, q.Text)
	}
	return texts
}

// Vectors returns the vector file of the corpus, as far as its vectors are there.
func (r *Retriever) Vectors() []byte {
	var have []int
	for i := range r.vectors.have {
		if r.vectors.have[i].Load() {
			have = append(have, i)
		}
	}
	return r.vectors.records(have)
}

// Halt ends the computing of vectors in the background. Questions find what has one
// as before.
func (r *Retriever) Halt() { r.vectors.close() }

// Close frees what the retriever holds.
func (r *Retriever) Close() error {
	r.vectors.close()
	return r.words.close()
}

// Replaced closes a retriever, and deletes its index on disk unless now, the
// one that is used now, uses it too.
func (r *Retriever) Replaced(now *Retriever) error {
	err := r.Close()
	if r.dir != "" && r.dir != now.dir {
		err = errors.Join(err, os.RemoveAll(r.dir))
	}
	return err
}

// Ready is closed once all vectors are there, or no more are computed.
func (r *Retriever) Ready() <-chan struct{} { return r.vectors.done }

// HasVectors reports whether all vectors are there, so that whatever means the
// same in other words is found too.
func (r *Retriever) HasVectors() bool { return r.vectors.ready.Load() }

// Version names the content of the corpus.
func (r *Retriever) Version() string { return r.version }

// A Query is what to find.
type Query struct {
	Text    string
	Vectors [][]float32 // of the question, and of the question with the one before it; the nearer one counts
	Filter  Filter
	Leads   int // how many sentences that open an article come behind as many others: for an overview
}

// A Candidate is a sentence that may answer.
type Candidate struct {
	Sentence int     // its number in the corpus
	Cosine   float64 // of its vector with the question's
	Known    float64 // of the nearest question that it is known to answer; 0 where none is near
	Words    float64 // BM25, as a share of the ideal
}

const (
	// deep is how many sentences are taken of each kind, by words and by
	// meaning, before they are put in one order.
	deep = 60
	// wordWeight is what BM25 counts beside the cosine in the order of
	// candidates. Index/train/candidates.py uses the same.
	wordWeight = 0.45
	// KnownFloor is the cosine from which on a known question counts, and
	// knownWeight what lies above it counts beside the sentence's own cosine.
	KnownFloor  = 0.7
	knownWeight = 2.0
	// manyKnown is how many of the nearest known questions are looked at.
	manyKnown = 30

	// atOnce is how many of the sentences found by words get their vectors for the
	// sake of a question, where they have none yet.
	atOnce = 8

	// searchTimeout is how long a search for words may take. It bounds what a
	// hostile question to a very large corpus costs: after it the answer is
	// sought by meaning alone. Up to manySentences no search takes that long.
	searchTimeout = 200 * time.Millisecond
	manySentences = 80_000
)

// Near is how near the candidate's meaning is to the question's: its cosine,
// and what a known question adds.
func (c Candidate) Near() float64 { return c.Cosine + knownWeight*max(0, c.Known-KnownFloor) }

// score orders the candidates.
func (c Candidate) score() float64 { return c.Near() + wordWeight*c.Words }

// Find returns up to n sentences that may answer, the likeliest first. Until the
// retriever is ready, those are missing that have no word of the question and no
// vector yet.
func (r *Retriever) Find(ctx context.Context, q Query, n int) ([]Candidate, error) {
	stems := text.Stems(q.Text)
	found, err := r.search(ctx, stems, q.Filter)
	ready := r.vectors.ready.Load() && len(q.Vectors) > 0
	late := errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil
	if err != nil && (!late || !ready) {
		return nil, err
	} // where it is late, what is near in meaning has to do
	all := make(candidates)
	for _, i := range found {
		all.at(i)
	}
	if !ready && len(q.Vectors) > 0 {
		if err := r.fillBest(ctx, found, stems); err != nil {
			return nil, err
		}
	}
	for _, v := range q.Vectors {
		r.addNear(all, v, q.Filter.keep(r.corpus))
	}
	out := make([]Candidate, 0, len(all))
	for _, c := range all {
		c.Words = r.corpus.bm25(stems, c.Sentence)
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.score(), a.score()), cmp.Compare(a.Sentence, b.Sentence))
	})
	if q.Leads > 0 && ready {
		out = r.withLeads(out, q)
	}
	return out[:min(n, len(out))], nil
}

// withLeads puts as many sentences that open the most central articles behind the
// best candidates as these are.
func (r *Retriever) withLeads(found []Candidate, q Query) []Candidate {
	code, keep := NewCode(q.Vectors[0]), q.Filter.keep(r.corpus)
	sentences, _ := r.vectors.split(len(r.corpus.Sentences))
	best := found[:min(len(found), q.Leads)]
	var more []Candidate
	for _, i := range r.opening() {
		if len(more) == q.Leads {
			break
		}
		if (keep == nil || keep(i)) && !slices.ContainsFunc(best, func(c Candidate) bool { return c.Sentence == i }) {
			lead := Candidate{Sentence: i, Cosine: sentences.cosine(&code, i)}
			if k := slices.IndexFunc(found, func(c Candidate) bool { return c.Sentence == i }); k >= 0 {
				lead = found[k]
			}
			more = append(more, lead)
		}
	}
	rest := slices.DeleteFunc(slices.Clone(found[len(best):]), func(c Candidate) bool {
		return slices.ContainsFunc(more, func(m Candidate) bool { return m.Sentence == c.Sentence })
	})
	return slices.Concat(best, more, rest)
}

// search returns sentences that have words of the question.
func (r *Retriever) search(ctx context.Context, stems []string, f Filter) ([]int, error) {
	if len(r.corpus.Sentences) > manySentences {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, searchTimeout)
		defer cancel()
	}
	return r.words.search(ctx, r.corpus.rarest(stems), f, deep)
}

// candidates are gathered by the number of their sentence.
type candidates map[int]*Candidate

func (all candidates) at(i int) *Candidate {
	if all[i] == nil {
		all[i] = &Candidate{Sentence: i}
	}
	return all[i]
}

// fillBest computes the vectors that are missing of those of the sentences that
// have most of the words asked for.
func (r *Retriever) fillBest(ctx context.Context, found []int, stems []string) error {
	words := make(map[int]float64, len(found))
	for _, i := range found {
		words[i] = r.corpus.bm25(stems, i)
	}
	slices.SortFunc(found, func(a, b int) int { return cmp.Or(cmp.Compare(words[b], words[a]), cmp.Compare(a, b)) })
	return r.vectors.fill(ctx, found[:min(atOnce, len(found))])
}

// addNear adds the sentences nearest to a vector and those that answer a known
// question near to it, and fills in the cosines of all.
func (r *Retriever) addNear(all candidates, v []float32, keep func(int) bool) {
	code := NewCode(v)
	sentences, questions := r.vectors.split(len(r.corpus.Sentences))
	for _, n := range sentences.nearest(&code, deep, keep) {
		all.at(n.i)
	}
	for _, n := range questions.nearest(&code, manyKnown, nil) {
		if n.cosine <= KnownFloor {
			break
		}
		for _, i := range r.known[n.i].Sentences {
			if keep == nil || keep(i) {
				c := all.at(i)
				c.Known = max(c.Known, n.cosine)
			}
		}
	}
	for i, c := range all {
		c.Cosine = max(c.Cosine, sentences.cosine(&code, i))
	}
}

// gapFloor is the cosine from which on a question that nothing answers counts, as
// KnownFloor. From .6 on no more of what nothing answers is told apart (bank dev 7 of
// 42 answered, strangers' half tune 16 of 115, either way), and on a corpus with few
// known questions neighbours would be refused.
const gapFloor = 0.7

// Gap is how much nearer a vector is to a question that no sentence answers than
// to any other known one; 0 where it is not.
func (r *Retriever) Gap(v []float32) float64 {
	code := NewCode(v)
	_, questions := r.vectors.split(len(r.corpus.Sentences))
	gap, known := 0.0, gapFloor
	for i, q := range r.known {
		if c := questions.cosine(&code, i); q.Gap {
			gap = max(gap, c)
		} else {
			known = max(known, c)
		}
	}
	return max(0, gap-known)
}

// Alike returns up to n of the questions to offer that are nearest to a vector,
// with a cosine of at least least.
func (r *Retriever) Alike(v []float32, n int, least float64) []string {
	code := NewCode(v)
	_, questions := r.vectors.split(len(r.corpus.Sentences))
	var out []string
	for _, k := range questions.nearest(&code, n, func(i int) bool { return r.known[i].Offer }) {
		if k.cosine >= least {
			out = append(out, r.known[k.i].Text)
		}
	}
	return out
}
