package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"dossier/index/rank"
)

// evaluate ranks all sentences of all passages for each question, and prints
// how often one that answers is first, and among the first three. That is the
// task of MultiReQA (Guo et al. 2021). Plain BM25 over sentences stands next
// to it.
func evaluate(o options, vs *vectors, w io.Writer) error {
	pools, err := readPools(o.eval)
	if err != nil {
		return err
	}
	var rows []*row
	at := make(map[string]*row)
	var took time.Duration
	n := 0
	best := rank.Meaning
	if o.words {
		best, vs = rank.Words, nil
	}
	without := make(map[string][]float64) // confidences, by kind of question
	var with []float64
	for _, p := range pools {
		if err := p.find(vs); err != nil {
			return err
		}
		for i := range p.items {
			it := &p.items[i]
			if o.held && !p.heldOut(i) {
				continue
			}
			if len(it.gold) == 0 {
				without[it.kind] = append(without[it.kind], p.texts.Collection.Rank(it.found.input(best)).Confidence)
				continue
			}
			key := fmt.Sprintf("%s %s", p.name, it.kind)
			if at[key] == nil {
				at[key] = &row{name: key}
				rows = append(rows, at[key])
			}
			r := at[key]
			f := p.texts.Collection.Features(it.found.input(rank.Words))
			scores := make([]float32, len(f.Rows))
			for j := range scores {
				scores[j] = f.Rows[j][signal("BM25")]
			}
			r.plain.add(place(scores, func(j int) bool { return it.gold[f.Sentences[j]] }))
			result := p.texts.Collection.Rank(it.found.input(rank.Words))
			r.sorts[rank.Words].add(goldRank(result, it.gold))
			if !o.words {
				near := make([]float32, len(it.found.sentences))
				for s := range near {
					near[s] = it.found.code.Cosine(&it.found.sentences[s])
				}
				r.encoder.add(place(near, func(s int) bool { return it.gold[s] }))
				began := time.Now()
				result = p.texts.Collection.Rank(it.found.input(rank.Meaning))
				took += time.Since(began)
				n++
				r.sorts[rank.Meaning].add(goldRank(result, it.gold))
			}
			with = append(with, result.Confidence)
			if o.failures && goldRank(result, it.gold) != 1 {
				failure(p, it, result, w)
			}
		}
	}
	for _, r := range rows {
		fmt.Fprintf(w, "%s\n  BM25      %v\n", r.name, &r.plain)
		if r.encoder.n > 0 {
			fmt.Fprintf(w, "  encoder   %v\n", &r.encoder)
		}
		for sort, m := range r.sorts {
			if m.n > 0 {
				fmt.Fprintf(w, "  %-9v %v\n", rank.Sort(sort), &m)
			}
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(without)) {
		refusals(kind, without[kind], with, w)
	}
	if n > 0 {
		fmt.Fprintf(w, "%v a ranking\n", (took / time.Duration(n)).Round(time.Microsecond))
	}
	if vs == nil {
		return nil
	}
	return vs.close()
}

// A row is what is measured for one sort of questions.
type row struct {
	name           string
	plain, encoder metrics
	sorts          [2]metrics
}

func goldRank(r rank.Result, gold map[int]bool) int {
	for i, s := range r.Sentences {
		if gold[s.Sentence] {
			return i + 1
		}
	}
	return 0
}

// failure prints a question whose first sentence is wrong.
func failure(p *pool, it *item, r rank.Result, w io.Writer) {
	fmt.Fprintf(w, "%s %q: right at %d, confidence %.2f\n", it.kind, it.text, goldRank(r, it.gold), r.Confidence)
	for i, s := range r.Sentences[:min(3, len(r.Sentences))] {
		fmt.Fprintf(w, "    %d. %s\n", i+1, p.texts.Collection.Sentence(s.Sentence))
	}
	for _, s := range slices.Sorted(maps.Keys(it.gold)) {
		fmt.Fprintf(w, "    right: %s\n", p.texts.Collection.Sentence(s))
	}
}
