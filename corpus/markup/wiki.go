package markup

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// IsWiki reports whether a text is written in the markup of MediaWiki.
func IsWiki(src []byte) bool {
	return wikiHeading.Match(src) && wikiMarks.Match(src)
}

var (
	wikiHeading = regexp.MustCompile(`(?m)^={2,6}[ \t]*[^=\s][^=\n]*={2,6}[ \t]*$`)
	wikiMarks   = regexp.MustCompile(`\[\[|\{\{|'''|\[https?://|<ref|\n[*#:;] ?`)
	redirect    = regexp.MustCompile(`(?i)^\s*#(?:redirect|weiterleitung|redirection|redirección)\b`)
)

// Wiki reads wiki text: what its templates would put into the page is not
// there. References are the sources of the sentence before them.
func Wiki(src []byte) Document {
	meta, start, notes := Front(src)
	w := wikiReader{doc: Document{Meta: meta, Notes: notes}, named: make(map[string]Source)}
	if redirect.Match(src[start:]) {
		w.doc.Meta.Hidden = "a redirect"
		return w.doc
	}
	text := w.strip(strings.NewReplacer(refOpen, "", refClose, "").Replace(string(src[start:])), 0)
	w.lines(text)
	if w.holes > 0 {
		w.doc.Notes = append(w.doc.Notes, Note{0, fmt.Sprintf("templates inside sentences whose text is not known: %d; the sentences around them are left out", w.holes)})
	}
	w.doc.Passages = slices.DeleteFunc(w.doc.Passages, func(p Passage) bool { return backMatter.MatchString(p.Heading) })
	w.doc.facts()
	return w.doc
}

// backMatter are sections that only lead elsewhere.
var backMatter = regexp.MustCompile(`^(?i)(?:see also|references|external links|further reading|bibliography|siehe auch|einzelnachweise|weblinks|literatur|voir aussi|liens externes|références|véase también|enlaces externos|referencias|ver também|ligações externas|関連項目|外部リンク|脚注|참고|각주)$`)

// A wikiReader reads one page.
type wikiReader struct {
	doc     Document
	refs    []Source          // by the number in a mark
	named   map[string]Source // <ref name=...>
	heading string
	holes   int // templates in sentences that would be read without them
	open    []Mark
	b       strings.Builder
	marks   []Mark
}

// Marks of references survive the first pass as letters of private use, which
// no text has, around their number.
const refOpen, refClose = "\ue000", "\ue001"

// Elements whose inside is no text.
var wikiSilent = nameSet(`gallery math chem syntaxhighlight source pre timeline score graph templatestyles mapframe maplink imagemap
	references section noinclude inputbox script style del s strike hiero poem2`)

var (
	wikiTag  = regexp.MustCompile(`^<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s[^<>]*?)?)(/?)>`)
	refName  = regexp.MustCompile(`name\s*=\s*["']?([^"'/>]+)`)
	magic    = regexp.MustCompile(`__[A-Z]{3,}__`)
	wikiLink = regexp.MustCompile(`\[(https?://[^\s\]]+)(?:[ \t]+([^\]\n]*))?\]`)
	quotes   = regexp.MustCompile(`'{2,5}`)
)

// strip takes out comments, templates, files, categories and HTML, and replaces
// links by their labels. It goes through the text once.
func (w *wikiReader) strip(s string, depth int) string {
	templates, links := pairs(s, "{{", "}}"), pairs(s, "[[", "]]")
	var b strings.Builder
	for i := 0; i < len(s); {
		rest := s[i:]
		n := 0
		switch rest[0] {
		case '<':
			n = w.tag(rest, &b)
		case '{':
			if strings.HasPrefix(rest, "{{") {
				if end := templates[i]; end > 0 {
					n = end - i
					txt := inlineTemplate(rest[2 : n-2])
					if txt == "" && leavesHole(b.String()) {
						txt = hole
						w.holes++
					}
					b.WriteString(txt)
				}
			}
		case '[':
			if end := links[i]; end > 0 {
				n = end - i
				w.link(rest[2:n-2], depth, &b)
			}
		}
		if n == 0 {
			b.WriteByte(rest[0])
			n = 1
		} else if out := b.String(); strings.HasSuffix(out, " ") && strings.HasPrefix(s[i+n:], " ") {
			n++ // of two blanks around what is gone, one stays
		}
		i += n
	}
	return magic.ReplaceAllString(b.String(), "")
}

