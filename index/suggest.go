package index

import (
	"cmp"
	"slices"
	"strings"

	"dossier/corpus"
	"dossier/index/text"
)

// A suggester knows questions to offer: those that the articles list, and for an
// article that lists none its title. Where no article lists any, they are the
// known questions, if there are some: what people typed, but better than titles.
type suggester struct {
	all []suggestion // the best first questions first
}

type suggestion struct {
	text  string
	words []string // folded, in order
	title []string // the words of its article's title, where that is another text
}

// newSuggester orders the questions so that the first of every article come
// before the second of any. Among these, one of the articles that list most
// leads, then the shortest.
func newSuggester(articles []corpus.Article, known []corpus.Question) *suggester {
	listed := slices.ContainsFunc(articles, func(a corpus.Article) bool { return len(a.Questions) > 0 })
	if !listed && len(known) > 0 {
		s := &suggester{}
		for _, q := range known {
			if len(q.Sentences) > 0 {
				s.all = append(s.all, suggestion{q.Text, words(q.Text), nil})
			}
		}
		return s
	}
	type ranked struct {
		suggestion
		nth, count int
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
			if key := text.Fold(q); !seen[key] {
				seen[key] = true
				all = append(all, ranked{suggestion{q, words(q), title}, n, len(a.Questions)})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.nth, b.nth), cmp.Compare(b.count, a.count), cmp.Compare(len(a.words), len(b.words)))
	})
	s := &suggester{}
	for _, r := range all {
		s.all = append(s.all, r.suggestion)
	}
	return s
}

func words(s string) []string {
	var out []string
	for _, t := range text.Tokens(s) {
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
		if score := fitTyped(want, c); score > 0 || len(want) == 0 {
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

// fitTyped says how well typed words fit a suggestion: a word that says what the
// question is about counts most, one of its article's title less, one that is
// still being typed half of it, and a suggestion that starts as typed stands
// above all.
func fitTyped(typed []string, c suggestion) int {
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
		case text.Stem(have) == text.Stem(w):
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
	if t := text.Tokens(word); len(t) == 1 && t[0].Stop {
		return 1
	}
	return 5
}
