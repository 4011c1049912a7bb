package markup

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

var bareAddress = regexp.MustCompile(`(?:https?://|www\.)[^\s<>"]*[^\s<>".,;:)]`)

// parseSource reads a footnote's definition; see Markdown for its form. What it
// cannot place it says in a few words. A footnote that is a remark and not a
// citation is no source, unless it has an address.
func parseSource(n *extast.Footnote, body []byte) (s Source, why string) {
	txt, urls, why := footnoteText(n, body)
	txt = bareAddress.ReplaceAllStringFunc(txt, func(a string) string {
		urls = append(urls, withScheme(a))
		return ""
	})
	fields := splitFields(txt)
	if isRemark(txt, fields) {
		for _, u := range urls {
			if s, ok := linkSource(u); ok {
				return s, "is a remark; its first address is taken as the source"
			}
		}
		return Source{}, "is a remark, not a source, and is left out"
	}
	say := func(format string, args ...any) {
		if why == "" {
			why = fmt.Sprintf(format, args...)
		}
	}
	for i := 0; i < len(fields); i++ {
		f := strings.Trim(fields[i], " ,")
		date, exact, isDate := "", true, false
		if !strings.HasPrefix(f, `"`) {
			date, exact, isDate = ReadDate(f)
		}
		if i+1 < len(fields) && !isDate { // Nov. 29, 2014
			if d, _, ok := ReadDate(f + ", " + strings.Trim(fields[i+1], " ,")); ok && likeDate.MatchString(f) {
				date, exact, isDate = d, true, true
				i++
			}
		}
		switch {
		case strings.HasPrefix(f, "<"):
			say("has %q, which is not an http or https address", f)
		case !isDate && likeDate.MatchString(f):
			say("has %q, which is not a date; write 2006-01-02, 2006-01 or 2006", f)
		case i == 0 && (!isDate || len(date) == len("2006")): // 1843 is a magazine
			s.Name = f
		case isDate && !exact:
			s.Date = date
			say("has %q, which can be two days; only the year is kept", f)
		case isDate && s.Date != "":
			say("has two dates, %q and %q; the first is kept; put quotes around a title that has a date in it", s.Date, f)
		case isDate:
			s.Date = date
		case f != "":
			s.Title = strings.TrimPrefix(s.Title+", "+f, ", ")
		}
	}
	if q, ok := strings.CutPrefix(s.Title, `"`); ok && q != "" && strings.Index(q, `"`) == len(q)-1 {
		s.Title = q[:len(q)-1]
	}
	for _, u := range urls {
		switch {
		case !isAddress(u):
			say("has %q, which is not an http or https address", u)
		case s.URL == "":
			s.URL = u
		case s.URL != u:
			say("has two addresses; the first is kept, make it two footnotes")
		}
	}
	if !hasText(s.Name) {
		if from, ok := linkSource(s.URL); ok {
			s.Name = from.Name
		} else {
			return Source{}, `has no outlet and is left out; write: Outlet, "Title", 2006-01-02, <https://...>`
		}
	}
	return s, why
}

// isRemark reports whether a footnote says something instead of naming where it
// stands: a sentence of five words or more, without a title or date.
func isRemark(txt string, fields []string) bool {
	txt = strings.TrimSpace(txt)
	if !strings.HasSuffix(txt, ".") && !strings.HasSuffix(txt, "!") && !strings.HasSuffix(txt, "?") ||
		len(strings.Fields(txt)) < 5 || strings.ContainsAny(txt, "\"“”") {
		return false
	}
	for _, f := range fields {
		if _, _, ok := ReadDate(strings.Trim(f, " ,.")); ok {
			return false
		}
	}
	return true
}

// footnoteText returns the text of a footnote's first paragraph, on one line,
// and its addresses; why says what is left out.
func footnoteText(n *extast.Footnote, body []byte) (txt string, urls []string, why string) {
	var blocks []ast.Node
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() != extast.KindFootnoteBacklink { // goldmark's own addition
			blocks = append(blocks, c)
		}
	}
	switch {
	case len(blocks) == 0:
		return "", nil, ""
	case len(blocks) > 1:
		why = "has more than one paragraph, of which the first is read; put each source into a footnote of its own"
	case blocks[0].Kind() != ast.KindParagraph && blocks[0].Kind() != ast.KindTextBlock:
		return "", nil, ""
	}
	var b strings.Builder
	_ = ast.Walk(blocks[0], func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch c := c.(type) {
		case *ast.Text:
			b.Write(plain(c, body))
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.AutoLink:
			urls = append(urls, string(c.URL(body)))
		case *ast.Link:
			urls = append(urls, string(c.Destination))
		}
		return ast.WalkContinue, nil
	})
	return strings.ReplaceAll(b.String(), hole, ""), urls, why
}

func withScheme(address string) string {
	if strings.HasPrefix(address, "www.") {
		return "https://" + address
	}
	return address
}

// splitFields cuts s at its commas, but not inside quotes, so that a title may
// have commas and years. Where a quote is left open, it is no quote.
func splitFields(s string) []string {
	if strings.Count(s, `"`)%2 != 0 {
		return strings.Split(s, ", ")
	}
	var fields []string
	start, quoted := 0, false
	for i := range len(s) {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case !quoted && strings.HasPrefix(s[i:], ", "):
			fields = append(fields, s[start:i])
			start = i + len(", ")
		}
	}
	return append(fields, s[start:])
}

// likeDate finds what is meant as a date and is none of those that ParseDate
// reads.
var likeDate = func() *regexp.Regexp {
	const (
		month = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`
		day   = `\d{1,2}(?:st|nd|rd|th)?\.?`
	)
	return regexp.MustCompile(`^(?i)(?:` + strings.Join([]string{
		`\d{4}-\d{1,2}(?:-\d{1,2})?`,
		`\d{4}(?:[./]\d{1,2}){1,2}`,
		`(?:\d{1,2}[./-]){1,2}\d{4}`,
		day + ` ` + month + `(?: \d{4})?`,
		month + ` ` + day + `(?: \d{4})?`,
		month + ` \d{4}`,
	}, "|") + `)$`)
}()