// hole stands for what is not known. No sentence with it is shown.
const hole = "\ufffd"

// leavesHole reports whether a template behind this text is a part of its sentence,
// as a number is: "over {{cvt|9|km|mi}}". What stands without a blank behind a word, or
// behind a stop, is about the sentence: "fell.{{citation needed}}".
func leavesHole(before string) bool {
	const near = 80 // bytes
	line := before[max(0, len(before)-near):]
	line = line[strings.LastIndexByte(line, '\n')+1:]
	trimmed := strings.TrimRight(line, " \u00a0")
	switch last := lastRune(trimmed); {
	case strings.Trim(trimmed, "*#:;|!>-+ \t") == "": // the mark of an item or a cell
		return false
	case strings.Contains("($€£", last):
		return true
	default:
		return len(trimmed) < len(line) && !strings.Contains(".!?|=>"+refClose, last)
	}
}

// maxNested is the longest element that is read as one, in bytes.
const maxNested = 20_000

// pairs returns where the brackets end that open at each byte of s.
func pairs(s, open, end string) map[int]int {
	var stack []int
	ends := make(map[int]int)
	for i := 0; i+1 < len(s); {
		switch s[i : i+2] {
		case open:
			stack = append(stack, i)
			i += 2
		case end:
			i += 2
			if n := len(stack); n > 0 {
				ends[stack[n-1]] = i
				stack = stack[:n-1]
			}
		default:
			i++
		}
	}
	return ends
}

// inlineTemplate returns what a reader sees of the few templates that stand in
// sentences and hold their own text.
func inlineTemplate(s string) string {
	parts := strings.Split(s, "|")
	switch strings.ToLower(strings.TrimSpace(parts[0])) {
	case "nowrap", "nobr", "lang", "quote", "small", "abbr", "transl":
		text := ""
		for i, p := range parts[1:] {
			if strings.Contains(p, "=") || strings.TrimSpace(parts[0]) == "abbr" && i > 0 {
				continue
			}
			text = p
		}
		return text
	case "date", "start date":
		var nums []string
		for _, p := range parts[1:] {
			if !strings.Contains(p, "=") {
				nums = append(nums, strings.TrimSpace(p))
			}
		}
		return strings.Join(nums, "-")
	case "convert", "cvt": // 9|km|mi, but not 5|ft|6|in
		if len(parts) < 3 || !isUnit(parts[2]) || len(parts) > 3 && !isUnit(parts[3]) {
			return ""
		}
		return strings.TrimSpace(parts[1]) + " " + strings.TrimSpace(parts[2])
	case "snd", "spnd", "ndash":
		return " – "
	case "mdash":
		return " — "
	case "nbsp":
		return " "
	}
	return ""
}

// isUnit reports whether an argument of a template names a unit or an option, and is no
// number and no word between two.
func isUnit(s string) bool {
	s = strings.TrimSpace(s)
	return strings.Contains(s, "=") || !strings.ContainsFunc(s, unicode.IsDigit) && s != "to" && s != "and" && s != "or" && s != "by" && s != "x" && s != "-" && s != "–"
}

