package corpus

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// A Report says what became of the files of a directory.
type Report struct {
	Kinds     map[string]int      // files that can be articles, by ending
	Refused   []Problem           // files of which nothing can be used
	Kept      []Problem           // those of Refused that stay as they were before
	LeftOut   []Problem           // files that are no articles, by their name or what they say
	Notes     []Problem           // parts that were left out, or read otherwise than they may be meant
	Passed    map[string]int      // files of other endings
	Fields    map[string]int      // fields of front matter that are not used, and in how many articles
	Encodings map[string][]string // files by encoding, other than UTF-8
	Read      time.Time           // when
	Newest    string              // of the files that are articles, the one written last; empty where none has a time
	NewestAt  time.Time
}

// A Summary counts what is in articles.
type Summary struct {
	Articles   int            `json:"articles"`
	Paragraphs int            `json:"paragraphs"`
	Sentences  int            `json:"sentences"`
	Longest    int            `json:"longest"`    // sentence, in characters
	LongestIn  string         `json:"longest_in"` // the short name of the article that has it
	OneWord    int            `json:"one_word"`   // sentences of one word
	Dated      int            `json:"dated"`      // articles with a date
	Languages  map[string]int `json:"languages"`
}

// Summarize counts.
func Summarize(articles []Article) Summary {
	s := Summary{Articles: len(articles), Languages: make(map[string]int)}
	for i := range articles {
		a := &articles[i]
		s.Languages[language(a)]++
		if a.Date != "" {
			s.Dated++
		}
		s.Paragraphs += len(a.Passages)
		for _, p := range a.Passages {
			s.Sentences += len(p.Sentences)
			for _, t := range p.Sentences {
				if n := utf8.RuneCountInString(t.Text); n > s.Longest {
					s.Longest, s.LongestIn = n, a.Slug
				}
				if isOneWord(t.Text) {
					s.OneWord++
				}
			}
		}
	}
	return s
}

// isOneWord reports whether a sentence has one word; scripts without blanks do
// not tell.
func isOneWord(s string) bool {
	return len(strings.Fields(s)) == 1 && !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x2e80 })
}

// Files returns how many files can be articles.
func (r *Report) Files() int {
	n := 0
	for _, k := range r.Kinds {
		n += k
	}
	return n
}

// Reasons returns how often each reason stands in problems, the most frequent
// first.
func Reasons(problems []Problem) []Reason {
	var out []Reason
	for _, p := range problems {
		i := slices.IndexFunc(out, func(r Reason) bool { return r.Reason == p.Reason })
		if i < 0 {
			i = len(out)
			out = append(out, Reason{Reason: p.Reason})
		}
		out[i].Files = append(out[i].Files, p.File)
	}
	slices.SortStableFunc(out, func(a, b Reason) int { return len(b.Files) - len(a.Files) })
	return out
}

// A Reason is why some files are not used.
type Reason struct {
	Reason string   `json:"reason"`
	Files  []string `json:"files"`
}
