package imports

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

func TestDecode(t *testing.T) {
	in := func(e encoding.Encoding, s string) string {
		out, err := e.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	far := strings.Repeat(" ", 2000) // behind what is looked at for a name of the encoding
	for _, tt := range []struct{ name, src, contentType, want string }{
		{"UTF-8", far + "naïve “€5”", "", far + "naïve “€5”"},
		{"UTF-8 that calls itself Latin-1", "naïve", "text/html; charset=iso-8859-1", "naïve"},
		{"UTF-8 with a mark", "\ufeffnaïve", "", "naïve"},
		{"UTF-8 with a broken letter", "naïve – and b\xff", "", "naïve – and b\ufffd"},
		{"Windows-1252 without a name", far + in(charmap.Windows1252, "naïve “€5”"), "", far + "naïve “€5”"},
		{"Shift JIS by the site", in(japanese.ShiftJIS, "倉庫の火事"), "text/html; charset=Shift_JIS", "倉庫の火事"},
		{"KOI8-R by the page", `<meta charset="koi8-r">` + in(charmap.KOI8R, "пожар"), "", `<meta charset="koi8-r">пожар`},
		{"UTF-16", in(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "naïve"), "", "naïve"},
	} {
		if got := strings.TrimPrefix(string(decode([]byte(tt.src), tt.contentType)), "\ufeff"); got != tt.want {
			t.Errorf("%s: decode = %q, want %q", tt.name, got, tt.want)
		}
	}
}
