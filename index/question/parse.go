package question

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	term "dossier/index/text"
)

// maxText is how much of a text is read, in bytes: three quarters of the longest
// message of Discord, and more than a question needs.
const maxText = 1500

// maxWords is how many words of a question are read. Whoever pastes a page has
// said by then what it is about.
const maxWords = 128

// maxTerms is how many terms a question has at most.
const maxTerms = 48

// A Parser reads questions against the vocabulary of one corpus. It is safe
// for concurrent use. When the corpus changes, make a new one.
type Parser struct {
	v     Vocabulary
	spell *speller // nil: spelling stays
}

// New returns a parser for the corpus that v knows. It reads all of v's words
// once.
func New(v Vocabulary) *Parser {
	english() // so that the first question does not wait for it
	return &Parser{v: v, spell: newSpeller(v)}
}

// A word is one word of a question on its way to become a term.
type word struct {
	start, end int    // its bytes in the text; empty for all but the first that a token expands to
	w          string // folded
	new        string // what stands for it in the text, or empty: it stays
	stop       bool
	number     bool
	capital    bool
	fixed      bool // no word to repair: part of an address, an identifier, chat language
	spent      bool // it says what kind of question it is, and nothing about the topic
}

// Parse reads a question. Of a long message it reads the sentence that asks.
func (p *Parser) Parse(text string) *Question {
	if main, about := cutAbout(clean(text)); about != nil { // as an answer showed it
		return p.Again(p.parse(main), text)
	}
	ask, before := asked(text)
	q := p.parse(ask)
	if q.Leans && before != "" {
		q = p.parse(before + " " + ask)
	}
	q.cut = len(ask) < len(text)
	return q
}

func (p *Parser) parse(text string) *Question {
	text = clean(text)
	words := split(text)
	q := &Question{}
	words = p.misspelt(text, p.joinWords(text, words, q), q)
	words = p.repair(text, words, q)
	q.Text, q.mark = strings.TrimSpace(render(text, words)), mark(text)
	words = p.expand(text, words)
	lead := leads(words)
	words = trimNoise(words)
	q.Plain = strings.TrimSpace(render(text, words) + q.mark)
	if len(words) > 1 && !slices.ContainsFunc(words, func(w word) bool { return !w.capital && !w.number }) {
		q.Plain = strings.ToLower(q.Plain) // to the encoder capitals are other words
	}
	classify(q, words)
	p.terms(q, words)
	q.Leans = leans(q, words, lead)
	q.Fragment = q.Leans && (len(q.Entities) == 0 || isFragment(words, lead))
	return q
}

// clean returns text without control and formatting characters, without
// Discord's mentions, and not longer than maxText.
func clean(text string) string {
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "")
	}
	var b strings.Builder
	b.Grow(len(text))
	for i := 0; i < len(text); {
		if n := mentionLen(text[i:]); n > 0 {
			b.WriteByte(' ')
			i += n
			continue
		}
		if c := text[i]; c > ' ' && c < 0x7f {
			b.WriteByte(c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		i += n
		switch {
		case r == utf8.RuneError || unicode.IsSpace(r) || unicode.IsControl(r):
			b.WriteByte(' ')
		case unicode.Is(unicode.Cf, r): // zero-width and direction marks
		default:
			b.WriteRune(r)
		}
	}
	text = strings.TrimSpace(b.String())
	if loud := strings.TrimRight(text, "1"); strings.HasSuffix(loud, "!") || strings.HasSuffix(loud, "?") {
		return loud // "sony!!1": the finger left the shift key
	}
	return text
}

// mentionLen returns the length of the mention that s starts with, as <@123>,
// <#123> or <:name:123>, or 0.
func mentionLen(s string) int {
	if len(s) < 4 || s[0] != '<' || !strings.ContainsRune("@#:a", rune(s[1])) {
		return 0
	}
	end := strings.IndexByte(s[:min(len(s), 64)], '>')
	if end < 0 || strings.ContainsAny(s[1:end], " <") || !strings.ContainsAny(s[1:end], "0123456789") {
		return 0
	}
	return end + 1
}

// mark returns the question mark that a text ends with, if it does.
func mark(text string) string {
	if strings.HasSuffix(text, "?") {
		return "?"
	}
	return ""
}

// split cuts text into words, and marks those that are no words to repair.
func split(text string) []word {
	tokens := term.Tokens(text)
	tokens = tokens[:min(len(tokens), maxWords)]
	words := make([]word, 0, len(tokens))
	for _, t := range tokens {
		words = append(words, word{
			start: t.Start, end: t.End, w: t.Word, stop: t.Stop, number: t.Number, capital: t.Capital,
			fixed: t.Number || strings.ContainsAny(t.Word, "0123456789"),
		})
	}
	// all words of a field that is an address or an identifier
	i := 0
	for start := 0; start < len(text) && i < len(words); {
		end := start + strings.IndexByte(text[start:]+" ", ' ')
		code := isAddress(text[start:end])
		for ; i < len(words) && words[i].start < end; i++ {
			words[i].fixed = words[i].fixed || code
		}
		start = end + 1
	}
	return words
}

func isAddress(field string) bool {
	if strings.Contains(field, "://") || strings.HasPrefix(field, "www.") || strings.ContainsAny(field, "@#_\\`={}<>$") {
		return true
	}
	field = strings.TrimRight(field, ".,;:!?)")
	for _, end := range []string{".com", ".org", ".net", ".gov", ".io", ".exe", ".dll", ".zip", ".pdf", ".txt"} {
		if strings.HasSuffix(field, end) || strings.Contains(field, end+"/") {
			return true
		}
	}
	return false
}

// render puts the words together again, with what stands between them in
// text, from the first to the last.
func render(text string, words []word) string {
	var b strings.Builder
	last := -1
	for i, w := range words {
		if w.start < w.end {
			if last >= 0 {
				b.WriteString(text[last:w.start])
			} else if i > 0 {
				b.WriteByte(' ')
			}
			last = w.end
		} else if i > 0 {
			b.WriteByte(' ')
		}
		switch {
		case w.new != "":
			b.WriteString(w.new)
		case w.start < w.end:
			b.WriteString(text[w.start:w.end])
		default:
			b.WriteString(w.w)
		}
	}
	return b.String()
}
