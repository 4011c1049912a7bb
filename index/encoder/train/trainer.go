package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
)

// The settings of the run that the embedded weights came from.
const (
	tableRate = .5  // learning rate of the token table, relative to that of the rest
	decay     = .01 // pull to the first weights, relative to the learning rate
	clip      = 1   // longest gradient
	warmup    = 60  // steps until the highest learning rate

	wordWeight = .3 // of the loss on pairs from WordNet
	wordPairs  = 48 // in a step

	passages    = 8   // in a batch
	longest     = 72  // tokens of a sentence
	dropped     = .18 // share of the tokens that are left out, on average
	withPrev    = .3  // chance that a sentence opening with a pronoun gets the one before it
	withTitle   = .05 // chance that a sentence gets the title of its article
	reportEvery = 50  // steps
)

// What questions and pairs from WordNet are trained for.
var (
	asked = objective{scale: 16, silence: .5, back: .3}
	alike = objective{scale: 16, silence: -1, back: 1}
)

// A trainer is what lasts from step to step.
type trainer struct {
	m     *model
	asked objective
	lr    float64 // highest learning rate
	rand  *rand.Rand
	sets  []*dataset
	words []synset
	bank  map[key][]float32 // the last known vector of each sentence
}

// A key is a sentence of one of the sets.
type key struct{ set, sentence int }

// A chunk is some passages of one article, half a batch.
type chunk struct {
	set, article int
	passages     []int
}

func newTrainer(m *model, obj objective, lr float64, seed uint64, words []synset, sets ...*dataset) *trainer {
	for _, p := range m.trained() {
		p.start = slices.Clone(p.w)
		p.g, p.m, p.v = make([]float32, len(p.w)), make([]float32, len(p.w)), make([]float32, len(p.w))
	}
	return &trainer{m, obj, lr, rand.New(rand.NewPCG(seed, 0)), sets, words, map[key][]float32{}}
}

// chunks cuts all data anew, in random order.
func (t *trainer) chunks() (cs []chunk) {
	for k, d := range t.sets {
		for range d.times {
			for i, a := range d.articles {
				if a.held {
					continue
				}
				p := slices.Clone(a.passages)
				t.rand.Shuffle(len(p), func(i, j int) { p[i], p[j] = p[j], p[i] })
				for part := range slices.Chunk(p, passages/2) {
					cs = append(cs, chunk{k, i, part})
				}
			}
		}
	}
	t.rand.Shuffle(len(cs), func(i, j int) { cs[i], cs[j] = cs[j], cs[i] })
	return cs
}

// train makes so many steps: the learning rate rises, then falls in a straight
// line to a twentieth.
func (t *trainer) train(steps int, out io.Writer) {
	var loss, words float64
	var hits, n int
	var cs []chunk
	for step := range steps {
		if len(cs) < 2 {
			cs = t.chunks()
		}
		c, batch := t.batch(cs[:min(2, len(cs))])
		cs = cs[min(2, len(cs)):]
		loss, hits, n = loss+c.loss, hits+c.hits, n+batch
		if t.words != nil {
			words += t.wordBatch()
		}
		lr := t.lr * min(float64(step+1)/warmup, 1-.95*float64(step)/float64(steps))
		t.update(step, lr)
		if (step+1)%reportEvery == 0 {
			fmt.Fprintf(out, "step %d of %d  loss %.3f  hits %.1f%%  words %.3f\n",
				step+1, steps, loss/float64(n), 100*float64(hits)/float64(n), words/reportEvery)
			loss, words, hits, n = 0, 0, 0, 0
		}
	}
}

// batch adds the gradients of one batch, and returns its loss and how many
// questions it has. Each has to find its sentence among all of the batch and,
// as last known, the others of the same articles.
func (t *trainer) batch(cs []chunk) (contrast, int) {
	var ids [][]int32
	var found []key        // the sentences, in the order of ids
	where := map[key]int{} // and their places
	for _, c := range cs {
		d := t.sets[c.set]
		for _, p := range c.passages {
			for _, s := range d.passages[p].sentences {
				k := key{c.set, s}
				if _, ok := where[k]; ok {
					continue // the same article twice
				}
				where[k] = len(found)
				found = append(found, k)
				ids = append(ids, t.sentence(d, c.article, s))
			}
		}
	}
	var gold [][]int
	for _, c := range cs {
		d := t.sets[c.set]
		for _, p := range c.passages {
			for _, k := range d.passages[p].questions {
				q := d.questions[k]
				text := chatty(t.rand, q.text, d.sentences[q.gold[0]].text, d.articles[c.article].title)
				ids = append(ids, t.thin(t.m.tokens(text)))
				var places []int
				for _, g := range q.gold {
					places = append(places, where[key{c.set, g}])
				}
				gold = append(gold, places)
			}
		}
	}
	if len(gold) == 0 {
		return contrast{}, 0
	}
	for _, c := range cs {
		d := t.sets[c.set]
		a := &d.articles[c.article]
		for _, text := range a.absent {
			if t.rand.IntN(len(a.passages)) < len(c.passages) {
				ids = append(ids, t.thin(t.m.tokens(chatty(t.rand, text, "", a.title))))
				gold = append(gold, nil)
			}
		}
	}
	extra := t.others(cs, where)
	out := t.m.encode(ids)
	split := len(found) * dim
	for i, k := range found {
		t.bank[k] = slices.Clone(out[i*dim:][:dim])
	}
	c := newContrast(out[split:], out[:split], extra, gold, t.asked)
	t.m.backward(append(c.dc, c.dq...))
	return c, len(gold)
}

// others returns the last known vectors of sentences that are in the articles
// of the batch but not in the batch.
func (t *trainer) others(cs []chunk, in map[key]int) (vs [][]float32) {
	for i, c := range cs {
		if i > 0 && c.set == cs[0].set && c.article == cs[0].article {
			continue
		}
		for _, s := range t.sets[c.set].articles[c.article].sentences {
			k := key{c.set, s}
			if _, ok := in[k]; ok {
				continue
			}
			if v := t.bank[k]; v != nil {
				vs = append(vs, v)
			}
		}
	}
	return vs
}

// sentence returns the tokens of a sentence, some dropped, sometimes with what
// it leans on before it.
func (t *trainer) sentence(d *dataset, article, i int) []int32 {
	s := d.sentences[i]
	text := s.text
	switch x := t.rand.Float64(); {
	case x < withPrev && s.prev >= 0 && opensWithPronoun(text):
		text = d.sentences[s.prev].text + " " + text
	case x > 1-withTitle:
		text = d.articles[article].title + ": " + text
	}
	ids := t.thin(t.m.tokens(text))
	return ids[:min(len(ids), longest)]
}

// thin drops some tokens at random, never the first.
func (t *trainer) thin(ids []int32) []int32 {
	drop := 2 * dropped * t.rand.Float64()
	kept := ids[:0]
	for i, id := range ids {
		if i == 0 || t.rand.Float64() >= drop {
			kept = append(kept, id)
		}
	}
	return kept
}
