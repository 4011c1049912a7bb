package markup

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func nameSet(names string) map[string]bool {
	set := make(map[string]bool)
	for _, name := range strings.Fields(names) {
		set[name] = true
	}
	return set
}

var (
	struckTags = nameSet(`del s strike`)
	silentTags = nameSet(`script style template noscript head title svg math canvas iframe object embed video audio map
		select option textarea button form input rp datalist dialog figcaption`)

	// aroundTags stand around an article and are none of it.
	aroundTags = nameSet(`nav footer aside menu`)

	blockTags = nameSet(`address article blockquote body center dd details div dl dt fieldset figure footer header hgroup
		hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul h1 h2 h3 h4 h5 h6 aside menu`)

	aroundClass = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:cookies?|consent|share|sharing|social|related|comments?|newsletter|sidebar|breadcrumbs?|toc|promo|advert|ads?|subscribe|pagination|pager|sr-only|screen-reader-text|visually-hidden|edit-link|mw-editsection|noprint)(?:$|[\s_-])`)
	footnoteIn  = regexp.MustCompile(`\[\^[^\]\n]+\]`) // Markdown's, which HTML does not know
	referenceTo = regexp.MustCompile(`^\s*\[?\d{1,3}\]?\s*$`)
)

// An htmlReader reads the passages of HTML.
type htmlReader struct {
	add     func(Passage)
	page    bool // it is a page of its own, with what stands around an article
	heading string
	title   string // the first heading
	open    []Mark // links of a heading
	line    int

	b     strings.Builder // the paragraph under way
	space bool            // a blank is due
	marks []Mark
	label int // the end of the link or bold words that it starts with
}

// text adds text of a paragraph, with its white space as a browser shows it.
func (r *htmlReader) text(s string) {
	for _, c := range s {
		if unicode.IsSpace(c) && c != '\u00a0' {
			r.space = true
			continue
		}
		if r.space && r.b.Len() > 0 && !strings.HasSuffix(r.b.String()[max(0, r.b.Len()-1):], "\n") {
			r.b.WriteByte(' ')
		}
		r.space = false
		r.b.WriteRune(c)
	}
}

func (r *htmlReader) take() (txt string, marks []Mark, label int) {
	full := r.b.String()
	txt = strings.TrimLeft(full, " \n\u00a0")
	cut := len(full) - len(txt)
	txt = strings.TrimSpace(txt)
	for i := range r.marks {
		r.marks[i].At = min(max(r.marks[i].At-cut, 0), len(txt))
	}
	marks, label = r.marks, min(max(r.label-cut, 0), len(txt))
	r.b.Reset()
	r.space, r.marks, r.label = false, nil, 0
	return txt, marks, label
}

// flush ends the paragraph under way.
func (r *htmlReader) flush() {
	txt, marks, label := r.take()
	if !hasText(txt) {
		return
	}
	marks = append(marks, r.open...)
	r.open = nil
	r.add(Passage{Heading: r.heading, Text: txt, Marks: marks, Label: label, Line: r.line})
}

// hidden reports whether n is not shown, or no part of an article.
func (r *htmlReader) hidden(n *html.Node) bool {
	if silentTags[n.Data] || struckTags[n.Data] || r.page && aroundTags[n.Data] {
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			if a.Val == "true" {
				return true
			}
		case "style":
			style := strings.ToLower(strings.ReplaceAll(a.Val, " ", ""))
			if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
				return true
			}
		case "role":
			if a.Val == "navigation" || a.Val == "banner" || a.Val == "contentinfo" || a.Val == "search" {
				return true
			}
		case "class", "id":
			if n.Data != "body" && n.Data != "main" && n.Data != "article" && n.Data != "html" && aroundClass.MatchString(a.Val) {
				return true
			}
		}
	}
	return false
}

// Beside reports whether an element of a page is not shown, or stands around its
// article and is none of it.
func Beside(n *html.Node) bool { return (&htmlReader{page: true}).hidden(n) }

func (r *htmlReader) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c)
	}
}

func (r *htmlReader) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		r.text(footnoteIn.ReplaceAllString(n.Data, ""))
		return
	case html.DocumentNode:
		r.children(n)
		return
	case html.ElementNode:
	default: // a comment
		return
	}
	if r.hidden(n) {
		return
	}
	switch n.Data {
	case "br":
		if r.b.Len() > 0 {
			r.b.WriteByte('\n')
		}
		r.space = false
		return
	case "h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt", "caption":
		r.flush()
		r.children(n)
		txt, marks, _ := r.take()
		if txt = oneLine(txt); hasText(txt) {
			r.heading, r.open = txt, marks
			if r.title == "" && n.Data != "dt" {
				r.title = txt
			}
		}
		return
	case "table":
		r.flush()
		r.table(n)
		return
	case "pre":
		r.flush()
		r.pre(n)
		return
	case "sup":
		if referenceTo.MatchString(textOf(n)) {
			return
		}
	case "a":
		r.link(n)
		return
	}
	start := r.b.Len()
	switch {
	case n.Data == "blockquote" || n.Data == "details" || n.Data == "dl":
		r.flush()
		saved := r.heading
		r.children(n)
		r.flush()
		r.heading = saved
	case blockTags[n.Data]:
		r.flush()
		r.children(n)
		r.flush()
	default:
		r.children(n)
		if start == 0 && (n.Data == "b" || n.Data == "strong" || n.Data == "em" || n.Data == "i") {
			r.label = r.b.Len()
		}
	}
}

func (r *htmlReader) link(n *html.Node) {
	start := r.b.Len()
	if r.space && start > 0 {
		start++
	}
	r.children(n)
	for _, a := range n.Attr {
		if s, ok := linkSource(strings.TrimSpace(a.Val)); a.Key == "href" && ok && len(r.marks) < maxLinks {
			r.marks = append(r.marks, Mark{At: min(start, r.b.Len()), Source: s, Line: r.line})
		}
	}
	if start == 0 {
		r.label = r.b.Len()
	}
}

// table makes a passage of each row, as the table of Markdown does.
func (r *htmlReader) table(t *html.Node) {
	var rows [][]*html.Node
	wide := 0
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type != html.ElementNode || r.hidden(c) {
				continue
			}
			switch c.Data {
			case "tr":
				var cells []*html.Node
				for d := c.FirstChild; d != nil; d = d.NextSibling {
					if d.Type == html.ElementNode && (d.Data == "td" || d.Data == "th") {
						cells = append(cells, d)
					}
				}
				wide = max(wide, len(cells))
				rows = append(rows, cells)
			case "caption":
				r.node(c)
			case "table", "td", "th":
			default:
				walk(c)
			}
		}
	}
	walk(t)
	if wide <= 1 { // it only places things
		for _, cells := range rows {
			for _, c := range cells {
				r.children(c)
				r.flush()
			}
		}
		return
	}
	saved := r.heading
	columns := ""
	for i, cells := range rows {
		names := len(cells) > 0
		for _, c := range cells {
			names = names && c.Data == "th"
		}
		if names {
			columns, _ = r.row(cells, ", ")
			if i+1 < len(rows) {
				continue
			}
		}
		txt, marks := r.row(cells, " | ")
		if hasText(txt) {
			r.add(Passage{Heading: tableHeading(saved, columns), Text: txt, Whole: true, Marks: marks, Line: r.line})
		}
	}
	r.heading = saved
}

func (r *htmlReader) row(cells []*html.Node, sep string) (string, []Mark) {
	var b strings.Builder
	var marks []Mark
	for i, c := range cells {
		if i > 0 {
			b.WriteString(sep)
		}
		cell := htmlReader{line: r.line}
		cell.add = func(p Passage) { // a paragraph or an item of the cell
			if cell.heading != "" {
				cell.heading = ""
			}
			if b.Len() > 0 && !strings.HasSuffix(b.String()[max(0, b.Len()-len(sep)):], sep) {
				b.WriteByte('\n')
			}
			for _, m := range p.Marks {
				m.At += b.Len()
				marks = append(marks, m)
			}
			b.WriteString(p.Text)
		}
		cell.children(c)
		cell.flush()
	}
	return strings.TrimRight(b.String(), " "), marks
}

// pre reads a block of code that is none.
func (r *htmlReader) pre(n *html.Node) {
	txt := textOf(n)
	if !readsAsText(txt) {
		return
	}
	for _, p := range paragraphs(strings.Trim(txt, "\n"), 0) {
		p.Heading, p.Line = r.heading, r.line
		r.add(p)
	}
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

var opensTag = regexp.MustCompile(`(?i)<(/?)(?:table|ul|ol|dl|pre)\b`)

// unclosed returns how many tables and lists HTML leaves open.
func unclosed(src []byte) int {
	n := 0
	for _, m := range opensTag.FindAllSubmatch(src, -1) {
		if len(m[1]) == 0 {
			n++
		} else {
			n--
		}
	}
	return n
}

// lookAhead is how many blocks further on the end of a table may stand.
const lookAhead = 300

// html reads a block of HTML in Markdown, which ends at a blank line even
// inside a table: then it is read together with the blocks up to its end. It
// returns the last one.
func (p *mdParser) html(n *ast.HTMLBlock) ast.Node {
	src := p.htmlSource(n)
	var last ast.Node = n
	if open := unclosed(src); open > 0 && n.Parent().Kind() == ast.KindDocument {
		c := n.NextSibling()
		for i := 0; i < lookAhead && c != nil; i++ {
			if b, ok := c.(*ast.HTMLBlock); ok {
				if open += unclosed(p.htmlSource(b)); open <= 0 {
					start, _ := p.extent(n)
					_, end := p.extent(b)
					src, last = p.body[start:max(start, end)], b
					break
				}
			}
			c = c.NextSibling()
		}
	}
	line := p.line(n.Pos())
	nodes, err := html.ParseFragment(bytes.NewReader(src), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		p.problem(line, "HTML that cannot be read is left out: %s", strings.TrimPrefix(err.Error(), "html: "))
		return last
	}
	r := htmlReader{add: p.add, heading: p.heading, line: line}
	for _, c := range nodes {
		r.node(c)
	}
	r.flush()
	if p.doc.Heading == "" && len(p.doc.Passages) == 0 {
		p.doc.Heading = r.title
	}
	p.heading, p.open = r.heading, r.open
	return last
}

func (p *mdParser) htmlSource(n *ast.HTMLBlock) []byte {
	src := bytes.Clone(n.Lines().Value(p.body))
	if n.HasClosure() {
		src = append(src, n.ClosureLine.Value(p.body)...)
	}
	return src
}

// extent returns where a block starts and ends in the body.
func (p *mdParser) extent(n *ast.HTMLBlock) (start, end int) {
	lines := n.Lines()
	if n.HasClosure() {
		end = n.ClosureLine.Stop
	}
	if lines.Len() == 0 {
		return n.Pos(), max(end, n.Pos())
	}
	return lines.At(0).Start, max(end, lines.At(lines.Len()-1).Stop)
}

// HTML reads a page. What stands around its article is left out.
func HTML(src []byte) Document {
	meta, start, notes := Front(src)
	doc := Document{Meta: meta, Notes: notes}
	body := src[start:]
	if start > 0 { // Jekyll's pages have its tags in them
		lines, _ := clean(string(body), 1, false)
		var b bytes.Buffer
		for _, l := range lines {
			b.WriteString(l.text + "\n")
		}
		body = b.Bytes()
	}
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		doc.Notes = append(doc.Notes, Note{0, "the HTML cannot be read: " + strings.TrimPrefix(err.Error(), "html: ")})
		return doc
	}
	head(root, &doc.Meta)
	r := htmlReader{page: true}
	r.add = func(p Passage) {
		if p.Label == len(p.Text) && len(p.Marks) > 0 {
			doc.Links++
		}
		doc.Passages = append(doc.Passages, p)
		if len(doc.Passages) == 1 {
			doc.Heading = r.title
		}
	}
	r.node(mainPart(root))
	r.flush()
	if doc.Heading == "" {
		doc.Heading = r.title
	}
	doc.facts()
	if doc.Meta.Title == "" && doc.Heading == "" {
		doc.Meta.Title = titleTag(root)
	}
	return doc
}

// mainPart returns the element that holds the article: the only <article>, or
// <main>, or all there is.
func mainPart(root *html.Node) *html.Node {
	found := make(map[string][]*html.Node)
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && (n.Data == "main" || n.Data == "article" || n.Data == "body") {
			found[n.Data] = append(found[n.Data], n)
		}
	}
	for _, name := range []string{"article", "main"} {
		if len(found[name]) == 1 && hasText(textOf(found[name][0])) {
			return found[name][0]
		}
	}
	return root
}

func titleTag(root *html.Node) string {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "title" {
			return oneLine(textOf(n))
		}
	}
	return ""
}

// head reads the facts of a page that are missing in m.
func head(root *html.Node, m *Meta) {
	facts := make(map[string]string)
	set := func(key, value string) {
		if value = oneLine(value); value != "" && facts[key] == "" {
			facts[key] = value
		}
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		attr := make(map[string]string)
		for _, a := range n.Attr {
			attr[a.Key] = a.Val
		}
		switch n.Data {
		case "meta":
			set(strings.ToLower(attr["property"]+attr["name"]+attr["itemprop"]), attr["content"])
		case "link":
			if attr["rel"] == "canonical" {
				set("canonical", attr["href"])
			}
		case "time":
			set("time", attr["datetime"])
		case "script":
			if attr["type"] == "application/ld+json" {
				linkedData(textOf(n), set)
			}
		}
	}
	first := func(to *string, keys string) {
		for key := range strings.FieldsSeq(keys) {
			if *to == "" {
				*to = facts[key]
			}
		}
	}
	first(&m.Title, "og:title headline twitter:title")
	first(&m.Outlet, "og:site_name publisher")
	first(&m.Author, "author article:author dc.creator")
	if strings.Contains(m.Author, "://") {
		m.Author = ""
	}
	for key := range strings.FieldsSeq("article:published_time datepublished date dc.date dcterms.date dc.date.issued pubdate publishdate parsely-pub-date time datemodified") {
		if date, _, ok := ReadDate(facts[key]); m.Date == "" && ok {
			m.Date = date
		}
	}
	for _, key := range []string{"canonical", "og:url"} {
		if m.URL == "" && isAddress(facts[key]) {
			m.URL = facts[key]
		}
	}
}

// linkedData reads the facts that pages write down for search engines.
func linkedData(src string, set func(key, value string)) {
	LinkedData(src, 3, []string{"@graph"}, func(thing map[string]any) {
		for _, key := range []string{"headline", "datePublished", "dateModified", "author", "publisher"} {
			if list := texts(thing[key]); len(list) > 0 {
				set(strings.ToLower(key), list[0])
			}
		}
	})
}

// LinkedData calls visit for each thing that a JSON-LD text describes, and for those
// within it that stand in these members, down to a depth.
func LinkedData(src string, depth int, members []string, visit func(thing map[string]any)) {
	var v any
	if json.Unmarshal([]byte(src), &v) != nil {
		return
	}
	var walk func(v any, at int)
	walk = func(v any, at int) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x, at+1)
			}
		case map[string]any:
			visit(v)
			for _, m := range members {
				if at < depth {
					walk(v[m], at+1)
				}
			}
		}
	}
	walk(v, 0)
}
