// Package imports makes article files of what is not one yet: pages of the web and
// saved ones, the entries of feeds with the pages that they lead to, PDFs, and plain
// text.
//
// An [Importer] reads a source, a [Folder] writes what came of it, in Markdown that
// package corpus reads back word for word. A [Client] fetches: it asks robots.txt, waits
// between two requests to one site, goes to public addresses only and keeps no cookies.
// Nothing here rewrites a text; what stands around it on a page is left out.
package imports

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"dossier/corpus"
)

// An Article is what was read of a page, an entry of a feed, a PDF or a text.
type Article struct {
	Title  string
	Date   string // 2006-01-02, 2006-01 or 2006, or empty
	Outlet string
	Author string
	URL    string // where it can be read; empty for a file of one's own
	Body   string // Markdown
}

// front is what stands at the top of an article's file.
type front struct {
	Title  string `yaml:"title,omitempty"`
	Date   string `yaml:"date,omitempty"`
	Outlet string `yaml:"outlet,omitempty"`
	Author string `yaml:"author,omitempty"`
	URL    string `yaml:"url,omitempty"`
}

// File returns the article as a file that package corpus reads.
func (a Article) File() ([]byte, error) {
	head, err := yaml.Marshal(front{oneLine(a.Title), a.Date, oneLine(a.Outlet), oneLine(a.Author), a.URL})
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "---\n%s---\n\n%s\n", head, strings.TrimSpace(a.Body)), nil
}

// errNoText is what is wrong with an article that has none.
var errNoText = errors.New("has no text")

// read returns a file as package corpus reads it.
func read(ctx context.Context, file []byte) (corpus.Article, error) {
	const name = "article.md"
	c, err := corpus.Read(ctx, fstest.MapFS{name: {Data: file}}, corpus.Options{Include: []string{name}})
	switch {
	case err != nil:
		return corpus.Article{}, err
	case len(c.Refused) > 0 && strings.HasPrefix(c.Refused[0].Reason, errNoText.Error()):
		return corpus.Article{}, errNoText // the next step there is for a file of one's own
	case len(c.Refused) > 0:
		return corpus.Article{}, errors.New(c.Refused[0].Text())
	case len(c.Articles) == 0:
		return corpus.Article{}, errNoText
	}
	return c.Articles[0], nil
}

// sentences counts what can be quoted.
func sentences(a corpus.Article) int {
	n := 0
	for _, p := range a.Passages {
		n += len(p.Sentences)
	}
	return n
}

// fingerprint is the same for articles that have the same words.
func fingerprint(a corpus.Article) string {
	h := sha256.New()
	for _, p := range a.Passages {
		for _, w := range strings.Fields(p.Text) {
			fmt.Fprintln(h, w)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// maxName is the longest name of a file, without its ending, in bytes.
const maxName = 80

// fileName makes a name for an article's file, without its ending: its date and the
// words of its title.
func fileName(a Article) string {
	var b strings.Builder
	if a.Date != "" {
		b.WriteString(a.Date)
	}
	joint := b.Len() > 0
	for _, r := range strings.ToLower(a.Title) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			if r != '\'' && r != '’' {
				joint = b.Len() > 0
			}
			continue
		}
		if b.Len()+utf8.RuneLen(r) >= maxName {
			break
		}
		if joint {
			b.WriteByte('-')
			joint = false
		}
		b.WriteRune(r)
	}
	if b.Len() == len(a.Date) { // no title
		return strings.TrimPrefix(a.Date+"-article", "-")
	}
	return b.String()
}

// oneLine replaces runs of white space by a blank and drops what is not shown.
func oneLine(s string) string {
	return strings.Join(strings.Fields(shown(s)), " ")
}

// shown drops letters that are not shown: they would keep a word from being found.
func shown(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\u200d': // the last joins emoji and Indic letters
			return r
		case r == utf8.RuneError, unicode.IsControl(r), r == '\u00ad', r == '\u200b', r == '\ufeff', r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return -1
		}
		return r
	}, s)
}
