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
	for _, p := range pools {
		codes, err := p.find(vs, !o.words)
		if err != nil {
			return err
		}
		for i := range p.items {
			it := &p.items[i]
			if len(it.gold) == 0 || o.held && !p.heldOut(i) {
				continue
			}
			key := fmt.Sprintf("%s %s", p.name, it.kind)
			if at[key] == nil {
				at[key] = &row{name: key}
				rows = append(rows, at[key])
			}
			r := at[key]
			in := it.found.input(codes)
			if codes != nil {
				near := make([]float32, len(codes))
				for s, c := range codes {
					near[s] = it.found.code.Cosine(c)
				}
				r.cosine.add(place(near, func(s int) bool { return it.gold[s] }))
				began := time.Now()
				result := p.texts.collection.Rank(in)
				took += time.Since(began)
				n++
				r.meaning.add(goldRank(result, it.gold))
				if o.failures && goldRank(result, it.gold) != 1 {
					failure(p, it, result, w)
				}
			}
			in.Near, in.Cosine = nil, nil
			f := p.texts.collection.Features(in)
			scores := make([]float32, len(f.Rows))
			for j := range scores {
				scores[j] = f.Rows[j][signal("bm25")]
			}
			r.plain.add(place(scores, func(j int) bool { return it.gold[f.Sentences[j]] }))
			r.words.add(goldRank(p.texts.collection.Rank(in), it.gold))
		}
	}
	for _, r := range rows {
		fmt.Fprintf(w, "%s\n  BM25         %v\n  words        %v\n", r.name, &r.plain, &r.words)
		if r.meaning.n > 0 {
			fmt.Fprintf(w, "  encoder      %v\n  all          %v\n", &r.cosine, &r.meaning)
		}
	}
	if n > 0 {
		fmt.Fprintf(w, "%v a ranking\n", (took / time.Duration(n)).Round(time.Microsecond))
	}
	return vs.close()
}

// A row is what is measured for one sort of questions.
type row struct {
	name                          string
	plain, words, cosine, meaning metrics
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
		fmt.Fprintf(w, "    %d. %s\n", i+1, p.texts.collection.Sentence(s.Sentence))
	}
	for _, s := range slices.Sorted(maps.Keys(it.gold)) {
		fmt.Fprintf(w, "    right: %s\n", p.texts.collection.Sentence(s))
	}
}
