package corpus

import (
	"bytes"
	"regexp"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const (
	utf8Name    = "UTF-8"
	damaged     = "UTF-8 with damaged letters"
	replacement = "\ufffd"
)

// decode returns the text of a file as UTF-8, and the name of the encoding that
// it had; none where it is no text. Bytes that are no letters of it become
// U+FFFD.
func decode(src []byte, ext string) (text []byte, name string) {
	switch {
	case bytes.HasPrefix(src, []byte("\xef\xbb\xbf")):
		src = src[3:]
	case bytes.HasPrefix(src, []byte("\xff\xfe")), bytes.HasPrefix(src, []byte("\xfe\xff")):
		return with(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), src, "UTF-16")
	}
	if bytes.IndexByte(src, 0) >= 0 {
		return wide(src)
	}
	if utf8.Valid(src) {
		return src, utf8Name
	}
	if MostlyUTF8(src) {
		return bytes.ToValidUTF8(src, []byte(replacement)), damaged
	}
	if ext == ".html" || ext == ".htm" {
		if enc, name, sure := charset.DetermineEncoding(src[:min(len(src), 1024)], ""); sure && name != "utf-8" {
			return with(enc, src, name)
		}
	}
	if m := declared.FindSubmatch(src[:min(len(src), 1024)]); m != nil {
		if enc, name := charset.Lookup(string(m[1])); enc != nil && name != "utf-8" {
			return with(enc, src, name)
		}
	}
	return western(src)
}

// MostlyUTF8 reports whether a text is UTF-8 with a few broken letters.
func MostlyUTF8(src []byte) bool {
	letters, broken := 0, 0 // of more than one byte, and bytes of none
	for i := 0; i < len(src); {
		r, n := utf8.DecodeRune(src[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			broken++
		case n > 1:
			letters++
		}
		i += n
	}
	return letters > broken
}

// declared is how XML names its encoding.
var declared = regexp.MustCompile(`^\s*<\?xml[^>]*encoding=["']([\w-]+)["']`)

func with(enc encoding.Encoding, src []byte, name string) ([]byte, string) {
	text, err := enc.NewDecoder().Bytes(src)
	if err != nil || bytes.IndexByte(text, 0) >= 0 {
		return nil, ""
	}
	return text, name
}

// wide reads UTF-16 without a mark, which shows by a zero in every other byte.
func wide(src []byte) ([]byte, string) {
	var zeros [2]int
	for i, b := range src {
		if b == 0 {
			zeros[i%2]++
		}
	}
	half := len(src) / 2
	switch {
	case len(src)%2 != 0:
	case zeros[1]*10 > half*7 && zeros[0] == 0:
		return with(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), src, "UTF-16 without a mark")
	case zeros[0]*10 > half*7 && zeros[1] == 0:
		return with(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), src, "UTF-16 without a mark")
	}
	return nil, ""
}

// western reads Windows-1252, or Latin-1 where no letter tells them apart. A
// text of other letters has far more bytes above ASCII than these have.
func western(src []byte) ([]byte, string) {
	high, low, marks := 0, 0, 0
	for _, b := range src {
		switch {
		case b >= 0xc0:
			high++
		case b >= 0xa0: // ° « » and the like
		case b >= 0x80:
			marks++
			if b == 0x81 || b == 0x8d || b == 0x8f || b == 0x90 || b == 0x9d {
				return nil, "" // no letter of Windows-1252
			}
		case b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z':
			low++
		case b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f':
			return nil, "" // no text
		}
	}
	if high > low/3+3 {
		return nil, ""
	}
	if marks > 0 {
		return with(charmap.Windows1252, src, "Windows-1252")
	}
	return with(charmap.ISO8859_1, src, "Latin-1")
}
