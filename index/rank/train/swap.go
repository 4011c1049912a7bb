package main

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"dossier/index/question"
	term "dossier/index/text"
)

// swapped returns p with questions that it leaves open: each of its questions
// with a name gets another in its place, once one that the articles know ("what
// did Obama pay", of a payment by Sony) and once one that they do not. It is
// how SQuAD 2.0 made many of its questions without an answer (Rajpurkar, Jia
// and Liang 2018). What makes a question impossible is here its name and
// nothing else, so they teach what a missing name is worth. A few are answerable
// all the same ("who is" and a known name), or have no name but "june".
func (p *pool) swapped(names []string) (*pool, error) {
	var known, foreign []string
	for _, n := range names {
		switch has, of := p.known(n); {
		case of == 0:
		case has == of:
			known = append(known, n)
		case has == 0:
			foreign = append(foreign, n)
		}
	}
	out, err := p.part(p.name, func(int, int) bool { return true }, func(int) bool { return false })
	if err != nil {
		return nil, err
	}
	parser := question.New(p.texts.Collection)
	rng := rand.New(rand.NewPCG(1, uint64(len(p.items))))
	for _, it := range p.items {
		spans := nameSpans(parser, it.text)
		if len(it.gold) == 0 || len(spans) == 0 {
			continue
		}
		s := spans[rng.IntN(len(spans))]
		for _, from := range [][]string{known, foreign} {
			if len(from) == 0 {
				continue
			}
			name := from[rng.IntN(len(from))]
			if !shareWord(name, it.text[s[0]:s[1]]) {
				out.items = append(out.items, item{text: it.text[:s[0]] + name + it.text[s[1]:], article: it.article, kind: "swapped"})
			}
		}
	}
	return out, nil
}

// known counts the words of a name that the articles of p have, and all that
// say something.
func (p *pool) known(name string) (has, of int) {
	for _, t := range term.Tokens(name) {
		if t.Stop {
			continue
		}
		of++
		if p.texts.Collection.Has(term.Stem(t.Word)) {
			has++
		}
	}
	return has, of
}

// mentioned returns the names in the questions of the pools about news that
// their articles know, in order.
func mentioned(pools []*pool) []string {
	all := make(map[string]bool)
	for _, p := range pools {
		if !p.oneMatter() {
			continue
		}
		parser := question.New(p.texts.Collection)
		for _, it := range p.items {
			for _, s := range nameSpans(parser, it.text) {
				name := it.text[s[0]:s[1]]
				if has, of := p.known(name); has == of { // no misspelt word taken for a name
					all[name] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// nameSpans returns where names stand in a question, without the 's of a
// possessive: start and end in bytes.
func nameSpans(parser *question.Parser, text string) (spans [][2]int) {
	inName := make(map[string]bool)
	for _, t := range parser.Parse(text).Terms {
		if t.Entity && !t.Number {
			inName[t.Word] = true
		}
	}
	for _, t := range term.Tokens(text) {
		if !inName[t.Word] {
			continue
		}
		end := t.End
		for _, s := range []string{"'s", "’s"} {
			end = t.Start + len(strings.TrimSuffix(text[t.Start:end], s))
		}
		if last := len(spans) - 1; last >= 0 && text[spans[last][1]:t.Start] == " " {
			spans[last][1] = end
		} else {
			spans = append(spans, [2]int{t.Start, end})
		}
	}
	return spans
}

// shareWord reports whether a word stands in both names.
func shareWord(a, b string) bool {
	return slices.ContainsFunc(term.Tokens(a), func(t term.Token) bool {
		return slices.ContainsFunc(term.Tokens(b), func(u term.Token) bool { return t.Word == u.Word })
	})
}
