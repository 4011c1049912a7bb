//go:build ignore

// Gen writes english.gz from the word lists of Debian's package scowl
// (apt-get install scowl): the common words, each with its forms in one line,
// and the well-known names. Run it with `go generate ./index/question`.
package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"log"
	"os"
	"slices"
	"strings"

	term "dossier/index/text"
)

const (
	dir    = "/usr/share/dict/scowl/"
	notice = `# From SCOWL 2020.12.07 (see english.copyright and https://wordlist.aspell.net), sizes 10 to 50.
# Copyright 2000-2011 by Kevin Atkinson. Permission to use, copy, modify,
# distribute and sell these word lists, the associated scripts, the output
# created from the scripts, and its documentation for any purpose is hereby
# granted without fee, provided that the above copyright notice appears in all
# copies and that both that copyright notice and this permission notice appear
# in supporting documentation. Kevin Atkinson makes no representations about
# the suitability of this array for any purpose. It is provided "as is" without
# express or implied warranty.
`
)

func main() {
	log.SetFlags(0)
	words := read("english-words.10", "english-words.20", "english-words.35", "english-words.40", "english-words.50",
		"american-words.10", "american-words.20", "american-words.35", "american-words.40",
		"british-words.10", "british-words.20", "british-words.35", "british-words.40")
	names := read("english-upper.10", "english-upper.35", "english-upper.40", "english-upper.50",
		"english-proper-names.35", "english-proper-names.40", "english-proper-names.50", "american-proper-names.50")
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	z.Write([]byte(notice + strings.Join(families(words), "\n") + "\n[names]\n"))
	for _, n := range names {
		if _, found := slices.BinarySearch(words, n); !found {
			z.Write([]byte(n + "\n"))
		}
	}
	if err := z.Close(); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile("words/english.gz", b.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}

// read returns the folded words of some lists, sorted, without possessives
// and single letters.
func read(files ...string) []string {
	var out []string
	for _, f := range files {
		b, err := os.ReadFile(dir + f)
		if err != nil {
			log.Fatal(err)
		}
		for _, w := range strings.Fields(string(b)) {
			if !strings.Contains(w, "'") && len(w) > 1 {
				out = append(out, term.Fold(w))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// families returns the words of each stem in one line, the shortest first.
func families(words []string) []string {
	forms := make(map[string][]string)
	for _, w := range words {
		s := term.Stem(w)
		forms[s] = append(forms[s], w)
	}
	var out []string
	for _, f := range forms {
		slices.SortFunc(f, func(a, b string) int { return cmp.Or(len(a)-len(b), cmp.Compare(a, b)) })
		out = append(out, strings.Join(f, " "))
	}
	slices.Sort(out)
	return out
}
