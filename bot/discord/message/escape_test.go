package message

import (
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"dossier/bot/discord/message/messagetest"
	"dossier/index"
)

// hostile are texts that want to be something else.
var hostile = []string{
	"", " ", "plain", "**bold** __under__ *it* _it_ ~~gone~~ `code` ```block``` ||spoiler||",
	"# heading", "## h", "-# small", "  # indented", "> quote", ">>> all", "- list", "* list", "+ list", "1. list", " 23. list", "1) no list", "a - b", "3.14 is 1. not",
	"line\n# heading\n- list\n> quote\n1. one\n-# small",
	"@everyone @here <@123456789012345678> <@!1> <@&2> <#3> </ask:4> <id:customize> <t:1417000000:R> <:x:5> <a:x:5> :smile:",
	"[text](https://evil.example) <https://evil.example> https://evil.example http://x www.x.com discord.gg/abc mailto:a@b.c",
	`back\slash \* \\ \a \1 C:\dir\`, `¯\_(ツ)_/¯`, "⟨U+202E⟩ is not ⟨ U+ ⟩ but \u202e is", `\⟨U+0041⟩`, "⟨⟨U+", "⟨U+zz⟩", "⟨U+", "⟩⟨",
	"right\u202eto\u202dleft\u2066iso\u2069 \u200bzero\u200c\u200d\ufeff\u00adsoft \x00\x1b[31m\r\t\u2028\u2029 \u061c \u3164",
	"👩\u200d👩\u200d👧 न\u200dम a\u200db \u200d", "日本語。テスト", "𝕳𝖊𝖑𝖑𝖔", strings.Repeat("*", 50), strings.Repeat("_", 9), "***", "__", "~~", "``", "|",
	"snake_case_name", "2*3*4", "a_b", "*", "\n\n", "x\n", "\nx", "ends with \\", "tab\tbed", "$44.5 million (about 10%) & more; “quoted” – dashed…",
}

func hostileText(r *rand.Rand) string {
	pieces := append([]string{"\\", "*", "_", "\n", " ", "⟨", "U+", "⟩", "<", ">", "@", "1", ".", "-", "#", "`", "[", "](", ")", "a", "é", "😀", "\u202e", "\u200d"}, hostile...)
	var b strings.Builder
	for range r.IntN(12) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

func hostileSpans(r *rand.Rand, text string) []index.Span {
	var s []index.Span
	for range r.IntN(4) {
		s = append(s, index.Span{Start: r.IntN(len(text)+4) - 2, End: r.IntN(len(text)+4) - 2})
	}
	return s
}

// TestEscapeRoundTrip is the promise that what is shown equals the source.
func TestEscapeRoundTrip(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	texts := hostile
	for range rounds(20_000) {
		texts = append(texts, hostileText(r))
	}
	for _, text := range texts {
		checkEscaped(t, text, escape(text))
		checkEscaped(t, text, emphasise(text, hostileSpans(r, text), hostileSpans(r, text)))
		if got := unquoteLines(quoteLines(text)); got != text {
			t.Fatalf("a block quote of %q reads %q", text, got)
		}
	}
}

func checkEscaped(t *testing.T, text, got string) {
	t.Helper()
	if back := unescape(got); back != text {
		t.Fatalf("escape(%q) got %q, which shows %q", text, got, back)
	}
	if shown := shownBy(got); shown != visible(text) {
		t.Fatalf("escape(%q) got %q: Discord shows %q, want %q", text, got, shown, visible(text))
	}
}

// visible is text with what cannot be seen named.
func visible(text string) string {
	var b strings.Builder
	var before rune
	for i, r := range text {
		if hidden(r, before, text[i+utf8.RuneLen(r):]) {
			b.WriteString("⟨" + strings.TrimSuffix(strings.TrimPrefix(escape(string(r)), "⟨"), "⟩") + "⟩")
		} else {
			b.WriteRune(r)
		}
		before = r
	}
	return b.String()
}

// dangerous is what Discord's clients would turn into something else, when it
// is not escaped. The rules are those of the clients' Markdown; emphasis is not
// among them because the bot uses it itself.
var dangerous = regexp.MustCompile("(?m)" + strings.Join([]string{
	`^ *#{1,3} `, `^ *-# `, `^ *>`, `^ *[-*+] `, `^ *\d+\. `, // at the start of a line
	`<@`, `<#`, `</`, `<t:`, `<id:`, `<a?:`, `@everyone`, `@here`, `https?://`, `mailto:\S`, `discord\.gg/`, `:\w+:`,
	`\]\(`, "`", `~~`, `\|\|`,
}, "|"))

// escaped is what the clients' rule for escapes takes.
var escaped = regexp.MustCompile(`\\[^0-9A-Za-z\s]`)

// shownBy is what a client shows: escapes undone, emphasis removed. Whatever
// else a client would act on fails.
func shownBy(s string) string {
	// An escaped character is data: put a letter there before looking for trouble.
	neutral := escaped.ReplaceAllString(s, "ˣ")
	if m := dangerous.FindString(neutral); m != "" {
		return "(danger: " + m + ")"
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == '\\' {
			i += n
			r, n = utf8.DecodeRuneInString(s[i:])
		} else if r == '*' || r == '_' {
			i += n
			continue
		}
		b.WriteRune(r)
		i += n
	}
	return b.String()
}

func FuzzEscape(f *testing.F) {
	for _, h := range hostile {
		f.Add(h, 0, 3, 5, 9)
	}
	f.Fuzz(func(t *testing.T, text string, a, b, c, d int) {
		if !utf8.ValidString(text) {
			return
		}
		checkEscaped(t, text, escape(text))
		checkEscaped(t, text, emphasise(text, []index.Span{{Start: a, End: b}}, []index.Span{{Start: c, End: d}}))
	})
}

func TestEmphasise(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name        string
		text        string
		bold, exact []index.Span
		want        string
	}{
		{"none", "Annie leaked.", nil, nil, "Annie leaked."},
		{"bold", "Annie leaked.", []index.Span{{Start: 6, End: 12}}, nil, "Annie **leaked**."},
		{"exact", "Annie leaked.", nil, []index.Span{{Start: 0, End: 5}}, "__**Annie**__ leaked."},
		{"exact over bold", "Annie leaked.", []index.Span{{Start: 0, End: 5}}, []index.Span{{Start: 0, End: 5}}, "__**Annie**__ leaked."},
		{"two words", "Annie leaked.", []index.Span{{Start: 0, End: 5}, {Start: 6, End: 12}}, nil, "**Annie leaked**."},
		{"with blanks", "a b c", []index.Span{{Start: 1, End: 4}}, nil, "a **b** c"},
		{"only blanks", "a   b", []index.Span{{Start: 1, End: 4}}, nil, "a   b"},
		{"over a line", "a\nb", []index.Span{{Start: 0, End: 3}}, nil, "**a**\n**b**"},
		{"inside a character", "né", []index.Span{{Start: 2, End: 3}}, nil, "né"},
		{"outside", "abc", []index.Span{{Start: -5, End: 99}}, nil, "**abc**"},
		{"backwards", "abc", []index.Span{{Start: 2, End: 1}}, nil, "abc"},
		{"marks in it", "2*3_4", []index.Span{{Start: 0, End: 5}}, nil, `**2\*3\_4**`},
		{"side by side", "ab", []index.Span{{Start: 0, End: 1}}, []index.Span{{Start: 1, End: 2}}, "**a**__**b**__"},
	}
	for _, tt := range tests {
		if got := emphasise(tt.text, tt.bold, tt.exact); got != tt.want {
			t.Errorf("%s: got %q want %q", tt.name, got, tt.want)
		}
	}
}

func BenchmarkEmphasise(b *testing.B) {
	q := messagetest.Quote(1)
	for b.Loop() {
		_ = emphasise(q.Text, q.Matched, q.Exact)
	}
}

// rounds is how often a property is tried.
func rounds(n int) int {
	if slow {
		return n / 10
	}
	return n
}

// unquoteLines is the inverse of quoteLines.
func unquoteLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimPrefix(l, "> ")
	}
	return strings.Join(lines, "\n")
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
