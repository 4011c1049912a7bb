package imports

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// Markdown is written by hand, since it must be read back by package corpus/markup with
// all the dialects that it knows: what means something in one of them is escaped.

// always have a meaning in some dialect.
const always = "\\`*_[]<>{}~^|#"

// escape writes text as Markdown that says it. What has a meaning only at the start of a
// line is left to startOfLine.
func escape(s string) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		before, after := byte(' '), byte(' ')
		if i > 0 {
			before = s[i-1]
		}
		if i+1 < len(s) {
			after = s[i+1]
		}
		switch {
		case c == '&' && (after == '#' || isLetter(after)): // an entity
			b.WriteString("&amp;")
			continue
		case strings.IndexByte(always, c) >= 0,
			(c == '=' || c == '%') && (before == c || after == c),    // ==highlight==, %%comment%%
			c == ':' && (before == c || after == c || before == ' '): // :emoji:, name:: value
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
	return b.String()
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

var numbered = regexp.MustCompile(`^(\d{1,9})([.)])(\s|$)`)

// startOfLine escapes what Markdown would take for a list, a heading, a rule.
func startOfLine(line string) string {
	if line = numbered.ReplaceAllString(line, `$1\$2$3`); line != "" && strings.IndexByte(`#+->!?@$=:;./"'(),%&`, line[0]) >= 0 {
		return `\` + line
	}
	return line
}

// A blockWriter writes blocks of Markdown.
type blockWriter struct {
	b strings.Builder
}

// add writes a block, each line behind a prefix. Lines of text are parted by \n.
func (w *blockWriter) add(prefix, text string) {
	text = strings.TrimSpace(text)
	if !hasText(text) {
		return
	}
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = startOfLine(strings.TrimSpace(l))
	}
	next := prefix
	if prefix == "- " {
		next = "  "
	}
	w.b.WriteString(prefix + strings.Join(lines, "\n"+next) + "\n\n")
}

func (w *blockWriter) raw(text string) { w.b.WriteString(text) }

func hasText(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// blocks are the elements that end a paragraph.
var blocks = set(`address article blockquote body center dd details div dl dt fieldset figure footer form header hgroup hr html
	li main ol p section summary table tbody td tfoot th thead tr ul`)

func set(names string) map[string]bool {
	m := make(map[string]bool)
	for name := range strings.FieldsSeq(names) {
		m[name] = true
	}
	return m
}

// A renderer writes HTML as Markdown.
type renderer struct {
	out    blockWriter
	about  Article // what is not said twice
	first  int     // paragraphs so far
	prefix string  // of the paragraph under way
	line   strings.Builder
	plain  int // bytes of it that are in no link
	linked int // and that are in one
	links  int
	space  bool // a blank is due
	inLink bool
}

// render returns the text below n as Markdown, without what is known about the article.
func render(n *html.Node, about Article) string {
	r := &renderer{about: about}
	r.node(n)
	r.flush()
	return r.out.b.String()
}

func (r *renderer) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c)
	}
}

func (r *renderer) node(n *html.Node) {
	if n.Type == html.TextNode {
		r.text(n.Data)
		return
	}
	if n.Type != html.ElementNode {
		r.children(n)
		return
	}
	switch n.Data {
	case "br":
		if r.line.Len() > 0 {
			r.line.WriteByte('\n')
		}
		r.space = false
	case "h1", "h2", "h3", "h4", "h5", "h6":
		r.flush()
		r.children(n)
		if text := strings.ReplaceAll(r.take(), "\n", " "); !strings.EqualFold(oneLine(textOf(n)), r.about.Title) {
			r.out.add("## ", text)
		}
	case "li":
		r.block(n, "- ")
	case "blockquote":
		r.block(n, "> ")
	case "table":
		r.flush()
		r.table(n)
	case "pre":
		r.flush()
		r.pre(textOf(n))
	case "a":
		r.link(n)
	case "script", "style", "figcaption", "noscript", "template", "svg", "sup", "del", "s":
		if n.Data == "sup" && !footnoteNumber.MatchString(textOf(n)) {
			r.children(n)
		}
	default:
		if blocks[n.Data] {
			r.block(n, r.prefix)
			return
		}
		r.children(n)
	}
}

var footnoteNumber = regexp.MustCompile(`^\s*\[?\d{1,3}\]?\s*$`)

func (r *renderer) block(n *html.Node, prefix string) {
	r.flush()
	saved := r.prefix
	r.prefix = prefix
	r.children(n)
	r.flush()
	r.prefix = saved
}

// text adds text, with its white space as a browser shows it.
func (r *renderer) text(s string) {
	words := strings.FieldsFunc(shown(s), unicode.IsSpace)
	if len(words) == 0 {
		r.space = r.space || s != ""
		return
	}
	first, _ := utf8.DecodeRuneInString(s)
	if line := r.line.String(); (r.space || unicode.IsSpace(first)) && line != "" && line[len(line)-1] != '\n' {
		r.line.WriteByte(' ')
	}
	text := strings.Join(words, " ")
	r.line.WriteString(escape(text))
	if size := len(strings.Trim(text, " .,:;|-–—»›→•·")); r.inLink {
		r.linked += size
	} else {
		r.plain += size
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	r.space = unicode.IsSpace(last)
}

// link writes a link to another page; one to a place on the same page is text.
func (r *renderer) link(n *html.Node) {
	href := ""
	for _, a := range n.Attr {
		if a.Key == "href" {
			href = strings.TrimSpace(a.Val)
		}
	}
	u, err := url.Parse(href)
	if err != nil || !isWeb(u) || !hasText(textOf(n)) || r.inLink || holdsBlocks(n) {
		r.children(n)
		return
	}
	saved, start := r.line.String(), r.line.Len()
	first, _ := utf8.DecodeRuneInString(textOf(n))
	if (r.space || unicode.IsSpace(first)) && start > 0 && saved[start-1] != '\n' {
		saved += " "
	}
	space := r.space
	r.line.Reset()
	r.space, r.inLink = false, true
	r.children(n)
	label := strings.ReplaceAll(r.line.String(), "\n", " ")
	r.inLink = false
	r.line.Reset()
	if strings.TrimSpace(label) == "" {
		r.line.WriteString(strings.TrimSuffix(saved, " "))
		r.space = space
		return
	}
	r.links++
	r.line.WriteString(saved + "[" + strings.TrimSpace(label) + "](<" + strings.NewReplacer("<", "%3C", ">", "%3E", `\`, "%5C").Replace(u.String()) + ">)")
}

// holdsBlocks reports whether a link holds more than words, as a card does, or a page on
// which it was never closed.
func holdsBlocks(n *html.Node) bool {
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && blocks[c.Data] {
			return true
		}
	}
	return false
}

// take ends the paragraph under way and returns it.
func (r *renderer) take() string {
	text := r.line.String()
	r.line.Reset()
	r.space, r.plain, r.linked, r.links = false, 0, 0, 0
	return text
}

// flush writes the paragraph under way. One that is nothing but links, or a list of them
// with a word in front, leads elsewhere and says nothing.
func (r *renderer) flush() {
	text := r.line.String()
	leads := r.links > 0 && r.plain == 0 || r.links > 1 && 3*r.plain < r.linked && !endsSentence(text)
	r.take()
	if leads || !hasText(text) {
		return
	}
	if r.first++; r.first <= top {
		text = r.withoutFacts(text)
	}
	r.out.add(r.prefix, text)
}

// top is how many paragraphs can hold a byline.
const top = 4

// withoutFacts drops the lines at the top of an article that hold its title, its author
// or its date and no sentence.
func (r *renderer) withoutFacts(text string) string {
	var kept []string
	for line := range strings.SplitSeq(text, "\n") {
		plain := oneLine(unescape.Replace(line))
		words := len(strings.Fields(plain))
		known := r.about.Author != "" && strings.Contains(plain, r.about.Author) || r.about.Date != "" && dateIn(plain) == r.about.Date
		if strings.EqualFold(plain, r.about.Title) || known && words <= maxByline && !endsSentence(plain) {
			continue
		}
		kept = append(kept, line)
	}
	return strings.Join(kept, "\n")
}

// endsSentence reports whether a text ends as a sentence does.
func endsSentence(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, " \"'”’»)"))
	return strings.ContainsRune(".!?。！？", r)
}

// maxByline is how many words a byline has at most.
const maxByline = 16

var unescape = strings.NewReplacer(`\\`, `\`, `\`, "", "&amp;", "&")

// table writes a table; one that only places things is its cells.
func (r *renderer) table(t *html.Node) {
	var rows [][]*html.Node
	wide, inner := 0, false
	for n := range t.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		inner = inner || n.Data == "table"
		if n.Data != "tr" {
			continue
		}
		var cells []*html.Node
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode && (c.Data == "td" || c.Data == "th") {
				cells = append(cells, c)
				inner = inner || hasBlocks(c)
			}
		}
		wide = max(wide, len(cells))
		rows = append(rows, cells)
	}
	if inner || wide < 2 {
		r.children(t)
		r.flush()
		return
	}
	for i, cells := range rows {
		if i == 0 && !allHeads(cells) {
			r.row(nil, wide)
			r.out.raw(strings.Repeat("|---", wide) + "|\n")
		}
		r.row(cells, wide)
		if i == 0 && allHeads(cells) {
			r.out.raw(strings.Repeat("|---", wide) + "|\n")
		}
	}
	r.out.raw("\n")
}

func (r *renderer) row(cells []*html.Node, wide int) {
	for i := range wide {
		text := ""
		if i < len(cells) {
			r.children(cells[i])
			text = strings.ReplaceAll(r.take(), "\n", " ")
		}
		r.out.raw("| " + strings.TrimSpace(text) + " ")
	}
	r.out.raw("|\n")
}

// hasBlocks reports whether a cell of a table holds more than a value.
func hasBlocks(cell *html.Node) bool {
	n := 0
	for c := range cell.Descendants() {
		if c.Type == html.ElementNode && (c.Data == "p" || c.Data == "li" || strings.HasPrefix(c.Data, "h") && len(c.Data) == 2 && c.Data != "hr") {
			n++
		}
	}
	return n > 1
}

func allHeads(cells []*html.Node) bool {
	for _, c := range cells {
		if c.Data != "th" {
			return false
		}
	}
	return len(cells) > 0
}

// pre writes a text whose lines are its own.
func (r *renderer) pre(text string) {
	if text = strings.Trim(shown(text), "\n"); !hasText(text) {
		return
	}
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	r.out.raw(fence + "\n" + text + "\n" + fence + "\n\n")
}

func textOf(n *html.Node) string {
	var b strings.Builder
	if n.Type == html.TextNode {
		return n.Data
	}
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}
