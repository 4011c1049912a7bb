package index

import (
	"cmp"
	"slices"
	"strings"

	"dossier/corpus"
	"dossier/index/question"
	term "dossier/index/text"
)

// A suggester knows questions that the corpus can answer: those that the
// articles list, and for an article that lists none its title.
type suggester struct {
	all []suggestion // the best first questions first
}

type suggestion struct {
	text  string
	words []string // folded, in order
	title []string // the words of its article's title, where that is another text
}

// newSuggester orders the questions so that the first of every article come
// before the second of any. Among these, a question with a short answer leads,
// then one of the articles that list most, then the shortest.
func newSuggester(articles []corpus.Article, parser *question.Parser) *suggester {
	type ranked struct {
		suggestion
		nth, kind, count int
	}
	var all []ranked
	seen := make(map[string]bool)
	for i := range articles {
		a := &articles[i]
		qs, title := a.Questions, words(a.Title)
		if len(qs) == 0 {
			qs, title = []string{a.Title}, nil
		}
		for n, q := range qs {
			if key := term.Fold(q); !seen[key] {
				seen[key] = true
				r := ranked{suggestion{q, words(q), title}, n, untold, len(a.Questions)}
				if len(a.Questions) > 0 {
					r.kind = kind(parser.Parse(q).Type)
				}
				all = append(all, r)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.nth, b.nth), cmp.Compare(a.kind, b.kind),
			cmp.Compare(b.count, a.count), cmp.Compare(len(a.words), len(b.words)))
	})
	s := &suggester{}
	for _, r := range all {
		s.all = append(s.all, r.suggestion)
	}
	return s
}

// The kinds of questions, the best to begin with first.
const (
	short  = iota // a name, a number or a date answers
	told          // a sentence does
	yesNo         // few sentences say yes or no
	untold        // a title
)

func kind(t question.Type) int {
	switch t {
	case question.Who, question.Which, question.When, question.Where, question.HowMany, question.HowMuch:
		return short
	case question.YesNo:
		return yesNo
	default:
		return told
	}
}

func words(text string) []string {
	var out []string
	for _, t := range term.Tokens(text) {
		out = append(out, t.Word)
	}
	return out
}

// maxTyped is how many words of what was typed are looked at.
const maxTyped = 32

func (s *suggester) suggest(typed string, n int) []string {
	want := words(typed)
	want = want[:min(len(want), maxTyped)]
	type scored struct {
		text  string
		score int
	}
	var hits []scored
	for _, c := range s.all {
		if score := fit(want, c); score > 0 || len(want) == 0 {
			hits = append(hits, scored{c.text, score})
		}
	}
	slices.SortStableFunc(hits, func(a, b scored) int { return b.score - a.score })
	var out []string
	for _, h := range hits[:min(n, len(hits))] {
		out = append(out, h.text)
	}
	return out
}

// fit says how well typed words fit a suggestion: a word that says what the
// question is about counts most, one of its article's title less, one that is
// still being typed half of it, and a suggestion that starts as typed stands
// above all.
func fit(typed []string, c suggestion) int {
	score := 0
	for i, w := range typed {
		last := i == len(typed)-1
		if n := best(w, c.words, last, weight); n > 0 {
			score += n
		} else {
			score += best(w, c.title, last, titleWeight)
		}
	}
	if score > 0 && strings.HasPrefix(strings.Join(c.words, " "), strings.Join(typed, " ")) {
		score += 100
	}
	return score
}

// best returns what the first of the words counts that w is, or that w begins
// where w is still being typed.
func best(w string, words []string, typing bool, weight func(string) int) int {
	for _, have := range words {
		switch {
		case term.Stem(have) == term.Stem(w):
			return 2 * weight(w)
		case typing && strings.HasPrefix(have, w):
			return weight(have)
		}
	}
	return 0
}

func titleWeight(word string) int {
	return weight(word) / 2 // nothing for a word that says nothing
}

func weight(word string) int {
	if t := term.Tokens(word); len(t) == 1 && t[0].Stop {
		return 1
	}
	return 5
}
