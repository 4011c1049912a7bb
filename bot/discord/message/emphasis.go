package message

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dossier/index"
)

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
			s, ok := trimSpan(text, s)
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

// trimSpan moves a span's ends to the borders of characters and away from blanks.
func trimSpan(text string, s index.Span) (index.Span, bool) {
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
