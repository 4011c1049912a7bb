package imports

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"dossier/corpus/markup"
)

var (
	dateClass = regexp.MustCompile(`(?i)date|time|publi|posted|byline|meta|stamp|datum|fecha`)
	changed   = regexp.MustCompile(`(?i)updat|modif|edit|chang|correct|aktualisiert|stand:`)
	aside     = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:comments?|related|recommend(?:ed|ations)?|sidebar|teasers?|footer|nav|discussion|disqus|repl(?:y|ies)|more|promo|widget)(?:$|[\s_-])`)
)

// maxDateText is how long a text may be that is searched for a date, in bytes.
const maxDateText = 160

// shownDate returns the day that a page shows as that of its article: the first in an
// element made for dates behind the heading, else anywhere.
func shownDate(root *html.Node) string {
	var before, after, old string
	seenHeading := false
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "h1" {
			seenHeading = true
		}
		attr := attributes(n)
		isTime := n.Data == "time" || attr["itemprop"] == "datePublished"
		if !isTime && !dateClass.MatchString(attr["class"]+" "+attr["id"]) && !isShort(n) || unrelated(n) {
			continue
		}
		date := ""
		for _, s := range []string{attr["datetime"], attr["content"], attr["title"]} {
			if d, exact, ok := markup.ReadDate(s); ok && exact && len(d) == 10 && plausible(d) {
				date = d
				break
			}
		}
		text := ""
		for _, line := range linesOf(n, maxDateText) {
			if d := dateIn(line); date == "" && d != "" {
				date, text = d, line
			}
		}
		if date == "" {
			continue
		}
		into := &before
		if seenHeading {
			into = &after
		}
		if changed.MatchString(attr["class"] + " " + attr["itemprop"] + " " + firstWord(text)) {
			into = &old
		}
		if *into == "" {
			*into = date
		}
	}
	for _, d := range []string{after, before, old} {
		if d != "" {
			return d
		}
	}
	return ""
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

// isShort reports whether an element is a line or two of its own, which can be a date or
// name the author: old pages have no names for such.
func isShort(n *html.Node) bool {
	switch n.Data {
	case "p", "td", "font", "small", "i", "em", "b", "span", "div":
		return linesOf(n, maxShort) != nil
	}
	return false
}

// maxShort is how long such an element may be, in bytes.
const maxShort = 80

// linesOf returns the lines that an element shows, or nothing if it holds more than limit
// bytes.
func linesOf(n *html.Node, limit int) []string {
	var b strings.Builder
	for c := range n.Descendants() {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case c.Data == "br" || blocks[c.Data]:
			b.WriteByte('\v')
		}
		if b.Len() > 3*limit {
			return nil
		}
	}
	var lines []string
	size := 0
	for line := range strings.SplitSeq(b.String(), "\v") {
		if line = oneLine(line); line != "" {
			lines = append(lines, line)
			size += len(line)
		}
	}
	if size > limit {
		return nil
	}
	return lines
}

// unrelated reports whether an element belongs to comments, to other articles or to what
// stands around the page.
func unrelated(n *html.Node) bool {
	for p := n; p != nil && p.Type == html.ElementNode && p.Data != "body"; p = p.Parent {
		if p.Data == "aside" || p.Data == "nav" || p.Data == "footer" || p.Data == "article" && within(p, "article") {
			return true
		}
		attr := attributes(p)
		if aside.MatchString(attr["class"]) || aside.MatchString(attr["id"]) || attr["role"] == "complementary" {
			return true
		}
	}
	return false
}

func within(n *html.Node, name string) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Data == name {
			return true
		}
	}
	return false
}

// dateIn returns the first day that a short text names, with words before and behind it:
// "Published 3 March 2019 at 10:14".
func dateIn(text string) string {
	words := strings.FieldsFunc(text, func(r rune) bool {
		return r == ' ' || r == '|' || r == '·' || r == '•' || r == '(' || r == ')' || r == '\u00a0'
	})
	for i := range words {
		for _, n := range []int{5, 3, 2, 1} { // 3 de marzo de 2019, 3 March 2019, 3-March 2019, 2019-03-03
			if i+n > len(words) {
				continue
			}
			s := strings.TrimRight(strings.Join(words[i:i+n], " "), ".,;:–-")
			if s == "" || !strings.ContainsAny(s, "0123456789") {
				continue
			}
			if d, exact, ok := markup.ReadDate(s); ok && exact && len(d) == len("2006-01-02") && plausible(d) {
				return d
			}
		}
	}
	return ""
}
