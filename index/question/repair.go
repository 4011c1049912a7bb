package question

import "strings"

// repair reads unknown words as the words of the corpus that they were meant
// to be. Numbers, addresses and identifiers stay, and so does every word that
// is ordinary English or a well-known name: where the corpus lacks it, that is
// what the question is about. Only inside of a name is that doubted.
func (p *Parser) repair(text string, words []word, q *Question) []word {
	if p.spell == nil || p.foreign(text, words) {
		return words
	}
	loud := shouts(words)
	out := make([]word, 0, len(words)+2)
	var tried [strange + 1]int
	for i, w := range words {
		var parts []string
		if d := p.doubt(w); d != sure && !modern[w.w] && !accented(text, w) && tried[d] < maxRepairs {
			tried[d]++
			parts = p.meant(text, words, i, d, i > 0 && w.capital && !loud)
		}
		if parts == nil {
			out = append(out, w)
			continue
		}
		to := strings.Join(parts, " ")
		q.Repairs = append(q.Repairs, Repair{text[w.start:w.end], to})
		out = append(out, respelt(w.start, w.end, w.capital, parts)...)
	}
	return out
}

// respelt returns parts as the words that stand for the bytes from start to end,
// with a capital where those had one.
func respelt(start, end int, capital bool, parts []string) []word {
	var out []word
	for k, part := range parts {
		x := word{w: part, stop: isStop(part), number: isNumberWord(part), capital: capital, new: part}
		if k == 0 {
			x.start, x.end = start, end
			if capital && part[0] >= 'a' && part[0] <= 'z' {
				x.new = strings.ToUpper(part[:1]) + part[1:]
			}
		}
		out = append(out, x)
	}
	return out
}

// modern holds words that are as they were meant though english lacks them.
var modern = wordSet("modern")

// What a misspelling of a word that is known elsewhere takes: one slip, and a
// word that the corpus has often.
const (
	slip      = 0.8
	oftenSeen = 3
)

// meant returns what a word was meant to be, or nil: it stays.
func (p *Parser) meant(text string, words []word, i int, d doubt, capital bool) []string {
	w := words[i].w
	switch d {
	case strange:
		if p.surname(text, words, i) { // "kevin maders"
			return p.spell.word(w, spelled.isName, 1)
		}
		return p.spell.correct(w, capital)
	case likeForm: // "leeked"
		return p.spell.word(w, func(x spelled) bool { return x.count >= oftenSeen && !x.stop }, slip)
	case elsewhere:
		if places[w] {
			return nil
		}
		surname := p.surname(text, words, i)  // "michael linton"
		before := p.firstName(text, words, i) // "micheal lynton"
		if before && isWellKnown(w) || surname {
			return p.spell.word(w, func(x spelled) bool {
				return x.name && x.count >= oftenSeen && (surname || firstNames[x.word])
			}, slip)
		}
	}
	return nil
}

// adjoin reports whether nothing but a space stands between a word and the
// next one.
func adjoin(text string, words []word, i int) bool {
	return i >= 0 && i+1 < len(words) && words[i].end <= words[i+1].start && text[words[i].end:words[i+1].start] == " "
}

// surname reports whether a first name stands before a word, or what is nearly
// one that the corpus has.
func (p *Parser) surname(text string, words []word, i int) bool {
	if !adjoin(text, words, i-1) || words[i-1].stop {
		return false
	}
	return firstNames[words[i-1].w] || p.nearName(words[i-1], func(x spelled) bool { return x.name && firstNames[x.word] })
}

// firstName reports whether a name of the corpus stands behind a word, or what
// is nearly one.
func (p *Parser) firstName(text string, words []word, i int) bool {
	if !adjoin(text, words, i) || words[i+1].stop {
		return false
	}
	return p.v.IsName(words[i+1].w) || p.nearName(words[i+1], spelled.isName)
}

func (p *Parser) nearName(w word, kind func(spelled) bool) bool {
	return p.doubt(w) == elsewhere && p.spell.word(w.w, kind, slip) != nil
}

// correct returns what an unknown word was meant to be: one word, or several
// that were run together, or nil.
func (s *speller) correct(w string, capital bool) []string {
	one, ok := s.best(w, func(x spelled) bool { return !capital || x.name || x.stop || len(w) >= 7 })
	if ok && one.cost <= 1 {
		return []string{one.word}
	}
	if parts := s.split(w); parts != nil {
		return parts
	}
	if ok && !nearEnglish(w, one.word) {
		return []string{one.word}
	}
	return nil
}

// word returns the word of a kind that another one was most likely meant to
// be, where that costs no more than limit, or nil.
func (s *speller) word(w string, kind func(spelled) bool, limit float64) []string {
	one, ok := s.best(w, kind)
	if !ok || one.cost > limit {
		return nil
	}
	return []string{one.word}
}
