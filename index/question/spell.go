package question

import (
	"cmp"
	"math"
	"slices"
	"strings"

	term "dossier/index/text"
)

// Bounds of the speller, which keep its memory and the time of a question
// small whatever the corpus and the text are.
const (
	maxDictionary = 60_000 // words; of a larger corpus the most frequent ones
	maxRepairs    = 12     // words of each doubt that are looked up in one question
	prefixLen     = 7      // how much of a word its deletions are made of
	maxSpelled    = 24     // the longest word that is repaired, in bytes
)

// A speller finds the word of a corpus that an unknown word was meant to be.
//
// It keeps the deletion neighbourhood of each known word (after SymSpell, by
// Wolf Garbe): two words that differ by two edits have a form in common when
// up to two letters are left out of each. The forms are kept as sorted hashes,
// eight bytes a form, so a corpus of 60,000 words takes about 14 MB.
type speller struct {
	words []spelled
	index map[string]int32
	forms []uint64 // hash of the form above, index of the word below
}

// A spelled word is one of the dictionary.
type spelled struct {
	word  string
	count int // in the corpus; 0 for a word that only questions use
	name  bool
	stop  bool
}

func newSpeller(v Vocabulary) *speller {
	s := &speller{index: make(map[string]int32)}
	for w, n := range v.Words {
		if len(w) >= 2 && len(w) <= maxSpelled && !hasDigit(w) {
			s.words = append(s.words, spelled{word: w, count: n, name: v.IsName(w), stop: isStop(w)})
		}
	}
	slices.SortFunc(s.words, func(a, b spelled) int {
		return cmp.Or(b.count-a.count, cmp.Compare(a.word, b.word))
	})
	s.words = s.words[:min(len(s.words), maxDictionary)]
	for i, w := range s.words {
		s.index[w.word] = int32(i)
	}
	for _, w := range askWords() {
		if _, ok := s.index[w]; !ok {
			s.index[w] = int32(len(s.words))
			s.words = append(s.words, spelled{word: w, stop: isStop(w)})
		}
	}
	var buf []uint64
	for i, w := range s.words {
		if len(w.word) < 4 {
			continue
		}
		buf = deletions(buf[:0], w.word)
		for _, h := range buf {
			s.forms = append(s.forms, h&^math.MaxUint32|uint64(i))
		}
	}
	slices.Sort(s.forms)
	s.forms = slices.Clip(slices.Compact(s.forms))
	return s
}

// askWords are the words of questions that a corpus may lack: what has
// synonyms, what chat language stands for, and the words that ask.
func askWords() []string {
	words := []string{
		"what", "which", "where", "when", "whose", "many", "much", "long", "tell", "about", "they", "their", "them",
		"there", "these", "those", "does", "have", "were", "would", "could", "should", "because", "before", "after", "against",
		"happened", "happen", "really", "people", "someone", "anyone", "anything", "something", "everything", "name", "names",
		"list", "reason", "percentage", "please", "know", "give",
	}
	for key := range rawLikes {
		words = append(words, key)
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// deletions appends the hashes of the forms that are left when up to two
// letters are left out of the first letters of a word.
func deletions(out []uint64, word string) []uint64 {
	p := word[:min(len(word), prefixLen)]
	out = append(out, hash(p, -1, -1))
	for i := range len(p) {
		out = append(out, hash(p, i, -1))
		for j := i + 1; j < len(p) && len(word) > 5; j++ {
			out = append(out, hash(p, i, j))
		}
	}
	return out
}

// hash is FNV-1a of s without its bytes i and j.
func hash(s string, i, j int) uint64 {
	h := uint64(14695981039346656037)
	for k := 0; k < len(s); k++ {
		if k != i && k != j {
			h = (h ^ uint64(s[k])) * 1099511628211
		}
	}
	return h
}

// nearEnglish reports whether a common English word is one edit away from w,
// or from what it is a form of, other than a form of the candidate: then w is
// more likely that word, which the corpus lacks.
func nearEnglish(w, candidate string) bool {
	if len(neighbours(w, candidate)) > 0 {
		return true
	}
	for _, end := range []string{"ed", "ing", "s"} {
		if base, ok := strings.CutSuffix(w, end); ok && len(base) > 4 && len(neighbours(base, candidate)) > 0 {
			return true // "torented"
		}
	}
	return false
}

// neighbours returns the common English words that are one edit away from w,
// but no forms of a word.
func neighbours(w, but string) []string {
	m, stem := english(), term.Stem(but)
	var out []string
	keep := func(b []byte) {
		short, ok := m[string(b)]
		if ok && len(b) >= short.shortest() && string(b) != stem && term.Stem(string(b)) != stem {
			out = append(out, string(b))
		}
	}
	var buf [maxSpelled + 2]byte
	for i := 0; i <= len(w); i++ {
		if i < len(w) {
			keep(append(append(buf[:0], w[:i]...), w[i+1:]...))
		}
		if i+1 < len(w) {
			b := append(buf[:0], w...)
			b[i], b[i+1] = b[i+1], b[i]
			keep(b)
		}
		for c := byte('a'); c <= 'z'; c++ {
			keep(append(append(append(buf[:0], w[:i]...), c), w[i:]...))
			if i < len(w) {
				b := append(buf[:0], w...)
				b[i] = c
				keep(b)
			}
		}
	}
	return out
}

func hasDigit(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			return true
		}
	}
	return false
}

// knows reports whether the corpus has a word or a form of it.
func (p *Parser) knows(w string) bool {
	if p.spell != nil {
		if i, ok := p.spell.index[w]; ok && p.spell.words[i].count > 0 {
			return true
		}
	}
	return p.v.DF(term.Stem(w)) > 0
}
