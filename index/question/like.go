package question

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	term "dossier/index/text"
)

// rawLikes are the single words of the synonyms, as they are written there.
var rawLikes = make(map[string]bool)

// likeFirst are the first words of phrases among the synonyms, stemmed.
var likeFirst = make(map[string]bool)

// likes maps a stem, or the stems of a phrase with one space between, to the
// stems that may stand for it.
var likes = readLikes()

func readLikes() map[string][]Like {
	m := make(map[string][]Like)
	add := func(word, like string, weight float64) {
		key := stems(word)
		if first, _, more := strings.Cut(key, " "); more {
			likeFirst[first] = true
		}
		for _, w := range strings.Split(like, "_") {
			if isStop(w) && w != "us" || strings.Contains(key, term.Stem(w)) {
				continue
			}
			if _, found := weak[w]; found && w != like {
				continue // "get" of "get into" says nothing alone
			}
			s := term.Stem(w)
			if i := slices.IndexFunc(m[key], func(l Like) bool { return l.Stem == s }); i >= 0 {
				m[key][i].Weight = max(m[key][i].Weight, weight)
				continue
			}
			m[key] = append(m[key], Like{s, weight})
		}
	}
	for line := range strings.Lines(readList("like")) {
		line, _, _ = strings.Cut(line, "#")
		f := strings.Fields(line)
		if len(f) < 3 {
			continue
		}
		weight, err := strconv.ParseFloat(f[0], 64)
		if err != nil {
			panic(fmt.Sprintf("words/like.txt: %v", err)) // the file is in the binary
		}
		f = f[1:]
		for _, w := range f {
			if w != ">" && !strings.ContainsAny(w, "_-") && len(w) > 3 {
				rawLikes[w] = true
			}
		}
		arrow := slices.Index(f, ">")
		for i, w := range f {
			for j, l := range f {
				if i != j && (arrow < 0 || i < arrow && j > arrow) {
					add(w, l, weight)
				}
			}
		}
	}
	return m
}

// stems returns the stems of a word, or of a phrase written with _, stop words
// as they are.
func stems(phrase string) string {
	words := strings.Split(phrase, "_")
	for i, w := range words {
		if !isStop(w) {
			words[i] = term.Stem(w)
		}
	}
	return strings.Join(words, " ")
}

// endings make nouns of those who do what a verb says, and verbs of nouns:
// stemming keeps "direct" and "director" apart.
var endings = []string{"er", "or", "en", "ist", "ment", "e"}

// like returns the stems of the corpus that may stand for s.
func (p *Parser) like(s string, entity bool) []Like {
	var out []Like
	for _, l := range likes[s] {
		if p.v.DF(l.Stem) > 0 {
			out = append(out, l)
		}
	}
	if len(s) < 5 || entity {
		return out
	}
	for _, e := range endings {
		out = p.addForm(out, s, s+e)
		if base, ok := strings.CutSuffix(s, e); ok && len(base) >= 5 {
			out = p.addForm(out, s, base)
		}
	}
	return out
}

// addForm adds another form of a word where the corpus has it.
func (p *Parser) addForm(out []Like, s, form string) []Like {
	if form == s || p.v.DF(form) == 0 || slices.ContainsFunc(out, func(l Like) bool { return l.Stem == form }) {
		return out
	}
	return append(out, Like{form, 0.5})
}

// phraseLike finds a phrase of the synonyms at words[i] and returns how many
// words it has and what may stand for it.
func phraseLike(words []word, i int) (n int, out []Like) {
	if !likeFirst[words[i].w] && !likeFirst[term.Stem(words[i].w)] {
		return 0, nil
	}
	key := ""
	for k := i; k < len(words) && k < i+4; k++ {
		w := words[k].w
		if !words[k].stop {
			w = term.Stem(w)
		}
		key = strings.TrimPrefix(key+" "+w, " ")
		if l, ok := likes[key]; ok && k > i {
			n, out = k+1-i, l
		}
	}
	if n > 0 && words[i].stop && i+n < len(words) && !words[i+n].stop {
		return 0, nil // "how much did it make" is not "who did it"
	}
	return n, out
}

var (
	isStop       = func(w string) bool { t := term.Tokens(w); return len(t) == 1 && t[0].Stop }
	isNumberWord = func(w string) bool { t := term.Tokens(w); return len(t) == 1 && t[0].Number }
)
