package encoder

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold returns the runes that pieces are cut from: a [space] before each word,
// and characters in the form that the vocabulary knows, Unicode's NFKC with
// plain hyphens. Control and format characters (soft hyphens, joiners) are left
// out.
func fold(text string) []rune {
	out := make([]rune, 0, len(text)+1)
	gap := true
	for _, r := range norm.NFKC.String(text) {
		switch {
		case unicode.IsSpace(r) || r == '\u200b': // the latter has no width, but may break a line
			gap = true
			continue
		case r < ' ' || r > '~' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector):
			continue
		case r == '‐': // which the vocabulary does not have
			r = '-'
		}
		if gap {
			out = append(out, space)
			gap = false
		}
		out = append(out, r)
	}
	return out
}
