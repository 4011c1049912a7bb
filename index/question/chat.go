package question

import (
	"fmt"
	"strconv"
	"strings"
)

// maxPhrase is how many words a phrase of the lists has at most.
const maxPhrase = 7

// A meaning is what a piece of chat language stands for.
type meaning struct {
	words   []word
	unknown bool // only where the corpus does not know the word
}

// A phrasebook says what words and phrases stand for.
type phrasebook struct {
	meanings map[string]meaning
	first    map[string]bool // the first words, with true for those that begin a phrase
}

var (
	slang = readPhrases("slang")
	noise = readNoise()
	weak  = readWeak()
)

func readPhrases(name string) phrasebook {
	book := phrasebook{make(map[string]meaning), make(map[string]bool)}
	for line := range strings.Lines(readList(name)) {
		line, _, _ = strings.Cut(line, "#")
		from, to, ok := strings.Cut(line, " = ")
		if !ok {
			continue
		}
		to, unknown := strings.CutPrefix(to, "? ")
		var words []word
		for w := range strings.FieldsSeq(to) {
			words = append(words, word{w: w, stop: isStop(w), number: isNumberWord(w), fixed: true})
		}
		for _, f := range strings.Fields(from) {
			book.meanings[strings.ReplaceAll(f, "_", " ")] = meaning{words, unknown}
			first, _, more := strings.Cut(f, "_")
			book.first[first] = book.first[first] || more
		}
	}
	return book
}

// Where a phrase is noise.
const (
	ahead = 1 << iota
	behind
)

func readNoise() map[string]int {
	m := make(map[string]int)
	for line := range strings.Lines(readList("noise")) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '+':
			m[line[1:]] |= ahead
		case line[0] == '-':
			m[line[1:]] |= behind
		default:
			m[line] |= ahead | behind
		}
	}
	return m
}

func readWeak() map[string]float64 {
	m := make(map[string]float64)
	for line := range strings.Lines(readList("weak")) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		weight, err := strconv.ParseFloat(f[0], 64)
		if err != nil {
			panic(fmt.Sprintf("words/weak.txt: %v", err)) // the file is in the binary
		}
		for _, w := range f[1:] {
			m[w] = weight
		}
	}
	return m
}

// expand spells out chat language. It looks twice, since "whats up with" is
// "what is up with", which stands for something itself.
func (p *Parser) expand(text string, words []word) []word {
	for range 2 {
		var out []word
		for i := 0; i < len(words); {
			n, m := p.meaning(slang, text, words[i:])
			if n == 0 {
				out = append(out, words[i])
				if w := words[i]; possessed(w) && (isAsk(w.w) || w.w == "it" || w.w == "that" || w.w == "there" || w.w == "he" || w.w == "she") {
					out[len(out)-1].new = w.w // "what's", which counts as a possessive
					out = append(out, word{w: "is", stop: true, fixed: true})
				}
				i++
				continue
			}
			first, last := words[i], words[i+n-1]
			for k, x := range m.words {
				x.capital = first.capital
				if k == 0 {
					x.start, x.end, x.new = first.start, max(first.end, last.end), x.w
					if first.w == "w" && x.end < len(text) && text[x.end] == '/' {
						x.end++ // "w/"
					}
					if first.start == first.end { // itself the product of an expansion
						x.start, x.end, x.new = 0, 0, ""
					}
				}
				out = append(out, x)
			}
			i += n
		}
		words = out
	}
	return words
}

// meaning returns what the longest phrase that words start with stands for,
// and how many words it has.
func (p *Parser) meaning(book phrasebook, text string, words []word) (n int, m meaning) {
	more, ok := book.first[words[0].w]
	if !ok {
		return 0, m
	}
	key := ""
	for k := 0; k < len(words) && k < maxPhrase && (k == 0 || more); k++ {
		if k > 0 {
			key += " "
		}
		key += words[k].w
		found, ok := book.meanings[key]
		if !ok {
			continue
		}
		if k == 0 && len(key) == 1 && (words[0].capital || words[0].end < len(text) && words[0].start < words[0].end && strings.ContainsRune("./&-'", rune(text[words[0].end])) && key != "w") {
			continue // "R rating", "r/movies", "n.n."
		}
		if found.unknown && (p.knows(words[0].w) || k > 0) {
			continue
		}
		n, m = k+1, found
	}
	return n, m
}

// leads returns the word that links a question to the one before it, as "and",
// or an empty string.
func leads(words []word) string {
	if len(words) == 0 {
		return ""
	}
	switch w := words[0].w; w {
	case "and", "but", "also", "then", "or":
		return w
	}
	return ""
}

// trimNoise drops what people say before and behind a question. Words that
// are nothing but noise stay.
func trimNoise(words []word) []word {
	from, to := 0, len(words)
	for n := 1; n > 0 && from < to; from += n {
		n = 0
		key := ""
		for k := from; k < to && k < from+maxPhrase; k++ {
			key = strings.TrimPrefix(key+" "+words[k].w, " ")
			if noise[key]&ahead != 0 {
				n = k + 1 - from
			}
		}
		if n > 0 && from+n < to && (words[from].w == "so" || words[from].w == "all") && (words[from+n].w == "far" || words[from+n].w == "the") {
			break
		}
	}
	for n := 1; n > 0 && from < to; to -= n {
		n = 0
		key := ""
		for k := to - 1; k >= from && k >= to-maxPhrase; k-- {
			key = strings.TrimSuffix(words[k].w+" "+key, " ")
			if noise[key]&behind != 0 {
				n = to - k
			}
		}
	}
	if from >= to {
		return words
	}
	return words[from:to]
}