// tag reads an element of HTML and returns its length.
func (w *wikiReader) tag(s string, b *strings.Builder) int {
	if strings.HasPrefix(s, "<!--") {
		if end := strings.Index(s, "-->"); end >= 0 {
			return end + 3
		}
		w.doc.Notes = append(w.doc.Notes, Note{0, "a comment that does not end: all below it is left out; close it with -->"})
		return len(s)
	}
	m := wikiTag.FindStringSubmatch(s[:min(len(s), maxInline)])
	if m == nil {
		return 0
	}
	name := strings.ToLower(m[2])
	n := len(m[0])
	switch {
	case name == "nowiki":
		if end := closeTag(s, name, n); end > 0 && m[1] == "" && m[4] == "" {
			inner := s[n:strings.LastIndex(s[:end], "<")]
			b.WriteString(strings.NewReplacer("[", "&#91;", "{", "&#123;", "'", "&#39;", "=", "&#61;").Replace(inner))
			return end
		}
	case name == "ref" && m[1] == "":
		key := ""
		if k := refName.FindStringSubmatch(m[3]); k != nil {
			key = strings.TrimSpace(k[1])
		}
		end := n
		src, ok := w.named[key]
		if m[4] == "" && !strings.HasSuffix(m[3], "/") {
			end = closeTag(s, name, n)
			if end == 0 {
				return n
			}
			src, ok = reference(s[n:end])
			if key != "" && ok {
				w.named[key] = src
			}
		}
		if ok {
			w.refs = append(w.refs, src)
			fmt.Fprintf(b, "%s%d%s", refOpen, len(w.refs)-1, refClose)
		}
		return end
	case wikiSilent[name] && m[1] == "" && m[4] == "" && !strings.HasSuffix(m[3], "/"):
		if end := closeTag(s, name, n); end > 0 {
			return end
		}
	case name == "br":
		b.WriteByte('\n')
	case name == "p" || name == "div" || name == "blockquote" || name == "li":
		b.WriteString("\n\n")
	}
	return n
}

// closeTag returns the end of the element whose inside starts at from, or 0.
func closeTag(s, name string, from int) int {
	near := s[:min(len(s), maxNested)]
	for from < len(near) {
		i := strings.Index(near[from:], "</")
		if i < 0 {
			break
		}
		from += i + 2
		if len(near)-from >= len(name) && strings.EqualFold(near[from:from+len(name)], name) {
			if end := strings.IndexByte(near[from:], '>'); end >= 0 {
				return from + end + 1
			}
		}
	}
	return 0
}

// link reads the inside of [[...]]. Of files and categories nothing is text.
func (w *wikiReader) link(inner string, depth int, b *strings.Builder) {
	page, _, _ := strings.Cut(inner, "|")
	space, _, hasSpace := strings.Cut(strings.ToLower(strings.TrimSpace(page)), ":")
	if hasSpace {
		switch space {
		case "file", "image", "category", "media", "datei", "bild", "kategorie", "fichier", "catégorie", "archivo", "categoría", "ficheiro", "categoria":
			return
		}
		if len(space) <= 3 && !strings.Contains(inner, "|") { // the page in another language
			return
		}
	}
	label := inner[strings.LastIndex(inner, "|")+1:]
	if !strings.Contains(inner, "|") {
		label, _, _ = strings.Cut(strings.TrimPrefix(label, ":"), "#")
	}
	if depth < maxNesting {
		label = w.strip(label, depth+1)
	}
	b.WriteString(strings.TrimSpace(label))
}

// reference reads what stands between <ref> and </ref>: a citation template, or
// an address.
func reference(s string) (Source, bool) {
	s, _, _ = strings.Cut(s, "</")
	if i := strings.Index(s, "{{"); i >= 0 {
		field := make(map[string]string)
		for part := range strings.SplitSeq(strings.TrimSuffix(strings.TrimSpace(s[i+2:]), "}}"), "|") {
			if k, v, ok := strings.Cut(part, "="); ok {
				field[strings.ToLower(strings.TrimSpace(k))] = oneLine(quotes.ReplaceAllString(wikiBare(v), ""))
			}
		}
		src := Source{Title: field["title"]}
		for _, k := range []string{"work", "website", "newspaper", "publisher", "magazine", "journal", "agency"} {
			if src.Name == "" {
				src.Name = field[k]
			}
		}
		if u := strings.TrimSpace(field["url"]); isAddress(u) {
			src.URL = u
		}
		if date, _, ok := ReadDate(field["date"]); ok {
			src.Date = date
		}
		if from, ok := linkSource(src.URL); src.Name == "" && ok {
			src.Name = from.Name
		}
		if src.Name == "" {
			src.Name, src.Title = src.Title, ""
		}
		return src, src.Name != ""
	}
	if m := wikiLink.FindStringSubmatch(s); m != nil {
		src, ok := linkSource(m[1])
		src.Title = oneLine(quotes.ReplaceAllString(m[2], ""))
		return src, ok
	}
	return linkSource(strings.TrimSpace(bareAddress.FindString(s)))
}

