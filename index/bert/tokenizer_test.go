package bert

import (
	"bufio"
	"encoding/json"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

var (
	vocabFile = flag.String("vocab", "testdata/vocab.txt", "vocabulary of the texts")
	shown     = flag.Int("shown", 20, "how many texts that differ are shown")
	textsFile = flag.String("texts", "testdata/tokens.jsonl", "texts and their reference tokens, of index/train/check_tokenizer.py")
)

func tokenizer(t testing.TB) *Tokenizer {
	t.Helper()
	vocab, err := os.ReadFile(*vocabFile)
	if err != nil {
		t.Fatal(err)
	}
	tok, err := NewTokenizer(vocab)
	if err != nil {
		t.Fatal(err)
	}
	return tok
}

func ids(tokens []Token) []int32 {
	ids := make([]int32, len(tokens))
	for i, t := range tokens {
		ids[i] = t.ID
	}
	return ids
}

// TestTokensReference compares with BertTokenizerFast of Hugging Face.
func TestTokensReference(t *testing.T) {
	tok := tokenizer(t)
	f, err := os.Open(*textsFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, wrong := 0, 0
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for ; s.Scan(); lines++ {
		var ref struct {
			Text []byte // base64 in the file: it need not be UTF-8
			IDs  []int32
		}
		if err := json.Unmarshal(s.Bytes(), &ref); err != nil {
			t.Fatal(err)
		}
		if got := ids(tok.Tokens(string(ref.Text))); !slices.Equal(got, ref.IDs) {
			if wrong++; wrong <= *shown {
				t.Errorf("Tokens(%+q) = %d, want %d", ref.Text, got, ref.IDs)
			}
		}
	}
	t.Logf("%d texts, %d differ", lines, wrong)
	if lines == 0 {
		t.Error("no texts")
	}
}

func TestTokensOffsets(t *testing.T) {
	tok := tokenizer(t)
	tests := []struct {
		text string
		want []string
	}{
		{"The attack", []string{"The", "attack"}},
		{"ATTACK, attack.", []string{"ATTACK", ",", "attack", "."}},
		{"caf\u00e9 cafe\u0301!", []string{"c", "a", "f", "\u00e9", "c", "a", "f", "e\u0301", "!"}},
		{"a\u00adb", []string{"a", "b"}},
		{"\u4e2d\u6587x", []string{"\u4e2d", "\u6587", "x"}},
		{strings.Repeat("x", 101) + " a", []string{strings.Repeat("x", 101), "a"}},
		{"\xffa\xff", []string{"a"}},
		{"[SEP]", []string{"[", "S", "E", "P", "]"}},
		{"", nil},
	}
	for _, tt := range tests {
		var got []string
		for _, k := range tok.Tokens(tt.text) {
			got = append(got, tt.text[k.Start:k.End])
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("Tokens(%+q) = %+q, want %+q", tt.text, got, tt.want)
		}
	}
}

func TestTokensN(t *testing.T) {
	tok := tokenizer(t)
	text := strings.Repeat("attackers unaffordable, ", 5)
	all := tok.Tokens(text)
	for n := -1; n <= len(all)+1; n++ {
		if got, want := tok.TokensN(text, n), all[:min(max(n, 0), len(all))]; !slices.Equal(got, want) {
			t.Errorf("TokensN(_, %d) = %v, want %v", n, got, want)
		}
	}
}

// Each of these would take minutes if time grew with the square of the length.
func TestTokensLong(t *testing.T) {
	tok := tokenizer(t)
	for _, s := range []string{"a", "\u0301", "e\u0301", "a b ", "\u4e2d", "\xff", ",", "\u1100", strings.Repeat("q", 99) + " "} {
		text := strings.Repeat(s, 150_000/len(s))
		tok.Tokens(text)
		if got := tok.TokensN(text, 3); len(got) > 3 {
			t.Errorf("TokensN(%q…, 3) has %d tokens", s, len(got))
		}
	}
}

func BenchmarkTokens(b *testing.B) {
	tok := tokenizer(b)
	text := strings.Repeat("The attackers' demands were un\u00e4ffordable, people said. ", 30_000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		tok.Tokens(text)
	}
}

func TestNewTokenizerBad(t *testing.T) {
	for _, vocab := range []string{"", "[CLS]\n[SEP]\n", "[UNK]\n[SEP]"} {
		if _, err := NewTokenizer([]byte(vocab)); err == nil {
			t.Errorf("NewTokenizer(%q): no error", vocab)
		}
	}
}

func FuzzTokens(f *testing.F) {
	tok := tokenizer(f)
	for _, s := range []string{"", "The attackers' demands.", "e\u0301\u0323 \u1e69", "\xf0\x9f\xa4", "\u4e2da\u200db", "\ufb01\u0130\u212a\u037e", "\uac00\u1100"} {
		f.Add(s, 3)
	}
	f.Fuzz(func(t *testing.T, text string, n int) {
		all := tok.Tokens(text)
		last := Token{}
		for _, k := range all {
			if k.Start < last.Start || k.End < last.End || k.Start >= k.End || k.End > len(text) {
				t.Fatalf("Tokens(%+q): %v after %v", text, k, last)
			}
			if s := text[k.Start:]; utf8.ValidString(text) && !utf8.RuneStart(s[0]) {
				t.Fatalf("Tokens(%+q): %v starts within a character", text, k)
			}
			if k.ID != tok.Unknown && k.ID < 0 {
				t.Fatalf("Tokens(%+q): ID %d", text, k.ID)
			}
			last = k
		}
		if got := tok.TokensN(text, n); !slices.Equal(got, all[:min(max(n, 0), len(all))]) {
			t.Fatalf("TokensN(%+q, %d) = %v, of %v", text, n, got, all)
		}
	})
}
