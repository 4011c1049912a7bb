package corpus

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

const good = `---
title: "Budget: the numbers"
date: 2014-12-02
outlet: The Daily
url: https://example.org/a
tags: [money]
questions: ["What did it cost?"]
---

## The *film*

Mr. Lee said **so** &amp; left.[^a] It cost
\$5.[^b][^a]

- A point with a [link](https://example.org/x) and ` + "`code`" + `. [^b]

` + "```\nnot a passage\n```" + `

[^a]: Variety, "A title, with a comma", 2014-11-29, <https://example.org/v>
[^b]: Reuters, on the cost, 2014-12
`

func TestLoadMarkdown(t *testing.T) {
	articles, problems := Load(fstest.MapFS{"money.md": file(good)})
	if len(problems) > 0 {
		t.Fatalf("Load: problems %v, want none", problems)
	}
	a := Source{Name: "Variety", Title: "A title, with a comma", Date: "2014-11-29", URL: "https://example.org/v"}
	b := Source{Name: "Reuters", Title: "on the cost", Date: "2014-12"}
	want := []Article{{
		Slug: "money", Title: "Budget: the numbers", Date: "2014-12-02", Outlet: "The Daily", URL: "https://example.org/a",
		Tags: []string{"money"}, Questions: []string{"What did it cost?"},
		Passages: []Passage{
			{Heading: "The film", Text: "Mr. Lee said so & left. It cost\n$5.", Sentences: []Sentence{
				{ID: "money.cef68d5a", Text: "Mr. Lee said so & left.", Sources: []Source{a}},
				{ID: "money.1cfdfc5e", Text: "It cost\n$5.", Start: 24, Sources: []Source{b, a}},
			}},
			{Heading: "The film", Text: "A point with a link and code.", Sentences: []Sentence{
				{ID: "money.69799c49", Text: "A point with a link and code.", Sources: []Source{b}},
			}},
		},
	}}
	if diff := cmp.Diff(want, articles); diff != "" {
		t.Errorf("Load mismatch (-want +got):\n%s", diff)
	}
}

func TestLoadText(t *testing.T) {
	tests := []struct{ name, text, title, first string }{
		{"title line", "The hack of the year\n\nIt began on Nov. 24.\nAll saw it.\n", "The hack of the year", "It began on Nov. 24."},
		{"hard-wrapped", "The hack of the year began on\nNov. 24. All saw it.", "note", "The hack of the year began on\nNov. 24."},
		{"blank line of blanks", "The hack\n \t\nIt began.", "The hack", "It began."},
		{"first line is a sentence", "It began.\n\nIt went on.", "note", "It began."},
		{"one line", "It began", "note", "It began"},
		{"windows", "\ufeffThe hack\r\n\r\nIt began.\r\n", "The hack", "It began."},
		{"old mac", "The hack\r\rIt began.\r", "The hack", "It began."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			articles, problems := Load(fstest.MapFS{"note.txt": file(tt.text)})
			if len(problems) > 0 || len(articles) != 1 {
				t.Fatalf("Load = %d articles, problems %v", len(articles), problems)
			}
			a := articles[0]
			if a.Title != tt.title || a.Passages[0].Sentences[0].Text != tt.first {
				t.Errorf("Load = title %q, first sentence %q; want %q, %q", a.Title, a.Passages[0].Sentences[0].Text, tt.title, tt.first)
			}
			if src := a.SourcesOf(a.Passages[0].Sentences[0]); len(src) != 1 || src[0] != (Source{Name: tt.title}) {
				t.Errorf("SourcesOf = %v, want the article itself, its title as the name", src)
			}
		})
	}
}

