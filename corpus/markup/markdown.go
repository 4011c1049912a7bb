package markup

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"sort"
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
	goldmark.WithExtensions(extension.Footnote, extension.Table, extension.Strikethrough, extension.DefinitionList),
	goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(collector{}, 0))),
)

// Markdown reads a Markdown file, with front matter or without; mdx says that
// it may have JSX in it. The sources of a sentence are the footnotes that stand
// behind it, each defined as
//
//	[^key]: Outlet, "Title" or a few words on the subject, 2014-12-02, <https://example.org/>
//
// where all but the outlet may be missing, and the links in it.
func Markdown(src []byte, mdx bool) Document {
	meta, start, notes := Front(src)
	lines, more := clean(string(src[start:]), lineAt(src, start), mdx)
	lines = shorten(boxes(lines, mdx))
	p := mdParser{doc: Document{Meta: meta, Notes: append(notes, more...)}, notes: make(map[int]*note)}
	var body strings.Builder
	for _, l := range lines {
		p.starts = append(p.starts, body.Len())
		p.numbers = append(p.numbers, l.n)
		body.WriteString(l.text)
		body.WriteByte('\n')
	}
	p.body = []byte(body.String())
	p.parse()
	p.doc.facts()
	slices.SortStableFunc(p.doc.Notes, func(x, y Note) int { return x.Line - y.Line })
	return p.doc
}

// maxParagraph is the longest paragraph that is given to goldmark, in bytes:
// much of what it does with one is quadratic.
const maxParagraph = 6_000

// shorten parts paragraphs that no page has, as a log in one line, at a blank.
func shorten(lines []srcLine) []srcLine {
	size := 0
	long := slices.ContainsFunc(lines, func(l srcLine) bool {
		if size += len(l.text); strings.TrimSpace(l.text) == "" {
			size = 0
		}
		return size > maxParagraph
	})
	if !long {
		return lines
	}
	var out []srcLine
	size = 0
	for _, l := range lines {
		if strings.TrimSpace(l.text) == "" {
			size = 0
		}
		for size+len(l.text) > maxParagraph && !l.code {
			if size > 0 {
				out = append(out, srcLine{n: l.n})
				size = 0
				continue
			}
			part := l.text[:maxParagraph]
			cut := strings.LastIndex(part, ". ") + 1
			if cut <= maxParagraph/2 {
				cut = strings.LastIndexAny(part, " \t")
			}
			if cut <= 0 {
				cut = maxParagraph
				for cut > 0 && l.text[cut]&0xC0 == 0x80 { // inside a letter
					cut--
				}
				cut = max(cut, 1)
			}
			out = append(out, srcLine{n: l.n, text: l.text[:cut]}, srcLine{n: l.n})
			l.text = strings.TrimLeft(l.text[cut:], " \t")
		}
		out = append(out, l)
		size += len(l.text)
	}
	return out
}

// An mdParser holds what is known while one file is read.
type mdParser struct {
	doc     Document
	body    []byte // the Markdown that is left of the file
	starts  []int  // where its lines start
	numbers []int  // and which lines of the file they are
	notes   map[int]*note
	heading string
	open    []Mark // links of a heading, for the sentence below it
}

func (p *mdParser) problem(line int, format string, args ...any) {
	p.doc.Notes = append(p.doc.Notes, Note{line, fmt.Sprintf(format, args...)})
}

func lineAt(src []byte, i int) int { return 1 + bytes.Count(src[:i], []byte("\n")) }

// line returns the line of the file that byte i of the body stands on.
func (p *mdParser) line(i int) int {
	k := sort.SearchInts(p.starts, i+1) - 1
	return p.numbers[max(k, 0)]
}

func (p *mdParser) parse() {
	pc := parser.NewContext()
	root := markdown.Parser().Parse(text.NewReader(p.body), parser.WithContext(pc))
	footnotes := collected(pc)
	p.define(footnotes)
	p.blocks(root)
	p.unused(footnotes)
}

// blocks reads what is in a block.
func (p *mdParser) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *extast.FootnoteList:
		case *ast.FencedCodeBlock:
			if lang := strings.ToLower(string(n.Language(p.body))); lang == "" || plainLanguages[lang] {
				p.code(n)
			}
		case *ast.CodeBlock:
			p.code(n)
		case *ast.HTMLBlock:
			if last := p.html(n); last != ast.Node(n) {
				p.skipTo(parent, n, last)
			}
		case *extast.Table:
			p.table(n)
		case *ast.Heading:
			p.onHeading(n)
		case *extast.DefinitionList, *ast.Blockquote:
			saved := p.heading
			p.blocks(n)
			p.heading = saved
		case *extast.DefinitionTerm:
			p.heading, _, _ = p.read(n)
		case *ast.List:
			if !p.isContents(n) {
				p.blocks(n)
			}
		case *ast.Paragraph, *ast.TextBlock:
			p.paragraph(n)
		default:
			p.blocks(n)
		}
	}
}

