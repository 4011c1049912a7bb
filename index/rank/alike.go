package rank

import (
	"dossier/index/term"
)

// TermWords returns a word for each term of the corpus: the most frequent of
// those that it stands for. What is near in meaning to it tells what the term
// is like; see [Input.Alike].
func (c *Collection) TermWords() []string {
	out := make([]string, len(c.terms))
	count := make([]int32, len(c.terms))
	for w, x := range c.words {
		t, ok := c.terms[term.Stem(w)]
		if ok && (x.count > count[t] || x.count == count[t] && w < out[t]) {
			count[t], out[t] = x.count, w
		}
	}
	for stem, t := range c.terms {
		if out[t] == "" { // it is only in titles
			out[t] = stem
		}
	}
	return out
}

// TermOf returns the number of the term of a stem, as in [Collection.TermWords].
func (c *Collection) TermOf(stem string) (int, bool) {
	t, ok := c.terms[stem]
	return int(t), ok
}

// Words that are less alike than alikeFrom count as unlike, and those above
// alikeMuch as very much alike. Most pairs of words are between 0.2 and 0.5,
// "movie" and "cinema" at 0.66, "movie" and "film" at 0.82.
const (
	alikeFrom = 0.45
	alikeMuch = 0.65
)

// above brings a similarity to 0 at least and 1 at identity.
func above(similarity float32, from float64) float64 {
	return max(0, (float64(similarity)-from)/(1-from))
}

// An alike knows how near the words of sentences come to a question's terms.
type alike struct {
	similarity func(term, k int) float64
	terms      map[uint32][]float32 // term of the corpus -> by term of the question
	sentences  map[int][]float32    // sentence -> by term of the question, of its nearest word
	free       []float32
}

func (c *Collection) newAlike(f *Features, in Input) *alike {
	if f.Sort != Alike {
		return nil
	}
	return &alike{similarity: in.Alike, terms: make(map[uint32][]float32), sentences: make(map[int][]float32)}
}

// of returns how near the nearest word of sentence s comes to each term.
func (a *alike) of(c *Collection, x *query, st *states, s int) []float32 {
	if v, ok := a.sentences[s]; ok {
		return v
	}
	v := take(&a.free, len(x.terms))
	for _, t := range c.of(s) {
		if t&stopWord != 0 {
			continue
		}
		near, ok := a.terms[t.term()]
		if !ok {
			near = take(&a.free, len(x.terms))
			for k, q := range x.terms {
				near[k] = float32(a.similarity(int(t.term()), q.k))
			}
			a.terms[t.term()] = near
		}
		for k := range v {
			v[k] = max(v[k], near[k])
		}
	}
	if m := st.of(s); m != nil {
		for k, w := range m.has {
			if w == 1 {
				v[k] = 1
			}
		}
	}
	a.sentences[s] = v
	return v
}

// alike fills the signals of words of like meaning.
func (e *extractor) alike() {
	a := e.st.alike
	if a == nil {
		return
	}
	own := a.of(e.c, e.x, e.st, e.s)
	context := append([]float32(nil), own...)
	for _, s := range []int{e.s - 1, e.s + 1} {
		if e.c.sameArticle(s, e.s) {
			for k, v := range a.of(e.c, e.x, e.st, s) {
				context[k] = max(context[k], 0.9*v)
			}
		}
	}
	var cover, missing, much, plain, around, sentence float64
	for k, t := range e.x.terms {
		near := above(own[k], alikeFrom)
		cover += t.idf * near
		if e.m.has[k] < 1 {
			missing += t.idf * near
			much += t.idf * above(own[k], alikeMuch)
		}
		if !t.entity && !t.number {
			plain += t.idf * near
		}
		around += t.idf * above(context[k], alikeFrom)
		sentence += t.sentenceIDF * near
	}
	sum := e.x.sum + tiny
	e.set(sigAlikeCover, cover/sum)
	e.set(sigAlikeMissing, missing/sum)
	e.set(sigAlikeMissingMuch, much/sum)
	e.set(sigAlikePlain, plain/(e.x.plain+tiny))
	e.set(sigAlikeContext, around/sum)
	if e.x.focus >= 0 {
		e.set(sigAlikeFocus, float64(own[e.x.focus]))
	}
	norm := bm25K1 * (1 - bm25B + bm25B*float64(e.c.length[e.s])/e.c.avgSentence)
	e.set(sigAlikeBM25, sentence*(bm25K1+1)/(1+norm)/(e.x.sumS+tiny))
}

// unlike returns how rare the rarest term is that no word of the candidates
// and of what stands around them comes near to, 0 to 1.
func (f *Features) unlike(c *Collection, candidates []int) float32 {
	has := f.together(c, candidates)
	for _, i := range candidates {
		s := f.Sentences[i]
		for _, n := range []int{s - 1, s, s + 1} {
			if c.sameArticle(n, s) {
				has = atLeast(has, f.states.alike.of(c, f.query, f.states, n))
			}
		}
	}
	rare := 0.0
	for k, t := range f.query.terms {
		rare = max(rare, t.idf*(1-above(has[k], alikeFrom)))
	}
	return float32(rare / (f.query.maxIDF + tiny))
}
