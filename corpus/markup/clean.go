package markup

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A srcLine is a line of Markdown and where in the file it stands.
type srcLine struct {
	n    int
	text string
	code bool // inside a fenced block
}

// How far a mark may reach until it is none: it keeps the work linear.
const (
	maxInline    = 1_000  // bytes of a code span, wikilink or highlight
	maxShortcode = 10_000 // bytes of one tag of a template language
)

// A cleaner takes out of Markdown what its dialects add to it: comments,
// shortcodes, attribute lists, wikilinks. It goes through the text once.
type cleaner struct {
	src   string
	mdx   bool
	i     int
	n     int // the line of the file
	lines []srcLine
	cur   strings.Builder // the line under way
	curN  int             // where it began
	notes []Note
	ends  map[string]int  // where the next end of each kind of tag stands
	keys  map[string]bool // footnotes that are defined
}

// find returns where end stands next, at byte i or behind it. What it has found
// it keeps, so that many tags without an end do not search for it many times.
func (c *cleaner) find(end string, i int) int {
	at, ok := c.ends[end]
	if !ok || at < i {
		at = len(c.src)
		if n := strings.Index(c.src[i:], end); n >= 0 {
			at = i + n
		}
		c.ends[end] = at
	}
	return at
}

// clean returns the lines of Markdown that are left of src, which starts at a
// line of the file.
func clean(src string, line int, mdx bool) ([]srcLine, []Note) {
	c := &cleaner{src: src, mdx: mdx, n: line, curN: line, ends: make(map[string]int), keys: make(map[string]bool)}
	for _, m := range footnoteKey.FindAllStringSubmatch(src, -1) {
		c.keys[m[1]] = true
	}
	for c.i < len(c.src) {
		if c.cur.Len() == 0 && (c.i == 0 || c.src[c.i-1] == '\n') && c.fenced() {
			continue
		}
		c.step()
	}
	c.endLine()
	return c.lines, c.notes
}

func (c *cleaner) endLine() {
	c.lines = append(c.lines, srcLine{n: c.curN, text: strings.TrimRight(c.cur.String(), "\r")})
	c.cur.Reset()
}

// keep copies n bytes.
func (c *cleaner) keep(n int) {
	for _, b := range []byte(c.src[c.i : c.i+n]) {
		if b == '\n' {
			c.endLine()
			c.n++
			c.curN = c.n
			continue
		}
		c.cur.WriteByte(b)
	}
	c.i += n
}

// drop passes over n bytes. Where nothing but they stand in their lines, a
// blank line stays.
func (c *cleaner) drop(n int) {
	c.n += strings.Count(c.src[c.i:c.i+n], "\n")
	if c.cur.Len() == 0 {
		c.curN = c.n
	}
	c.i += n
	if s := c.cur.String(); strings.HasPrefix(c.src[c.i:], " ") && (s == "" || s[len(s)-1] == ' ') && strings.TrimLeft(s, " ") != "" {
		c.i++ // of two blanks around what is gone, one stays
	}
}

var fenceOpen = regexp.MustCompile("^(?:[ \t>]|[-*+][ \t]|\\d{1,9}[.)][ \t])*(```+|~~~+)([^`\n]*)(?:\n|$)")

// lineFrom returns the line that starts at byte i, with its end.
func lineFrom(s string, i int) string {
	if end := strings.IndexByte(s[i:], '\n'); end >= 0 {
		return s[i : i+end+1]
	}
	return s[i:]
}

// fenced copies a fenced block of code as it is.
func (c *cleaner) fenced() bool {
	first := lineFrom(c.src, c.i)
	m := fenceOpen.FindStringSubmatch(first)
	if m == nil {
		return false
	}
	add := func(line string) {
		c.lines = append(c.lines, srcLine{c.n, strings.TrimRight(line, "\r\n"), true})
		c.i += len(line)
		c.n++
		c.curN = c.n
	}
	add(first)
	for c.i < len(c.src) {
		line := lineFrom(c.src, c.i)
		add(line)
		rest := strings.TrimLeft(line, " \t>")
		if marks := len(rest) - len(strings.TrimLeft(rest, m[1][:1])); marks >= len(m[1]) && strings.TrimSpace(rest[marks:]) == "" {
			break
		}
	}
	return true
}

