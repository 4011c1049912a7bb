package index

import (
	"strings"

	"dossier/index/question"
	"dossier/index/rank"
	term "dossier/index/text"
)

// leans reports whether a sentence cannot be understood without the one
// before it. "It is not clear how ..." can.
func leans(text string) bool {
	toks := term.Tokens(text[:min(len(text), 80)])
	if len(toks) < 2 || !term.Pronouns[toks[0].Word] && toks[0].Word != "both" {
		return false
	}
	if toks[0].Word == "it" && (toks[1].Word == "is" || toks[1].Word == "was") && len(toks) > 2 {
		switch toks[2].Word {
		case "not", "clear", "unclear", "possible", "likely", "unlikely", "said", "reported", "known", "unknown":
			return false
		}
	}
	return true
}

// namingDepth is how far down the ranking a sentence that names what a list
// question asks for is looked for, and namingWithin how far its score may be
// below the best: see farBehind.
const (
	namingDepth  = 5
	namingWithin = 3
)

// namingFirst puts the first of the best sentences that enumerates what is
// asked for before those that only speak of it: "which films leaked?" is
// answered by "The films are A, B and C", though "Five films leaked" has more
// of its words. A sentence that only holds names stays where it is.
func (ix *Index) namingFirst(asked *question.Question, ranked []rank.Scored) {
	for i := range ranked[:min(len(ranked), namingDepth)] {
		if ranked[i].Score < ranked[0].Score-namingWithin {
			return
		}
		if ix.enumerates(asked, ranked[i].Sentence) {
			naming := ranked[i]
			copy(ranked[1:i+1], ranked[:i])
			ranked[0] = naming
			return
		}
	}
}

// enumerates reports whether a sentence names several of what is asked for, or
// leans on one that speaks of it and has several names: "These are A and B."
func (ix *Index) enumerates(asked *question.Question, i int) bool {
	text := ix.neighbour(i, i)
	if len(question.Exact(asked, text)) >= 2 {
		return true
	}
	before := ix.neighbour(i-1, i)
	return before != "" && leans(text) && names(text) >= 2 && asked.Mentions(before)
}

// farBehind is how far below the best a score may be for a quote to be shown
// with it unasked. Of the tuning questions none had its first right answer
// farther behind than 3; of quotes beyond 4 one in ten was right.
const farBehind = 4.5

// markWithin is how far below the best the score of a quote may be for a part
// of it to be marked as the answer. Of the marks for tuning questions the only
// one farther behind was wrong.
const markWithin = 2.5

// choose takes the quotes to show from the ranked sentences. A sentence that
// leans on the one before it is shown with it, unless that one is shown anyway,
// and then that one is not shown again; a sentence that stands in several
// articles is shown once.
func (ix *Index) choose(asked *question.Question, ranked []rank.Scored, q Query) (quotes []Quote, more bool) {
	top := q.Top
	if top <= 0 {
		top = DefaultTop
	}
	top = min(top, maxTop)
	best := ranked[0].Score
	for _, r := range ranked { // the first is not the best where one that names was put first
		best = max(best, r.Score)
	}
	seen, onPage := make(map[string]bool), make(map[string]bool)
	skip, keep := q.Skip, ix.keep(q)
	for _, r := range ranked {
		i := r.Sentence
		if asked.List {
			i = ix.naming(asked, i, keep)
		}
		quote := ix.quote(i)
		quote.Score = r.Score
		key := sameness(quote.Text)
		if seen[key] {
			continue
		}
		seen[key] = true
		if quote.Before != "" && leans(quote.Text) {
			before := sameness(quote.Before)
			quote.Context = !onPage[before]
			seen[before] = true
		}
		if skip > 0 {
			skip--
			continue
		}
		if len(quotes) == top || q.Top == 0 && q.Skip == 0 && len(quotes) > 0 && r.Score < best-farBehind {
			return quotes, true
		}
		onPage[key] = true
		if i == r.Sentence {
			for _, m := range r.Matched {
				quote.Matched = append(quote.Matched, Span(m))
			}
		}
		if r.Score >= best-markWithin {
			for _, e := range question.Exact(asked, quote.Text) {
				quote.Exact = append(quote.Exact, Span(e))
			}
		}
		for _, s := range r.Signals {
			quote.Signals = append(quote.Signals, Signal(s))
		}
		quotes = append(quotes, quote)
	}
	return quotes, false
}

// naming returns the sentence to show for the i-th where several are asked for:
// "Five films leaked. These are A, B and C." answers with the second, and shows
// the first before it.
func (ix *Index) naming(asked *question.Question, i int, keep func(int) bool) int {
	next := i + 1
	text := ix.neighbour(next, i)
	if text == "" || keep != nil && !keep(next) || !leans(text) || !ix.enumerates(asked, next) {
		return i
	}
	return next
}

// sameness returns what two sentences have in common that a person takes for
// the same.
func sameness(text string) string { return strings.Join(strings.Fields(term.Fold(text)), " ") }

// names counts the names in a sentence: runs of capitalised words after its
// first word.
func names(text string) int {
	n, end := 0, -1
	for i, t := range term.Tokens(text) {
		if i == 0 || !t.Capital {
			continue
		}
		if end < 0 || strings.TrimSpace(text[end:t.Start]) != "" {
			n++
		}
		end = t.End
	}
	return n
}
