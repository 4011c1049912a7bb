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

// citation is the line under a quote: outlet and date as a link, and how many more
// sources there are.
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

// link names a source and links to it; Discord shows where a link leads before it
// follows it. It does not undo escapes inside a label, and a label that looks like an
// address is no link at all, so a name with such characters stands outside and only the
// date is the label.
func (v View) link(s index.Source) string {
	name, _ := Clean(s.Name)
	if Length(name) > 60 {
		name = cutWords(name, 60) + "…"
	}
	date := v.Lang.date(s.Date)
	u := safeURL(s.URL)
	switch {
	case u == "":
		return escape(joinComma(name, date))
	case harmless(name) && name != "":
		return "[" + joinComma(name, date) + "](<" + u + ">)"
	case date != "":
		if name != "" {
			name = escape(name) + ", "
		}
		return name + "[" + date + "](<" + u + ">)"
	}
	return strings.TrimSpace(escape(name) + " [→](<" + u + ">)")
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

// maxURL is the longest address that is linked to: four of them fit into a message.
const maxURL = 450

// safeURL returns an address as it can stand in a link; "" for one that cannot.
func safeURL(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	for _, r := range host {
		if r != '.' && r != '-' && (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return "" // a name that only looks like another
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
		return ""
	}
	return b.String()
}

const maxButtons = 5 // in a row

// Citations lists what quotes rest on, each source once: outlet and date as a link,
// and the title. Where there are several quotes, a number says which rest on it.
func Citations(quotes []index.Quote, v View) Message {
	var list []string
	numbers := map[string]string{} // of the quotes, by line
	for n, q := range quotes {
		for _, s := range v.sources(q) {
			line := v.fullCitation(s)
			number := fmt.Sprint(n + 1)
			switch before, ok := numbers[line]; {
			case !ok:
				list = append(list, line)
				numbers[line] = number
			case before != number && !strings.HasSuffix(before, ", "+number):
				numbers[line] = before + ", " + number
			}
		}
	}
	for i, line := range list {
		if len(quotes) > 1 {
			list[i] = numbers[line] + " · " + line
		} else if len(list) > 1 {
			list[i] = "• " + line
		}
	}
	text, left := fitLines("", list, maxContent-Length(v.more(len(list))))
	if left > 0 {
		text += v.more(left)
	}
	return Message{Private: true, Content: text}
}

// fullCitation names outlet, date and title.
func (v View) fullCitation(s index.Source) string {
	line := v.link(s)
	name, _ := Clean(s.Name)
	title, _ := Clean(s.Title)
	if title == "" || title == name {
		return line
	}
	if Length(title) > 60 {
		title = cutWords(title, 60) + "…"
	}
	if !describes(title) {
		title = "“" + title + "”"
	}
	return joinComma(line, escape(title))
}

// describes says whether an article's title is none, but a few words on what it
// is about, as "on apologies". Those begin small.
func describes(title string) bool {
	r, _ := utf8.DecodeRuneInString(title)
	return unicode.IsLower(r)
}

// fitLines adds lines to text as long as they fit, and returns how many do not.
func fitLines(text string, list []string, room int) (all string, left int) {
	for i, l := range list {
		if Length(text)+Length(l)+1 > room {
			return text, len(list) - i
		}
		text = lines(text, l)
	}
	return text, 0
}

// more says how many lines there would have been more.
func (v View) more(n int) string { return "\n" + smallPrint + fmt.Sprintf(v.Lang.AndMore, n) }
