package corpus

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
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
				{ID: "money.69799c49", Text: "A point with a link and code.", Sources: []Source{b}, Links: []Source{{Name: "example.org", URL: "https://example.org/x"}}},
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

// TestLoadFacts: post-mortems have their date among other facts, which stay.
func TestLoadFacts(t *testing.T) {
	articles, _ := Load(fstest.MapFS{"a.md": file("# The outage\n\n**Date**: 2015-10-21  \n**Status**: Complete\n\nSearch was down.\nDate: 2016-01-01\n")})
	if len(articles) != 1 || articles[0].Date != "2015-10-21" || articles[0].Passages[0].Text != "Date: 2015-10-21\nStatus: Complete" {
		t.Errorf("Load = %+v, want the date of the outage, and the facts", articles)
	}
}

// TestLoadMail: the head of a mail says its title, date and author, and is no sentence.
func TestLoadMail(t *testing.T) {
	const head = "From: Bo Ek <bo@a.example>\nTo: all@a.example,\n al@a.example\nSubject: The fire\nDate: Tue, 4 Feb 2020 10:00:00 +0000\n\n"
	c, err := Read(t.Context(), fstest.MapFS{
		"mail.txt": file(head + "> Was it us?\n\nYes. It burnt > 5 %,\n> 3 % of it ours.\n"),
		"road.txt": file("From: here\nTo: there\n\nThe road is long."),
	}, Options{})
	if err != nil || len(c.Articles) != 2 || len(c.Notes) > 0 {
		t.Fatalf("Read: %d articles, notes %v, %v", len(c.Articles), c.Notes, err)
	}
	var got []string
	for _, a := range c.Articles {
		got = append(got, strings.Join([]string{a.Title, a.Date, a.Author}, "|"))
		for _, s := range sentencesOf(a) {
			got = append(got, s.Text)
		}
	}
	want := []string{
		"The fire|2020-02-04|Bo Ek <bo@a.example>", "Was it us?", "Yes.", "It burnt > 5 %,\n> 3 % of it ours.",
		"road||", "From: here\nTo: there", "The road is long.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Read (-want +got):\n%s", diff)
	}
}

// TestReadRefused: a file is refused only where nothing of it can be used.
func TestReadRefused(t *testing.T) {
	article := func(front, body string) *fstest.MapFile { return file("---\n" + front + "\n---\n\n" + body) }
	tests := []struct {
		name string
		file *fstest.MapFile
		want string
	}{
		{"no body", article("title: T\ndate: 2014-12-02", ""), `a.md: has no text`},
		{"nothing", file(""), `a.md: has no text; write some`},
		{"a share line alone", file("Share on Facebook\n"), `a.md: has no text`},
		{"NUL", file("one\x00"), `a.md: is not text in an encoding`},
		{"letters of an encoding that cannot be told", file("\xcf\xee\xe6\xe0\xf0 \xed\xe0 \xf1\xea\xeb\xe0\xe4\xe5 \xed\xe0\xf7\xe0\xeb\xf1\xff"), `a.md: is not text in an encoding`},
		{"too large", file(strings.Repeat("x", maxFile+1)), `a.md: has 4194305 bytes`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			articles, problems := Load(fstest.MapFS{"a.md": tt.file, "b.txt": file("A good one.")})
			if len(articles) != 1 || articles[0].Slug != "b" {
				t.Errorf("Load: %v; want the good file alone", articles)
			}
			if len(problems) != 1 || !strings.HasPrefix(problems[0].String(), tt.want) {
				t.Errorf("Load: problems %v, want %q", problems, tt.want)
			}
		})
	}
}

