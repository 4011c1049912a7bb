package question

import (
	"slices"
	"strings"

	term "dossier/index/text"
)

// terms fills in the terms and the names of a question.
func (p *Parser) terms(q *Question, words []word) {
	loud := shouts(words)
	at := make(map[string]int) // stem -> index in q.Terms
	names := make([]bool, len(words))
	for i, w := range words {
		if base, ok := strings.CutSuffix(w.w, "s"); ok && len(base) > 2 && !p.v.IsName(w.w) && p.v.IsName(base) {
			words[i].w = base // "sonys"
			w.w = base
		}
		names[i] = !w.stop && !w.number && p.isName(w, i > 0 && !loud)
	}
	for i, w := range words {
		if n, more := phraseLike(words, i); n > 0 {
			p.addPhrase(q, at, words[i:i+n], more)
		}
		if w.stop && !(w.w == "us" && w.new != "") || len(q.Terms) >= maxTerms {
			continue
		}
		weight := 1.0
		if x, ok := weak[w.w]; ok && !names[i] {
			weight = x
		}
		if w.spent {
			weight = min(weight, 0.3)
		}
		if weight == 0 {
			continue
		}
		s := term.Stem(w.w)
		if k, seen := at[s]; seen {
			q.Terms[k].Weight = max(q.Terms[k].Weight, weight)
			q.Terms[k].Entity = q.Terms[k].Entity || names[i]
			continue
		}
		if generic[s] && beside(names, i) {
			weight = min(weight, 0.6) // "the movie The Interview"
		}
		at[s] = len(q.Terms)
		q.Terms = append(q.Terms, Term{Word: w.w, Stem: s, Entity: names[i], Number: w.number, Weight: weight, Like: p.like(s, names[i])})
		if len(w.w) <= 2 && (i > 0 && names[i-1] || i+1 < len(words) && names[i+1]) {
			q.Terms[len(q.Terms)-1].Like = nil // "kim jong un" is not the United Nations
		}
	}
	q.Entities = entities(words, names)
}

// addPhrase adds what may stand for a phrase to its first term, or a term for
// a phrase of nothing but stop words: "did it", "got in".
func (p *Parser) addPhrase(q *Question, at map[string]int, words []word, more []Like) {
	w := words[0]
	for _, x := range words {
		if !x.stop && weak[x.w] == 0 {
			w = x
			break
		}
	}
	s := term.Stem(w.w)
	k, ok := at[s]
	if !ok {
		if len(q.Terms) >= maxTerms {
			return
		}
		weight := 1.0
		if x, found := weak[w.w]; found || w.stop {
			weight = max(x, 0.5)
		}
		k = len(q.Terms)
		at[s] = k
		q.Terms = append(q.Terms, Term{Word: w.w, Stem: s, Weight: weight, Like: p.like(s, false)})
	}
	for _, l := range more {
		if p.v.DF(l.Stem) > 0 && !slices.ContainsFunc(q.Terms[k].Like, func(x Like) bool { return x.Stem == l.Stem }) {
			q.Terms[k].Like = append(q.Terms[k].Like, l)
		}
	}
}

// generic are the stems of nouns that add little beside a name.
var generic = func() map[string]bool {
	m := make(map[string]bool)
	for w := range set(`film movie picture show company studio firm actor actress president director country agency website`) {
		m[term.Stem(w)] = true
	}
	return m
}()

func beside(names []bool, i int) bool {
	for k := max(0, i-1); k <= min(len(names)-1, i+2); k++ {
		if names[k] {
			return true
		}
	}
	return false
}

// isName reports whether a word is part of a name: the corpus writes it with a
// capital, or it is a well-known name that the corpus lacks, or it was typed
// with a capital where that tells something.
func (p *Parser) isName(w word, capitals bool) bool {
	if p.v.IsName(w.w) {
		return true
	}
	if p.v.DF(term.Stem(w.w)) > 0 {
		return false
	}
	if len(w.w) >= 4 && isWellKnown(w.w) || capitals && w.capital && !w.fixed && !ordinary(w.w) {
		return true
	}
	return len(w.w) >= minUnknownName && p.spell != nil && p.unknown(w)
}

// minUnknownName is the length from which on a word that is neither in the
// corpus nor common English, and no misspelling of one that is, is taken for a
// name typed in lower case: "crowdstrike". That the corpus lacks it matters.
const minUnknownName = 5

// shouts reports whether capitals tell nothing, since most words have them.
func shouts(words []word) bool {
	caps := 0
	for _, w := range words {
		if w.capital {
			caps++
		}
	}
	return caps*2 > len(words)
}

// entities joins the words of names that stand side by side, or with an "of"
// or "the" between: "seth rogen", "guardians of peace".
func entities(words []word, names []bool) []string {
	var out []string
	for i := 0; i < len(words); i++ {
		if !names[i] {
			continue
		}
		parts := []string{words[i].w}
		for k := i + 1; k < len(words); k++ {
			if names[k] && !possessed(words[k-1]) {
				parts = append(parts, words[k].w)
				i = k
				continue
			}
			if k+1 < len(words) && names[k+1] && !personNouns[parts[len(parts)-1]] && joiners[words[k].w] {
				parts = append(parts, words[k].w)
				continue
			}
			break
		}
		if e := strings.Join(parts, " "); !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	return out
}

// possessed reports whether a word was typed with a possessive, which ends a
// name: its token is longer than the word.
func possessed(w word) bool { return w.new == "" && w.end-w.start == len(w.w)+2 }
