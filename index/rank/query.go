package rank

import (
	"cmp"
	"slices"

	"dossier/index/question"
	term "dossier/index/text"
)

// A query is a question in the numbers of a collection.
type query struct {
	terms  []queryTerm
	table  termTable // term of the corpus -> what it matches
	sum    float64   // of the terms' idf: what a perfect sentence would cover
	sum2   float64   // of its squares
	sumS   float64   // of the terms' idf over sentences
	maxIDF float64
	named  float64 // of the idf of entities and numbers
	plain  float64 // of the idf of the others
	rarest [2]int  // terms of the highest idf; the second may be the first
	accept [kinds]bool
	open   bool // no kind of answer is known
	ask    asks
	focus  int // term, or -1

	list, percent, money, naming, defines bool
}

// A queryTerm is one word that a question is about.
type queryTerm struct {
	idf, sentenceIDF float64
	entity, number   bool
	known            bool // the corpus has it
	stem             string
	k                int // its place in the question
}

// maxQueryTerms bounds the work of a long question: its rarest words decide.
const maxQueryTerms = 24

// compile reads q against the corpus.
func (c *Collection) compile(q *question.Question) *query {
	x := &query{focus: -1, list: q.List}
	for _, t := range strongest(c, q.Terms) {
		df, chdf := 0, 0
		id, known := c.terms[t.Stem]
		if known {
			df, chdf = int(c.df[id]), int(c.chdf[id])
			known = df > 0
		}
		k := len(x.terms)
		qt := queryTerm{
			idf:         t.Weight * idf(len(c.chunks), chdf),
			sentenceIDF: t.Weight * idf(len(c.chunk), df),
			entity:      t.Entity, number: t.Number, known: known, stem: t.Stem,
			k: slices.IndexFunc(q.Terms, func(o question.Term) bool { return o.Stem == t.Stem }),
		}
		x.terms = append(x.terms, qt)
		if id, ok := c.terms[t.Stem]; ok {
			x.table.put(id, k, 1)
		}
		for _, l := range t.Like {
			if id, ok := c.terms[l.Stem]; ok {
				x.table.put(id, k, float32(l.Weight))
			}
		}
		if other, ok := numerals[t.Word]; ok {
			if id, ok := c.terms[term.Stem(other)]; ok {
				x.table.put(id, k, 1)
			}
		}
		if t.Stem == q.Focus {
			x.focus = k
		}
		x.sum += qt.idf
		x.sum2 += qt.idf * qt.idf
		x.sumS += qt.sentenceIDF
		x.maxIDF = max(x.maxIDF, qt.idf)
		if qt.entity || qt.number {
			x.named += qt.idf
		} else {
			x.plain += qt.idf
		}
	}
	x.rank()
	x.expect(q)
	return x
}

// strongest returns the terms to use, in the order of the question.
func strongest(c *Collection, terms []question.Term) []question.Term {
	if len(terms) <= maxQueryTerms {
		return terms
	}
	byRarity := slices.Clone(terms)
	slices.SortStableFunc(byRarity, func(a, b question.Term) int { return cmp.Compare(c.DF(a.Stem), c.DF(b.Stem)) })
	keep := make(map[string]bool)
	for _, t := range byRarity[:maxQueryTerms] {
		keep[t.Stem] = true
	}
	return slices.DeleteFunc(slices.Clone(terms), func(t question.Term) bool { return !keep[t.Stem] })
}

func (x *query) rank() {
	for k, t := range x.terms {
		switch {
		case k == 0:
		case t.idf > x.terms[x.rarest[0]].idf:
			x.rarest = [2]int{k, x.rarest[0]}
		case x.rarest[1] == x.rarest[0] || t.idf > x.terms[x.rarest[1]].idf:
			x.rarest[1] = k
		}
	}
}

// numerals are numbers in words and in digits, both ways.
var numerals = func() map[string]string {
	m := make(map[string]string)
	digits := []string{"2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}
	for i, w := range []string{"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"} {
		m[w], m[digits[i]] = digits[i], w
	}
	return m
}()

// A termTable tells which term of a question a term of the corpus matches. It
// is an open hash: most of the words that are looked up are not in it.
type termTable struct {
	slots []slot
	n     int
}

type slot struct {
	term   uint32 // plus 1; 0 is empty
	k      int32
	weight float32
}

func (t *termTable) put(term uint32, k int, weight float32) {
	if 4*(t.n+1) > 3*len(t.slots) {
		old := t.slots
		t.slots, t.n = make([]slot, max(64, 2*len(old))), 0
		for _, s := range old {
			if s.term != 0 {
				t.put(s.term-1, int(s.k), s.weight)
			}
		}
	}
	for i := t.hash(term); ; i = (i + 1) & (len(t.slots) - 1) {
		s := &t.slots[i]
		if s.term == 0 {
			*s = slot{term + 1, int32(k), weight}
			t.n++
			return
		}
		if s.term == term+1 {
			if weight > s.weight { // a word means itself before it means another
				s.k, s.weight = int32(k), weight
			}
			return
		}
	}
}

func (t *termTable) get(term uint32) (k int, weight float32) {
	if len(t.slots) == 0 {
		return 0, 0
	}
	for i := t.hash(term); ; i = (i + 1) & (len(t.slots) - 1) {
		s := &t.slots[i]
		if s.term == term+1 {
			return int(s.k), s.weight
		}
		if s.term == 0 {
			return 0, 0
		}
	}
}

func (t *termTable) hash(term uint32) int {
	return int(term*2654435769>>12) & (len(t.slots) - 1)
}