// TestReadNotes: what of a file cannot be used is said, and the rest is loaded.
func TestReadNotes(t *testing.T) {
	article := func(front, body string) *fstest.MapFile { return file("---\n" + front + "\n---\n\n" + body) }
	const head = "title: T\ndate: 2014-12-02"
	tests := []struct {
		name string
		file *fstest.MapFile
		want string // empty: nothing is to be said
	}{
		{"broken yaml", article("title: a: b\ndate: 2014-12-02", "Text."), `a.md:2: front matter: mapping values`},
		{"impossible day", article("title: T\ndate: 2014-02-30", "Text."), `a.md:3: front matter: date "2014-02-30" is not a date`},
		{"day or month first", article("title: T\ndate: 04/03/2021", "Text."), `a.md:3: front matter: date "04/03/2021" can be two days`},
		{"month only", article("title: T\ndate: 2014-02", "Text."), ``},
		{"no title", article("date: 2014-12-02", "Text."), ``},
		{"no date", article("title: T", "Text."), ``},
		{"no front matter", file("Text.\n"), ``},
		{"empty front matter", file("---\n---\nText.\n"), ``},
		{"front matter without an end", file("---\ntitle: T\n\nText.\n"), `a.md:2: front matter has no line "---"`},
		{"script address", article(head+"\nurl: javascript:alert(1)", "Text."), `a.md:4: front matter: url "javascript:alert(1)" is not`},
		{"tags in a text", article(head+"\ntags: films, leak", "Text."), ``},
		{"mark without definition", article(head, "Text.[^x]\n"), `a.md:6: footnote [^x] is not defined`},
		{"undefined mark on a second line", article(head, "Text\nand text.[^x]\n"), `a.md:7: footnote [^x] is not defined`},
		{"definition without mark", article(head, "Text.\n\n[^x]: Variety\n"), `a.md:8: footnote [^x] is defined but no sentence uses it`},
		{"defined twice", article(head, "Text.[^x]\n\n[^x]: Variety\n[^x]: Reuters\n"), `a.md:9: footnote [^x] is defined twice`},
		{"bad address", article(head, "Text.[^x]\n\n[^x]: Variety, <ftp://example.org>\n"), `a.md:8: footnote [^x] has "ftp://example.org", which is not`},
		{"half an address", article(head, "Text.[^x]\n\n[^x]: Variety, <example.org>\n"), `a.md:8: footnote [^x] has "<example.org>", which is not`},
		{"mark on a heading", article(head, "## What[^x]\n\nText.\n\n[^x]: Variety\n"), `a.md:6: footnote [^x] stands on a heading`},
		{"mark before the text", article(head, "[^x] Text.\n\n[^x]: Variety\n"), `a.md:6: footnote [^x] has no sentence before it`},
		{"mark over a column", article(head, "| a[^x] |\n|---|\n| b |\n\n[^x]: Variety\n"), `a.md:6: footnote [^x] stands on a heading`},
		{"mark in a footnote", article(head, "Text.[^x]\n\n[^x]: Variety [^y]\n[^y]: Reuters\n"), `a.md:9: footnote [^y] is defined but no sentence`},
		{"impossible day in a footnote", article(head, "Text.[^x]\n\n[^x]: Variety, 2014-11-31\n"), `a.md:8: footnote [^x] has "2014-11-31", which is not a date`},
		{"two dates", article(head, "Text.[^x]\n\n[^x]: Variety, 2014, 2015\n"), `a.md:8: footnote [^x] has two dates, "2014" and "2015"`},
		{"two addresses", article(head, "Text.[^x]\n\n[^x]: Variety, <https://a.org>, <https://b.org>\n"), `a.md:8: footnote [^x] has two addresses`},
		{"two paragraphs", article(head, "Text.[^x]\n\n[^x]: Variety\n\n    Reuters\n"), `a.md:8: footnote [^x] has more than one paragraph`},
		{"footnote in a footnote", article(head, "Text.[^x]\n\n[^x]: [^y]: Reuters\n"), `a.md:6: names a footnote with another one inside`},
		{"empty footnote", article(head, "Text.[^x]\n\n[^x]:\n"), `a.md:8: footnote [^x] has no outlet`},
		{"remark", article(head, "Text.[^x]\n\n[^x]: One worker was treated for smoke.\n"), `a.md:8: footnote [^x] is a remark`},
		{"comment without an end", article(head, "Text.\n\n<!-- not\nthis\n"), `a.md:8: a comment that does not end`},
		{"value of the site", article(head, "It cost {{ page.price }} in all.\n\n{{ content }} Text."), `a.md:6: the text of {{ page.price }} is not known`},
		{"damaged letters", file("Größe. Zwei.\nGut\xff so. Text.\n"), `a.md:2: 1 bytes are not UTF-8`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := Read(t.Context(), fstest.MapFS{"a.md": tt.file}, Options{})
			if err != nil || len(c.Refused) > 0 || len(c.Articles) != 1 {
				t.Fatalf("Read: %d articles, refused %v, error %v; want the article", len(c.Articles), c.Refused, err)
			}
			if last := sentencesOf(c.Articles[0]); !strings.HasSuffix(last[len(last)-1].Text, "ext.") && tt.name != "mark over a column" {
				t.Errorf("sentences %v, want the text", last)
			}
			switch {
			case tt.want == "" && len(c.Notes) == 0:
			case tt.want == "" || len(c.Notes) != 1 || !strings.HasPrefix(c.Notes[0].String(), tt.want):
				t.Errorf("notes %v, want %q", c.Notes, tt.want)
			}
		})
	}
}

