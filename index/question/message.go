package question

import (
	"strings"
	"unicode/utf8"

	term "dossier/index/text"
)

// longMessage is how many words a message has that is more than a question:
// what people tell before they ask.
const longMessage = 30

// longSentence is how many words a sentence has in which a question may begin
// without a mark before it.
const longSentence = 12

// asked returns the last sentence of a long message that asks, and the one
// before it, which may say what it is about. A short message is returned as
// it is.
func asked(text string) (ask, before string) {
	if len(term.Tokens(text)) <= longMessage {
		return text, ""
	}
	all := lines(text)
	marks := strings.Contains(text, "?")
	for i := len(all) - 1; i >= 0; i-- {
		words := split(all[i])
		if tail := afterTurn(all[i], words); tail != "" {
			return tail, ""
		}
		if strings.HasSuffix(all[i], "?") || (!marks || i == len(all)-1) && asks(words) {
			if i > 0 {
				before = all[i-1]
			}
			return all[i], before
		}
	}
	return text, ""
}

// lines cuts a message at the ends of its sentences and lines.
func lines(text string) []string {
	var out []string
	from := 0
	cut := func(to int) {
		if s := strings.TrimSpace(text[from:to]); s != "" {
			out = append(out, s)
		}
		from = to
	}
	for i, c := range text {
		end := i + utf8.RuneLen(c)
		if c == utf8.RuneError {
			continue
		}
		switch c {
		case '\n':
			cut(end)
		case '.', '!', '?', '…':
			if end == len(text) || text[end] == ' ' || text[end] == '\n' {
				if c != '.' || !abbreviates(text[from:i]) {
					cut(end)
				}
			}
		}
	}
	cut(len(text))
	return out
}

// abbreviates reports whether a point behind text belongs to its last word:
// "Mr.", "J.".
func abbreviates(text string) bool {
	w := strings.ToLower(text[strings.LastIndexByte(text, ' ')+1:])
	return honorifics[w] || len(w) == 1 || w == "vs" || w == "jr"
}

// asks reports whether a sentence begins like a question.
func asks(words []word) bool {
	words = trimNoise(words)
	if len(words) == 0 {
		return false
	}
	w := words[0].w
	for _, book := range []phrasebook{misspellings, slang} {
		if m, ok := book.meanings[w]; ok && len(m.words) > 0 {
			w = m.words[0].w
		}
	}
	c := classifier{q: &Question{}, ws: words}
	return isAsk(w) || auxiliaries[w] || c.commands() > 0 || linking[w] && len(words) > 1 && isAsk(words[1].w)
}

// turnWords are those with which people come to their question.
var turnWords = set(`anyway anyways anyhow so btw but ok okay also`)

// afterTurn returns what a long sentence asks behind a word that leads to it,
// as "i liked it anyway who directed it", or an empty string.
func afterTurn(sentence string, words []word) string {
	if len(words) <= longSentence {
		return ""
	}
	for i := len(words) - 2; i > 0; i-- {
		if turnWords[words[i].w] && asks(words[i+1:]) {
			return sentence[words[i+1].start:]
		}
	}
	return ""
}
