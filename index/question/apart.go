package question

import (
	"math"
	"slices"
)

// split takes words apart that were run together, as "northkorea". Each part
// is a word that the corpus has often enough, the weakest part decides.
func (s *speller) split(w string) []string {
	if len(w) < 6 {
		return nil
	}
	type way struct {
		score float64
		from  int
		parts int
	}
	var best [maxSpelled + 1]way
	best[0] = way{score: math.Inf(1)}
	for to := 2; to <= len(w); to++ {
		for from := 0; from <= to-2; from++ {
			if from > 0 && best[from].parts == 0 || best[from].parts == 3 {
				continue
			}
			part := s.part(w[from:to], from == 0 && to == len(w))
			score := min(best[from].score, part) - 0.5
			if part > 0 && (best[to].parts == 0 || score > best[to].score) {
				best[to] = way{score, from, best[from].parts + 1}
			}
		}
	}
	if best[len(w)].parts < 2 {
		return nil
	}
	var parts []string
	for to := len(w); to > 0; to = best[to].from {
		parts = append(parts, w[best[to].from:to])
	}
	slices.Reverse(parts)
	if slices.ContainsFunc(parts, func(part string) bool { return len(part) == 2 && !splitStops[part] }) {
		// two letters are no evidence but inside of a name: "kimjongun"
		for _, part := range parts {
			if i, ok := s.index[part]; !ok || !s.words[i].name {
				return nil
			}
		}
	}
	return parts
}

// part is how well a part of a word stands for itself, or 0.
func (s *speller) part(w string, whole bool) float64 {
	if whole {
		return 0
	}
	if splitStops[w] {
		return 2
	}
	i, ok := s.index[w]
	if !ok || s.words[i].stop {
		return 0
	}
	x := s.words[i]
	switch {
	case len(w) == 2:
		if x.name && x.count >= 5 {
			return 1
		}
		return 0
	case x.name:
		return 2 + math.Log1p(float64(x.count))
	case len(w) == 3:
		if x.count >= 5 {
			return 1
		}
		return 0
	case x.count >= 2 || x.count == 0 && len(w) >= 4 || len(w) >= 5:
		return 1 + math.Log1p(float64(x.count))
	}
	return 0
}

// splitStops are the stop words that people run together with others.
var splitStops = set(`the who what when where why how did was the of and for their this that`)

// joinWords puts words together that the corpus writes as one: "black berry".
func (p *Parser) joinWords(text string, words []word, q *Question) []word {
	if p.spell == nil {
		return words
	}
	var out []word
	for i := 0; i < len(words); i++ {
		w := words[i]
		if i+1 < len(words) && p.joins(text, w, words[i+1]) {
			n := words[i+1]
			joined := w.w + n.w
			q.Repairs = append(q.Repairs, Repair{text[w.start:n.end], joined})
			out = append(out, word{start: w.start, end: n.end, w: joined, new: joined, capital: w.capital})
			i++
			continue
		}
		out = append(out, w)
	}
	return out
}

func (p *Parser) joins(text string, a, b word) bool {
	if a.fixed || b.fixed || a.stop && b.stop || len(a.w)+len(b.w) < 6 || len(a.w) < 2 || len(b.w) < 2 || text[a.end:b.start] != " " || a.end-a.start != len(a.w) {
		return false
	}
	if (a.stop || p.knows(a.w)) && (b.stop || p.knows(b.w)) {
		return false
	}
	i, ok := p.spell.index[a.w+b.w]
	return ok && p.spell.words[i].count > 0
}
