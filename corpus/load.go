package corpus

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Problem is one reason why a file, or a part of it, cannot be used.
type Problem struct {
	File   string
	Line   int // 0 where it concerns the whole file
	Reason string
}

func (p Problem) String() string {
	if p.Line == 0 {
		return p.File + ": " + p.Reason
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Reason)
}

// maxFile is the largest article file that is read, in bytes. A long book has
// about 2 MB.
const maxFile = 4 << 20

// Load reads every .md and .txt file of fsys as an article, in the order of
// their paths. Names that start with a dot or an underscore are left out. A
// file with a problem is not loaded; the others are.
func Load(fsys fs.FS) ([]Article, []Problem) {
	var articles []Article
	var problems []Problem
	slugs := make(map[string]string) // slug -> file
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			problems = append(problems, Problem{File: name, Reason: reason(err)})
			return nil
		}
		if base := path.Base(name); base != "." && (base[0] == '.' || base[0] == '_') {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		ext := strings.ToLower(path.Ext(name))
		if d.IsDir() || ext != ".md" && ext != ".txt" {
			return nil
		}
		a, ps := loadFile(fsys, name, ext)
		if len(ps) == 0 {
			if other, taken := slugs[a.Slug]; taken {
				ps = []Problem{{File: name, Reason: "has the same short name as " + other + "; rename one of them"}}
			}
		}
		if len(ps) > 0 {
			problems = append(problems, ps...)
			return nil
		}
		slugs[a.Slug] = name
		articles = append(articles, a)
		return nil
	})
	if err != nil {
		problems = append(problems, Problem{File: ".", Reason: reason(err)})
	}
	return articles, problems
}

func loadFile(fsys fs.FS, name, ext string) (Article, []Problem) {
	fail := func(line int, format string, args ...any) (Article, []Problem) {
		return Article{}, []Problem{{File: name, Line: line, Reason: fmt.Sprintf(format, args...)}}
	}
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return fail(0, "%s", reason(err))
	}
	if !info.Mode().IsRegular() {
		return fail(0, "is not a regular file")
	}
	if info.Size() > maxFile {
		return fail(0, "has %d bytes, more than the %d that an article may have; split it", info.Size(), maxFile)
	}
	src, err := fs.ReadFile(fsys, name)
	if err != nil {
		return fail(0, "%s", reason(err))
	}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if i := invalidByte(src); i >= 0 {
		return fail(lineAt(src, i), "is not UTF-8 text; save it as UTF-8")
	}
	if !bytes.Contains(src, []byte("\n")) { // files of old Macs
		src = bytes.ReplaceAll(src, []byte("\r"), []byte("\n"))
	}
	src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))

	a := Article{Slug: slugOf(strings.TrimSuffix(name, path.Ext(name)))}
	var problems []Problem
	if ext == ".md" {
		problems = parseMarkdown(&a, name, src)
	} else {
		parseText(&a, name, string(src))
	}
	if len(problems) == 0 && len(a.Passages) == 0 {
		return fail(0, "has no text")
	}
	return a, problems
}

// invalidByte returns the position of the first byte that text cannot have,
// or -1.
func invalidByte(src []byte) int {
	for i := 0; i < len(src); {
		r, n := utf8.DecodeRune(src[i:])
		if r == utf8.RuneError && n == 1 || r == 0 {
			return i
		}
		i += n
	}
	return -1
}

func lineAt(src []byte, i int) int { return 1 + bytes.Count(src[:i], []byte("\n")) }

// reason says what went wrong without repeating the path that a Problem has.
func reason(err error) string {
	if pe, ok := err.(*fs.PathError); ok {
		err = pe.Err
	}
	return err.Error()
}

// maxTitleLine is the longest first line of a text file that can be its title,
// in characters.
const maxTitleLine = 120

// parseText reads a plain text file: paragraphs between blank lines. A short
// first line that does not end like a sentence is the title.
func parseText(a *Article, name, text string) {
	text = strings.TrimSpace(text)
	first, rest, _ := strings.Cut(text, "\n")
	first = strings.TrimSpace(first)
	if utf8.RuneCountInString(first) <= maxTitleLine && !strings.ContainsAny(lastRune(first), ".!?\"”…:;,") && strings.TrimSpace(rest) != "" {
		a.Title, text = first, rest
	} else {
		a.Title = strings.TrimSuffix(path.Base(name), path.Ext(name))
	}
	seen := make(map[string]int)
	for para := range paragraphs(text) {
		a.add(Passage{Text: para}, nil, seen)
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

// A mark is a footnote mark: the byte of the passage's text that it stands at,
// and the source it names.
type mark struct {
	at     int
	source Source
}

// add cuts p into sentences, gives each the sources of its marks, and appends
// it to the article. A passage without a letter or digit is dropped.
func (a *Article) add(p Passage, marks []mark, seen map[string]int) {
	spans := sentenceSpans(p.Text)
	for i, sp := range spans {
		s := Sentence{Text: p.Text[sp.start:sp.end], Start: sp.start}
		for _, m := range marks {
			// A mark belongs to the last sentence that starts before it, so
			// "One.[^a] Two." and "One. [^a] Two." both cite a for One.
			if m.at > sp.start && (i+1 == len(spans) || m.at <= spans[i+1].start) && !slices.Contains(s.Sources, m.source) {
				s.Sources = append(s.Sources, m.source)
			}
		}
		s.ID = sentenceID(a.Slug, s.Text, seen)
		p.Sentences = append(p.Sentences, s)
	}
	if len(p.Sentences) > 0 {
		a.Passages = append(a.Passages, p)
	}
}
