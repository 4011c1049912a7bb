package bert

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// What BERT's tokenizer makes of a character.
const (
	letter = iota // all that is nothing else
	space
	control
	mark
	punctuation
)

// kind says what a character of decomposed text is.
func kind(r rune) int {
	if r < utf8.RuneSelf {
		switch {
		case r == ' ' || r == '\t' || r == '\n' || r == '\r':
			return space
		case r < ' ' || r == 0x7f:
			return control
		case 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9':
			return letter
		}
		return punctuation // also what Unicode calls symbols, such as $ and +
	}
	switch {
	case unicode.IsSpace(r):
		return space
	case unicode.Is(unicode.Mn, r):
		return mark
	case unicode.IsPunct(r):
		return punctuation
	}
	return letter
}

// dropped says which characters of the original text are left out: what cannot
// be seen, and what stands for bytes that are not UTF-8.
func dropped(r rune) bool {
	return r == utf8.RuneError || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs)
}

// decompose appends the canonical decomposition of r.
func decompose(to []byte, r rune) []byte {
	var b [utf8.UTFMax]byte
	return norm.NFD.Append(to, b[:utf8.EncodeRune(b[:], r)]...)
}

func lowerASCII(r rune) rune {
	if 'A' <= r && r <= 'Z' {
		r += 'a' - 'A'
	}
	return r
}

func lower(r rune) rune {
	if r < utf8.RuneSelf {
		return lowerASCII(r)
	}
	return unicode.ToLower(r)
}

// isHan says which characters are words of their own: CJK ideographs, by the
// blocks that the tokenizer of Hugging Face names, with the gap at 2B820 that
// it has by mistake.
func isHan(r rune) bool {
	switch {
	case r < 0x3400:
		return false
	case r <= 0x4dbf, r >= 0x4e00 && r <= 0x9fff, r >= 0xf900 && r <= 0xfaff:
		return true
	case r >= 0x20000 && r <= 0x2a6df, r >= 0x2a700 && r <= 0x2b81f, r >= 0x2b920 && r <= 0x2ceaf, r >= 0x2f800 && r <= 0x2fa1f:
		return true
	}
	return false
}
