package corpus

import (
	"path"
	"strings"
	"unicode/utf8"
)

// maxTitleLine is the longest first line of a text file that can be its title,
// in characters.
const maxTitleLine = 120

// parseText reads a plain text file: paragraphs between blank lines. A short
// first line that does not end like a sentence is the title, if a blank line
// follows: else it may be the first half of a sentence that is wrapped.
func parseText(a *Article, name, text string) {
	text = strings.TrimSpace(text)
	first, rest, _ := strings.Cut(text, "\n")
	second, _, more := strings.Cut(rest, "\n")
	first = strings.TrimSpace(first)
	if utf8.RuneCountInString(first) <= maxTitleLine && !strings.ContainsAny(lastRune(first), ".!?\"”…:;,") && more && strings.TrimSpace(second) == "" {
		a.Title, text = first, rest
	} else {
		a.Title = strings.TrimSuffix(path.Base(name), path.Ext(name))
	}
	seen := make(map[string]int)
	for para := range paragraphs(text) {
		a.add(Passage{Text: para}, sentenceSpans(para), nil, seen)
	}
}

func lastRune(s string) string {
	_, n := utf8.DecodeLastRuneInString(s)
	return s[len(s)-n:]
}

// paragraphs yields the parts of text between blank lines.
func paragraphs(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		start, pos := 0, 0
		emit := func(end int) bool {
			p := strings.TrimSpace(text[start:end])
			return p == "" || yield(p)
		}
		for line := range strings.Lines(text) {
			if strings.TrimSpace(line) == "" {
				if !emit(pos) {
					return
				}
				start = pos + len(line)
			}
			pos += len(line)
		}
		emit(len(text))
	}
}