// step goes over one mark, or one letter.
func (c *cleaner) step() {
	rest := c.src[c.i:]
	switch rest[0] {
	case '\\':
		if len(rest) > 1 && rest[1] < utf8.RuneSelf && rest[1] != '\n' {
			c.keep(2)
			return
		}
	case '`':
		run := len(rest) - len(strings.TrimLeft(rest, "`"))
		near := upToBlank(rest[:min(len(rest), run+maxInline)])
		if end := closingRun(near, run); end > 0 {
			c.keep(end)
			return
		}
		c.keep(run)
		return
	case 'h':
		if strings.HasPrefix(rest, "http://") || strings.HasPrefix(rest, "https://") {
			near := rest[:min(len(rest), maxInline)]
			end := strings.IndexFunc(near, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`)]><"{`, r) })
			if end < 0 {
				end = len(near)
			}
			c.keep(end)
			return
		}
	case '<':
		if strings.HasPrefix(rest, "<!--") {
			c.hide("-->", len("<!--"))
			return
		}
		if m := htmlTag.FindString(rest[:min(len(rest), maxInline)]); m != "" {
			c.keep(len(m)) // attributes are no text
			return
		}
	case '%':
		if strings.HasPrefix(rest, "%%") && c.obsidianComment(rest) {
			return
		}
	case '{':
		if n := c.braces(rest); n > 0 {
			if value.MatchString(rest[:n]) && leavesHole(c.cur.String()) {
				c.notes = append(c.notes, Note{c.n, "the text of " + rest[:n] + " is not known; the sentence around it is left out"})
				c.cur.WriteString(hole)
			}
			if strings.TrimSpace(c.cur.String()) == "" && strings.HasPrefix(rest[n:], "\n") {
				c.cur.Reset()
			}
			c.drop(n)
			return
		}
	case '!':
		if strings.HasPrefix(rest, "![[") {
			if n := wikiEnd(rest[1:]); n > 0 {
				c.drop(1 + n)
				return
			}
		}
	case '[':
		if c.brackets(rest) {
			return
		}
	case ']':
		if strings.HasPrefix(rest, "](") { // an address is no text
			line := strings.TrimRight(lineFrom(rest[:min(len(rest), maxInline)], 0), "\n")
			if end := strings.IndexByte(line, ')'); end > 0 {
				c.keep(end)
				return
			}
		}
	case '=':
		if c.highlight(rest) {
			return
		}
	case ':':
		if m := emoji.FindString(rest[:min(len(rest), 60)]); m != "" && c.afterSpace() {
			c.drop(len(m))
			return
		}
	case '^':
		if m := blockID.FindString(lineFrom(rest[:min(len(rest), 80)], 0)); m != "" && c.afterSpace() {
			c.drop(len(strings.TrimRight(m, "\r\n")))
			return
		}
		if strings.HasPrefix(rest, "^[") {
			near := rest[:min(len(rest), maxInline)]
			if n := closing(near[1:], '[', ']'); n > 0 { // a footnote on the spot
				c.drop(1 + n)
				return
			}
		}
	}
	_, n := utf8.DecodeRuneInString(rest)
	c.keep(n)
}

var (
	htmlTag = regexp.MustCompile(`^</?[A-Za-z][\w.-]*(?:\s[^<>]*)?>`)
	emoji   = regexp.MustCompile(`^:[a-z][a-z0-9_+-]{1,40}:(?:\s|$)`)
	blockID = regexp.MustCompile(`^\^[A-Za-z0-9-]+[ \t]*\r?(?:\n|$)`)
)

// afterSpace reports whether what comes next stands behind white space.
func (c *cleaner) afterSpace() bool {
	return c.i == 0 || strings.ContainsRune(" \t\n", rune(c.src[c.i-1]))
}

