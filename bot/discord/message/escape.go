package message

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"dossier/index"
)

// Length is a text's length as Discord's clients count it. The API counts code
// points, which are never more.
func Length(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// escape returns text such that Discord shows it as it is: no formatting, no
// mention, no link, no emoji, no timestamp. Characters that cannot be seen and
// could turn the text around or hide in it are shown by their number, ⟨U+202E⟩.
func escape(text string) string { return emphasise(text, nil, nil) }

// emphasise escapes text, with the words of bold in bold and those of exact
// bold and underlined. Spans that do not fit the text are left out.
func emphasise(text string, bold, exact []index.Span) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	style := styles(text, bold, exact)
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	lineStart := true // only blanks so far
	digits := false   // and then digits: "1." would begin a list
	current := byte(plainStyle)
	var before rune
	for i, r := range text {
		if style != nil && style[i] != current {
			b.WriteString(closing[current])
			current = style[i]
			b.WriteString(opening[current])
		}
		size := utf8.RuneLen(r)
		switch {
		case hidden(r, before, text[i+size:]):
			fmt.Fprintf(&b, "⟨U+%04X⟩", r)
		case r == '⟨' && strings.HasPrefix(text[i+size:], "U+"):
			b.WriteString(`\⟨`)
		case strings.ContainsRune("\\*_~`|<>#@[]/", r),
			r == ':' && goesOn(text[i+size:]), // :emoji:, https:// or mailto:
			lineStart && strings.ContainsRune("-+.)", r) && (digits || r == '-' || r == '+'):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
		switch {
		case r == '\n':
			lineStart, digits = true, false
		case lineStart && r >= '0' && r <= '9':
			digits = true
		case !unicode.IsSpace(r) || digits:
			lineStart = false
		}
		before = r
	}
	b.WriteString(closing[current])
	return b.String()
}

// goesOn says whether something other than a blank follows.
func goesOn(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return text != "" && !unicode.IsSpace(r)
}

// quoteLines makes a block quote of text that is escaped already.
func quoteLines(s string) string {
	lines := strings.Split(s, "\n")
	return "> " + strings.Join(lines, "\n> ")
}
