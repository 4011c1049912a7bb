// Package corpus holds the articles that the bot answers from.
//
// [Load] reads a directory of articles, [Builtin] the ones in the binary. Each
// paragraph of an article is a [Passage], and [Sentences] cuts a passage into
// slices of its text. Nothing in this package rewrites what an article says, so
// a quote can always be found again in its source.
package corpus

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
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

// A Passage is one paragraph, list item or row of a table.
type Passage struct {
	Heading   string // the nearest heading above it, with the names of a table's columns; or empty
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
// footnotes, else the article itself. Where that has no outlet, its title
// stands for the name and is not said twice.
func (a *Article) SourcesOf(s Sentence) []Source {
	switch {
	case len(s.Sources) > 0:
		return s.Sources
	case a.Outlet != "":
		return []Source{{Name: a.Outlet, Title: a.Title, Date: a.Date, URL: a.URL}}
	}
	return []Source{{Name: cmp.Or(a.Title, a.Slug), Date: a.Date, URL: a.URL}}
}

// A mark is a footnote mark.
type mark struct {
	at     int    // the byte of the passage's text that it stands at
	source Source // which it names
	key    string // as it is written
	pos    int    // the byte of the file's body that it starts at
}

// add gives the sentences of p, which stand at spans, the sources of their
// marks, and appends it to the article. It returns the marks that no sentence
// took. A passage without a letter or digit is dropped.
func (a *Article) add(p Passage, spans []span, marks []mark, seen map[string]int) (lost []mark) {
	if !strings.ContainsFunc(p.Text, isAlnum) {
		return marks
	}
	taken := make([]bool, len(marks))
	for i, sp := range spans {
		s := Sentence{Text: p.Text[sp.start:sp.end], Start: sp.start}
		for j, m := range marks {
			// A mark belongs to the last sentence that starts before it, so
			// "One.[^a] Two." and "One. [^a] Two." both cite a for One.
			if m.at <= sp.start || i+1 < len(spans) && m.at > spans[i+1].start {
				continue
			}
			taken[j] = true
			if !slices.Contains(s.Sources, m.source) {
				s.Sources = append(s.Sources, m.source)
			}
		}
		s.ID = sentenceID(a.Slug, s.Text, seen)
		p.Sentences = append(p.Sentences, s)
	}
	a.Passages = append(a.Passages, p)
	for j, m := range marks {
		if !taken[j] {
			lost = append(lost, m)
		}
	}
	return lost
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
