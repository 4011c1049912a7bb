package discord

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"dossier/index"
)

// units is a text's length as Discord's clients count it. The API counts code
// points, which are never more.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// escape returns text such that Discord shows it as it is: no formatting, no
// mention, no link, no emoji, no timestamp. Characters that cannot be seen and
// could turn the text around or hide in it are shown by their number, ⟨U+202E⟩.
// [unescape] is its inverse.
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

const (
	plainStyle = iota
	boldStyle
	exactStyle
)

var (
	opening = [...]string{"", "**", "__**"}
	closing = [...]string{"", "**", "**__"}
)

// styles says for each byte of text how it is shown, or is nil where all of it
// is plain.
func styles(text string, bold, exact []index.Span) []byte {
	if len(bold)+len(exact) == 0 {
		return nil
	}
	style := make([]byte, len(text))
	for k, spans := range [][]index.Span{bold, exact} {
		for _, s := range spans {
			s, ok := fit(text, s)
			if !ok {
				continue
			}
			for i := s.Start; i < s.End; i++ {
				style[i] = byte(k + 1)
			}
		}
	}
	// One word that matched and one that did not are told apart by the blank
	// between them; two that matched read better as one.
	for i := 1; i < len(text)-1; i++ {
		if text[i] == ' ' && style[i] == plainStyle && style[i-1] == style[i+1] {
			style[i] = style[i-1]
		}
	}
	// Neither emphasis begins or ends beside a line break or goes over it.
	for i, r := range text {
		if unicode.IsSpace(r) && r != ' ' {
			for k := range utf8.RuneLen(r) {
				style[i+k] = plainStyle
			}
		}
	}
	// Nor does it begin or end with a blank, which would leave the marks visible.
	for i := 0; i < len(text); {
		j := i + 1
		for j < len(text) && style[j] == style[i] {
			j++
		}
		for a := i; a < j && text[a] == ' '; a++ {
			style[a] = plainStyle
		}
		for z := j - 1; z >= i && text[z] == ' '; z-- {
			style[z] = plainStyle
		}
		i = j
	}
	return style
}

// fit moves a span's ends to the borders of characters and away from blanks.
func fit(text string, s index.Span) (index.Span, bool) {
	s.Start, s.End = max(s.Start, 0), min(s.End, len(text))
	for s.Start < s.End && !utf8.RuneStart(text[s.Start]) {
		s.Start++
	}
	for s.End > s.Start && s.End < len(text) && !utf8.RuneStart(text[s.End]) {
		s.End--
	}
	if s.Start >= s.End {
		return s, false
	}
	inner := strings.TrimLeftFunc(text[s.Start:s.End], unicode.IsSpace)
	s.Start = s.End - len(inner)
	s.End = s.Start + len(strings.TrimRightFunc(inner, unicode.IsSpace))
	return s, s.Start < s.End
}

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

// unescape returns the text that escape or emphasise was given.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\\' && i+size < len(s):
			i += size
			r, size = utf8.DecodeRuneInString(s[i:])
			b.WriteRune(r)
		case r == '*' || r == '_': // ours: those of the text are escaped
		case strings.HasPrefix(s[i:], "⟨U+"):
			start := i + len("⟨U+")
			end := strings.Index(s[start:], "⟩")
			n, err := strconv.ParseInt(s[start:max(start, start+end)], 16, 32)
			if end < 0 || err != nil {
				b.WriteRune(r)
				break
			}
			b.WriteRune(rune(n))
			size = len("⟨U+") + end + len("⟩")
		default:
			b.WriteRune(r)
		}
		i += size
	}
	return b.String()
}

// cleanQuestion makes one line of what a person typed, without what cannot be
// seen, and at most maxQuestion characters long. cut says that something was
// left away at the end.
func cleanQuestion(text string) (q string, cut bool) {
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
	words := strings.Fields(dropHidden(text))
	q = strings.Join(words, " ")
	if units(q) <= maxQuestion {
		return q, false
	}
	return dropHidden(cutWords(q, maxQuestion)), true
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

// smallQuestion is a question in small print, as the first line of an answer:
// whole, since "More" reads it back, unless it would not leave room for the rest.
func smallQuestion(text string) string {
	q, _ := cleanQuestion(text)
	s := small + escape(q)
	for n := units(q); units(s) > maxHead; n -= n/8 + 1 {
		s = small + escape(cutWords(q, n)+"…")
	}
	return s
}

// maxHead is enough for a question all of whose characters are escaped.
const maxHead = 2*maxQuestion + len(small)

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

// quoteLines makes a block quote of text that is escaped already.
func quoteLines(s string) string {
	lines := strings.Split(s, "\n")
	return "> " + strings.Join(lines, "\n> ")
}

// unquoteLines is the inverse of quoteLines.
func unquoteLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimPrefix(l, "> ")
	}
	return strings.Join(lines, "\n")
}
