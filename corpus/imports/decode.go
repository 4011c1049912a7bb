package imports

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"

	"dossier/corpus"
)

// decode returns a text as UTF-8. What is valid UTF-8 is taken for it, whatever it says
// that it is; else contentType or the text itself say what it is, or it is Windows-1252.
// Bytes that are no letters become U+FFFD.
func decode(src []byte, contentType string) []byte {
	enc, name, sure := charset.DetermineEncoding(src[:min(len(src), 1024)], contentType)
	wide := sure && (name == "utf-16le" || name == "utf-16be" || name == "iso-2022-jp")
	switch {
	case wide && (bytes.IndexByte(src, 0) >= 0 || name == "iso-2022-jp" && bytes.IndexByte(src, 0x1b) >= 0):
	case utf8.Valid(src):
		return bytes.TrimPrefix(src, []byte("\ufeff"))
	case !sure && name == "windows-1252", name == "utf-8", wide: // the first is what it guesses
		if corpus.MostlyUTF8(src) {
			return bytes.ToValidUTF8(src, []byte("\ufffd"))
		}
		enc = charmap.Windows1252
	}
	text, err := enc.NewDecoder().Bytes(src)
	if err != nil {
		return bytes.ToValidUTF8(src, []byte("\ufffd"))
	}
	return text
}
