package markup

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxTitleLine is the longest first line of a text file that can be its title,
// in characters.
const maxTitleLine = 120

// Text reads a plain text file: paragraphs between blank lines, items of lists
// and lines of timelines. A short first line that does not end like a sentence
// is the title, if a blank line follows: else it may be the first half of a
// sentence that is wrapped. A byline, a date and an address in the lines below
// it are facts about the article.
func Text(src []byte) Document {
	meta, start, notes := Front(src)
	doc := Document{Meta: meta, Notes: notes}
	text := strings.TrimRight(string(src[start:]), " \t\r\n\f")
	line := lineAt(src, start)
	trimmed := strings.TrimLeft(text, " \t\r\n\f")
	line += strings.Count(text[:len(text)-len(trimmed)], "\n")
	text = trimmed

	first, rest, _ := strings.Cut(text, "\n")
	second, _, more := strings.Cut(rest, "\n")
	first = strings.TrimSpace(first)
	if utf8.RuneCountInString(first) <= maxTitleLine && !strings.ContainsAny(lastRune(first), ".!?\"”…:;,。！？") && more && (strings.TrimSpace(second) == "" || aboutLine(strings.TrimSpace(second), &Meta{})) {
		if doc.Meta.Title == "" {
			doc.Meta.Title = oneLine(resolve(first))
		}
		text = rest
		line++
	}
	text, line = aboutLines(text, line, &doc.Meta)
	text = quoteMarks.ReplaceAllString(text, "$1")
	heading := ""
	all := paragraphs(text, line)
	for i, p := range all {
		if i+1 < len(all) && isCrosshead(p.Text, all[i+1].Text) {
			heading = p.Text
			continue
		}
		p.Heading = heading
		doc.Passages = append(doc.Passages, p)
	}
	return doc
}

var (
	bylineText  = regexp.MustCompile(`^(?i:by|von|par|por) (\p{Lu}[\p{L}.'’-]*(?: (?:and|und|et|y|e|de|van|von|\p{Lu}[\p{L}.'’-]*|,)){0,8})$`)
	aboutField  = regexp.MustCompile(`^(?i:(date|published|posted|updated|author|by|source|url|link|outlet|publication|title)):?[ \t]+(.*)$`)
	pageNumber  = regexp.MustCompile(`^(?i)(?:page|slide|seite|folie)?\W*\d`)
	quoteMarks  = regexp.MustCompile(`(?m)^[ \t]*(?:>[ \t]?)+(["'“‘(]?\p{L}|$)`) // of answered mail; "> 5 %" is none
	letterBreak = regexp.MustCompile(`^[ \t]*$`)
)

// maxAbout is how many such lines a text has at most.
const maxAbout = 6

// aboutLines reads the lines at the top that say who wrote a text, when and
// where, and returns what follows them.
func aboutLines(text string, line int, m *Meta) (string, int) {
	for range maxAbout {
		l, rest, _ := strings.Cut(text, "\n")
		s := strings.TrimSpace(l)
		switch {
		case letterBreak.MatchString(l) && rest != "":
		case aboutLine(s, m):
		default:
			return text, line
		}
		text = rest
		line++
	}
	return text, line
}

// facts reads the lines at the top of an article that say when and by whom it
// was written, and takes them out.
func (d *Document) facts() {
	const top = 4
	for i := 0; i < min(top, len(d.Passages)); {
		if text := d.Passages[i].Text; strings.Contains(text, "\n") && d.Meta.Date == "" { // Date: ... among Status: ...
			for l := range strings.Lines(text) {
				if f := aboutField.FindStringSubmatch(strings.TrimSpace(l)); f != nil && len(l) <= 80 && strings.EqualFold(f[1], "date") {
					aboutLine(strings.TrimSpace(l), &d.Meta)
				}
			}
		}
		if p := d.Passages[i]; len(p.Text) > 80 || p.Whole || strings.Contains(p.Text, "\n") || !aboutLine(p.Text, &d.Meta) {
			i++
			continue
		}
		d.Passages = slices.Delete(d.Passages, i, i+1)
	}
}

func aboutLine(s string, m *Meta) bool {
	set := func(to *string, v string) bool {
		if *to == "" {
			*to = v
		}
		return true
	}
	if date, _, ok := ReadDate(s); ok && len(date) == 10 {
		return set(&m.Date, date)
	}
	if b := bylineText.FindStringSubmatch(s); b != nil {
		return set(&m.Author, b[1])
	}
	if isAddress(s) {
		return set(&m.URL, s)
	}
	f := aboutField.FindStringSubmatch(s)
	if f == nil {
		return false
	}
	value := strings.TrimSpace(f[2])
	switch name := strings.ToLower(f[1]); name {
	case "date", "published", "posted", "updated":
		if date, _, ok := ReadDate(strings.TrimPrefix(value, "on ")); ok {
			return set(&m.Date, date)
		}
	case "source", "url", "link":
		if isAddress(value) {
			return set(&m.URL, value)
		}
		if name == "source" && strings.Contains(s, ":") {
			return set(&m.Outlet, value)
		}
	case "outlet", "publication":
		return strings.Contains(s, ":") && set(&m.Outlet, value)
	case "author":
		return strings.Contains(s, ":") && set(&m.Author, value)
	}
	return false
}

