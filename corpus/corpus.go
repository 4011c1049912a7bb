// Package corpus holds the articles that the bot answers from.
//
// [Load] reads a directory of articles, [Builtin] the ones in the binary. Each
// paragraph of an article is a [Passage], and [Sentences] cuts a passage into
// slices of its text. Nothing in this package rewrites what an article says, so
// a quote can always be found again in its source.
package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// An Article is one file of the corpus.
type Article struct {
	Slug   string // from the file's name: lower-case ASCII letters, digits and hyphens, at most 48 bytes
	Title  string
	Date   string // the day from whose viewpoint it is written, 2006-01-02, or empty
	Outlet string
	Author string
	URL    string
	Tags   []string
	// Questions that the article answers, as a reader would ask them; they are
	// offered as suggestions.
	Questions []string
	Passages  []Passage
}

// A Passage is one paragraph or list item.
type Passage struct {
	Heading   string // the nearest heading above it, or empty
	Text      string // without Markdown's marks, otherwise as in the file
	Sentences []Sentence
}

// A Sentence is what the bot quotes.
type Sentence struct {
	ID      string   // the article's slug, a dot and a hash of the text: survives reordering and reindexing
	Text    string   // a slice of Passage.Text
	Start   int      // the byte at which it starts there
	Sources []Source // from its footnotes; empty where the article itself is the source
}

// A Source is what a footnote cites.
type Source struct {
	Name  string // the outlet or institution
	Title string
	Date  string // 2006-01-02, 2006-01 or 2006, or empty
	URL   string
}

// SourcesOf returns the sources of one of a's sentences: those of its
// footnotes, else the article itself.
func (a *Article) SourcesOf(s Sentence) []Source {
	if len(s.Sources) > 0 {
		return s.Sources
	}
	name := a.Outlet
	if name == "" {
		name = a.Slug
	}
	return []Source{{Name: name, Title: a.Title, Date: a.Date, URL: a.URL}}
}

// sentenceID returns an identity that depends on nothing but the article's
// slug and the sentence's words. Line breaks and runs of blanks do not count.
// Equal sentences of one article are told apart by the count seen so far.
func sentenceID(slug, text string, seen map[string]int) string {
	sum := sha256.Sum256([]byte(strings.Join(strings.Fields(text), " ")))
	id := slug + "." + hex.EncodeToString(sum[:4])
	seen[id]++
	if n := seen[id]; n > 1 {
		id = fmt.Sprintf("%s-%d", id, n)
	}
	return id
}

// maxSlug keeps a sentence ID short enough for a Discord custom_id (100
// characters) beside what else it must carry.
const maxSlug = 48

// slugOf makes a slug of a file's path, without its extension. Where the
// path has letters outside ASCII or is too long, a hash of the path keeps
// different paths apart.
func slugOf(path string) string {
	var b strings.Builder
	lossy := false
	for _, r := range strings.ToLower(path) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		default:
			lossy = lossy || r > 127
			if s := b.String(); s != "" && !strings.HasSuffix(s, "-") {
				b.WriteByte('-')
			}
		}
	}
	s := strings.Trim(b.String(), "-")
	if lossy || s == "" || len(s) > maxSlug {
		sum := sha256.Sum256([]byte(path))
		hash := hex.EncodeToString(sum[:4])
		s = strings.Trim(s[:min(len(s), maxSlug-len(hash)-1)]+"-"+hash, "-")
	}
	return s
}

// dateLayouts are the dates that articles and sources may have, by length.
var dateLayouts = map[int]string{4: "2006", 7: "2006-01", 10: time.DateOnly}

// ParseDate reads a date of an [Article] or a [Source]. Where it names only a
// year or a month, layout ("2006", "2006-01" or "2006-01-02") says so.
func ParseDate(s string) (t time.Time, layout string, err error) {
	layout, ok := dateLayouts[len(s)]
	if !ok {
		return time.Time{}, "", fmt.Errorf("date %q is not of the form 2006-01-02", s)
	}
	t, err = time.Parse(layout, s)
	if err != nil {
		return time.Time{}, "", fmt.Errorf("date %q is not of the form %s", s, layout)
	}
	return t, layout, nil
}
