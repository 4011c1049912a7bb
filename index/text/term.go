// Package text cuts text into the terms that are searched and compared.
//
// What is indexed and what is asked both go through it, so that a word of a
// question meets the same word of an article in the same shape:
// lower case, without accents or possessive, stemmed. A token keeps the bytes
// that it was made of, so that what matched can be marked in the original.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A Token is one word or number of a text.
type Token struct {
	Start, End int    // its bytes in the text
	Word       string // folded: lower case, no accents, no possessive, "3000" for "3,000", "us" for "U.S."
	Stop       bool   // says nothing about a topic, as "the" or "what"
	Capital    bool   // starts with a capital letter
	Number     bool   // is a number in digits or words
}

// maxWord is the longest word kept, in bytes. Anything longer is no word of
// any language, and is cut so that hostile input cannot grow an index.
const maxWord = 64

// Tokens returns the words and numbers of text in order.
func Tokens(text string) []Token {
	var out []Token
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !isWord(r) {
			i += n
			continue
		}
		end, digit := scan(text, i)
		out = append(out, token(text, i, end, digit))
		i = end
	}
	sameDays(out)
	return out
}

func isWord(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' ||
		r > 127 && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r))
}

// scan returns the end of the word that starts at start, and whether it holds
// a digit. An apostrophe between letters, a point or comma between digits and
// the points of U.S. belong to the word.
func scan(text string, start int) (end int, digit bool) {
	end = start
	for end < len(text) {
		r, n := utf8.DecodeRuneInString(text[end:])
		if isWord(r) {
			digit = digit || unicode.IsDigit(r)
			end += n
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[end+n:])
		switch {
		case isApostrophe(r) && unicode.IsLetter(next):
		case (r == '.' || r == ',') && digit && unicode.IsDigit(next):
		case r == '.' && unicode.IsUpper(next) && isAcronym(text[start:end]):
		default:
			return end, digit
		}
		end += n
	}
	return end, digit
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

// isAcronym reports whether s is single capitals with points between, as "U"
// or "U.S".
func isAcronym(s string) bool {
	if len(s) > 7 {
		return false
	}
	for i, c := range []byte(s) {
		if i%2 == 0 && (c < 'A' || c > 'Z') || i%2 == 1 && c != '.' {
			return false
		}
	}
	return len(s)%2 == 1
}

func token(text string, start, end int, digit bool) Token {
	surface := text[start:end]
	word := Fold(surface)
	switch {
	case strings.HasSuffix(word, "'s"):
		word = word[:len(word)-2]
	case digit:
		word = strings.ReplaceAll(word, ",", "")
	default:
		word = strings.ReplaceAll(word, ".", "")
	}
	if len(word) > maxWord {
		word = word[:maxWord]
	}
	first, _ := utf8.DecodeRuneInString(surface)
	t := Token{Start: start, End: end, Word: word, Capital: unicode.IsUpper(first)}
	t.Number = digit || numberWords[word]
	t.Stop = stopWords[word] && !(word == "us" && surface != strings.ToLower(surface))
	return t
}

// letters that Unicode does not take apart into a base letter and an accent.
var letters = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ı", "i", "þ", "th", "ð", "d", "’", "'")

// Fold returns s in lower case, without accents and with straight
// apostrophes.
func Fold(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	s = strings.ToLower(s)
	if ascii {
		return s
	}
	return letters.Replace(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s)))
}
