package text

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTokens(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"plain", "Five films leaked.", []string{"five", "films", "leaked"}},
		{"possessive", "Sony's and the hackers’ demands", []string{"sony", "and", "the", "hackers", "demands"}},
		{"numbers", "3,000 hackers, $44.5 million, 25.", []string{"3000", "hackers", "44.5", "million", "25"}},
		{"acronym", "The U.S. and the U.K.", []string{"the", "us", "and", "the", "uk"}},
		{"accents", "Beyoncé's Škoda in Straße", []string{"beyonce", "skoda", "in", "strasse"}},
		{"contraction", "didn’t they?", []string{"didn't", "they"}},
		{"hyphen", "spear-phishing TA14-353A", []string{"spear", "phishing", "ta14", "353a"}},
		{"broken bytes", "a\xff\xfe b", []string{"a", "b"}},
		{"abbreviated month", "on Nov. 27, 3 Sept. and in dec 2014", []string{"on", "november", "27", "3", "september", "and", "in", "december", "2014"}},
		{"no month", "Jan Mar saw Oct sun", []string{"jan", "mar", "saw", "oct", "sun"}},
		{"ordinal", "the 17th, Nov. 1st and the 22ND; 100th, 5th3", []string{"the", "17", "november", "1", "and", "the", "22", "100th", "5th3"}},
		{"nothing", " …?! ", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, tok := range Tokens(tt.text) {
				got = append(got, tok.Word)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Tokens(%q) mismatch (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

func TestTokenFlags(t *testing.T) {
	for word, want := range map[string]Token{
		"US":   {End: 2, Word: "us", Capital: true},
		"us":   {End: 2, Word: "us", Stop: true},
		"What": {End: 4, Word: "what", Stop: true, Capital: true},
		"five": {End: 4, Word: "five", Number: true},
		"2014": {End: 4, Word: "2014", Number: true},
	} {
		if got := Tokens(word)[0]; got != want {
			t.Errorf("Tokens(%q) = %+v, want %+v", word, got, want)
		}
	}
}

func TestStem(t *testing.T) {
	for _, family := range [][]string{{"leak", "leaked", "leaks", "leaking"}, {"hacker", "hackers"}, {"film", "films"}} {
		for _, w := range family {
			if got, want := Stem(w), Stem(family[0]); got != want {
				t.Errorf("Stem(%q) = %q, want %q", w, got, want)
			}
		}
	}
}

func FuzzTokens(f *testing.F) {
	f.Add("The U.S. didn’t say 3,000.\xff")
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, tok := range Tokens(text) {
			if tok.Start < last || tok.End <= tok.Start || tok.End > len(text) || len(tok.Word) > maxWord {
				t.Fatalf("Tokens(%q) has %+v after byte %d", text, tok, last)
			}
			last = tok.End
			Stem(tok.Word)
		}
	})
}
