package main

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
	"strings"

	"dossier/index/encoder"
	"dossier/index/retrieve"
	"dossier/index/question"
	"dossier/index/rank"
)

// found is what was found for a question.
type found struct {
	question  *question.Question
	hits      []rank.Hit
	near      []rank.Near
	code      *encoder.Code
	sentences []encoder.Code // of the corpus
}

// find looks up the candidates of all items, without vectors where vs is nil.
func (p *pool) find(vs *vectors) error {
	c := p.texts.Collection
	var sentences []encoder.Code
	if vs != nil {
		sentences = vs.sentences(c)
	}
	parser := question.New(c)
	for i := range p.items {
		f := &found{question: parser.Parse(p.items[i].text), sentences: sentences}
		p.items[i].found = f
		var err error
		if f.hits, err = p.texts.retriever.Find(context.Background(), c, f.question, retrieve.Filter{}); err != nil {
			return err
		}
		if vs == nil {
			continue
		}
		f.code = vs.of(f.question.Plain)
		f.near = retrieve.Nearest(sentences, f.code, retrieve.Near, nil)
	}
	return nil
}

// input is the ranker's input for an item, with the vectors of a sort.
func (f *found) input(sort rank.Sort) rank.Input {
	in := rank.Input{Question: f.question, Hits: f.hits}
	if sort != rank.Words {
		in.Near = f.near
		in.Cosine = func(s int) float64 { return float64(f.code.Cosine(&f.sentences[s])) }
	}
	return in
}

// An example is one question's candidates, some of which answer it.
type example struct {
	rows   [][rank.NumSignals]float32
	pos    []bool
	weight float32
	held   bool // kept out of the training
	pool   int
	lost   bool // a sentence that answers is not among the candidates
}

// negatives is how many wrong candidates an example of the training has:
// mostly the ones that look best.
const negatives = 60

// examples measures the candidates of all questions of a pool. Those of
// every fifth article are held out and keep all their candidates.
func (p *pool) examples(sort rank.Sort) []example {
	var out []example
	bm25, cover, cosine := signal("BM25"), signal("CoverContext"), signal("Cosine")
	chunk := signal("ChunkBM25")
	for i := range p.items {
		it := &p.items[i]
		if len(it.gold) == 0 {
			continue
		}
		f := p.texts.Collection.Features(it.found.input(sort))
		e := example{weight: p.times, held: p.heldOut(i), pool: p.group, lost: true}
		var wrong []int
		for j, s := range f.Sentences {
			if it.gold[s] {
				e.rows = append(e.rows, f.Rows[j])
				e.pos = append(e.pos, true)
				e.lost = false
			} else {
				wrong = append(wrong, j)
			}
		}
		if !e.held {
			if e.lost {
				continue
			}
			looks := func(j int) float32 {
				r := &f.Rows[j]
				return r[bm25] + 0.5*r[chunk]/2 + 0.5*r[cover] + r[cosine]
			}
			slices.SortStableFunc(wrong, func(a, b int) int { return cmp.Compare(looks(b), looks(a)) })
			if hard := negatives * 3 / 4; len(wrong) > negatives {
				rest := wrong[hard:]
				rng := rand.New(rand.NewPCG(uint64(i), 1))
				rng.Shuffle(len(rest), func(a, b int) { rest[a], rest[b] = rest[b], rest[a] })
				wrong = wrong[:negatives]
			}
		}
		for _, j := range wrong {
			e.rows = append(e.rows, f.Rows[j])
			e.pos = append(e.pos, false)
		}
		out = append(out, e)
	}
	return out
}

// keepOut says which articles are kept out of the training: those with the
// titles, and in a corpus that has none of them every fifth or so.
var keepOut = struct {
	titles      string // with bars between them
	every, from int
}{"", 5, 3}

// heldOut reports whether item i is about an article that is kept out.
func (p *pool) heldOut(i int) bool {
	a := p.items[i].article
	if a < 0 {
		return i%keepOut.every == keepOut.from
	}
	if p.titled == nil {
		titles := strings.Split(keepOut.titles, "|")
		p.titled = make(map[int]bool)
		for k, x := range p.texts.source {
			if slices.Contains(titles, x.Title) {
				p.titled[k] = true
			}
		}
	}
	if len(p.titled) > 0 {
		return p.titled[a]
	}
	return a%keepOut.every == keepOut.from
}

func signal(name string) int { return slices.Index(rank.Names(), name) }
