package rank

// context fills what the sentences around the candidate, its title and its
// heading add to it.
func (e *extractor) context() {
	x, m, cs := e.x, e.m, e.cs
	first, end := e.c.Range(e.c.ChunkOf(e.s))
	neighbour := func(s int) *match {
		if !e.c.sameArticle(s, e.s) {
			return nil
		}
		return e.st.of(s)
	}
	before, after, before2, opening := neighbour(e.s-1), neighbour(e.s+1), neighbour(e.s-2), e.st.of(first)
	in := func(n *match, k int) float64 {
		if n == nil {
			return 0
		}
		return float64(n.has[k])
	}
	var sBefore, sAfter, sBefore2, sOpening, sTitle, sHeading, sTitleAll, sUnion, sNamed float64
	for k, t := range x.terms {
		title := float64(cs.title[k])
		sTitleAll += title * t.idf
		own := float64(m.has[k])
		if own > 0 {
			sUnion += own * t.idf
			continue
		}
		b, a := in(before, k), in(after, k)
		sBefore += b * t.idf
		sAfter += a * t.idf
		if b == 0 && a == 0 {
			sBefore2 += in(before2, k) * t.idf
			sOpening += in(opening, k) * t.idf
		}
		sTitle += title * t.idf
		heading := float64(cs.heading[k])
		sHeading += heading * t.idf
		sUnion += max(b, a, title, heading) * t.idf
		if t.entity || t.number {
			sNamed += max(b, title, heading, in(opening, k)) * t.idf
		}
	}
	sum := x.sum + tiny
	e.set(sigBefore, sBefore/sum)
	e.set(sigAfter, sAfter/sum)
	e.set(sigBefore2, sBefore2/sum)
	e.set(sigOpening, sOpening/sum)
	e.set(sigTitle, sTitle/sum)
	e.set(sigHeading, sHeading/sum)
	e.set(sigTitleAll, sTitleAll/sum)
	e.set(sigCoverContext, sUnion/sum)
	e.set(sigNamedContext, sNamed/sum)

	toks := e.c.of(e.s)
	opens := len(toks) > 0 && toks[0]&pronounish != 0
	has := false
	for _, t := range toks {
		has = has || t&pronounish != 0
	}
	e.set(sigPronoun, is(opens))
	e.set(sigPronounBefore, is(opens)*sBefore/sum)
	e.set(sigPronounTitle, is(has)*(sTitle+sNamed)/sum)
	e.set(sigFirst, is(e.s == first))
	e.set(sigPosition, float64(e.s-first)/float64(end-first))
	if before != nil {
		e.set(sigBeforeBM25, before.bm25/(x.sumS+tiny))
	}
	if after != nil {
		e.set(sigAfterBM25, after.bm25/(x.sumS+tiny))
	}
}
