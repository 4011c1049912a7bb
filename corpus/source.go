package corpus

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

var (
	errNoOutlet = errors.New(`has no outlet; write: Outlet, "Title", 2006-01-02, <https://...>`)

	bareAddress = regexp.MustCompile(`(?:https?://|www\.)[^\s<>"]*[^\s<>".,;:)]`)
)

// parseSource reads a footnote's definition; see parseMarkdown for its form.
// What it cannot place it reports, so that no part of a citation is lost or
// taken for another one.
func parseSource(n *extast.Footnote, body []byte) (Source, error) {
	var s Source
	txt, urls, err := footnoteText(n, body)
	if err != nil {
		return s, err
	}
	for i, f := range splitFields(txt) {
		f = strings.Trim(f, " ,")
		_, layout, err := ParseDate(f)
		isDate := err == nil
		switch {
		case strings.HasPrefix(f, "<"):
			return s, fmt.Errorf("%q is not an http or https address", f)
		case bareAddress.MatchString(f):
			return s, fmt.Errorf("the address stands bare; write <%s>", withScheme(bareAddress.FindString(f)))
		case !isDate && likeDate.MatchString(f):
			return s, fmt.Errorf("%q is not a date; write 2006-01-02, 2006-01 or 2006", f)
		case i == 0:
			if isDate && layout != "2006" { // 1843 is a magazine
				return s, errNoOutlet
			}
			s.Name = f
		case isDate && s.Date != "":
			return s, fmt.Errorf("has two dates, %q and %q; keep one, or put quotes around the title that has the other", s.Date, f)
		case isDate:
			s.Date = f
		case f != "":
			s.Title = strings.TrimPrefix(s.Title+", "+f, ", ")
		}
	}
	if q, ok := strings.CutPrefix(s.Title, `"`); ok && q != "" && strings.Index(q, `"`) == len(q)-1 {
		s.Title = q[:len(q)-1]
	}
	switch {
	case s.Name == "":
		return s, errNoOutlet
	case len(urls) > 1:
		return s, fmt.Errorf("has two addresses, <%s> and <%s>; make it two footnotes", urls[0], urls[1])
	case len(urls) == 1 && !webAddress(urls[0]):
		return s, fmt.Errorf("%q is not an http or https address", urls[0])
	case len(urls) == 1:
		s.URL = urls[0]
	}
	return s, nil
}

// footnoteText returns the text of a footnote, on one line, and its addresses.
func footnoteText(n *extast.Footnote, body []byte) (txt string, urls []string, err error) {
	var blocks []ast.Node
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() != extast.KindFootnoteBacklink { // goldmark's own addition
			blocks = append(blocks, c)
		}
	}
	switch {
	case len(blocks) == 0:
		return "", nil, errNoOutlet
	case len(blocks) > 1:
		return "", nil, errors.New("has more than one paragraph; put each source into a footnote of its own")
	case blocks[0].Kind() != ast.KindParagraph && blocks[0].Kind() != ast.KindTextBlock:
		return "", nil, errors.New(`is not plain text; write: Outlet, "Title", 2006-01-02, <https://...>`)
	}
	var b strings.Builder
	ast.Walk(blocks[0], func(c ast.Node, entering bool) (ast.WalkStatus, error) {
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
		case *ast.RawHTML:
			err = fmt.Errorf("%q is HTML, which is not read; delete it", c.Segments.Value(body))
		}
		return ast.WalkContinue, nil
	})
	return b.String(), urls, err
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
