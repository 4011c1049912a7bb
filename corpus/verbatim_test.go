package corpus

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"dossier/corpus/markup"
)

// These tests compare sentences with the bytes of the file, not with
// Passage.Text, which the parser made itself.

// unmarked takes the marks out of a built-in article, which has no other
// Markdown inside a sentence.
func unmarked(src string) string {
	return regexp.MustCompile(`\[\^[^\]]+\]`).ReplaceAllString(src, "")
}

// TestVerbatimBuiltin: every sentence stands, byte for byte, in its file.
func TestVerbatimBuiltin(t *testing.T) {
	files := make(map[string]string) // slug -> content
	err := fs.WalkDir(Builtin(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		src, err := fs.ReadFile(Builtin(), name)
		files[slugOf(strings.TrimSuffix(name, ".md"))] = unmarked(string(src))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	articles, _ := Load(Builtin())
	for _, a := range articles {
		rest := files[a.Slug]
		for _, s := range sentencesOf(a) {
			_, after, ok := strings.Cut(rest, s.Text)
			if !ok {
				t.Errorf("%s: %q does not stand in the file, or not in this order", a.Slug, s.Text)
				break
			}
			rest = after
		}
	}
}

func sentencesOf(a Article) (out []Sentence) {
	for _, p := range a.Passages {
		out = append(out, p.Sentences...)
	}
	return out
}

// cutLetters cuts s, as a sequence of letters and digits with anything between
// them, out of src, and returns what is left behind it.
func cutLetters(src, s string) (rest string, ok bool) {
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		i := strings.IndexRune(src, r)
		if i < 0 {
			return src, false
		}
		src = src[i+len(string(r)):]
	}
	return src, true
}

// mailQuote is a line of answered mail, whose mark is left away.
var mailQuote = regexp.MustCompile(`(?m)^[ \t]*>`)

// checkVerbatim holds the articles of one file to its content.
func checkVerbatim(t *testing.T, name, content string, a Article) {
	t.Helper()
	if strings.Contains(content, "&") || !utf8.ValidString(content) {
		return // an entity is spelled unlike the letter that it stands for, as is a letter of another encoding
	}
	rest := strings.ReplaceAll(content, "\r\n", "\n")
	if !strings.Contains(content, "\n") {
		rest = strings.ReplaceAll(rest, "\r", "\n")
	}
	for _, s := range sentencesOf(a) {
		var ok bool
		if name == "a.txt" && !markup.IsWiki([]byte(content)) && !mailQuote.MatchString(content) {
			_, rest, ok = strings.Cut(rest, s.Text)
		} else {
			rest, ok = cutLetters(rest, s.Text)
		}
		if !ok {
			t.Fatalf("%s: sentence %q does not stand in the file, or not in this order", name, s.Text)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(good)
	f.Add("---\ntitle: T\ndate: 2014-12-02\n---\n\n> Quote.[^1]\n\n1. One\n2. Two\n\n[^1]: X\n")
	f.Add("---\ntitle: T\ndate: 2014-12-02\n---\n# H\n\n| a | b |\n|---|---|\n| ~~c~~ \\| | `d`[^1] |\n\n![alt](x)<br>\ne. <https://f.org>\n\n[^1]: X, \"y\", 2014, <https://z.org>\n")
	f.Add("Title\r\n\r\nOne.\r\nTwo\tthree. \r\n")
	f.Add("One\rtwo.\r\rThree.")
	f.Add("0\n>A0")
	f.Fuzz(func(t *testing.T, text string) {
		for _, name := range []string{"a.md", "a.txt", "a.wiki", "a.html", "a.mdx"} {
			articles, problems := Load(fstest.MapFS{name: file(text)})
			for _, p := range problems {
				if strings.ContainsFunc(p.String(), unicode.IsControl) {
					t.Fatalf("%s: control characters in %q", name, p.String())
				}
			}
			for _, a := range articles {
				for _, p := range a.Passages {
					for _, s := range p.Sentences {
						if p.Text[s.Start:s.Start+len(s.Text)] != s.Text {
							t.Fatalf("sentence %q is not at byte %d of %q", s.Text, s.Start, p.Text)
						}
					}
				}
				checkVerbatim(t, name, text, a)
			}
		}
	})
}
