package rank

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// tiny keeps shares of nothing from being no number.
const tiny = 1e-9

// Features are the signals of all candidates for the answer to a question.
type Features struct {
	Sentences []int
	Rows      [][NumSignals]float32 // by candidate
	Sort      Sort
	query     *query
	states    *states
}

// A Sort is which signals are filled.
type Sort int

// The sorts of features, and of models for them.
const (
	Words   Sort = iota // without vectors
	Meaning             // with vectors of sentences
)

// String returns the name of s, as "words".
func (s Sort) String() string { return [...]string{"words", "meaning"}[s] }

// Features measures the candidates of in.
func (c *Collection) Features(in Input) *Features {
	f := &Features{query: c.compile(in.Question)}
	if in.Cosine != nil {
		f.Sort = Meaning
	}
	f.states = c.candidates(f, in)
	n := len(f.Sentences)
	f.Rows = make([][NumSignals]float32, n)
	if n == 0 {
		return f
	}
	for i, s := range f.Sentences {
		e := extractor{c: c, x: f.query, st: f.states, row: &f.Rows[i], s: s}
		e.run()
	}
	f.shared(c, in)
	return f
}

// states are the matches of all sentences that matter: the candidates and
// what stands around them.
type states struct {
	index    map[int]int // sentence -> position in matches
	matches  []match
	chunks   map[int]*chunkState
	best     float64 // the best chunk's BM25
	articles map[int]float64
	cosine   func(int) float64
}

// A chunkState is how a chunk as a whole fits the question.
type chunkState struct {
	bm25, share, cover float64
	rank               int
	bestSentence       float64
	bestCosine         float64
	has                []float32
	title, heading     []float32
}

func (st *states) of(s int) *match {
	if i, ok := st.index[s]; ok {
		return &st.matches[i]
	}
	return nil
}

// candidates fills f.Sentences: the sentences of the chunks that were found,
// and those near in meaning.
func (c *Collection) candidates(f *Features, in Input) *states {
	st := &states{index: make(map[int]int), chunks: make(map[int]*chunkState), articles: make(map[int]float64), cosine: in.Cosine}
	if len(f.query.terms) == 0 && f.Sort == Words {
		return st
	}
	seen := make(map[int]bool)
	take := func(s int) {
		if !seen[s] && (in.Keep == nil || in.Keep(s)) {
			f.Sentences = append(f.Sentences, s)
		}
		seen[s] = true
	}
	var chunks []int
	open := func(ch int) {
		if st.chunks[ch] == nil {
			st.chunks[ch] = &chunkState{}
			chunks = append(chunks, ch)
		}
	}
	for _, h := range in.Hits {
		if h.Chunk < 0 || h.Chunk >= len(c.chunks) {
			continue
		}
		open(h.Chunk)
		for s, end := c.Range(h.Chunk); s < end; s++ {
			take(s)
		}
	}
	if f.Sort != Words {
		for _, n := range in.Near {
			if n.Sentence < 0 || n.Sentence >= len(c.chunk) {
				continue
			}
			open(c.ChunkOf(n.Sentence))
			take(n.Sentence)
		}
	}
	mem := new(slab)
	add := func(s int) {
		if _, ok := st.index[s]; !ok {
			st.index[s] = len(st.matches)
			st.matches = append(st.matches, c.match(f.query, s, mem))
		}
	}
	st.matches = make([]match, 0, 9*len(chunks))
	for _, ch := range chunks {
		first, end := c.Range(ch)
		for s := first; s < end; s++ {
			add(s)
		}
		for _, s := range []int{first - 2, first - 1, end} {
			if c.sameArticle(s, first) {
				add(s)
			}
		}
	}
	for _, ch := range chunks {
		c.measure(st.chunks[ch], f.query, st, ch)
	}
	slices.SortStableFunc(chunks, func(a, b int) int { return cmp.Compare(st.chunks[b].bm25, st.chunks[a].bm25) })
	total := 0.0
	for i, ch := range chunks {
		cs := st.chunks[ch]
		cs.rank = i + 1
		st.best = max(st.best, cs.bm25)
		cs.share = math.Exp((cs.bm25 - st.best) / (0.15*st.best + tiny))
		total += cs.share
		st.articles[c.chunks[ch].Article] += cs.share
	}
	for a := range st.articles {
		st.articles[a] /= total
	}
	return st
}

