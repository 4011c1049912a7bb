package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"time"

	"dossier/index/rank"
)

// train makes the models from the files of o and writes them.
func train(o options, vs *vectors, w io.Writer) error {
	pools, err := readPools(o.train)
	if err != nil {
		return err
	}
	with := vs
	if o.words {
		with = nil
	}
	for i, p := range pools {
		if err := p.find(with); err != nil {
			return err
		}
		if i == 0 || p.group != pools[i-1].group {
			fmt.Fprintf(w, "%d: %s\n", p.group, p.name)
		}
	}
	if err := vs.close(); err != nil {
		return err
	}
	weights := new(rank.Weights)
	if o.doubts {
		if err := read(o.out, weights); err != nil {
			return err
		}
	}
	for sort, m := range models(weights) {
		if sort != rank.Words && o.words {
			break
		}
		if o.only != "" && o.only != sort.String() {
			continue
		}
		began := time.Now()
		if !o.doubts {
			var all []example
			for _, p := range pools {
				all = append(all, p.examples(sort)...)
			}
			fmt.Fprintf(w, "%s: %d questions, measured in %v\n", sort, len(all), time.Since(began).Round(time.Second))
			used := func(j int) bool { return needs(j) <= sort }
			*m = fit(all, o.hidden, o.epochs, used, w)
			fmt.Fprintf(w, "trained in %v\n", time.Since(began).Round(time.Second))
			if o.ablate {
				ablate(all, o, used, w)
			}
		}
		if o.ablate || o.only != "" {
			continue
		}
		if err := doubt(pools, *m, with, sort, w); err != nil {
			return err
		}
		fmt.Fprintf(w, "with its doubts in %v\n", time.Since(began).Round(time.Second))
	}
	if err := vs.close(); err != nil {
		return err
	}
	if o.out == "" || o.ablate || o.only != "" {
		return nil
	}
	return save(o.out, weights)
}

// models yields the sorts of models in order, and where each is kept.
func models(w *rank.Weights) func(yield func(rank.Sort, **rank.Model) bool) {
	return func(yield func(rank.Sort, **rank.Model) bool) {
		_ = yield(rank.Words, &w.Words) && yield(rank.Meaning, &w.Meaning)
	}
}

// needs tells which vectors signal j needs.
func needs(j int) rank.Sort {
	switch rank.Names()[j] {
	case "BestCosine", "PeakCosine", "SlopeCosine", "CosineOfWords", "WordsOfCosine":
		return rank.Meaning
	}
	if g := group("meaning"); j >= g.From && j < g.To {
		return rank.Meaning
	}
	return rank.Words
}

func group(name string) rank.Group {
	for _, g := range rank.Groups {
		if g.Name == name {
			return g
		}
	}
	panic("no group " + name)
}

// ablate trains without each group of signals and prints what is lost.
func ablate(all []example, o options, used func(int) bool, w io.Writer) {
	report := func(name string, m *rank.Model) {
		_, r := heldOut(m, all)
		fmt.Fprintf(w, "  %-22s %s\n", name, r)
	}
	fmt.Fprintln(w, "held out, P@1/hit@3/MRR by file of questions:")
	report("all signals", fit(all, o.hidden, o.epochs, used, nil))
	report("all, no hidden units", fit(all, 0, o.epochs, used, nil))
	for _, g := range rank.Groups {
		if !used(g.From) {
			continue
		}
		report("without "+g.Name, fit(all, o.hidden, o.epochs, func(j int) bool { return used(j) && (j < g.From || j >= g.To) }, nil))
	}
}

// read reads weights that save wrote.
func read(file string, weights *rank.Weights) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, weights); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// save writes weights with four digits, one list a line.
func save(file string, weights *rank.Weights) error {
	for _, m := range []*rank.Model{weights.Words, weights.Meaning} {
		if m == nil {
			continue
		}
		for _, v := range append([][]float32{m.Mean, m.Scale, m.Linear, m.Bias, m.Out}, m.Hidden...) {
			for i, x := range v {
				r, err := strconv.ParseFloat(strconv.FormatFloat(float64(x), 'g', 4, 32), 32)
				if err != nil || math.IsNaN(r) {
					return fmt.Errorf("weight %v", x)
				}
				v[i] = float32(r)
			}
		}
	}
	b, err := json.Marshal(weights)
	if err != nil {
		return err
	}
	return os.WriteFile(file, lines(b), 0o644)
}

// lines puts each list of b on a line of its own.
func lines(b []byte) []byte {
	var out []byte
	for i, c := range b {
		out = append(out, c)
		if c == ',' && (b[i-1] == ']' || b[i-1] == '}' || b[i+1] == '"' && b[i-1] != '"') || c == '{' {
			out = append(out, '\n')
		}
	}
	return append(out, '\n')
}
