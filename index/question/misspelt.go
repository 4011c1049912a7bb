package question

import (
	"slices"
	"strings"
)

// misspellings are those of the words that questions are made of. Unlike chat
// language they are told as repairs: a question shown as repaired must not
// still have them.
var misspellings = readPhrases("misspelt")

// misspelt repairs the misspellings that are known as such.
func (p *Parser) misspelt(text string, words []word, q *Question) []word {
	var out []word
	for i := 0; i < len(words); {
		n, m := p.meaning(misspellings, text, words[i:])
		if n == 0 || slices.ContainsFunc(words[i:i+n], func(w word) bool { return w.fixed || !w.stop && p.knows(w.w) }) {
			out = append(out, words[i])
			i++
			continue
		}
		first, last := words[i], words[i+n-1]
		var parts []string
		for _, w := range m.words {
			parts = append(parts, w.w)
		}
		q.Repairs = append(q.Repairs, Repair{text[first.start:last.end], strings.Join(parts, " ")})
		for _, w := range respelt(first.start, last.end, first.capital, parts) {
			w.fixed = true
			out = append(out, w)
		}
		i += n
	}
	return out
}
