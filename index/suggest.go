package index

import (
	"cmp"
	"slices"
	"strings"

	"dossier/corpus"
	"dossier/index/term"
)

// A suggester knows questions that the corpus can answer: those that the
// articles list, and for an article that lists none its title.
type suggester struct {
	all []suggestion // the best first questions first
}

type suggestion struct {
	text  string
	words []string // folded, in order
}

// newSuggester orders the questions so that the first of every article come
// before the second of any, the articles that list most of them leading.
func newSuggester(articles []corpus.Article) *suggester {
	type ranked struct {
		text       string
		nth, count int
	}
	var all []ranked
	seen := make(map[string]bool)
	for i := range articles {
		qs := articles[i].Questions
		if len(qs) == 0 {
			qs = []string{articles[i].Title}
		}
		for n, q := range qs {
			if key := term.Fold(q); !seen[key] {
				seen[key] = true
				all = append(all, ranked{q, n, len(articles[i].Questions)})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.nth, b.nth), cmp.Compare(b.count, a.count))
	})
	s := &suggester{}
	for _, r := range all {
		s.all = append(s.all, suggestion{r.text, words(r.text)})
	}
	return s
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
// question is about counts most, one that is still being typed less, and a
// suggestion that starts as typed stands above all.
func fit(typed []string, c suggestion) int {
	score := 0
	for i, w := range typed {
		last := i == len(typed)-1
		for _, have := range c.words {
			switch {
			case term.Stem(have) == term.Stem(w):
				score += 2 * weight(w)
			case last && strings.HasPrefix(have, w):
				score += weight(have)
			default:
				continue
			}
			break
		}
	}
	if score > 0 && strings.HasPrefix(strings.Join(c.words, " "), strings.Join(typed, " ")) {
		score += 100
	}
	return score
}

func weight(word string) int {
	if t := term.Tokens(word); len(t) == 1 && t[0].Stop {
		return 1
	}
	return 5
}