// wikiBare takes the brackets of links off.
func wikiBare(s string) string {
	s = strings.NewReplacer("[[", "", "]]", "").Replace(s)
	return html.UnescapeString(s[strings.LastIndex(s, "|")+1:])
}

// lines reads the lines of a page whose links and templates are gone.
func (w *wikiReader) lines(text string) {
	var table []string
	depth, line := 0, 0
	for l := range strings.Lines(text) {
		line++
		l = strings.TrimRight(l, "\r\n")
		s := strings.TrimSpace(l)
		switch {
		case strings.HasPrefix(s, "{|"):
			w.flush()
			depth++
		case depth > 0 && strings.HasPrefix(s, "|}"):
			if depth--; depth == 0 {
				w.table(table)
				table = nil
			}
		case depth > 0:
			if depth == 1 {
				table = append(table, s)
			}
		case s == "" || strings.HasPrefix(s, "----"):
			w.flush()
		case wikiHeading.MatchString(s):
			w.flush()
			w.heading, w.open = w.plain(strings.TrimSpace(strings.Trim(s, "=")))
			w.heading = oneLine(strings.ReplaceAll(w.heading, hole, ""))
			if w.doc.Heading == "" && len(w.doc.Passages) == 0 && strings.HasPrefix(s, "=") && !strings.HasPrefix(s, "==") {
				w.doc.Heading = w.heading
			}
		case strings.ContainsAny(s[:1], "*#:"):
			w.flush()
			w.text(strings.TrimLeft(s, "*#:; \t"))
			w.flush()
		case s[0] == ';':
			w.flush()
			term, def, ok := strings.Cut(strings.TrimLeft(s, "; "), " : ")
			saved := w.heading
			w.heading, _ = w.plain(term)
			if ok {
				w.text(def)
				w.flush()
				w.heading = saved
			}
		default:
			if w.b.Len() > 0 {
				w.b.WriteByte('\n')
			}
			w.text(l)
		}
	}
	w.flush()
	if depth > 0 {
		w.table(table)
	}
}

// text adds a line of text to the paragraph under way.
func (w *wikiReader) text(s string) {
	txt, marks := w.plain(s)
	for _, m := range marks {
		m.At += w.b.Len()
		w.marks = append(w.marks, m)
	}
	w.b.WriteString(txt)
}

// plain takes the last marks off a piece of text, and returns the sources that
// it names.
func (w *wikiReader) plain(s string) (string, []Mark) {
	s = quotes.ReplaceAllString(s, "")
	var b strings.Builder
	var marks []Mark
	for len(s) > 0 {
		i := strings.IndexAny(s, "["+refOpen)
		if i < 0 {
			b.WriteString(resolve(s))
			break
		}
		b.WriteString(resolve(s[:i]))
		s = s[i:]
		if rest, ok := strings.CutPrefix(s, refOpen); ok {
			num, after, _ := strings.Cut(rest, refClose)
			n := -1
			fmt.Sscan(num, &n)
			if n >= 0 && n < len(w.refs) {
				marks = append(marks, Mark{At: b.Len(), Source: w.refs[n], Key: num})
			}
			s = after
			continue
		}
		if m := wikiLink.FindStringSubmatchIndex(s[:min(len(s), maxInline)]); m != nil && m[0] == 0 {
			if src, ok := linkSource(s[m[2]:m[3]]); ok {
				marks = append(marks, Mark{At: b.Len(), Source: src})
			}
			if m[4] >= 0 {
				b.WriteString(resolve(s[m[4]:m[5]]))
			}
			s = s[m[1]:]
			continue
		}
		_, size := decodeRune(s)
		b.WriteString(s[:size])
		s = s[size:]
	}
	return b.String(), marks
}