// hide drops a comment up to its end, or all that follows where it has none.
func (c *cleaner) hide(end string, from int) {
	rest := c.src[c.i:]
	i := c.find(end, min(c.i+from, len(c.src)))
	if i == len(c.src) {
		c.notes = append(c.notes, Note{c.n, "a comment that does not end: all below it is left out; close it with " + end})
		c.drop(len(rest))
		return
	}
	c.drop(i + len(end) - c.i)
}

// obsidianComment drops %% ... %%.
func (c *cleaner) obsidianComment(rest string) bool {
	i := c.find("%%", c.i+2) - c.i - 2
	if i == len(rest)-2 {
		i = -1
	}
	alone := strings.TrimSpace(c.cur.String()) == "" && strings.TrimSpace(lineFrom(rest[:min(len(rest), maxInline)], 2)) == ""
	switch {
	case i >= 0 && (alone || !strings.Contains(rest[2:2+i], "\n\n")):
		c.drop(i + 4)
		return true
	case i < 0 && alone:
		c.hide("%%", 2)
		return true
	}
	c.keep(2)
	return true
}

// value is a tag that stands for a value of the site: {{ page.price }}.
var value = regexp.MustCompile(`^\{\{-?[ \t]*[A-Za-z_.$][\w.$-]{0,60}(?:[ \t]*\|[^{}]{0,80})?[ \t]*-?\}\}$`)

// Tags of template languages whose inside is no text either.
var hiddenPairs = regexp.MustCompile(`^(?:comment|highlight|mermaid|math|katex|raw|verbatim|chart|codeblock|code)\b`)

// braces returns the length of the template tag, comment or list of attributes
// that rest starts with; or 0.
func (c *cleaner) braces(rest string) int {
	near := rest[:min(len(rest), maxShortcode)]
	span := func(open, end string) int {
		if !strings.HasPrefix(near, open) {
			return 0
		}
		if n := c.find(end, c.i+len(open)) + len(end) - c.i; n <= len(near) {
			return n
		}
		return 0
	}
	for _, tag := range [][2]string{{"{{<", ">}}"}, {"{{%", "%}}"}, {"{%", "%}"}, {"{{", "}}"}} {
		n := span(tag[0], tag[1])
		if n == 0 {
			continue
		}
		name := strings.Trim(near[len(tag[0]):n-len(tag[1])], " \t\n-")
		if word := hiddenPairs.FindString(name); word != "" && !strings.HasSuffix(name, "/") {
			for _, end := range []string{"end" + word, "/" + word, "/ " + word, "end"} {
				if i := endTag(rest[n:], tag[0], end, tag[1]); i > 0 {
					return n + i
				}
			}
		}
		return n
	}
	if n := span("{::comment}", "{:/comment}"); n > 0 {
		return n
	}
	for _, tag := range [][2]string{{"{#", "#}"}, {"{/*", "*/}"}, {"{>>", "<<}"}, {"{--", "--}"}, {"{!", "!}"}} {
		if n := span(tag[0], tag[1]); n > 0 && !attributes.MatchString(near[:n]) {
			return n
		}
	}
	line := strings.TrimRight(lineFrom(rest[:min(len(rest), maxInline)], 0), "\n")
	if m := attributes.FindString(line); m != "" {
		return len(m)
	}
	if c.mdx {
		return closing(rest[:min(len(rest), maxInline)], '{', '}')
	}
	return 0
}

// attributes are {: .note}, {#place}, {.wide key="x"}, {:toc}, {::options /}.
var attributes = regexp.MustCompile(`^\{(?::[^{}]*|[ \t]*(?:[.#][\w:.-]+|[\w-]+=(?:"[^"{}]*"|'[^'{}]*'|[^\s{}"']+))(?:[ \t]+(?:[.#][\w:.-]+|[\w-]+=(?:"[^"{}]*"|'[^'{}]*'|[^\s{}"']+)))*[ \t]*)\}`)