// measure fills a chunk's state from the matches of its sentences.
func (c *Collection) measure(cs *chunkState, x *query, st *states, ch int) {
	n := len(x.terms)
	cs.has, cs.title, cs.heading = make([]float32, n), make([]float32, n), make([]float32, n)
	tf := make([]float32, n)
	first, end := c.Range(ch)
	length := 0.0
	for s := first; s < end; s++ {
		m := st.of(s)
		length += float64(c.length[s])
		for _, p := range m.at {
			tf[p.term]++
		}
		for k, w := range m.has {
			cs.has[k] = max(cs.has[k], w)
		}
		cs.bestSentence = max(cs.bestSentence, m.bm25)
		if st.cosine != nil {
			cs.bestCosine = max(cs.bestCosine, st.cosine(s))
		}
	}
	norm := bm25K1 * (1 - bm25B + bm25B*length/c.avgChunk)
	for k, t := range x.terms {
		w := float64(tf[k] * cs.has[k])
		cs.cover += t.idf * float64(cs.has[k])
		cs.bm25 += t.idf * w * (bm25K1 + 1) / (w + norm)
	}
	for _, t := range c.heads[ch].title {
		if k, w := x.table.get(t); w > 0 {
			cs.title[k] = max(cs.title[k], w)
		}
	}
	for _, t := range c.heads[ch].heading {
		if k, w := x.table.get(t); w > 0 {
			cs.heading[k] = max(cs.heading[k], w)
		}
	}
}

// shared fills the signals that compare the candidates with each other, and
// those that they share.
func (f *Features) shared(c *Collection, in Input) {
	x := f.query
	byWords := f.rank(sigBM25, sigBM25Gap, sigBM25Rank, sigBM25LogRank)
	var q [NumSignals]float32
	for i := range f.Rows {
		r := &f.Rows[i]
		q[sigBestCover] = max(q[sigBestCover], r[sigCover])
		q[sigBestContext] = max(q[sigBestContext], r[sigCoverContext])
	}
	q[sigTerms] = float32(math.Log1p(float64(len(x.terms))))
	unknown := 0.0
	for _, t := range x.terms {
		if !t.known {
			unknown += t.idf
		}
	}
	q[sigUnknown] = float32(unknown / (x.sum + tiny))
	q[sigNamed] = float32(x.named / (x.sum + tiny))
	q[sigBestBM25], q[sigPeakBM25], q[sigSlopeBM25] = f.peak(byWords, sigBM25)
	if f.Sort != Words {
		byMeaning := f.rank(sigCosine, sigCosineGap, sigCosineRank, sigCosineLogRank)
		q[sigBestCosine], q[sigPeakCosine], q[sigSlopeCosine] = f.peak(byMeaning, sigCosine)
		q[sigCosineOfWords] = f.Rows[byWords[0]][sigCosineGap]
		q[sigWordsOfCosine] = f.Rows[byMeaning[0]][sigBM25Gap]
	}
	if x.ask != askOther {
		q[sigAskPerson+signal(x.ask-askPerson)] = 1
	}
	for i := range f.Rows {
		copy(f.Rows[i][sigTerms:], q[sigTerms:])
	}
}

// rank orders the candidates by the signal by, and fills how far each is
// below the best and its rank.
func (f *Features) rank(by, gap, inverse, logarithm signal) []int {
	order := make([]int, len(f.Rows))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(f.Rows[b][by], f.Rows[a][by]) })
	best := f.Rows[order[0]][by]
	for i, o := range order {
		r := &f.Rows[o]
		r[gap] = r[by] - best
		r[inverse] = 1 / float32(i+1)
		r[logarithm] = float32(math.Log(float64(i + 1)))
	}
	return order
}

// peak tells the best value of a signal, and how far it is above the second
// and the tenth.
func (f *Features) peak(order []int, by signal) (best, second, tenth float32) {
	at := func(i int) float32 { return f.Rows[order[min(i, len(order)-1)]][by] }
	return at(0), at(0) - at(1), at(0) - at(9)
}

// An extractor fills one candidate's row.
type extractor struct {
	c   *Collection
	x   *query
	st  *states
	row *[NumSignals]float32
	s   int
	m   *match
	cs  *chunkState
}