func TestLoadProblems(t *testing.T) {
	article := func(front, body string) *fstest.MapFile { return file("---\n" + front + "\n---\n\n" + body) }
	const head = "title: T\ndate: 2014-12-02"
	tests := []struct {
		name string
		file *fstest.MapFile
		want []string
	}{
		{"no front matter", file("Just text.\n"), []string{`a.md:1: does not start with front matter`}},
		{"unknown field", article(head+"\nauthro: X", "Text."), []string{`a.md:4: front matter: field authro not found`}},
		{"broken yaml", article("title: a: b\ndate: 2014-12-02", "Text."), []string{`a.md:1: front matter: mapping values`}},
		{"no title", article("date: 2014-12-02", "Text."), []string{`a.md:1: front matter: title is missing`}},
		{"impossible day", article("title: T\ndate: 2014-02-30", "Text."), []string{`a.md:3: front matter: date "2014-02-30" is not a day`}},
		{"month only", article("title: T\ndate: 2014-02", "Text."), []string{`a.md:3: front matter: date "2014-02" is not a day`}},
		{"script address", article(head+"\nurl: javascript:alert(1)", "Text."), []string{`a.md:4: front matter: url "javascript:alert(1)" is not`}},
		{"no body", article(head, ""), []string{`a.md: has no text`}},
		{"mark without definition", article(head, "Text.[^x]\n"), []string{`a.md:6: footnote [^x] is not defined`}},
		{"definition without mark", article(head, "Text.\n\n[^x]: Variety\n"), []string{`a.md:8: footnote [^x] is defined but no sentence uses it`}},
		{"defined twice", article(head, "Text.[^x]\n\n[^x]: Variety\n[^x]: Reuters\n"), []string{`a.md:9: footnote [^x] is defined twice`}},
		{"bad address", article(head, "Text.[^x]\n\n[^x]: Variety, <ftp://example.org>\n"), []string{`a.md:8: footnote [^x]: "ftp://example.org" is not`}},
		{"mark on a heading", article(head, "## What[^x]\n\nText.\n\n[^x]: Variety\n"), []string{`a.md:6: footnote [^x] stands on a heading`}},
		{"mark before the text", article(head, "[^x] Text.\n\n[^x]: Variety\n"), []string{`a.md:6: footnote [^x] has no sentence before it`}},
		{"mark over a column", article(head, "| a[^x] |\n|---|\n| b |\n\n[^x]: Variety\n"), []string{`a.md:6: footnote [^x] stands on a heading`}},
		{"mark in a footnote", article(head, "Text.[^x]\n\n[^x]: Variety [^y]\n[^y]: Reuters\n"), []string{`a.md:9: footnote [^y] is defined but no sentence`}},
		{"undefined mark on a second line", article(head, "Text\nand text.[^x]\n"), []string{`a.md:7: footnote [^x] is not defined`}},
		{"text in HTML", article(head, "Text.\n\n<div>\nLost.\n</div>\n"), []string{`a.md:8: is HTML, which is not read`}},
		{"impossible day in a footnote", article(head, "Text.[^x]\n\n[^x]: Variety, 2014-11-31\n"), []string{`a.md:8: footnote [^x]: "2014-11-31" is not a date; write 2006-01-02, 2006-01 or 2006`}},
		{"day before month", article(head, "Text.[^x]\n\n[^x]: Variety, 29 November 2014\n"), []string{`a.md:8: footnote [^x]: "29 November 2014" is not a date`}},
		{"month before day", article(head, "Text.[^x]\n\n[^x]: Variety, Nov. 29, 2014\n"), []string{`a.md:8: footnote [^x]: "Nov. 29" is not a date`}},
		{"slashes", article(head, "Text.[^x]\n\n[^x]: Variety, 29/11/2014\n"), []string{`a.md:8: footnote [^x]: "29/11/2014" is not a date`}},
		{"two dates", article(head, "Text.[^x]\n\n[^x]: Variety, 2014, 2015\n"), []string{`a.md:8: footnote [^x]: has two dates, "2014" and "2015"`}},
		{"bare address", article(head, "Text.[^x]\n\n[^x]: Variety, https://example.org/a\n"), []string{`a.md:8: footnote [^x]: the address stands bare; write <https://example.org/a>`}},
		{"half an address", article(head, "Text.[^x]\n\n[^x]: Variety, <example.org>\n"), []string{`a.md:8: footnote [^x]: "<example.org>" is not an http or https address`}},
		{"two addresses", article(head, "Text.[^x]\n\n[^x]: Variety, <https://a.org>, <https://b.org>\n"), []string{`a.md:8: footnote [^x]: has two addresses`}},
		{"two paragraphs", article(head, "Text.[^x]\n\n[^x]: Variety\n\n    Reuters\n"), []string{`a.md:8: footnote [^x]: has more than one paragraph`}},
		{"footnote in a footnote", article(head, "Text.[^x]\n\n[^x]: [^y]: Reuters\n"), []string{`a.md:6: names a footnote with another one inside`}},
		{"empty footnote", article(head, "Text.[^x]\n\n[^x]:\n"), []string{`a.md:8: footnote [^x]: has no outlet`}},
		{"list that is none", article(head+"\ntags: films", "Text."), []string{`a.md:4: front matter: tags is a list; write tags: [films]`}},
		{"text that is a list", article("date: 2014-12-02\ntitle:\n  - T\n  - U", "Text."), []string{`a.md:4: front matter: title is one text; write title: "..."`}},
		{"two mistakes", article(head+"\ntags: films\nauthro: X", "Text."), []string{`a.md:4: front matter: tags is`, `a.md:5: front matter: field authro`}},
		{"empty front matter", file("---\n---\nText.\n"), []string{`a.md:1: front matter: title is missing`, `a.md:1: front matter: date is missing`}},
		{"not UTF-8", file("one\ntwo \xff\n"), []string{`a.md:2: is not UTF-8`}},
		{"NUL", file("one\x00"), []string{`a.md:1: is not UTF-8`}},
		{"too large", file(strings.Repeat("x", maxFile+1)), []string{`a.md: has 4194305 bytes`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			articles, problems := Load(fstest.MapFS{"a.md": tt.file, "b.txt": file("A good one.")})
			if len(articles) != 1 || articles[0].Slug != "b" {
				t.Errorf("Load: the good file is not loaded: %v", articles)
			}
			if len(problems) != len(tt.want) {
				t.Fatalf("Load: problems %v, want %v", problems, tt.want)
			}
			for i, p := range problems {
				if !strings.HasPrefix(p.String(), tt.want[i]) {
					t.Errorf("problem %q, want %q", p, tt.want[i])
				}
			}
		})
	}
}

