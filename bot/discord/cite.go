package discord

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"dossier/index"
)

// citation is the line under a quote: outlet and date as a link, the site it
// leads to, and how many more sources there are.
func (v view) citation(q index.Quote) string {
	src := firstSource(q)
	s := small + v.link(src)
	if n := len(q.Sources); n > 1 {
		s += fmt.Sprintf(" · \\+%d", n-1)
	}
	return s
}

// firstSource is what a quote rests on, or else the article it stands in.
func firstSource(q index.Quote) index.Source {
	if len(q.Sources) > 0 {
		return q.Sources[0]
	}
	name := q.Article.Outlet
	if name == "" {
		name = q.Article.Title
	}
	return index.Source{Name: name, Title: q.Article.Title, Date: q.Article.Date, URL: q.Article.URL}
}

// link names a source and links to it. Discord does not undo escapes inside a
// label, and a label that looks like an address is no link at all, so a name
// with such characters stands outside and only the date is the label.
func (v view) link(s index.Source) string {
	name, _ := cleanQuestion(s.Name)
	if units(name) > 60 {
		name = cutWords(name, 60) + "…"
	}
	date := v.t.date(s.Date)
	u, host := safeURL(s.URL)
	inside := harmless(name)
	switch {
	case u == "":
		return escape(joinComma(name, date))
	case inside && name != "":
		return "[" + joinComma(name, date) + "](<" + u + ">) · " + host
	case date != "":
		if name != "" {
			name = escape(name) + ", "
		}
		return name + "[" + date + "](<" + u + ">) · " + host
	}
	return escape(name) + " <" + u + ">"
}

func joinComma(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + ", " + b
}

// harmless says whether a name can be a link's label as it is.
func harmless(name string) bool {
	for i, r := range name {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), strings.ContainsRune(" ,'’&!?()-–", r):
		case r == '.' && (i+1 == len(name) || name[i+1] == ' '): // an abbreviation's, not a domain's
		default:
			return false
		}
	}
	return true
}

// safeURL returns an address that can stand in a link, and its host; "" for one
// that cannot.
func safeURL(raw string) (link, host string) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return "", ""
	}
	host = strings.ToLower(u.Hostname())
	for _, r := range host {
		if r != '.' && r != '-' && (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return "", "" // a name that only looks like another
		}
	}
	full := u.String()
	var b strings.Builder
	b.Grow(len(full) + 8)
	for _, c := range []byte(full) {
		// What ends a link, or would be taken for Markdown inside one.
		if c <= ' ' || c >= 0x7f || strings.IndexByte("<>()[]\\\"'`|*_~", c) >= 0 && c != '_' && c != '~' {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	if units(b.String()) > maxURL || len(host) > 60 {
		return "", ""
	}
	return b.String(), strings.TrimPrefix(host, "www.")
}

// renderCitations lists what quotes rest on, in full and ready to be copied.
func renderCitations(quotes []index.Quote, v view) Message {
	m := Message{Private: true}
	seen := map[string]bool{}
	var lines []string
	for _, q := range quotes {
		sources := q.Sources
		if len(sources) == 0 {
			sources = []index.Source{firstSource(q)}
		}
		for _, s := range sources {
			line := v.fullCitation(s)
			if !seen[line] {
				seen[line] = true
				lines = append(lines, line)
			}
		}
	}
	m.Content = fitLines("", lines, v.t)
	return m
}

// fullCitation names outlet, title, date and address.
func (v view) fullCitation(s index.Source) string {
	name, _ := cleanQuestion(s.Name)
	line := "• " + escape(cutWords(name, 120))
	if title, cut := cleanQuestion(s.Title); title != "" && title != name {
		if cut {
			title += "…"
		}
		line += ": “" + escape(title) + "”"
	}
	if d := v.t.date(s.Date); d != "" {
		line += ", " + escape(d)
	}
	if u, _ := safeURL(s.URL); u != "" {
		line += ", <" + u + ">"
	}
	return line
}

// fitLines joins lines below head as long as they fit, and says how many do
// not.
func fitLines(head string, lines []string, t *texts) string {
	const room = 60 // for how many more there are
	s := head
	for i, l := range lines {
		next := l
		if s != "" {
			next = "\n" + l
		}
		if units(s)+units(next) > maxContent-room {
			return s + "\n" + small + fmt.Sprintf(t.AndMore, len(lines)-i)
		}
		s += next
	}
	return s
}