// isCrosshead reports whether a paragraph is a heading of the one below it: a
// few words without a stop above a sentence that has one.
func isCrosshead(s, next string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return len(s) <= 70 && !pageNumber.MatchString(s) && !strings.Contains(s, "\n") && len(strings.Fields(s)) <= 9 &&
		unicode.IsUpper(first) && !strings.ContainsAny(lastRune(s), ".!?\"”…:;,。！？)") &&
		len(next) > len(s) && strings.ContainsAny(next, ".!?。！？") && !startsItem(next)
}

func startsItem(s string) bool { return itemMark.MatchString(s) || timeMark.MatchString(s) }

var (
	entity = regexp.MustCompile(`&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});`)

	itemMark   = regexp.MustCompile(`^[ \t]*(?:[-*•‣◦·–—+][ \t]+|\(?\d{1,3}[.)][ \t]+|\(?[a-z][)][ \t]+)`)
	dashMark   = regexp.MustCompile(`^[ \t]*(?:[-*•‣◦·–—+][ \t]+|\(?[a-z][)][ \t]+)`)
	numberedBy = regexp.MustCompile(`(?m)^[ \t]*\(?1[.)][ \t]`) // a list of numbers starts at 1; 12. Mai is a day

	// timeMark is what a line of a timeline starts with: an hour or a day.
	timeMark = regexp.MustCompile(`^[ \t]*(?:[-*•][ \t]+)?[\[(]?(?:T[+-]\d|\d{4}-\d{2}-\d{2}|\d{1,2}[:h.]\d{2}(?:[:.]\d{2})?(?:[ \t]|[ap]\.?m|[:,\])–—-]|Z|UTC|$)|\d{1,2}[ .](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}\b)`)
)

// resolve writes what the entities in s stand for.
func resolve(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	return entity.ReplaceAllStringFunc(s, html.UnescapeString)
}

func lastRune(s string) string {
	_, n := utf8.DecodeLastRuneInString(s)
	return s[len(s)-n:]
}

// paragraphs returns the parts of a text that starts at a line of the file:
// what stands between blank lines, each item of a list and each line of a
// timeline.
func paragraphs(text string, line int) []Passage {
	var out []Passage
	var b strings.Builder
	from := line
	mark := dashMark
	if numberedBy.MatchString(text) {
		mark = itemMark
	}
	flush := func() {
		p := strings.TrimSpace(b.String())
		b.Reset()
		p = strings.TrimSpace(mark.ReplaceAllString(resolve(p), ""))
		if hasText(p) {
			out = append(out, Passage{Text: p, Line: from})
		}
	}
	times := strings.Count(text, "\n") > 0 && timeline(text)
	items := false
	for l := range strings.Lines(text) {
		switch {
		case strings.TrimSpace(l) == "" || strings.HasPrefix(l, "\f"):
			flush()
			items = false
			from = line + 1
			if rest := strings.TrimLeft(l, "\f"); strings.TrimSpace(rest) != "" {
				b.WriteString(rest)
				from = line
			}
		case mark.MatchString(l) && startsList(l, b.String(), items) || times && timeMark.MatchString(l):
			flush()
			items = true
			from = line
			b.WriteString(l)
		default:
			if b.Len() == 0 {
				from = line
			}
			b.WriteString(l)
		}
		line++
	}
	flush()
	return out
}

// startsList reports whether a line begins an item of a list. In the middle of a
// wrapped paragraph a dash is a dash, and 12. may be the end of a sentence.
func startsList(l, before string, items bool) bool {
	return before == "" || items || strings.HasSuffix(strings.TrimSpace(before), ":") || strings.HasPrefix(l, " ")
}

// timeline reports whether most lines of a text start with an hour or a day.
func timeline(text string) bool {
	n, times := 0, 0
	for l := range strings.Lines(text) {
		if strings.TrimSpace(l) == "" {
			continue
		}
		n++
		if timeMark.MatchString(l) {
			times++
		}
	}
	return times > 1 && times*2 >= n
}

// codeSigns are signs of a program; "$310k", "~5 min", "< 2 %" and a semicolon
// between two clauses are none.
var codeSigns = regexp.MustCompile(`[{}=\\|]|;(?:\S|$)|[$~](?:[^\s\d]|$)|[<>](?:[^\s\d]|\s+[^\s\d]|$)|[\w)]\(|::|->|--\w|^\s*(?:#|//|sudo |npm |pip |go |git |docker |curl |cd )`)

// readsAsText reports whether a block of code is a timeline or prose: most lines
// start with a time, or are sentences.
func readsAsText(text string) bool {
	lines, good, code := 0, 0, 0
	for l := range strings.Lines(text) {
		s := strings.TrimSpace(l)
		if s == "" {
			continue
		}
		lines++
		if codeSigns.MatchString(s) {
			code++
			continue
		}
		words := 0
		for w := range strings.FieldsSeq(s) {
			if strings.ContainsFunc(w, unicode.IsLetter) {
				words++
			}
		}
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, `"'“‘([-*• `))
		ends := strings.ContainsAny(lastRune(s), `.!?,:"”’)`)
		if words >= 2 && timeMark.MatchString(s) || words >= 4 && (unicode.IsUpper(first) && ends || len(s) > 60) {
			good++
		}
	}
	return lines > 0 && code*5 <= lines && good*2 >= lines
}