func (w *wikiReader) flush() {
	full := w.b.String()
	txt := strings.TrimLeft(full, " \t\n\u00a0")
	cut := len(full) - len(txt)
	marks := w.marks
	w.b.Reset()
	w.marks = nil
	txt = strings.TrimSpace(txt)
	if !hasText(txt) {
		return
	}
	for i := range marks {
		marks[i].At = min(max(marks[i].At-cut, 0), len(txt))
	}
	marks = append(marks, w.open...)
	w.open = nil
	w.doc.Passages = append(w.doc.Passages, Passage{Heading: w.heading, Text: txt, Marks: marks})
}

// table makes a passage of each row. Attributes before a cell's text are none.
func (w *wikiReader) table(lines []string) {
	var columns, cells []string
	var names bool
	emit := func() {
		if len(cells) == 0 {
			return
		}
		if names && columns == nil {
			columns = cells
		} else {
			var b strings.Builder
			var marks []Mark
			for i, c := range cells {
				if i > 0 {
					b.WriteString(" | ")
				}
				txt, ms := w.plain(c)
				for _, m := range ms {
					m.At += b.Len()
					marks = append(marks, m)
				}
				b.WriteString(strings.TrimSpace(txt))
			}
			var heads []string
			for _, c := range columns {
				txt, _ := w.plain(c)
				heads = append(heads, strings.TrimSpace(txt))
			}
			if txt := strings.TrimRight(b.String(), " "); hasText(txt) {
				w.doc.Passages = append(w.doc.Passages, Passage{Heading: tableHeading(w.heading, strings.Join(heads, ", ")), Text: txt, Whole: true, Marks: marks})
			}
		}
		cells, names = nil, false
	}
	for _, l := range lines {
		switch {
		case strings.HasPrefix(l, "|-"):
			emit()
		case strings.HasPrefix(l, "|+"):
		case strings.HasPrefix(l, "!"):
			names = names || len(cells) == 0
			for c := range strings.SplitSeq(strings.ReplaceAll(l[1:], "!!", "||"), "||") {
				cells = append(cells, cellText(c))
			}
		case strings.HasPrefix(l, "|"):
			names = false
			for c := range strings.SplitSeq(l[1:], "||") {
				cells = append(cells, cellText(c))
			}
		case len(cells) > 0 && l != "":
			cells[len(cells)-1] += "\n" + strings.TrimLeft(l, "*#: ")
		}
	}
	emit()
}

func cellText(c string) string {
	if attr, text, ok := strings.Cut(c, "|"); ok && strings.Contains(attr, "=") {
		c = text
	}
	return strings.TrimSpace(c)
}

// A Page is one of an export of a wiki.
type Page struct {
	Title string
	Date  string // of its last change
	Text  string
}

// Export reads the pages of a MediaWiki export: what Special:Export or
// dumpBackup.php writes. Talk, users, files and templates are left out.
func Export(r io.Reader) ([]Page, error) {
	dec := xml.NewDecoder(r)
	var pages []Page
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return pages, nil
		}
		if err != nil {
			return pages, err
		}
		start, ok := tok.(xml.StartElement)
		if !ok || start.Name.Local != "page" {
			continue
		}
		var p struct {
			Title     string `xml:"title"`
			Namespace int    `xml:"ns"`
			Redirect  *struct {
				Title string `xml:"title,attr"`
			} `xml:"redirect"`
			Revisions []struct {
				Time string `xml:"timestamp"`
				Text string `xml:"text"`
			} `xml:"revision"`
		}
		if err := dec.DecodeElement(&p, &start); err != nil {
			return pages, err
		}
		if p.Namespace != 0 || p.Redirect != nil || len(p.Revisions) == 0 {
			continue
		}
		last := p.Revisions[0]
		for _, rev := range p.Revisions {
			if rev.Time > last.Time {
				last = rev
			}
		}
		date, _, _ := ReadDate(last.Time)
		pages = append(pages, Page{Title: p.Title, Date: date, Text: last.Text})
	}
}
