// Package corpus holds the articles that the bot answers from.
//
// [Read] reads a directory of files as people keep them, [Builtin] the articles
// in the binary. Each paragraph of an article is a [Passage], and [Sentences]
// cuts a passage into slices of its text. Package markup takes away what is not
// text; nothing here rewrites what an article says, so a quote can always be
// found again in its source.
package corpus

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"dossier/corpus/markup"
)

// An Article is one file of the corpus.
type Article struct {
	Slug   string // from the file's name: lower-case ASCII letters, digits and hyphens, at most 48 bytes
	Title  string
	Date   string // the day, month or year from whose viewpoint it is written, 2006-01-02, 2006-01 or 2006, or empty
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
	Links   []Source // from the links in it
}

// A Source is what a footnote cites or a link leads to.
type Source = markup.Source

// SourcesOf returns the sources of one of a's sentences: those of its
// footnotes, else the article itself, and behind them where its links lead.
// Where the article has no outlet, its title stands for the name and is not
// said twice.
func (a *Article) SourcesOf(s Sentence) []Source {
	sources := s.Sources
	switch {
	case len(sources) > 0:
	case a.Outlet != "":
		sources = []Source{{Name: a.Outlet, Title: a.Title, Date: a.Date, URL: a.URL}}
	default:
		sources = []Source{{Name: cmp.Or(a.Title, a.Slug), Date: a.Date, URL: a.URL}}
	}
	if len(s.Links) == 0 {
		return sources
	}
	return slices.Concat(sources, s.Links)
}

// add cuts a passage into sentences, each with the sources that are named in
// it, and appends it to the article. It returns the footnotes that no sentence
// took, and how many sentences were cut in pieces. Sentences for which skip is true
// are none.
func (a *Article) add(ctx context.Context, from markup.Passage, seen map[string]int, skip func(string) bool) (lost []markup.Mark, cut int) {
	p := Passage{Heading: from.Heading, Text: from.Text}
	spans := cutLong(p.Text, nil, span{skipSpace(p.Text, 0), len(p.Text)})
	cut = min(len(spans)-1, 1)
	if !from.Whole {
		spans, cut = sentenceSpans(ctx, p.Text)
		spans = joinLabel(p.Text, spans, from.Label)
	}
	taken := make([]bool, len(from.Marks))
	for i, sp := range spans {
		s := Sentence{Text: p.Text[sp.start:sp.end], Start: sp.start}
		for j, m := range from.Marks {
			// A footnote belongs to the last sentence that starts before it, so
			// "One.[^a] Two." and "One. [^a] Two." both cite a for One; a link
			// to the sentence that it starts with too.
			first := m.Key != "" && m.At <= sp.start || m.At < sp.start && i > 0
			last := i+1 < len(spans) && (m.At > spans[i+1].start || m.Key == "" && m.At == spans[i+1].start)
			if first || last {
				continue
			}
			taken[j] = true
			into := &s.Sources
			if m.Key == "" {
				into = &s.Links
			}
			if !slices.Contains(*into, m.Source) {
				*into = append(*into, m.Source)
			}
		}
		s.Links = slices.DeleteFunc(s.Links, func(l Source) bool {
			return slices.ContainsFunc(s.Sources, func(o Source) bool { return o.URL == l.URL })
		})
		if skip(s.Text) {
			continue
		}
		s.ID = sentenceID(a.Slug, s.Text, seen)
		p.Sentences = append(p.Sentences, s)
	}
	if len(p.Sentences) > 0 {
		a.Passages = append(a.Passages, p)
	}
	for j, m := range from.Marks {
		if !taken[j] && m.Key != "" {
			lost = append(lost, m)
		}
	}
	return lost, cut
}

// maxLabel is how many words a label has at most.
const maxLabel = 5

// joinLabel keeps a label, the first words of a paragraph that are a link or
// bold, with the sentence after it: "[Name](address). He left." says nothing of
// whom in two.
func joinLabel(text string, spans []span, label int) []span {
	if label == 0 || len(spans) < 2 {
		return spans
	}
	first := text[spans[0].start:spans[0].end]
	if strings.TrimRight(first, ".:!") != strings.TrimRight(strings.TrimSpace(text[spans[0].start:max(label, spans[0].start)]), ".:!") || len(strings.Fields(first)) > maxLabel {
		return spans
	}
	spans[1].start = spans[0].start
	return spans[1:]
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
		hash := hashOf(path)
		s = strings.Trim(s[:min(len(s), maxSlug-len(hash)-1)]+"-"+hash, "-")
	}
	return s
}

func hashOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:4])
}

// ParseDate reads a date of an [Article] or a [Source]. Where it names only a
// year or a month, layout ("2006", "2006-01" or "2006-01-02") says so.
func ParseDate(s string) (t time.Time, layout string, err error) { return markup.ParseDate(s) }
