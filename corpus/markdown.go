package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"go.yaml.in/yaml/v3"
)

// front is the YAML at the top of a Markdown article.
type front struct {
	Title     string   `yaml:"title"`
	Date      string   `yaml:"date"`
	Outlet    string   `yaml:"outlet"`
	Author    string   `yaml:"author"`
	URL       string   `yaml:"url"`
	Tags      []string `yaml:"tags"`
	Questions []string `yaml:"questions"`
}

var markdown = goldmark.New(goldmark.WithExtensions(extension.Footnote))

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
	p := mdParser{article: a, file: name, src: src, body: len(src) - len(body), seen: make(map[string]int)}
	p.front(meta)
	p.parse(body)
	slices.SortStableFunc(p.problems, func(x, y Problem) int { return x.Line - y.Line })
	return p.problems
}

var errNoFront = errors.New(`does not start with front matter: a line "---", then title: and date:, then another line "---"`)

// splitFront returns the front matter and what follows it.
func splitFront(src []byte) (meta, body []byte, err error) {
	rest, ok := bytes.CutPrefix(src, []byte("---\n"))
	if !ok {
		return nil, nil, errNoFront
	}
	if meta, body, ok = bytes.Cut(rest, []byte("\n---\n")); !ok {
		if meta, ok = bytes.CutSuffix(bytes.TrimRight(rest, "\n"), []byte("\n---")); !ok {
			return nil, nil, errNoFront
		}
	}
	return meta, body, nil
}

// An mdParser holds what is known while one file is read.
type mdParser struct {
	article  *Article
	file     string
	src      []byte // the whole file
	body     int    // where the body starts in src
	seen     map[string]int
	sources  map[int]Source // by footnote index
	heading  string
	problems []Problem
}

func (p *mdParser) problem(line int, format string, args ...any) {
	p.problems = append(p.problems, Problem{File: p.file, Line: line, Reason: fmt.Sprintf(format, args...)})
}

// yamlLine finds the line that yaml's errors start with, counted from the
// first line of the front matter.
var yamlLine = regexp.MustCompile(`^(?:yaml: )?(?:unmarshal errors:\n  )?line (\d+): (.*)`)

// front reads the front matter into the article and notes what is wrong.
func (p *mdParser) front(meta []byte) {
	var f front
	dec := yaml.NewDecoder(bytes.NewReader(meta))
	dec.KnownFields(true)
	if err := dec.Decode(&f); err != nil {
		line, msg := 1, strings.TrimPrefix(err.Error(), "yaml: ")
		if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
			fmt.Sscan(m[1], &line)
			line++ // the "---" above
			msg = strings.Replace(m[2], " in type corpus.front", "; known are title, date, outlet, author, url, tags and questions", 1)
		}
		p.problem(line, "front matter: %s", msg)
		return
	}
	f.Title = strings.TrimSpace(f.Title)
	if f.Title == "" {
		p.problem(1, "front matter: title is missing")
	}
	if f.Date == "" {
		p.problem(1, "front matter: date is missing")
	} else if _, layout, err := ParseDate(f.Date); err != nil || len(layout) != len("2006-01-02") {
		p.problem(p.metaLine("date:"), "front matter: date %q is not a day of the form 2006-01-02", f.Date)
	}
	if f.URL != "" && !webAddress(f.URL) {
		p.problem(p.metaLine("url:"), "front matter: url %q is not an http or https address", f.URL)
	}
	a := p.article
	a.Title, a.Date, a.Outlet, a.Author, a.URL, a.Tags, a.Questions = f.Title, f.Date, f.Outlet, f.Author, f.URL, f.Tags, f.Questions
}

// metaLine returns the line of the front matter that starts with key.
func (p *mdParser) metaLine(key string) int {
	if i := bytes.Index(p.src[:p.body], []byte("\n"+key)); i >= 0 {
		return lineAt(p.src, i+1)
	}
	return 1
}

func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && !strings.ContainsAny(s, " \t\n<>")
}

