package imports

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"dossier/corpus/markup"
)

// FuzzRender holds that package markup reads a paragraph, an item, a heading and a cell
// of a table back as they were on the page, whatever their letters mean in Markdown.
func FuzzRender(f *testing.F) {
	for _, s := range []string{
		"A *bold* move_by_them, [so] to say.", "# no heading", "- no item", "1. no list", "2) nor this", "+ plus", "> no quotation",
		"a == b and ==c==, %%d%% and 50%% off", "Key:: value", "so :fire: they said", "&amp; stays, AT&T too", "<b>tag</b> and <!-- comment", "{{ braces }} {% tag %} {: .note}",
		"[[wiki|link]] ![[embed]] [^1] ^[note] ^id", "!!! note", "??? question", "::: box", "~~struck~~ H~2~O", "a | b", "| a | b |", "```go", "--- ", "===", "***", "\\ back\\slash \\*",
		"http://a.example/x_y_z?a=b&c=d and *more*", "@import x", "!include y", "-8<- x", "$toc", "[TOC]", ":smile: at the start", "*[abbr]: x", "import x from 'y'", "$5 to $6", "ends in backslash\\", "`tick", "a\u00adb\u200bc",
		"0 #", "=a", "a=", "%", "x &#35; y", "#tag #other", "import React", "x\ty", "T: a\nb: c",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want := oneLine(s)
		if !hasText(want) || len(want) > 400 || strings.ContainsFunc(s, func(r rune) bool {
			return r == 0x2028 || r == 0x2029 || r == 0x85 || r == 0x0b || r == 0x0c || r == '\r'
		}) {
			return
		}
		el := func(name string, children ...*html.Node) *html.Node {
			n := &html.Node{Type: html.ElementNode, Data: name}
			for _, c := range children {
				n.AppendChild(c)
			}
			return n
		}
		text := func(s string) *html.Node { return &html.Node{Type: html.TextNode, Data: s} }
		page := el("div",
			el("p", text("One.")), el("p", text("Two.")), el("p", text("Three.")), el("p", text("Four.")), // the first could be a byline
			el("p", text(s)), el("p", text("Line."), el("br"), text(s)), el("ul", el("li", text(s))), el("blockquote", el("p", text(s))),
			el("table", el("tr", el("th", text("A")), el("th", text("B"))), el("tr", el("td", text(s)), el("td", text("1")))),
			el("h2", text(s)), el("p", text("Below "), el("b", text(s)), text(" it.")))
		file, err := Article{Title: "T", Body: render(page, Article{})}.File()
		if err != nil {
			t.Fatal(err)
		}
		doc := markup.Markdown(file, false)
		var got []string
		for _, p := range doc.Passages[min(4, len(doc.Passages)):] {
			got = append(got, p.Text)
		}
		for i, p := range []string{want, "Line.\n" + want, want, want, want + " | 1", "Below " + want + " it."} {
			if i >= len(got) || got[i] != p {
				t.Fatalf("passage %d of\n%s\nis %q, want %q", i, file, got, p)
			}
		}
		if h := doc.Passages[len(doc.Passages)-1].Heading; h != want {
			t.Fatalf("the heading of\n%s\nis %q, want %q", file, h, want)
		}
		if len(doc.Notes) > 0 {
			t.Fatalf("notes %v on\n%s", doc.Notes, file)
		}
	})
}
