package encoder

import "unicode"

// fold returns the runes that pieces are cut from: a [space] before each word,
// and characters in the form that the vocabulary knows. That is Unicode's NFKC
// as far as the vocabulary can tell the difference, without the tables of all
// scripts. Control and format characters (soft hyphens, joiners) are left out.
func fold(text string) []rune {
	out := make([]rune, 0, len(text)+1)
	gap := true
	for _, r := range text {
		switch {
		case unicode.IsSpace(r) || r == '\u200b': // the latter has no width, but may break a line
			gap = true
			continue
		case r < ' ' || r > '~' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector):
			continue
		}
		if gap {
			out = append(out, space)
			gap = false
		}
		switch {
		case r <= '~':
			out = append(out, r)
		case r >= 0x300 && r < 0x370: // combining marks
			out = accent(out, r)
		case wider[r] != "":
			out = append(out, []rune(wider[r])...)
		default:
			out = append(out, plain(r))
		}
	}
	return out
}

// accent puts mark on the last rune of out, or after it.
func accent(out []rune, mark rune) []rune {
	letters := []rune(accents[mark])
	for i := 0; i < len(letters); i += 2 {
		if last := len(out) - 1; out[last] == letters[i] {
			out[last] = letters[i+1]
			return out
		}
	}
	return append(out, mark)
}

// plain undoes the styles of letters and digits that Unicode has a second time.
func plain(r rune) rune {
	switch {
	case r >= 0xff01 && r <= 0xff5e: // full width
		return r - 0xff01 + '!'
	case r >= 0x1d400 && r <= 0x1d6a3: // mathematical: bold, italic, script, ...
		return letter((r - 0x1d400) % 52)
	case r >= 0x1d7ce && r <= 0x1d7ff:
		return '0' + (r-0x1d7ce)%10
	case r >= 0x24b6 && r <= 0x24e9: // circled
		return letter(r - 0x24b6)
	case r >= 0x1f130 && r <= 0x1f149: // squared
		return letter(r - 0x1f130)
	case r == '⁰' || r >= '⁴' && r <= '⁹':
		return '0' + r - '⁰'
	case r >= '₀' && r <= '₉':
		return '0' + r - '₀'
	case r == '‐' || r == '‑': // hyphens that the vocabulary does not have
		return '-'
	}
	return r
}

// letter is the i-th of A to Z, a to z.
func letter(i rune) rune {
	if i < 26 {
		return 'A' + i
	}
	return 'a' + i - 26
}

// wider has the characters that stand for others, mostly for several.
var wider = map[rune]string{
	'ª': "a", 'º': "o", '²': "2", '³': "3", '¹': "1", 'µ': "μ",
	'¼': "1⁄4", '½': "1⁄2", '¾': "3⁄4", '⅓': "1⁄3", '⅔': "2⁄3",
	'…': "...", '‥': "..", '‼': "!!", '⁇': "??", '⁈': "?!", '⁉': "!?",
	'″': "′′", 'ﬀ': "ff", 'ﬁ': "fi", 'ﬂ': "fl", 'ﬃ': "ffi", 'ﬄ': "ffl",
	'ﬅ': "st", 'ﬆ': "st", '™': "TM", '℠': "SM", '№': "No", '℃': "°C", '℉': "°F",
	'ℎ': "h", 'ℓ': "l", '℡': "TEL", '℅': "c/o", 'ⁿ': "n", '￡': "£", '￥': "¥",
}

// accents has, by combining mark, letters and what they become with it, as far
// as the vocabulary has those.
var accents = map[rune]string{
	'\u0300': "aàeèiìoòuù",
	'\u0301': "aáeéiíoóuúcćnńEÉ",
	'\u0302': "eê",
	'\u0303': "aãnñ",
	'\u0304': "oō",
	'\u0308': "eëoöuü",
	'\u030a': "aå",
	'\u030c': "sš",
	'\u0327': "cç",
}
