package rank

import (
	term "dossier/index/text"
)

// BM25's usual constants (Robertson and Zaragoza 2009): how soon repetition
// stops to count, and how much length counts against a text.
const (
	bm25K1 = 1.2
	bm25B  = 0.75
)

// A match is what a sentence and a question have in common.
type match struct {
	has   []float32 // by term of the question: 1, less for a word like it, or 0
	at    []place   // the matching tokens, in order
	first []int32   // by term: its first token, or -1
	bm25  float64
	cov   float64 // idf of the terms it has
	n     int     // how many
}

// A place is a token that matches a term.
type place struct{ token, term int32 }

// A slab gives out the memory of matches, a lot at a time: a question needs
// hundreds of them.
type slab struct {
	weights []float32
	firsts  []int32
	places  []place
	tf      []float32
}

const slabSize = 4096

// take returns a slice of n zeros from free, which it makes anew when used up.
func take[T any](free *[]T, n int) []T {
	if len(*free) < n {
		*free = make([]T, max(n, slabSize))
	}
	out := (*free)[:n:n]
	*free = (*free)[n:]
	return out
}

// match compares sentence s with the question.
func (c *Collection) match(x *query, s int, mem *slab) match {
	n := len(x.terms)
	m := match{has: take(&mem.weights, n), first: take(&mem.firsts, n)}
	for k := range m.first {
		m.first[k] = -1
	}
	if len(mem.tf) < n {
		mem.tf = make([]float32, n)
	}
	tf := mem.tf[:n]
	clear(tf)
	from := len(mem.places)
	for i, t := range c.of(s) {
		if t&stopWord != 0 {
			continue
		}
		k, w := x.table.get(t.term())
		if w == 0 {
			continue
		}
		if m.first[k] < 0 {
			m.first[k] = int32(i)
			m.n++
		}
		m.has[k] = max(m.has[k], w)
		tf[k] += w
		mem.places = append(mem.places, place{int32(i), int32(k)})
	}
	m.at = mem.places[from:len(mem.places):len(mem.places)]
	norm := bm25K1 * (1 - bm25B + bm25B*float64(c.length[s])/c.avgSentence)
	for k, f := range tf {
		if f > 0 {
			m.cov += x.terms[k].idf * float64(m.has[k])
			m.bm25 += x.terms[k].sentenceIDF * float64(f) * (bm25K1 + 1) / (float64(f) + norm)
		}
	}
	return m
}

// window is the length of the shortest run of tokens that holds every term
// the sentence has.
func (m *match) window() int {
	if len(m.at) == 0 {
		return 0
	}
	best := int(m.at[len(m.at)-1].token-m.at[0].token) + 1
	count := make([]int, len(m.has))
	distinct, left := 0, 0
	for _, p := range m.at {
		if count[p.term]++; count[p.term] == 1 {
			distinct++
		}
		for distinct == m.n {
			l := m.at[left]
			best = min(best, int(p.token-l.token)+1)
			if count[l.term]--; count[l.term] == 0 {
				distinct--
			}
			left++
		}
	}
	return best
}

// phrases returns how much of the question's pairs of neighbouring terms
// stand together in the sentence too, weighted by idf, and how many of the
// pairs it has are in the question's order.
func (x *query) phrases(m *match) (together, ordered float64) {
	var sum, got, pairs, inOrder float64
	for k := 0; k+1 < len(x.terms); k++ {
		w := x.terms[k].idf + x.terms[k+1].idf
		sum += w
		if m.has[k] == 0 || m.has[k+1] == 0 {
			continue
		}
		pairs++
		if m.first[k] < m.first[k+1] {
			inOrder++
		}
		switch d := m.distance(int32(k), int32(k+1)); {
		case d <= 1:
			got += w
		case d <= 3:
			got += 0.6 * w
		case d < 8:
			got += 0.25 * w
		}
	}
	if sum == 0 {
		return m.cov / (x.sum + tiny), 0
	}
	return got / sum, inOrder / max(pairs, 1)
}

// distance is how far behind term k term l stands; before it counts for more.
func (m *match) distance(k, l int32) int32 {
	best := int32(99)
	for i, p := range m.at {
		if p.term != k {
			continue
		}
		for j := i + 1; j < len(m.at) && m.at[j].token-p.token < best; j++ {
			if m.at[j].term == l {
				best = m.at[j].token - p.token
			}
		}
		for j := i - 1; j >= 0 && p.token-m.at[j].token+3 < best; j-- {
			if m.at[j].term == l {
				best = p.token - m.at[j].token + 3
			}
		}
	}
	return best
}

// matched returns the words of sentence s that match the question.
func (c *Collection) matched(x *query, s int) []Span {
	var out []Span
	words := term.Tokens(c.Sentence(s))
	for i, t := range c.of(s) {
		if t&stopWord != 0 {
			continue
		}
		if _, w := x.table.get(t.term()); w > 0 {
			out = append(out, Span{words[i].Start, words[i].End})
		}
	}
	return out
}
