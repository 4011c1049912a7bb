package rank

import (
	"math"
	"slices"
)

// A Chunk is the unit of retrieval: a run of sentences of one article.
type Chunk struct {
	Article        int // the chunks of one article follow each other
	Title, Heading string
	Sentences      []string
}

// A Collection is the words of a corpus's sentences. Sentences are numbered
// from 0 over all chunks, in order. It may be used by many goroutines.
type Collection struct {
	chunks []Chunk
	heads  []head   // by chunk: the terms of its title and heading
	first  []int32  // by chunk, and one more: its first sentence
	chunk  []int32  // by sentence: its chunk
	start  []uint32 // by sentence, and one more: its first token
	length []uint16 // by sentence: its tokens that are not stop words
	tokens []token

	terms map[string]uint32 // stem -> number
	df    []int32           // by term: in how many sentences it stands
	chdf  []int32           // by term: in how many chunks
	words map[string]word

	special struct{ naming, copula map[uint32]bool } // terms of words that have a meaning here

	avgSentence, avgChunk float64 // mean number of tokens that are not stop words
}

// A head is what stands above a chunk.
type head struct{ title, heading []uint32 }

// A word is what is known about one folded word.
type word struct {
	count   int32
	inside  int32 // of these, not at the start of a sentence
	capital int32 // of these, with a capital letter
}

// A token packs one word of a sentence into 32 bits: its term in the low 22,
// then its kind, whether a span of that kind starts here, and its flags.
type token uint32

const (
	termBits         = 22
	maxTerms         = 1<<termBits - 1 // further terms share the last number
	kindShift        = termBits
	begin      token = 1 << 26
	stopWord   token = 1 << 27
	capital    token = 1 << 28
	number     token = 1 << 29
	pronounish token = 1 << 30 // he, she, it, they, this, these ...
)

func (t token) term() uint32 { return uint32(t) & maxTerms }
func (t token) kind() kind   { return kind(t>>kindShift) & 15 }

func (t token) withKind(k kind) token {
	return t&^(15<<kindShift) | token(k)<<kindShift
}

// Sentences returns how many sentences there are.
func (c *Collection) Sentences() int { return len(c.chunk) }

// Sentence returns the text of a sentence.
func (c *Collection) Sentence(s int) string {
	ch := c.chunk[s]
	return c.chunks[ch].Sentences[s-int(c.first[ch])]
}

// ChunkOf returns the chunk of a sentence.
func (c *Collection) ChunkOf(s int) int { return int(c.chunk[s]) }

// Range returns the sentences of a chunk: from first up to end.
func (c *Collection) Range(chunk int) (first, end int) {
	return int(c.first[chunk]), int(c.first[chunk+1])
}

// Has reports whether a term stands in a sentence, a title or a heading.
func (c *Collection) Has(stem string) bool {
	_, ok := c.terms[stem]
	return ok
}

// DF returns in how many sentences a stem stands.
func (c *Collection) DF(stem string) int {
	if t, ok := c.terms[stem]; ok {
		return int(c.df[t])
	}
	return 0
}

// Words yields every word, folded, in alphabetical order with its count.
func (c *Collection) Words(yield func(word string, count int) bool) {
	all := make([]string, 0, len(c.words))
	for w := range c.words {
		all = append(all, w)
	}
	slices.Sort(all)
	for _, w := range all {
		if !yield(w, int(c.words[w].count)) {
			return
		}
	}
}

// IsName reports whether a word is mostly written with a capital letter
// inside sentences.
func (c *Collection) IsName(w string) bool {
	x := c.words[w]
	return 2*x.capital > x.inside
}

// idf is the weight of a term that stands in df of n texts: the inverse
// document frequency of BM25, which is never negative (Robertson and
// Zaragoza, The Probabilistic Relevance Framework, 2009; the 1 is Lucene's).
func idf(n, df int) float64 {
	return math.Log(1 + (float64(n-df)+0.5)/(float64(df)+0.5))
}

// sameArticle reports whether both are sentences, of one article.
func (c *Collection) sameArticle(a, b int) bool {
	return a >= 0 && b >= 0 && a < len(c.chunk) && b < len(c.chunk) &&
		c.chunks[c.chunk[a]].Article == c.chunks[c.chunk[b]].Article
}

func (c *Collection) of(s int) []token { return c.tokens[c.start[s]:c.start[s+1]] }
