package corpus

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

var markdown = goldmark.New(
	goldmark.WithExtensions(extension.Footnote, extension.Table, extension.Strikethrough),
	goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(collector{}, 0))),
)

// parseMarkdown fills a from a Markdown file with YAML front matter. The
// sources of a sentence are the footnotes that stand behind it, each defined
// as
//
//	[^key]: Outlet, "Title" or a few words on the subject, 2014-12-02, <https://example.org/>
//
// where all but the outlet may be missing.
func parseMarkdown(a *Article, name string, src []byte) []Problem {
	meta, body, err := splitFront(src)
	if err != nil {
		return []Problem{{File: name, Line: 1, Reason: err.Error()}}
	}
	p := mdParser{
		article: a, file: name, src: src, body: body, offset: len(src) - len(body),
		seen: make(map[string]int), notes: make(map[int]*note),
	}
	p.front(meta)
	p.parse()
	slices.SortStableFunc(p.problems, func(x, y Problem) int { return x.Line - y.Line })
	return p.problems
}

// An mdParser holds what is known while one file is read.
type mdParser struct {
	article  *Article
	file     string
	src      []byte // the whole file
	body     []byte // what follows the front matter
	offset   int    // where the body starts in src
	seen     map[string]int
	notes    map[int]*note // footnotes by goldmark's index
	heading  string
	problems []Problem
}

func (p *mdParser) problem(line int, format string, args ...any) {
	p.problems = append(p.problems, Problem{File: p.file, Line: line, Reason: fmt.Sprintf(format, args...)})
}

// line returns the line of the file that byte i of the body stands on.
func (p *mdParser) line(i int) int { return lineAt(p.src, p.offset+i) }

func (p *mdParser) parse() {
	pc := parser.NewContext()
	doc := markdown.Parser().Parse(text.NewReader(p.body), parser.WithContext(pc))
	footnotes := collected(pc)
	p.define(footnotes)
	ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *extast.FootnoteList, *ast.CodeBlock, *ast.FencedCodeBlock:
			return ast.WalkSkipChildren, nil
		case *ast.HTMLBlock:
			p.html(n)
			return ast.WalkSkipChildren, nil
		case *extast.Table:
			p.table(n)
			return ast.WalkSkipChildren, nil
		case *ast.Heading:
			txt, marks := p.read(n)
			p.heading = txt
			p.onHeading(marks)
			return ast.WalkSkipChildren, nil
		case *ast.Paragraph, *ast.TextBlock:
			txt, marks := p.read(n)
			p.add(Passage{Heading: p.heading, Text: txt}, sentenceSpans(txt), marks)
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	p.unused(footnotes)
}

func (p *mdParser) add(pass Passage, spans []span, marks []mark) {
	for _, m := range p.article.add(pass, spans, marks, p.seen) {
		p.problem(p.line(m.pos), "footnote [^%s] has no sentence before it; put it behind the sentence that rests on it", m.key)
	}
}

// onHeading notes the marks of a heading, which no quote would show.
func (p *mdParser) onHeading(marks []mark) {
	for _, m := range marks {
		p.problem(p.line(m.pos), "footnote [^%s] stands on a heading; put it behind the sentence that rests on it", m.key)
	}
}

var htmlMarkup = regexp.MustCompile(`(?s)<!--.*?-->|<[^>]*>`)

// html notes a block of HTML that a reader would see words of. A comment, a
// rule or an image alone is nothing to quote.
func (p *mdParser) html(n *ast.HTMLBlock) {
	src := n.Lines().Value(p.body)
	if n.HasClosure() {
		src = append(src, n.ClosureLine.Value(p.body)...)
	}
	if bytes.ContainsFunc(htmlMarkup.ReplaceAll(src, nil), isAlnum) {
		p.problem(p.line(n.Pos()), "is HTML, which is not read; write it as Markdown, or delete it")
	}
}

var lineBreakTag = regexp.MustCompile(`^(?i)<br\s*/?>$`)

// read gives the text of a block or a cell as a reader of the rendered page
// sees it, and the footnote marks in it. What is struck out is left out: the
// article no longer says it.
func (p *mdParser) read(block ast.Node) (string, []mark) {
	var b strings.Builder
	var marks []mark
	var run text.Segment // source text without a gap, where a mark without a definition may stand
	newline := func() {
		if !strings.HasSuffix(b.String(), "\n") { // two would end the sentence
			b.WriteByte('\n')
		}
	}
	ast.Walk(block, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Image: // its children are what stands for it where it cannot be shown
			return ast.WalkSkipChildren, nil
		case *extast.Strikethrough:
			if bytes.HasPrefix(p.body[n.Pos():], []byte("~~")) { // one is a subscript to many writers
				return ast.WalkSkipChildren, nil
			}
		case *ast.RawHTML:
			if lineBreakTag.Match(n.Segments.Value(p.body)) {
				newline()
			}
		case *ast.Text:
			b.Write(plain(n, p.body))
			if n.SoftLineBreak() || n.HardLineBreak() {
				newline()
			}
			if inCode(n) {
				break
			}
			if n.Segment.Start != run.Stop {
				p.undefined(run)
				run = n.Segment
			}
			run.Stop = n.Segment.Stop
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(p.body))
		case *extast.FootnoteLink:
			d := p.notes[n.Index]
			if d == nil { // goldmark loses hold of it, and so of what it is inside
				p.problem(p.line(n.Pos()), "names a footnote with another one inside; give each definition a line of its own")
				break
			}
			d.used = true
			marks = append(marks, mark{at: b.Len(), source: d.source, key: d.key, pos: n.Pos()})
		}
		return ast.WalkContinue, nil
	})
	p.undefined(run)
	txt := strings.TrimLeft(b.String(), " \t\n\u00a0")
	for i := range marks {
		marks[i].at -= b.Len() - len(txt)
	}
	return strings.TrimSpace(txt), marks
}

func inCode(t *ast.Text) bool { return t.Parent() != nil && t.Parent().Kind() == ast.KindCodeSpan }

// plain returns the characters that t stands for.
func plain(t *ast.Text, body []byte) []byte {
	v := t.Segment.Value(body)
	if t.IsRaw() || inCode(t) {
		return v
	}
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(v)))
}
