package question

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"embed"
	"strings"
	"sync"

	term "dossier/index/text"
)

// The lists of words, each with a comment that says what it is.
//
//go:generate go run words/gen.go
//go:embed words/*.txt words/english.gz
var lists embed.FS

var set = term.Set

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

// A listing says what a word of english is: isName, or else how long the shortest
// word of its family is, with isForm where the word is one of the list and not
// just the stem of one.
type listing uint8

const (
	isName listing = 0
	isForm listing = 0x80
)

func (l listing) shortest() int { return int(l &^ isForm) }

// english holds common English words, their stems, and well-known names. A
// word that is there was typed as it was meant, whether or not a corpus knows
// it. The words come from SCOWL; words/english.copyright is its license.
var english = sync.OnceValue(func() map[string]listing {
	b, err := lists.ReadFile("words/english.gz")
	if err != nil {
		panic(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		panic(err)
	}
	m := make(map[string]listing, 80_000)
	family := func(forms []string) {
		first := forms[0]
		shortest := listing(len(first))
		if s := term.Stem(first); s != first {
			if old, found := m[s]; !found || old.shortest() > len(first) {
				m[s] = shortest | old&isForm
			}
		}
		for _, w := range forms {
			m[w] = shortest | isForm
		}
	}
	names := false
	for in := bufio.NewScanner(z); in.Scan(); {
		switch w := in.Text(); {
		case w == "[names]":
			names = true
		case strings.HasPrefix(w, "#"):
		case !names:
			family(strings.Fields(w))
		default:
			if short, found := m[term.Stem(w)]; !found || len(w) < short.shortest() {
				m[w] = isName
			} else { // "banks" may be a name, and "france" is no form of "franc"
				m[w] = short | isForm
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
	if short, ok := m[word]; ok && len(word) >= short.shortest() {
		return true
	}
	short, ok := m[term.Stem(word)]
	return ok && len(word) >= short.shortest()
}

// isListed reports whether a folded word is itself common English, and not
// only something made like a form of it, as "leeked".
func isListed(word string) bool { return english()[word]&isForm != 0 }

// isWellKnown reports whether a folded word is a well-known name.
func isWellKnown(word string) bool {
	mark, ok := english()[word]
	return ok && mark == isName
}

// ordinary reports whether a folded word is common English and not a name.
func ordinary(word string) bool { return isEnglish(word) && !isWellKnown(word) }
