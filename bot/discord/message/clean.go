package message

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// hidden says whether a character cannot be seen and is better named: controls,
// what reverses the direction of text, and what has no width. Joiners stay where
// a script or an emoji needs them, between two characters beyond ASCII.
func hidden(r, before rune, rest string) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r == 0x200C || r == 0x200D:
		after, _ := utf8.DecodeRuneInString(rest)
		return before < 0x80 || after < 0x80 || rest == "" || invisible(before) || invisible(after)
	}
	return invisible(r)
}

func invisible(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7F && r < 0xA0, // controls
		r == 0x00AD, r == 0x034F, r == 0x061C, r == 0x115F, r == 0x1160, r == 0x17B4, r == 0x17B5, r == 0x3164, r == 0xFFA0,
		r >= 0x180B && r <= 0x180F, r >= 0x200B && r <= 0x200F, r >= 0x2028 && r <= 0x202E,
		r >= 0x2060 && r <= 0x206F, r == 0xFEFF, r >= 0xFFF0 && r <= 0xFFFB, r >= 0xE0000 && r <= 0xE0FFF:
		return true
	}
	return false
}

// Clean makes one line of what a person typed, without what cannot be
// seen, and at most maxQuestion characters long. cut says that something was
// left away at the end.
func Clean(text string) (q string, cut bool) {
	q = inOneLine(text)
	if Length(q) <= maxQuestion {
		return q, false
	}
	return dropHidden(cutWords(q, maxQuestion)), true
}

// Visible is what a person typed, without what cannot be seen. It keeps the lines.
func Visible(text string) string {
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
	for i, l := range lines {
		lines[i] = inOneLine(l)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// inOneLine makes one line of a text, without what cannot be seen.
func inOneLine(text string) string {
	text = strings.ToValidUTF8(text, "")
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == 0x200C || r == 0x200D:
			return r
		case invisible(r):
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(dropHidden(text)), " ")
}

// dropHidden leaves away what [escape] would show by its number, which takes
// several times as much room: of a cleaned text, the joiners that join nothing.
func dropHidden(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	var before rune
	for i, r := range text {
		if !hidden(r, before, text[i+utf8.RuneLen(r):]) {
			b.WriteRune(r)
			before = r
		}
	}
	return b.String()
}

// maxQuestion is how many characters of a question are read.
const maxQuestion = 300

// cutWords shortens text to at most n units, at a blank where there is one in
// the last third.
func cutWords(text string, n int) string {
	total, end := 0, 0
	for i, r := range text {
		total += max(utf16.RuneLen(r), 1)
		if total > n {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	if end >= len(text) {
		return text
	}
	if k := strings.LastIndexByte(text[:end+1], ' '); k > end*2/3 {
		end = k
	}
	return strings.TrimRightFunc(text[:end], unicode.IsSpace)
}