// endTag returns the end of the tag that closes a pair, or 0.
func endTag(s, open, name, end string) int {
	s = s[:min(len(s), maxShortcode)]
	for from := 0; ; {
		i := strings.Index(s[from:], open)
		if i < 0 {
			return 0
		}
		from += i + len(open)
		inner := strings.TrimLeft(s[from:], " \t-")
		if strings.HasPrefix(inner, name) && !startsWithLetter(inner[len(name):]) {
			if j := strings.Index(s[from:], end); j >= 0 {
				return from + j + len(end)
			}
		}
	}
}

func startsWithLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

// brackets reads wikilinks, marks of contents and keys of a bibliography.
func (c *cleaner) brackets(rest string) bool {
	near := rest[:min(len(rest), maxInline)]
	if n := wikiEnd(near); n > 0 && !strings.HasPrefix(near[n:], "(") {
		label := wikiLabel(near[2 : n-2])
		if _, end, ok := strings.Cut(strings.ToLower(label), "toc"); ok && strings.Trim(end, "_") == "" && len(label) <= 7 {
			label = ""
		}
		c.cur.WriteString(label)
		c.drop(n)
		return true
	}
	if m := footnoteUse.FindStringSubmatch(near); m != nil && !c.keys[m[1]] {
		c.notes = append(c.notes, Note{c.n, "footnote " + m[0] + " is not defined"})
		c.drop(len(m[0]))
		return true
	}
	if m := bibliography.FindString(near); m != "" {
		c.drop(len(m))
		return true
	}
	return false
}

var (
	footnoteKey = regexp.MustCompile(`\[\^((?:[^\]\\\n]|\\.)+)\]:`)
	footnoteUse = regexp.MustCompile(`^\[\^((?:[^\]\\\n]|\\.)+)\]`)
)

var bibliography = regexp.MustCompile(`^\[-?@[\w:.#$%&+?<>~/-]+(?:[,;][^\]\n]{0,200})?\](?:[^(:\[]|$)`)

// wikiEnd returns the end of the wikilink that s starts with, or 0.
func wikiEnd(s string) int {
	if !strings.HasPrefix(s, "[[") {
		return 0
	}
	s = s[:min(len(s), maxInline)]
	end := strings.Index(s, "]]")
	if end < 0 || strings.ContainsAny(s[2:end], "[\n") || strings.TrimSpace(s[2:end]) == "" {
		return 0
	}
	return end + 2
}

// wikiLabel returns what a reader sees of a wikilink.
func wikiLabel(s string) string {
	if _, label, ok := strings.Cut(strings.ReplaceAll(s, `\|`, "|"), "|"); ok {
		return strings.TrimSpace(label)
	}
	page, part, _ := strings.Cut(s, "#")
	if page == "" {
		page = strings.TrimPrefix(part, "^")
	}
	return strings.TrimSpace(page)
}

// highlight takes the marks off ==words==.
func (c *cleaner) highlight(rest string) bool {
	if !strings.HasPrefix(rest, "==") || strings.HasPrefix(rest, "===") || c.i > 0 && c.src[c.i-1] == '=' {
		return false
	}
	near := upToBlank(rest[:min(len(rest), maxInline)])
	end := strings.Index(near[2:], "==")
	if end <= 0 || strings.ContainsAny(near[2:3], " \t\n=") || strings.ContainsAny(near[1+end:2+end], " \t\n") {
		return false
	}
	inner := near[2 : 2+end]
	c.i += 2
	c.keep(len(inner))
	c.i += 2
	return true
}

// upToBlank cuts s before its first blank line.
func upToBlank(s string) string {
	if i := strings.Index(s, "\n\n"); i >= 0 {
		return s[:i]
	}
	return s
}

// closingRun returns the end of the code span that s starts with, or 0.
func closingRun(s string, run int) int {
	for i := run; i < len(s); {
		if s[i] != '`' {
			i++
			continue
		}
		n := len(s[i:]) - len(strings.TrimLeft(s[i:], "`"))
		if i += n; n == run {
			return i
		}
	}
	return 0
}

// closing returns the end of the bracket that s starts with, or 0.
func closing(s string, open, end byte) int {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case open:
			depth++
		case end:
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}
