package encoder

import (
	"slices"
	"strings"
	"testing"
)

func TestTokensReference(t *testing.T) {
	tok := encoder(t).tok
	for _, r := range references(t) {
		if got := tok.tokens(r.Text); !slices.Equal(got, r.Tokens) {
			t.Errorf("tokens(%q) = %v, want %v", r.Text, got, r.Tokens)
		}
	}
}

func TestTokens(t *testing.T) {
	tok := encoder(t).tok
	text := make([]string, len(tok.score))
	for s, id := range tok.id {
		text[id] = s
	}
	text[unknown] = "?"
	tests := []struct{ name, text, want string }{
		{"empty", "", ""},
		{"words", "the company", "▁the ▁company"},
		{"pieces", "hackers", "▁hack ers"},
		{"space at the ends and twice", " the\n\tcompany ", "▁the ▁company"},
		{"unknown", "the 東京", "▁the ▁ ?"},
		{"unknown run", "a🙂🙂🙂b", "▁a ? b"},
		{"invalid", "the\xff", "▁the ?"},
	}
	for _, tt := range tests {
		var got []string
		for _, id := range tok.tokens(tt.text) {
			got = append(got, text[id])
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: tokens(%q) = %q, want %q", tt.name, tt.text, s, tt.want)
		}
	}
}

func TestFold(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", "", ""},
		{"space", " a \u00a0\t b\n", "▁a▁b"},
		{"ellipsis", "staff…", "▁staff..."},
		{"ligature", "ﬁlm oﬃce", "▁film▁office"},
		{"styles", "𝐛𝐨𝐥𝐝 𝒮𝓬𝓻 Ⓐⓩ 🄰 𝟎𝟗 ＡＢ！ x²₂⁷", "▁bold▁Scr▁Az▁A▁09▁AB!▁x227"},
		{"accents", "e\u0301te\u0301 n\u0303 z\u030c é\u0301", "▁été▁ñ▁ž▁é\u0301"},
		{"hyphens", "co‑chair", "▁co-chair"},
		{"soft hyphen, joiner, variation", "hy\u00adphen 👩\u200d💻 ❤\ufe0f", "▁hyphen▁👩💻▁❤"},
		{"mark first", "\u0301a", "▁\u0301a"},
	}
	for _, tt := range tests {
		if got := string(fold(tt.text)); got != tt.want {
			t.Errorf("%s: fold(%q) = %q, want %q", tt.name, tt.text, got, tt.want)
		}
	}
}

func FuzzTokens(f *testing.F) {
	for _, r := range references(f) {
		f.Add(r.Text)
	}
	f.Add("\xff\x00\u0301" + strings.Repeat("\u00bd", 100))
	f.Add(strings.Repeat("\ufdfa", maxBytes/3)) // each stands for eighteen characters
	e := encoder(f)
	f.Fuzz(func(t *testing.T, text string) {
		ids := e.tok.tokens(text)
		if len(ids) > maxTokens {
			t.Errorf("%d tokens", len(ids))
		}
		for _, id := range ids {
			if id != unknown && id < reserved || int(id) >= len(e.tok.score) {
				t.Errorf("tokens(%q) has ID %d", text, id)
			}
		}
	})
}
