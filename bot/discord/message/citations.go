package message

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dossier/index"
)

// citation is the line under a quote: outlet and date as a link, the site it
// leads to, and how many more sources there are.
func (v View) citation(q index.Quote) string {
	sources := v.sources(q)
	s := smallPrint + v.link(sources[0])
	if n := len(sources); n > 1 {
		s += fmt.Sprintf(" · \\+%d", n-1)
	}
	return s
}

// sources are what a quote rests on, or else the article it stands in. Where
// the question was limited to one of them, that comes first.
func (v View) sources(q index.Quote) []index.Source {
	article := index.Source{Name: q.Article.Outlet, Title: q.Article.Title, Date: q.Article.Date, URL: q.Article.URL}
	all := slices.Clone(q.Sources)
	at := slices.IndexFunc(all, func(s index.Source) bool { return v.limitedTo(s.Name) })
	switch {
	case at > 0:
		first := all[at]
		return slices.Insert(slices.Delete(all, at, at+1), 0, first)
	case at < 0 && v.limitedTo(article.Name):
		return slices.Insert(all, 0, article)
	case len(all) > 0:
		return all
	case article.Name == "":
		article.Name = article.Title
	}
	return []index.Source{article}
}

func (v View) limitedTo(name string) bool {
	return v.Source != "" && strings.EqualFold(strings.TrimSpace(name), strings.TrimSpace(v.Source))
}

// link names a source and links to it. Discord does not undo escapes inside a
// label, and a label that looks like an address is no link at all, so a name
// with such characters stands outside and only the date is the label.
func (v View) link(s index.Source) string {
	name, _ := Clean(s.Name)
	if Length(name) > 60 {
		name = cutWords(name, 60) + "…"
	}
	date := v.Lang.date(s.Date)
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
	if Length(b.String()) > maxURL || len(host) > 60 {
		return "", ""
	}
	return b.String(), strings.TrimPrefix(host, "www.")
}

// Citations lists what quotes rest on, quote by quote in their order, in a
// code block: what is copied from there is what it shows. Its addresses are no
// links, so buttons lead to them.
func Citations(quotes []index.Quote, v View) Message {
	m := Message{Private: true}
	const fence = "```"
	var lines []string
	var links []Button
	linked := map[string]bool{}
	for n, q := range quotes {
		number := fmt.Sprintf("[%d] ", n+1)
		for i, s := range v.sources(q) {
			before := number
			if i > 0 {
				before = strings.Repeat(" ", len(number))
			}
			lines = append(lines, before+v.fullCitation(s))
			if u, _ := safeURL(s.URL); u != "" && !linked[u] {
				linked[u] = true
				name, _ := Clean(s.Name)
				links = append(links, Button{Label: cutWords(number+name, shownLabel), Style: leads, URL: u})
			}
		}
	}
	text, left := fitLines(fence, lines, maxContent-len("\n"+fence)-Length(v.more(len(lines))))
	m.Content = text + "\n" + fence
	if left > 0 {
		m.Content += v.more(left)
	}
	for row := range slices.Chunk(links[:min(len(links), maxLinks)], maxButtons) {
		m.addRow(row)
	}
	return m
}

const (
	shownLabel = 34 // of a label is shown everywhere
	maxButtons = 5  // in a row
	maxLinks   = 2 * maxButtons
)

// fullCitation names outlet, title, date and address, for a code block: nothing
// is escaped there but what would end it.
func (v View) fullCitation(s index.Source) string {
	name, _ := Clean(s.Name)
	line := cutWords(name, 120)
	if title, cut := Clean(s.Title); title != "" && title != name {
		if cut {
			title += "…"
		}
		if describes(title) {
			line = joinComma(line, title)
		} else {
			line = joinComma(line, "“"+title+"”")
		}
	}
	line = joinComma(line, v.Lang.date(s.Date))
	if u, _ := safeURL(s.URL); u != "" {
		line = joinComma(line, u)
	}
	return strings.ReplaceAll(line, "`", "'")
}

// describes says whether an article's title is none, but a few words on what it
// is about, as "on apologies". Those begin small.
func describes(title string) bool {
	r, _ := utf8.DecodeRuneInString(title)
	return unicode.IsLower(r)
}

// fitLines adds lines to text as long as they fit, and returns how many do not.
func fitLines(text string, lines []string, room int) (all string, left int) {
	for i, l := range lines {
		if Length(text)+Length(l)+1 > room {
			return text, len(lines) - i
		}
		text += "\n" + l
	}
	return text, 0
}

// more says how many lines there would have been more.
func (v View) more(n int) string { return "\n" + smallPrint + fmt.Sprintf(v.Lang.AndMore, n) }