// skipTo takes the siblings after n up to last out of the tree: they have been
// read with n.
func (p *mdParser) skipTo(parent, n, last ast.Node) {
	for c := n.NextSibling(); c != nil; {
		next := c.NextSibling()
		parent.RemoveChild(parent, c)
		if c == last {
			return
		}
		c = next
	}
}

func (p *mdParser) paragraph(n ast.Node) {
	txt, marks, label := p.read(n)
	p.add(Passage{Heading: p.heading, Text: txt, Marks: marks, Label: label, Line: p.line(n.Pos())})
}

func (p *mdParser) onHeading(n *ast.Heading) {
	txt, marks, _ := p.read(n)
	txt = strings.NewReplacer(" "+hole, "", hole, "").Replace(txt)
	if p.doc.Heading == "" && len(p.doc.Passages) == 0 {
		p.doc.Heading = oneLine(txt)
	}
	p.heading = txt
	p.open = nil
	for _, m := range marks {
		if m.Key == "" {
			p.open = append(p.open, m)
		} else {
			p.problem(m.Line, "footnote [^%s] stands on a heading; put it behind the sentence that rests on it", m.Key)
		}
	}
}

// add appends a passage. A passage without a letter or digit is none.
func (p *mdParser) add(pass Passage) {
	if !hasText(pass.Text) {
		for _, m := range pass.Marks {
			if m.Key != "" {
				p.lost(m)
			}
		}
		return
	}
	for _, m := range p.open { // a heading that is a link tells where what is below it comes from
		m.At = 0
		pass.Marks = append(pass.Marks, m)
	}
	p.open = nil
	if pass.Label == len(pass.Text) && len(pass.Marks) > 0 {
		p.doc.Links++
	}
	p.doc.Passages = append(p.doc.Passages, pass)
}

func (p *mdParser) lost(m Mark) {
	p.problem(m.Line, "footnote [^%s] has no sentence before it; put it behind the sentence that rests on it", m.Key)
}

// isContents reports whether every item of a list only leads to a place on the
// same page.
func (p *mdParser) isContents(list *ast.List) bool {
	links := 0
	ok := true
	_ = ast.Walk(list, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Link:
			if !bytes.HasPrefix(n.Destination, []byte("#")) {
				ok = false
			}
			links++
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			ok = ok && !hasText(string(n.Segment.Value(p.body)))
		case *extast.FootnoteLink, *ast.CodeSpan, *ast.AutoLink:
			ok = false
		}
		if !ok {
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	return ok && links > 0
}

// plainLanguages are the names of code blocks that are text.
var plainLanguages = map[string]bool{"text": true, "txt": true, "plain": true, "plaintext": true, "timeline": true}

// code reads a block of code that is none, as a timeline.
func (p *mdParser) code(n ast.Node) {
	var b strings.Builder
	lines := n.Lines()
	for i := range lines.Len() {
		seg := lines.At(i)
		b.Write(seg.Value(p.body))
	}
	txt := b.String()
	if !readsAsText(txt) || lines.Len() == 0 {
		return
	}
	first := p.line(lines.At(0).Start)
	for _, q := range paragraphs(txt, first) {
		q.Heading = p.heading
		p.add(q)
	}
}

var lineBreakTag = regexp.MustCompile(`^(?i)<br\s*/?>$`)

// maxLinks is how many links of one passage are its sources: a list of links in
// a row is no evidence.
const maxLinks = 8

// An inline reads the text of a block.
type inline struct {
	*mdParser
	b     strings.Builder
	last  byte
	marks []Mark
	gap   bool   // something was left out right before
	muted int    // how many elements of HTML that are not shown are open
	mute  string // their name
	links int
}

// read gives the text of a block or a cell as a reader of the rendered page
// sees it, the sources in it, and the length of the label that it starts with.
// What is struck out is left out: the article no longer says it.
func (p *mdParser) read(block ast.Node) (txt string, marks []Mark, label int) {
	r := &inline{mdParser: p}
	labelEnd := 0
	for n := block.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() == ast.KindParagraph || n.Kind() == ast.KindTextBlock { // a cell of a definition
			r.newline()
		}
		r.node(n)
		if n.PreviousSibling() == nil && (n.Kind() == ast.KindLink || n.Kind() == ast.KindEmphasis) {
			labelEnd = r.b.Len()
		}
	}
	full := r.b.String()
	txt = strings.TrimLeft(full, " \t\n\u00a0")
	cut := len(full) - len(txt)
	for i := range r.marks {
		r.marks[i].At = max(r.marks[i].At-cut, 0)
	}
	txt = strings.TrimSpace(txt)
	return txt, r.marks, min(max(labelEnd-cut, 0), len(txt))
}

