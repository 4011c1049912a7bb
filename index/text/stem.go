package text

import (
	"strings"
	"sync"
	"sync/atomic"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// stems remembers the stems of the words of corpora: stemming takes about a
// microsecond, and a corpus repeats its words. maxStems bounds it. What people
// type is looked up and never kept.
var (
	stems    sync.Map // string -> string
	stemmed  atomic.Int64
	maxStems = int64(200_000)
)

// Stem returns what the forms of a word have in common ("leak" for "leaked"
// and "leaks"), by the Snowball stemmer for English. The word is folded, as
// [Token.Word] is.
func Stem(word string) string {
	if s, ok := stems.Load(word); ok {
		return s.(string)
	}
	if hasDigit(word) {
		return word
	}
	env := snowballstem.NewEnv(word)
	english.Stem(env)
	return env.Current()
}

// Learn remembers the stems of the words of a text, and returns them as [Stems]
// does.
func Learn(text string) []string {
	var out []string
	for _, t := range Tokens(text) {
		if t.Stop {
			continue
		}
		s := Stem(t.Word)
		if _, ok := stems.Load(t.Word); !ok && stemmed.Add(1) <= maxStems {
			stems.Store(strings.Clone(t.Word), strings.Clone(s))
		}
		out = append(out, s)
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

// Stems returns the stems of the words of a text that say what it is about, in
// order.
func Stems(text string) []string {
	var out []string
	for _, t := range Tokens(text) {
		if !t.Stop {
			out = append(out, Stem(t.Word))
		}
	}
	return out
}
