package question

import (
	"strings"
	"unicode/utf8"

	term "dossier/index/text"
)

// accented reports whether a word was typed with letters that English lacks.
func accented(text string, w word) bool {
	return strings.ContainsFunc(text[w.start:w.end], func(r rune) bool { return r >= utf8.RuneSelf && r != '’' })
}

// foreign reports whether a question is asked in another language: two words
// or more and half of all that no name is are no English, nor nearly, and
// nothing joins them that is English and nothing else.
func (p *Parser) foreign(text string, words []word) bool {
	odd, all := 0, 0
	for _, w := range words {
		switch {
		case all == maxRepairs: // enough to tell
			return odd*2 >= all
		case w.stop && !shared[w.w] && !accented(text, w):
			return false
		case p.v.IsName(w.w), w.stop, w.number, w.fixed:
		default:
			all++
			strange := len(w.w) > 2 && !isEnglish(w.w) && !p.knows(w.w) && slang.meanings[w.w].words == nil
			if strange && (accented(text, w) || p.spell.word(w.w, nil, slip) == nil) {
				odd++
			}
		}
	}
	return odd >= 2 && odd*2 >= all
}

// shared are the stop words of English that are words of other languages too.
var shared = set(`a an am as at be die do has he i in is it me my no nor o on or por so to was we`)

// A doubt says how little is known of a word.
type doubt int

const (
	sure      doubt = iota // a word of the corpus, or of questions
	elsewhere              // common English, or a well-known name, that the corpus lacks
	likeForm               // made like a form of an English word
	strange                // nothing knows it
)

func (p *Parser) doubt(w word) doubt {
	if w.fixed || w.stop || w.number || len(w.w) < 4 || len(w.w) > maxSpelled || !letters(w.w) {
		return sure
	}
	if _, ok := slang.meanings[w.w]; ok {
		return sure
	}
	if _, ok := weak[w.w]; ok || noise[w.w] != 0 {
		return sure
	}
	if _, ok := p.spell.index[w.w]; ok || p.v.DF(term.Stem(w.w)) > 0 {
		return sure
	}
	switch {
	case isListed(w.w), isWellKnown(w.w):
		return elsewhere
	case isEnglish(w.w):
		return likeForm
	}
	return strange
}

// unknown reports whether a word may be misspelt: neither the corpus nor the
// language nor the chat knows it.
func (p *Parser) unknown(w word) bool { return p.doubt(w) == strange }

func letters(w string) bool {
	for i := 0; i < len(w); i++ {
		if w[i] < 'a' || w[i] > 'z' {
			return false
		}
	}
	return true
}