func (r *inline) write(b []byte) {
	if r.gap && r.last == ' ' { // of two blanks around what is gone, one stays
		b = bytes.TrimPrefix(b, []byte(" "))
	}
	if r.muted == 0 && len(b) > 0 {
		r.gap = false
		r.b.Write(b)
		r.last = b[len(b)-1]
	}
}

func (r *inline) newline() {
	if r.b.Len() > 0 && r.last != '\n' { // two would end the sentence
		r.write([]byte("\n"))
	}
}

func (r *inline) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.node(c)
	}
}

func (r *inline) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Image: // its children are what stands for it where it cannot be shown
		r.gap = true
	case *extast.Strikethrough:
		if !bytes.HasPrefix(r.body[n.Pos():], []byte("~~")) { // one is a subscript to many writers
			r.children(n)
			break
		}
		r.gap = true
	case *ast.RawHTML:
		r.html(n.Segments.Value(r.body), n.Pos())
	case *ast.Text:
		r.write(plain(n, r.body))
		if n.SoftLineBreak() || n.HardLineBreak() {
			r.newline()
		}
	case *ast.String:
		r.write(n.Value)
	case *ast.AutoLink:
		label := n.Label(r.body)
		r.link(string(n.URL(r.body)), r.line(n.Pos()))
		r.write(label)
	case *ast.Link:
		r.link(string(n.Destination), r.line(n.Pos()))
		r.children(n)
	case *extast.FootnoteLink:
		d := r.notes[n.Index]
		if d == nil { // goldmark loses hold of it, and so of what it is inside
			r.problem(r.line(n.Pos()), "names a footnote with another one inside; give each definition a line of its own")
			break
		}
		d.used = true
		if d.source != (Source{}) {
			r.marks = append(r.marks, Mark{At: r.b.Len(), Source: d.source, Key: d.key, Line: r.line(n.Pos())})
		}
	default:
		r.children(n)
	}
}

// link notes where a link leads.
func (r *inline) link(address string, line int) {
	if s, ok := linkSource(address); ok && r.muted == 0 && r.links < maxLinks {
		r.links++
		r.marks = append(r.marks, Mark{At: r.b.Len(), Source: s, Line: line})
	}
}

var inlineTag = regexp.MustCompile(`^<(/?)([A-Za-z][\w-]*)`)

// html reads a tag inside a paragraph.
func (r *inline) html(tag []byte, pos int) {
	m := inlineTag.FindSubmatch(tag)
	if m == nil {
		return
	}
	name := strings.ToLower(string(m[2]))
	switch {
	case r.muted > 0 && name == r.mute:
		if len(m[1]) > 0 {
			r.muted--
			r.gap = true
		} else if !bytes.HasSuffix(tag, []byte("/>")) {
			r.muted++
		}
	case r.muted > 0 || len(m[1]) > 0:
	case lineBreakTag.Match(tag):
		r.newline()
	case !bytes.HasSuffix(tag, []byte("/>")) && hiddenTag(name, tag):
		r.muted, r.mute = 1, name
	case name == "a":
		if href := hrefAttr.FindSubmatch(tag); href != nil {
			r.link(string(util.ResolveEntityNames(util.ResolveNumericReferences(href[1]))), r.line(pos))
		}
	}
}

var (
	hrefAttr   = regexp.MustCompile(`(?i)\shref\s*=\s*["']?([^"'\s>]+)`)
	hiddenAttr = regexp.MustCompile(`(?i)\s(?:hidden(?:[\s=>/]|$)|style\s*=\s*["'][^"']*(?:display\s*:\s*none|visibility\s*:\s*hidden))`)
)

// hiddenTag reports whether what is inside a tag is not shown.
func hiddenTag(name string, tag []byte) bool {
	return struckTags[name] || silentTags[name] || hiddenAttr.Match(tag)
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
