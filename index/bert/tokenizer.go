package bert

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"unicode/utf8"
)

// A Tokenizer cuts text into the words and word pieces of a vocabulary, as BERT
// "uncased" does. It may be used by many goroutines.
type Tokenizer struct {
	CLS, SEP, Unknown int32 // IDs of [CLS], [SEP] and [UNK]

	words   map[string]int32 // what a word may start with
	pieces  map[string]int32 // what may follow, without "##"
	longest int              // bytes of the longest of both
}

// A Token is a word or a piece of one, and the bytes of the text it stands for.
// Pieces of one character share its bytes.
type Token struct {
	ID         int32
	Start, End int
}

// NewTokenizer reads a vocabulary: one word a line, pieces that continue a word
// marked with "##". It is an error if [CLS], [SEP] or [UNK] is missing.
func NewTokenizer(vocab []byte) (*Tokenizer, error) {
	t := &Tokenizer{words: make(map[string]int32), pieces: make(map[string]int32)}
	id := int32(0)
	for line := range bytes.Lines(vocab) {
		if id == math.MaxInt32 {
			return nil, errors.New("bert vocabulary: too many words")
		}
		word := bytes.TrimRight(line, "\r\n")
		to := t.words
		if piece, ok := bytes.CutPrefix(word, []byte("##")); ok && len(piece) > 0 {
			to, word = t.pieces, piece
		}
		to[string(word)] = id
		t.longest = max(t.longest, len(word))
		id++
	}
	for name, id := range map[string]*int32{"[CLS]": &t.CLS, "[SEP]": &t.SEP, "[UNK]": &t.Unknown} {
		var ok bool
		if *id, ok = t.words[name]; !ok {
			return nil, fmt.Errorf("bert vocabulary: no %s", name)
		}
	}
	return t, nil
}

// Tokens returns the tokens of a text, without [CLS] and [SEP]: a text cannot
// name those, "[SEP]" is three tokens. Bytes that are not UTF-8 are left out,
// like control characters.
func (t *Tokenizer) Tokens(text string) []Token { return t.TokensN(text, math.MaxInt) }

// TokensN returns the first n tokens of a text, and reads no further than it has
// to.
func (t *Tokenizer) TokensN(text string, n int) []Token {
	w := word{t: t, limit: n}
	for i := 0; i < len(text) && len(w.tokens) < n; {
		r, size := utf8.DecodeRuneInString(text[i:])
		w.add(r, i, i+size)
		i += size
	}
	w.flush()
	return w.tokens
}

// maxWord is how many characters a word may have; a longer one is [UNK].
const maxWord = 100

// A word collects the characters of one word, and the tokens of those before.
type word struct {
	t      *Tokenizer
	limit  int
	tokens []Token

	text       []byte // normalised
	chars      []char
	start, end int  // in the original text
	long       bool // more than maxWord characters: text and chars are not all
	buf        []byte
}

// A char is where a character of a word is.
type char struct {
	at         int // in word.text
	start, end int // in the original text
}

// add takes the next character of the original text, r at start to end.
func (w *word) add(r rune, start, end int) {
	if r < utf8.RuneSelf {
		w.addNormal(lowerASCII(r), start, end)
		return
	}
	if dropped(r) {
		return
	}
	han := isHan(r)
	if han {
		w.flush()
	}
	w.buf = decompose(w.buf[:0], r)
	for b := w.buf; len(b) > 0; {
		r, size := utf8.DecodeRune(b)
		b = b[size:]
		w.addNormal(r, start, end)
	}
	if han {
		w.flush()
	}
}

// addNormal takes a character that is decomposed, not yet in lower case.
func (w *word) addNormal(r rune, start, end int) {
	switch kind(r) {
	case space:
		w.flush()
	case control:
	case mark:
		if n := len(w.chars); n > 0 && !w.long {
			w.chars[n-1].end = end
			w.end = end
		}
	case punctuation:
		w.flush()
		w.append(r, start, end)
		w.flush()
	default:
		w.append(lower(r), start, end)
	}
}

func (w *word) append(r rune, start, end int) {
	if len(w.chars) == 0 {
		w.start = start
	}
	w.end = end
	if len(w.chars) == maxWord {
		w.long = true
		return
	}
	w.chars = append(w.chars, char{len(w.text), start, end})
	w.text = utf8.AppendRune(w.text, r)
}

// flush ends the word: its longest beginning that the vocabulary has is a token,
// then the longest beginning of the rest. A word with a rest that has none is
// [UNK] as a whole.
func (w *word) flush() {
	if len(w.chars) == 0 {
		return
	}
	before := len(w.tokens)
	known := w.t.words
	for i := 0; i < len(w.chars) && !w.long; {
		id, next, ok := w.longest(known, i)
		if !ok {
			w.long = true // as if it were
			break
		}
		w.tokens = append(w.tokens, Token{id, w.chars[i].start, w.chars[next-1].end})
		i, known = next, w.t.pieces
	}
	if w.long {
		w.tokens = append(w.tokens[:before], Token{w.t.Unknown, w.start, w.end})
	}
	w.tokens = w.tokens[:min(len(w.tokens), max(w.limit, 0))]
	w.text, w.chars, w.long = w.text[:0], w.chars[:0], false
}

// longest finds the longest known text of the characters from i on, and where
// the rest begins.
func (w *word) longest(known map[string]int32, i int) (id int32, next int, ok bool) {
	from := w.chars[i].at
	for j := min(len(w.chars), i+w.t.longest); j > i; j-- {
		end := len(w.text)
		if j < len(w.chars) {
			end = w.chars[j].at
		}
		if id, ok = known[string(w.text[from:end])]; ok {
			return id, j, true
		}
	}
	return 0, i, false
}
