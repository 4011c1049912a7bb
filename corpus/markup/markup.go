// Package markup reads what a file says, as a reader of the finished page sees
// it: Markdown with its many dialects, HTML, wiki text and plain text, each with
// the facts that stand at its top.
//
// Marks are taken away and entities resolved; beyond that no letter is added,
// moved or changed. What an author has hidden (comments, drafts, struck-out
// words, scripts) never comes out.
package markup

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Source is what a sentence rests on.
type Source struct {
	Name  string // the outlet or institution
	Title string
	Date  string // 2006-01-02, 2006-01 or 2006, or empty
	URL   string
}

// A Document is what one file says.
type Document struct {
	Meta     Meta
	Heading  string // the first one, if no text stands above it
	Passages []Passage
	Notes    []Note
	Links    int // how many passages are nothing but a link: a table of contents has no others
}

// A Passage is one paragraph, list item, line of a timeline or row of a table.
type Passage struct {
	Heading string // the nearest heading above it, with the names of a table's columns
	Text    string
	Whole   bool // it is one sentence, as a row of a table is
	Label   int  // the length of the name, in bold or a link, that a colon-less list begins with; or 0
	Marks   []Mark
	Line    int // of the file; 0 where it is not known
}

// A Mark is a place where a source is named.
type Mark struct {
	At     int // the byte of the passage's text that it stands at
	Source Source
	Key    string // of a footnote; empty for a link
	Line   int
}

// A Note says what was left out, or read otherwise than it may be meant.
type Note struct {
	Line int // 0 where it concerns the whole file
	Text string
}

// isAddress reports whether s is an address on the web.
func isAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && !strings.ContainsAny(s, " \t\n<>")
}

// linkSource returns the source that an address is: its site stands for a name.
func linkSource(address string) (Source, bool) {
	if !isAddress(address) {
		return Source{}, false
	}
	u, err := url.Parse(address)
	if err != nil {
		return Source{}, false
	}
	return Source{Name: strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), URL: address}, true
}

func isAlnum(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func hasText(s string) bool { return strings.ContainsFunc(s, isAlnum) }

// oneLine replaces runs of white space by a blank.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// decodeRune returns the first letter of s and its length.
func decodeRune(s string) (rune, int) { return utf8.DecodeRuneInString(s) }
