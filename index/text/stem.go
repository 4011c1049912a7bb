package text

import (
	"sync"
	"sync/atomic"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// stems remembers the stems of words: stemming takes about a microsecond, and
// a corpus repeats its words. maxStems bounds what hostile input can store.
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
	s := word
	if !hasDigit(word) {
		env := snowballstem.NewEnv(word)
		english.Stem(env)
		s = env.Current()
	}
	if stemmed.Add(1) <= maxStems {
		stems.Store(word, s)
	}
	return s
}

func hasDigit(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			return true
		}
	}
	return false
}