func (e *extractor) set(s signal, v float64) { e.row[s] = float32(v) }

func is(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func (e *extractor) run() {
	e.m = e.st.of(e.s)
	e.cs = e.st.chunks[e.c.ChunkOf(e.s)]
	e.words()
	e.shape()
	e.passage()
	e.context()
	e.answer()
	e.meaning()
}

// words fills what the sentence and the question have in common.
func (e *extractor) words() {
	x, m := e.x, e.m
	var square, named, plain, missing, like, count float64
	var number, names float64
	for k, t := range x.terms {
		w := float64(m.has[k])
		count += w
		square += w * t.idf * t.idf
		if w < 1 {
			like += w * t.idf
		}
		if t.entity || t.number {
			named += w * t.idf
		} else {
			plain += w * t.idf
		}
		if w == 0 {
			missing = max(missing, t.idf)
			number = max(number, is(t.number))
			names += is(t.entity)
		}
	}
	share := func(part, all float64) float64 {
		if all == 0 {
			return 0.5
		}
		return part / all
	}
	n := len(x.terms)
	e.set(sigBM25, m.bm25/(x.sumS+tiny))
	e.set(sigBM25ChunkGap, (m.bm25-e.cs.bestSentence)/(x.sumS+tiny))
	e.set(sigCover, m.cov/(x.sum+tiny))
	e.set(sigCoverSquare, square/(x.sum2+tiny))
	e.set(sigCoverCount, count/(float64(n)+tiny))
	e.set(sigCoverAll, is(m.n == n))
	e.set(sigMissingMax, missing/(x.maxIDF+tiny))
	if n > 0 {
		e.set(sigRarest, float64(m.has[x.rarest[0]]))
		e.set(sigSecondRarest, float64(m.has[x.rarest[1]]))
	}
	e.set(sigCoverPlain, share(plain, x.plain))
	e.set(sigLike, like/(x.sum+tiny))
	e.set(sigCoverNamed, share(named, x.named))
	e.set(sigMissingNumber, number)
	e.set(sigMissingNames, names)
	phrase, order := x.phrases(m)
	e.set(sigPhrase, phrase)
	e.set(sigOrder, order)
	if m.n > 1 {
		e.set(sigDensity, float64(m.n)/float64(m.window()))
	}
	e.set(sigPrecision, float64(len(m.at))/float64(e.c.length[e.s]+3))
}

// shape fills what the sentence is like whatever the question.
func (e *extractor) shape() {
	n := len(e.c.of(e.s))
	e.set(sigLength, math.Log1p(float64(n)))
	e.set(sigShort, is(n < 6))
	e.set(sigVeryShort, is(n < 3))
	e.set(sigLong, is(n > 45))
	e.set(sigAsks, is(strings.HasSuffix(e.c.Sentence(e.s), "?")))
	e.set(sigNew, math.Log1p(float64(int(e.c.length[e.s])-len(e.m.at))))
}

func (e *extractor) passage() {
	x, cs := e.x, e.cs
	e.set(sigChunkBM25, cs.bm25/(x.sum+tiny))
	e.set(sigChunkGap, (cs.bm25-e.st.best)/(e.st.best+tiny))
	e.set(sigChunkRank, 1/float64(cs.rank))
	e.set(sigChunkLogRank, math.Log(float64(cs.rank)))
	e.set(sigChunkCover, cs.cover/(x.sum+tiny))
	e.set(sigArticleMass, e.st.articles[e.c.chunks[e.c.ChunkOf(e.s)].Article])
}

// meaning fills the similarities of meaning that need no other candidate.
func (e *extractor) meaning() {
	if e.st.cosine == nil {
		return
	}
	own := e.st.cosine(e.s)
	e.set(sigCosine, own)
	around := func(s int) float64 {
		if e.c.sameArticle(s, e.s) {
			return e.st.cosine(s)
		}
		return 0
	}
	before, after := around(e.s-1), around(e.s+1)
	e.set(sigCosineBefore, before)
	e.set(sigCosineAfter, after)
	e.set(sigCosineContext, (2*own+before+after)/(2+is(before != 0)+is(after != 0)))
	e.set(sigCosineChunk, own-e.cs.bestCosine)
}
