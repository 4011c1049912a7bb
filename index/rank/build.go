package rank

import (
	"math"
	"runtime"
	"sync"

	term "dossier/index/text"
)

// NewCollection reads the words of chunks. It keeps the strings it is given.
func NewCollection(chunks []Chunk) *Collection {
	parts := make([]*part, min(runtime.GOMAXPROCS(0), 1+len(chunks)/256))
	var wg sync.WaitGroup
	for i := range parts {
		from, to := i*len(chunks)/len(parts), (i+1)*len(chunks)/len(parts)
		parts[i] = newPart()
		wg.Go(func() { parts[i].read(chunks[from:to]) })
	}
	wg.Wait()
	c := &Collection{chunks: chunks, terms: make(map[string]uint32), words: make(map[string]word)}
	for _, p := range parts {
		c.add(p)
	}
	c.first = append(c.first, int32(len(c.chunk)))
	c.start = append(c.start, uint32(len(c.tokens)))
	c.settleNames(parts)
	c.count()
	return c
}

// A part is what one goroutine read. Its terms have numbers of their own.
type part struct {
	terms  map[string]uint32
	stems  []string // by term
	words  map[string]*word
	tokens []token
	start  []uint32
	opener []string // by sentence: its first word
	first  []int32
	chunk  []int32
	heads  []head
}

func newPart() *part {
	return &part{terms: make(map[string]uint32), words: make(map[string]*word)}
}

func (p *part) term(stem string) uint32 {
	t, ok := p.terms[stem]
	if !ok {
		t = uint32(len(p.stems))
		p.terms[stem] = t
		p.stems = append(p.stems, stem)
	}
	return t
}

func (p *part) read(chunks []Chunk) {
	for i, ch := range chunks {
		h := head{}
		if i > 0 && ch.Title == chunks[i-1].Title {
			h.title = p.heads[i-1].title
		} else {
			h.title = p.topic(ch.Title)
		}
		h.heading = p.topic(ch.Heading)
		p.heads = append(p.heads, h)
		p.first = append(p.first, int32(len(p.start)))
		for _, s := range ch.Sentences {
			p.chunk = append(p.chunk, int32(i))
			p.sentence(s)
		}
	}
}

// topic returns the terms of a title.
func (p *part) topic(text string) []uint32 {
	var out []uint32
	for _, t := range term.Tokens(text) {
		if !t.Stop {
			out = append(out, p.term(term.Stem(t.Word)))
		}
	}
	return out
}

// maxTokens is how much of a sentence is read. Prose has no longer ones.
const maxTokens = 400

func (p *part) sentence(text string) {
	p.start = append(p.start, uint32(len(p.tokens)))
	words := term.Tokens(text)
	words = words[:min(len(words), maxTokens)]
	opener := ""
	from := len(p.tokens)
	for i, t := range words {
		w := p.words[t.Word]
		if w == nil {
			w = new(word)
			p.words[t.Word] = w
		}
		w.count++
		if i == 0 {
			opener = t.Word
		} else {
			w.inside++
			if t.Capital {
				w.capital++
			}
		}
		tok := token(min(p.term(term.Stem(t.Word)), maxTerms))
		if t.Stop {
			tok |= stopWord
		}
		if t.Capital {
			tok |= capital
		}
		if t.Number {
			tok |= number
		}
		if term.Pronouns[t.Word] {
			tok |= pronounish
		}
		p.tokens = append(p.tokens, tok)
	}
	p.opener = append(p.opener, opener)
	annotate(text, words, p.tokens[from:])
}

// add appends a part, with its terms renumbered.
func (c *Collection) add(p *part) {
	number := make([]uint32, len(p.stems))
	for i, s := range p.stems {
		t, ok := c.terms[s]
		if !ok {
			t = uint32(len(c.terms))
			c.terms[s] = t
		}
		number[i] = min(t, maxTerms)
	}
	token0, sentence0, chunk0 := uint32(len(c.tokens)), int32(len(c.chunk)), int32(len(c.heads))
	for _, t := range p.tokens {
		c.tokens = append(c.tokens, t&^maxTerms|token(number[t.term()]))
	}
	for i := range p.heads {
		h := &p.heads[i]
		if i == 0 || !sameSlice(h.title, p.heads[i-1].title) { // the chunks of an article share its title
			renumber(h.title, number)
		}
		renumber(h.heading, number)
		c.heads = append(c.heads, *h)
	}
	for _, s := range p.start {
		c.start = append(c.start, token0+s)
	}
	for _, s := range p.first {
		c.first = append(c.first, sentence0+s)
	}
	for _, ch := range p.chunk {
		c.chunk = append(c.chunk, chunk0+ch)
	}
	for w, x := range p.words {
		y := c.words[w]
		c.words[w] = word{y.count + x.count, y.inside + x.inside, y.capital + x.capital}
	}
}

// sameSlice reports whether a and b are the same memory.
func sameSlice(a, b []uint32) bool {
	return len(a) > 0 && len(b) > 0 && &a[0] == &b[0]
}

func renumber(terms, number []uint32) {
	for i, t := range terms {
		terms[i] = number[t]
	}
}

// count fills the frequencies of terms.
func (c *Collection) count() {
	c.df, c.chdf = make([]int32, len(c.terms)), make([]int32, len(c.terms))
	c.length = make([]uint16, len(c.chunk))
	lastSentence, lastChunk := make([]int32, len(c.terms)), make([]int32, len(c.terms))
	total := 0
	for s := range c.chunk {
		ch := c.chunk[s]
		for _, t := range c.of(s) {
			if t&stopWord != 0 {
				continue
			}
			c.length[s]++
			x := t.term()
			if lastSentence[x] != int32(s)+1 {
				lastSentence[x] = int32(s) + 1
				c.df[x]++
			}
			if lastChunk[x] != ch+1 {
				lastChunk[x] = ch + 1
				c.chdf[x]++
			}
		}
		total += int(c.length[s])
	}
	c.special.naming, c.special.copula = c.numbers(naming), c.numbers(copula)
	c.avgSentence = math.Max(1, float64(total)) / math.Max(1, float64(len(c.chunk)))
	c.avgChunk = math.Max(1, float64(total)) / math.Max(1, float64(len(c.chunks)))
}

// numbers returns the terms of words.
func (c *Collection) numbers(words map[string]bool) map[uint32]bool {
	m := make(map[uint32]bool)
	for w := range words {
		if t, ok := c.terms[term.Stem(w)]; ok {
			m[t] = true
		}
	}
	return m
}