func (p *mdParser) parse(body []byte) {
	doc := markdown.Parser().Parse(text.NewReader(body))
	p.footnotes(doc, body)
	ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n.Kind() {
		case extast.KindFootnoteList, ast.KindHTMLBlock, ast.KindCodeBlock, ast.KindFencedCodeBlock:
			return ast.WalkSkipChildren, nil
		case ast.KindHeading:
			p.heading = p.passage(n, body).Text
			return ast.WalkSkipChildren, nil
		case ast.KindParagraph, ast.KindTextBlock:
			var marks []mark
			pass := p.passage(n, body, &marks)
			p.article.add(pass, marks, p.seen)
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
}

// passage gives the text of a block as a reader of the rendered page sees it.
// Footnote marks are collected in marks, where given.
func (p *mdParser) passage(block ast.Node, body []byte, marks ...*[]mark) Passage {
	var b strings.Builder
	ast.Walk(block, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.Write(plain(n, body))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte('\n')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(body))
		case *extast.FootnoteLink:
			for _, m := range marks {
				*m = append(*m, mark{b.Len(), p.sources[n.Index]})
			}
		}
		return ast.WalkContinue, nil
	})
	txt := strings.TrimSpace(b.String())
	for _, m := range footnoteUse.FindAllStringIndex(txt, -1) {
		// goldmark leaves a mark without a definition as plain text.
		line := lineAt(p.src, p.body+block.Lines().At(0).Start) + strings.Count(txt[:m[0]], "\n")
		p.problem(line, "footnote %s is not defined", txt[m[0]:m[1]])
	}
	return Passage{Heading: p.heading, Text: txt}
}

// plain returns the characters that t stands for.
func plain(t *ast.Text, body []byte) []byte {
	v := t.Segment.Value(body)
	if t.IsRaw() || t.Parent() != nil && t.Parent().Kind() == ast.KindCodeSpan {
		return v
	}
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(v)))
}

var (
	footnoteDef = regexp.MustCompile(`(?m)^ {0,3}\[\^([^\]\n]+)\]:`)
	footnoteUse = regexp.MustCompile(`\[\^([^\]\n]+)\]`)
)

// footnotes reads the footnotes' sources, and notes those that are used and
// not defined, defined and not used, or defined twice.
func (p *mdParser) footnotes(doc ast.Node, body []byte) {
	p.sources = make(map[int]Source)
	lines := make(map[string]int)
	for _, m := range footnoteDef.FindAllSubmatchIndex(body, -1) {
		key, line := string(body[m[2]:m[3]]), lineAt(p.src, p.body+m[0])
		if _, twice := lines[key]; twice {
			p.problem(line, "footnote [^%s] is defined twice", key)
		}
		lines[key] = line
	}
	used := make(map[string]bool)
	ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		fn, ok := n.(*extast.Footnote)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		key := string(fn.Ref)
		used[key] = true
		s, err := parseSource(fn, body)
		if err != nil {
			p.problem(lines[key], "footnote [^%s]: %v", key, err)
		}
		p.sources[fn.Index] = s
		return ast.WalkSkipChildren, nil
	})
	for key, line := range lines {
		if !used[key] {
			p.problem(line, "footnote [^%s] is defined but no sentence uses it", key)
		}
	}
}

// parseSource reads a footnote's definition; see parseMarkdown for its form.
func parseSource(n *extast.Footnote, body []byte) (Source, error) {
	var b strings.Builder
	var s Source
	ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch c := c.(type) {
		case *ast.Text:
			b.Write(plain(c, body))
			if c.SoftLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.AutoLink:
			s.URL = string(c.URL(body))
		case *ast.Link:
			s.URL = string(c.Destination)
		}
		return ast.WalkContinue, nil
	})
	fields := strings.Split(b.String(), ", ")
	var title []string
	for i, f := range fields {
		f = strings.Trim(f, " ,")
		_, _, err := ParseDate(f)
		switch {
		case i == 0:
			s.Name = f
		case err == nil:
			s.Date = f
		case f != "":
			title = append(title, f)
		}
	}
	s.Title = strings.Join(title, ", ")
	if q, ok := strings.CutPrefix(s.Title, `"`); ok && strings.Index(q, `"`) == len(q)-1 {
		s.Title = q[:len(q)-1]
	}
	switch {
	case s.Name == "":
		return s, errors.New(`has no outlet; write: Outlet, "Title", 2006-01-02, <https://...>`)
	case s.URL != "" && !webAddress(s.URL):
		return s, fmt.Errorf("%q is not an http or https address", s.URL)
	}
	return s, nil
}