// TestReadFields: a field that is not used is a hint, once for all files.
func TestReadFields(t *testing.T) {
	c, err := Read(t.Context(), fstest.MapFS{
		"a.md": file("---\ntitle: A\nlayout: post\nslug: a\n---\nOne."),
		"b.md": file("---\ntitle: B\nlayout: post\n---\nTwo."),
	}, Options{})
	if err != nil || len(c.Notes)+len(c.Refused) > 0 || len(c.Articles) != 2 {
		t.Fatalf("Read: %d articles, notes %v, refused %v", len(c.Articles), c.Notes, c.Refused)
	}
	if diff := cmp.Diff(map[string]int{"layout": 2, "slug": 1}, c.Fields); diff != "" {
		t.Errorf("Fields (-want +got):\n%s", diff)
	}
}

// TestReadLeftOut: what is no article by its name, or not public by what it
// says, is left out and named, and can be brought back.
func TestReadLeftOut(t *testing.T) {
	fsys := fstest.MapFS{
		"README.md":              file("# About\n\nThis folder has articles."),
		"notes/readme.de.md":     file("Text."),
		"template.md":            file("Write here what happened."),
		"postmortem-template.md": file("Write here what happened."),
		"CONTRIBUTING.md":        file("Text."),
		"CODE_OF_CONDUCT.md":     file("Text."),
		"LICENSE.txt":            file("Text."),
		"SUMMARY.md":             file("Text."),
		"summary.md":             file("In short, it burnt."),
		"_index.md":              file("Text."),
		"_drafts/a.md":           file("Text."),
		"_posts/2021-03-04-a.md": file("It burnt."),
		"draft.md":               file("---\ntitle: T\ndraft: true\n---\nText."),
		"off.md":                 file("+++\ntitle = \"T\"\ndraft = true\n+++\nText."),
		"unpublished.md":         file("---\npublished: false\n---\nText."),
		"contributing.md":        file("---\ndossier: true\n---\nThey all gave."),
		"no.md":                  file("---\ndossier: false\n---\nText."),
		"links.md":               file("- [a](a.md)\n- [b](b.md)\n- [c](https://c.org)\n- [d](https://d.org)\n- [e](https://e.org)\n- [f](https://f.org)\n- [g](https://g.org)\n- [h](https://h.org)\n- [i](https://i.org)\n- [j](https://j.org)\n- [k](https://k.org)\n- [l](https://l.org)\n- [m](https://m.org)\n- [n](https://n.org)\n- [o](https://o.org)\n- [p](https://p.org)\n- [q](https://q.org)\n- [r](https://r.org)\n- [s](https://s.org)\n- [t](https://t.org)\n- [u](https://u.org)\n"),
	}
	slugs := func(o Options) (out []string) {
		c, err := Read(t.Context(), fsys, o)
		if err != nil || len(c.Refused)+len(c.Notes) > 0 {
			t.Fatalf("Read: refused %v, notes %v, error %v", c.Refused, c.Notes, err)
		}
		if n := c.Files() - len(c.Articles); len(o.Include) == 0 && len(c.LeftOut) != n+1 { // a folder too
			t.Errorf("left out %v, want %d", c.LeftOut, n+1)
		}
		for _, a := range c.Articles {
			out = append(out, a.Slug)
		}
		return out
	}
	if diff := cmp.Diff([]string{"posts-2021-03-04-a", "contributing", "summary"}, slugs(Options{})); diff != "" {
		t.Errorf("Read (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"readme", "drafts-a", "posts-2021-03-04-a", "contributing", "summary"}, slugs(Options{Include: []string{"readme.md", "_drafts/*.md"}})); diff != "" {
		t.Errorf("Read with Include (-want +got):\n%s", diff)
	}
}

// TestReadIncoming holds that what waits to be looked at is never answered from, nor the
// addresses of feeds, whatever is brought back.
func TestReadIncoming(t *testing.T) {
	fsys := fstest.MapFS{
		"incoming/new.md":     file("It may have burnt."),
		"sub/Incoming/new.md": file("It may have burnt."),
		"feeds.txt":           file("https://a.example/feed"),
		"a.md":                file("It burnt."),
	}
	c, err := Read(t.Context(), fsys, Options{Include: []string{"incoming/*.md", "sub/incoming/*.md", "feeds.txt", "new.md"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Articles) != 1 || c.Articles[0].Slug != "a" || len(c.LeftOut) != 2 {
		t.Errorf("Read got %v, left out %v; want the article a alone", c.Articles, c.LeftOut)
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
	if len(articles) != 3 || len(problems) > 0 {
		t.Fatalf("Load = %d articles, problems %v; want 3 articles", len(articles), problems)
	}
	if a, b := articles[1].Slug, articles[2].Slug; a != "sub-a-b" || !strings.HasPrefix(b, "sub-a-b-") {
		t.Errorf("slugs %s and %s of one short name, want a hash behind the second", a, b)
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
	if len(problems) != 3 || problems[1].File != "gone.md" || !strings.Contains(problems[1].Reason, "delete the link") || problems[2].File != "more" || !strings.Contains(problems[2].Reason, "is a link to a directory") {
		t.Errorf("problems = %v, want one of each of _off, gone.md and more", problems)
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

// TestReason: what a file system says is followed by what to do.
func TestReason(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want string
	}{
		{syscall.EACCES, "permission denied; make it readable for the user that runs the bot"},
		{syscall.ENOENT, "is gone, or a link that leads nowhere; delete the link, or bring back what it led to"},
		{errors.New("input/output error"), "input/output error"},
	} {
		err := &fs.PathError{Op: "open", Path: "a.md", Err: tt.err}
		if got := reason(err); got != tt.want {
			t.Errorf("reason(%v) = %q, want %q", err, got, tt.want)
		}
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

// longLines are endless lines, as exports of logs and subtitles have them, and
// the marks that a careless reader looks for the end of again and again.
var longLines = []string{"entry number 7 is about the fire and goes on ", "[a](b) ", "[", "[[", "{{", "{% x ", "`a", "``` ", "*a ", "**", "_a", "<a ", "<!", "%%a", "==a", "\\a", "![", "> ", "- ", "&#", "a|", "<b>", "{", "^[", ":a: ", "''", "~~", "$", "|-", "<ref>"}

// BenchmarkLongLine reads a line of 1.5 MB of each kind:
//
//	go test ./corpus -run '^$' -bench LongLine -benchtime 1x
func BenchmarkLongLine(b *testing.B) {
	for _, ext := range []string{"md", "mdx", "txt", "html", "wiki"} {
		for _, unit := range longLines {
			text := "x" + strings.Repeat(unit, 1_500_000/len(unit))
			b.Run(ext+" "+unit, func(b *testing.B) {
				for b.Loop() {
					Load(fstest.MapFS{"a." + ext: file(text)})
				}
			})
		}
	}
}

// TestLongLine: an endless line is cut so that no sentence is longer than any quote,
// and a note says so.
func TestLongLine(t *testing.T) {
	line := strings.Repeat("entry number 7 is about the fire and goes on ", 34_000) // 1.5 MB
	for name, text := range map[string]string{
		"a.md": line, "a.txt": line, "a.html": line, "a.wiki": line,
		"row.md":   "| What |\n|---|\n| " + line + " |\n",
		"row.html": "<table><tr><th>What</th></tr><tr><td>" + line + "</td></tr></table>",
	} {
		c, err := Read(t.Context(), fstest.MapFS{name: file(text)}, Options{})
		if err != nil || len(c.Articles) != 1 {
			t.Fatalf("%s: %d articles, refused %v, %v", name, len(c.Articles), c.Refused, err)
		}
		if s := Summarize(c.Articles); s.Longest > maxSentence || s.Sentences < 1000 {
			t.Errorf("%s: %d sentences, the longest of %d characters", name, s.Sentences, s.Longest)
		}
		if len(c.Notes) != 1 || !strings.Contains(c.Notes[0].Reason, "for more than 1000 characters without a stop") {
			t.Errorf("%s: notes %v, want that it is cut", name, c.Notes)
		}
	}
}
