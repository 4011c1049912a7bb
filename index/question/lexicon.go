package question

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"embed"
	"strings"
	"sync"

	"dossier/index/term"
)

// The lists of words, each with a comment that says what it is.
//
//go:generate go run words/gen.go
//go:embed words/*.txt words/english.gz
var lists embed.FS

// wordSet reads the words of words/name.txt; _ stands for a space.
func wordSet(name string) map[string]bool {
	m := make(map[string]bool)
	for line := range strings.Lines(readList(name)) {
		line, _, _ = strings.Cut(line, "#")
		for _, w := range strings.Fields(line) {
			m[strings.ReplaceAll(w, "_", " ")] = true
		}
	}
	return m
}

func readList(name string) string {
	b, err := lists.ReadFile("words/" + name + ".txt")
	if err != nil {
		panic(err) // the file is in the binary
	}
	return string(b)
}

// A mark of english says that a word is a name, or else how long the shortest
// word of its family is.
const isName = 0

// english holds common English words, their stems, and well-known names. A
// word that is there was typed as it was meant, whether or not a corpus knows
// it. The words come from SCOWL; words/english.copyright is its license.
var english = sync.OnceValue(func() map[string]uint8 {
	b, err := lists.ReadFile("words/english.gz")
	if err != nil {
		panic(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		panic(err)
	}
	m := make(map[string]uint8, 40_000)
	names := false
	for in := bufio.NewScanner(z); in.Scan(); {
		switch w := in.Text(); {
		case w == "[names]":
			names = true
		case strings.HasPrefix(w, "#"):
		case !names:
			for _, key := range []string{w, term.Stem(w)} {
				if short, found := m[key]; !found || int(short) > len(w) {
					m[key] = uint8(len(w))
				}
			}
		default:
			if short, found := m[term.Stem(w)]; !found || len(w) < int(short) {
				m[w] = isName
			}
		}
	}
	return m
})

// isEnglish reports whether a folded word is common English or a well-known
// name. A form of a word is not shorter than the shortest of its family, so
// "mony" is not taken for a form of "monies".
func isEnglish(word string) bool {
	m := english()
	if short, ok := m[word]; ok && len(word) >= int(short) {
		return true
	}
	short, ok := m[term.Stem(word)]
	return ok && len(word) >= int(short)
}

// isWellKnown reports whether a folded word is a well-known name.
func isWellKnown(word string) bool {
	mark, ok := english()[word]
	return ok && mark == isName
}

// ordinary reports whether a folded word is common English and not a name.
func ordinary(word string) bool { return isEnglish(word) && !isWellKnown(word) }
