package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"dossier/corpus"
)

// A pool is a corpus with questions about it.
type pool struct {
	name  string
	group int     // pools of one group are reported together
	times float32 // how often each of its questions counts in the training
	texts *texts
	items []item

	titled map[int]bool // articles kept out by their titles
}

// An item is one question with the sentences that answer it.
type item struct {
	text    string
	gold    map[int]bool
	article int // the article asked about, or -1
	kind    string
	topic   topic
	found   *found // its candidates, once looked up
}

type questionLine struct {
	Q          string   `json:"q"`
	PID        int      `json:"pid"`
	Spans      [][2]int `json:"spans"`
	Gold       []string `json:"gold"`
	Impossible bool     `json:"impossible"`
	Kind       string   `json:"kind"`
	Half       string   `json:"half"`
	Article    string   `json:"article"`
	Before     []string `json:"before"`
	Title      string   `json:"title"`
	Also       []string `json:"also"` // sentences of other passages of the article that answer too
}

func readLines[T any](file string) ([]T, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var out []T
	for n, line := range bytes.Split(b, []byte("\n")) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var v T
		if err := json.Unmarshal(line, &v); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, n+1, err)
		}
		out = append(out, v)
	}
	return out, nil
}

// readPools reads a list of passages and questions. Files of passages that
// come twice are read once.
func readPools(files string) ([]*pool, error) {
	list := strings.Split(files, ",")
	if len(list)%2 != 0 {
		return nil, fmt.Errorf("%q is not pairs of PASSAGES,QUESTIONS", files)
	}
	known := make(map[string]*texts)
	var out []*pool
	for i := 0; i < len(list); i += 2 {
		t := known[list[i]]
		if t == nil {
			var err error
			if t, err = readTexts(list[i]); err != nil {
				return nil, err
			}
			known[list[i]] = t
		}
		name, times, _ := strings.Cut(list[i+1], "*")
		p := &pool{name: name, times: 1, texts: t}
		if times != "" {
			n, err := strconv.ParseFloat(times, 32)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", list[i+1], err)
			}
			p.times = float32(n)
		}
		name, alone := strings.CutSuffix(name, "@article")
		if err := p.readQuestions(name); err != nil {
			return nil, err
		}
		p.group = i / 2
		if !alone {
			out = append(out, p)
			continue
		}
		for a := range t.Articles {
			part, err := p.part(p.name, func(b, q int) bool { return b == a }, func(i int) bool { return p.items[i].article == a })
			if err != nil {
				return nil, err
			}
			if len(part.items) > 0 {
				out = append(out, part)
			}
		}
	}
	return out, nil
}

func (p *pool) readQuestions(file string) error {
	lines, err := readLines[questionLine](file)
	if err != nil {
		return err
	}
	t := p.texts
	byID := make(map[string]int)
	first := make(map[int]int) // passage -> its first sentence
	for s := range t.Sentences {
		if _, x := t.At(s); x.ID != "" {
			byID[x.ID] = s
		}
		if _, ok := first[t.passage(s)]; !ok {
			first[t.passage(s)] = s
		}
	}
	slug, title := make(map[string]int), make(map[string]int)
	for i, a := range t.Articles {
		slug[a.Slug], title[a.Title] = i, i
	}
	for _, l := range lines {
		if l.Half == "test" || len(l.Before) > 0 {
			continue // for measuring the whole; leans on other questions
		}
		it := item{text: l.Q, gold: make(map[int]bool), article: -1, kind: l.Kind}
		if len(byID) > 0 {
			if a, ok := slug[l.Article]; ok {
				it.article = a
			}
			for _, id := range l.Gold {
				if s, ok := byID[id]; ok {
					it.gold[s] = true
				}
			}
		} else if a, ok := title[l.Title]; ok { // about this article, which does not say
			it.article = a
		} else {
			s0, ok := first[l.PID]
			if !ok {
				continue
			}
			it.article = t.Sentences[s0].Article
			for s := s0; s < len(t.Sentences) && t.passage(s) == l.PID; s++ {
				_, x := t.At(s)
				from, to := x.Start, x.Start+len(x.Text)
				if !l.Impossible {
					for _, sp := range l.Spans {
						if sp[0] >= from && sp[0] < to {
							it.gold[s] = true
						}
					}
				}
				for _, g := range l.Gold {
					if sameText(g, x.Text) {
						it.gold[s] = true
					}
				}
			}
			for s := range t.Sentences {
				_, x := t.At(s)
				if t.Sentences[s].Article == it.article && slices.ContainsFunc(l.Also, func(g string) bool { return sameText(g, x.Text) }) {
					it.gold[s] = true
				}
			}
		}
		p.items = append(p.items, it)
	}
	return nil
}

// sameText reports whether a quoted sentence is, or overlaps, a sentence:
// those who wrote the questions may have cut the passage otherwise.
func sameText(quoted, sentence string) bool {
	q, s := strings.Join(strings.Fields(quoted), " "), strings.Join(strings.Fields(sentence), " ")
	return q == s || strings.Contains(q, s) && len(s) > 20 || strings.Contains(s, q) && 2*len(q) > len(s)
}

// part returns p over some of its passages: those of which keep says yes.
// Questions whose answer is not among them are questions without an answer.
// Only the questions of which ask says yes are kept.
func (p *pool) part(name string, keep func(article, passage int) bool, ask func(i int) bool) (*pool, error) {
	var articles []corpus.Article
	has := make(map[int]bool)
	for a, x := range p.texts.Articles {
		y := corpus.Article{Title: x.Title, Slug: x.Slug}
		for i, q := range x.Passages {
			if keep(a, i) {
				y.Passages = append(y.Passages, q)
			}
		}
		if len(y.Passages) > 0 {
			articles = append(articles, y)
			has[a] = true
		}
	}
	t, err := newTexts(articles)
	if err != nil {
		return nil, err
	}
	t.source = p.texts.source
	moved := make(map[int]int) // sentence of p -> of the part
	next := 0
	for s, at := range p.texts.Sentences {
		if keep(at.Article, at.Passage) {
			moved[s] = next
			next++
		}
	}
	out := &pool{name: name, group: p.group, times: p.times, texts: t}
	for i, it := range p.items {
		if !ask(i) {
			continue
		}
		gold := make(map[int]bool)
		for s := range it.gold {
			if n, ok := moved[s]; ok {
				gold[n] = true
			}
		}
		out.items = append(out.items, item{text: it.text, gold: gold, article: it.article, kind: it.kind, topic: p.topicOf(&it, has)})
	}
	return out, nil
}
