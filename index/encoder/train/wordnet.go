package main

import (
	"bufio"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// A synset is one meaning in WordNet: its words, what they mean, and sentences with them.
type synset struct {
	words    []string
	meaning  string
	examples []string
}

var quoted = regexp.MustCompile(`"([^"]+)"`)

// readWordNet reads the meanings in the data files of a WordNet dict folder that
// have an example or, but for nouns, at least two words.
func readWordNet(dir string) (all []synset, err error) {
	for _, pos := range []string{"verb", "noun", "adj"} {
		f, err := os.Open(filepath.Join(dir, "data."+pos))
		if err != nil {
			return nil, err
		}
		sc := bufio.NewScanner(f)
		sc.Buffer(nil, 1<<20)
		for sc.Scan() {
			s := parseSynset(sc.Text())
			if len(s.examples) > 0 || len(s.words) > 1 && pos != "noun" {
				all = append(all, s)
			}
		}
		err = sc.Err()
		f.Close()
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// parseSynset reads a line of a data file, https://wordnet.princeton.edu/documentation/wndb5wn;
// without words if it is none.
func parseSynset(line string) (s synset) {
	head, gloss, ok := strings.Cut(line, " | ")
	part := strings.Fields(head)
	if !ok || strings.HasPrefix(head, " ") || len(part) < 4 {
		return s
	}
	n, err := strconv.ParseInt(part[3], 16, 32)
	if err != nil || len(part) < 4+2*int(n) {
		return s
	}
	for i := range int(n) {
		w, _, _ := strings.Cut(part[4+2*i], "(")
		s.words = append(s.words, strings.ReplaceAll(w, "_", " "))
	}
	for _, m := range quoted.FindAllStringSubmatch(gloss, -1) {
		if strings.Contains(m[1], " ") {
			s.examples = append(s.examples, m[1])
		}
	}
	s.meaning = strings.Trim(quoted.ReplaceAllString(gloss, ""), "; ")
	return s
}

// pair is two texts of the same meaning: words or an example beside the
// definition, or an example beside itself with another word for the same thing.
func (s synset) pair(r *rand.Rand) (a, b string) {
	if len(s.examples) == 0 || r.Float64() < .15 {
		a = s.words[r.IntN(len(s.words))]
		if len(s.words) > 1 && r.Float64() < .4 {
			for range 5 {
				if b = s.words[r.IntN(len(s.words))]; b != a {
					return a, b
				}
			}
		}
		return a, s.meaning
	}
	ex := s.examples[r.IntN(len(s.examples))]
	if r.Float64() < .7 {
		if other := reword(ex, s.words, s.words[r.IntN(len(s.words))]); other != ex {
			return chatty(r, other, ex, ""), ex
		}
	}
	return chatty(r, ex, "", ""), s.meaning
}

// reword puts another word in the place of the first of words found in text,
// with its ending, by the simplest rules: some come out misspelt, as they do in
// chat.
func reword(text string, words []string, other string) string {
	fields := strings.Fields(text)
	for i, f := range fields {
		k := wordKey(f)
		for _, w := range words {
			w = strings.ToLower(w)
			end, ok := strings.CutPrefix(k, strings.TrimSuffix(w, "e"))
			if !ok || w == other {
				continue
			}
			e := strings.TrimSuffix(other, "e")
			switch {
			case k == w:
				fields[i] = other
			case end == "s" || end == "es":
				fields[i] = other + "s"
			case end == "ed" || end == "ing":
				first, rest, _ := strings.Cut(e, " ")
				fields[i] = strings.TrimSpace(first + end + " " + rest)
			default:
				continue
			}
			return strings.Join(fields, " ")
		}
	}
	return text
}

// wordBatch adds the gradients of pairs from WordNet, each text against all the
// others, and returns the mean loss.
func (t *trainer) wordBatch() float64 {
	ids := make([][]int32, 2*wordPairs)
	gold := make([][]int, wordPairs)
	for i := range wordPairs {
		a, b := t.words[t.rand.IntN(len(t.words))].pair(t.rand)
		ids[i], ids[wordPairs+i], gold[i] = t.m.tokens(a), t.m.tokens(b), []int{i}
	}
	out := t.m.encode(ids)
	c := newContrast(out[:wordPairs*dim], out[wordPairs*dim:], nil, gold, alike)
	d := append(c.dq, c.dc...)
	for i := range d {
		d[i] *= wordWeight
	}
	t.m.backward(d)
	return c.loss / wordPairs
}