func TestLoadNames(t *testing.T) {
	articles, problems := Load(fstest.MapFS{
		".git/x.md":     file("no article"),
		"_draft.md":     file("no article"),
		"image.png":     file("no article"),
		"sub/Año 1.txt": file("One."),
		"sub/a b.txt":   file("Two."),
		"sub-a-b.txt":   file("Three."),
	})
	if len(articles) != 2 {
		t.Errorf("Load = %d articles, want 2", len(articles))
	}
	if len(problems) != 1 || !strings.Contains(problems[0].Reason, "same short name") {
		t.Errorf("problems = %v, want the second file of one short name", problems)
	}
}

// TestLoadLinks: WalkDir does not follow a link to a directory, and a reader
// who keeps articles behind one must learn that they are not there.
func TestLoadLinks(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.txt"), []byte("One."), 0o600); err != nil {
		t.Fatal(err)
	}
	for link, target := range map[string]string{"more": t.TempDir(), "b.txt": "a.txt", "_off": dir, "gone.md": "nowhere", "gone": "nowhere"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	articles, problems := Load(os.DirFS(dir))
	if len(articles) != 2 {
		t.Errorf("Load = %d articles, want 2: a file and a link to it", len(articles))
	}
	if len(problems) != 2 || problems[0].File != "gone.md" || problems[1].File != "more" || !strings.Contains(problems[1].Reason, "is a link to a directory") {
		t.Errorf("problems = %v, want one of gone.md and one of more", problems)
	}
}

// TestProblemString: what a file is named, or says, never acts on a terminal.
func TestProblemString(t *testing.T) {
	tests := []struct {
		name    string
		problem Problem
		want    string
	}{
		{"plain", Problem{"Año 1.md", 3, "is odd"}, "Año 1.md:3: is odd"},
		{"escape", Problem{"a\x1b[2J.md", 0, "is odd"}, `"a\x1b[2J.md": is odd`},
		{"newline", Problem{"a\nb.md", 3, "is odd"}, `"a\nb.md":3: is odd`},
		{"not UTF-8", Problem{"a\xff.md", 0, "is odd"}, `"a\xff.md": is odd`},
		{"right to left", Problem{"a\u202edm.txt", 0, "is odd"}, `"a\u202edm.txt": is odd`},
		{"reason", Problem{"a.md", 1, "footnote [^\x1b[2J] \"is\" odd\nb"}, `a.md:1: footnote [^\x1b[2J] "is" odd\nb`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.problem.String(); got != tt.want {
				t.Errorf("String() = %s, want %s", got, tt.want)
			}
		})
	}
}

func TestSlug(t *testing.T) {
	for path, want := range map[string]string{
		"five-films":              "five-films",
		"2014/Dec 02: Five_Films": "2014-dec-02-five-films",
		"---":                     "cb3f91d5",
	} {
		if got := slugOf(path); got != want {
			t.Errorf("slugOf(%q) = %q, want %q", path, got, want)
		}
	}
	long := strings.Repeat("long-", 20)
	if a, b := slugOf(long+"a"), slugOf(long+"b"); a == b || len(a) > maxSlug || strings.HasSuffix(a, "-") {
		t.Errorf("long paths: %q and %q", a, b)
	}
}

func TestSentenceIDs(t *testing.T) {
	ids := func(text string) (out []string) {
		articles, _ := Load(fstest.MapFS{"a.txt": file(text)})
		for _, p := range articles[0].Passages {
			for _, s := range p.Sentences {
				out = append(out, s.ID)
			}
		}
		return out
	}
	before := ids("One fact. Another fact.\n\nA third.")
	after := ids("A third.\n\nNew text first. One\nfact. Another fact.")
	if before[0] != after[2] || before[1] != after[3] || before[2] != after[0] {
		t.Errorf("IDs change with the order: %v, then %v", before, after)
	}
	if twice := ids("Again. Again."); twice[0] == twice[1] {
		t.Errorf("two sentences share the ID %s", twice[0])
	}
}
