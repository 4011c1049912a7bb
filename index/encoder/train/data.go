package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"dossier/corpus"
)

// A dataset is passages cut into sentences, and questions that one or more of
// these answer. Questions are asked within an article.
type dataset struct {
	name      string
	times     int // how often training takes it in one pass over all data
	articles  []article
	passages  []passage
	sentences []sentence
	questions []question
}

// An article has numbers of passages, sentences and questions.
type article struct {
	title                          string
	held                           bool // out of training, to measure on
	passages, sentences, questions []int
	absent                         []string // questions that it does not answer
}

type passage struct {
	article              int
	text                 string
	sentences, questions []int
}

type sentence struct {
	text     string
	from, to int // bytes of the passage
	prev     int // the sentence before it in the passage, or -1
}

type question struct {
	text    string
	article int
	gold    []int // the sentences that answer it
}

// The lines of the files, see readData.
type (
	passageLine struct {
		Pid         int
		Title, Text string
	}
	questionLine struct {
		Q     string
		Title string
		Pid   int
		Spans [][2]int
		Gold  []string
	}
)

// Of seven articles one is held out, here the fifth.
const heldOf, heldAt = 7, 4

// readData reads "PASSAGES,QUESTIONS", "PASSAGES,QUESTIONS,ABSENT" or one of
// these with "*N", files of JSON lines to be taken N times:
//
//	{"pid": 0, "title": "of the article", "text": "…"}
//	{"q": "…", "pid": 0, "spans": [[from, to], …]}
//	{"q": "…", "pid": 0, "gold": ["part of the text", …]}
//	{"q": "…", "title": "of an article that does not answer it"}
//
// A sentence answers a question if a span, in bytes, or a gold part begins in it.
func readData(arg string) (*dataset, error) {
	files, n, repeated := strings.Cut(arg, "*")
	passages, questions, ok := strings.Cut(files, ",")
	questions, absent, _ := strings.Cut(questions, ",")
	d := &dataset{name: passages, times: 1}
	if repeated {
		var err error
		if d.times, err = strconv.Atoi(n); err != nil || d.times < 1 {
			ok = false
		}
	}
	if !ok {
		return nil, fmt.Errorf("-data %s: want PASSAGES,QUESTIONS[,ABSENT][*N]", arg)
	}
	number, err := d.readPassages(passages)
	if err != nil {
		return nil, err
	}
	if err := d.readQuestions(questions, number); err != nil || absent == "" {
		return d, err
	}
	return d, d.readAbsent(absent)
}

// readAbsent reads questions that an article does not answer.
func (d *dataset) readAbsent(file string) error {
	titles := map[string]*article{}
	for i := range d.articles {
		titles[d.articles[i].title] = &d.articles[i]
	}
	return jsonLines(file, func(q questionLine) {
		if a := titles[q.Title]; a != nil && strings.TrimSpace(q.Q) != "" {
			a.absent = append(a.absent, strings.TrimSpace(q.Q))
		}
	})
}

// readPassages returns the numbers of passages by pid.
func (d *dataset) readPassages(file string) (map[int]int, error) {
	number, titles := map[int]int{}, map[string]int{}
	err := jsonLines(file, func(p passageLine) {
		a, ok := titles[p.Title]
		if !ok {
			a = len(d.articles)
			titles[p.Title] = a
			d.articles = append(d.articles, article{title: p.Title, held: a%heldOf == heldAt})
		}
		art := &d.articles[a]
		number[p.Pid] = len(d.passages)
		art.passages = append(art.passages, len(d.passages))
		pas := passage{article: a, text: p.Text}
		prev, at := -1, 0
		for _, s := range corpus.Sentences(p.Text) {
			at += strings.Index(p.Text[at:], s)
			k := len(d.sentences)
			d.sentences = append(d.sentences, sentence{s, at, at + len(s), prev})
			pas.sentences = append(pas.sentences, k)
			art.sentences = append(art.sentences, k)
			prev = k
			at += len(s)
		}
		d.passages = append(d.passages, pas)
	})
	return number, err
}

// readQuestions leaves out questions without an answer in their passage.
func (d *dataset) readQuestions(file string, number map[int]int) error {
	return jsonLines(file, func(q questionLine) {
		n, ok := number[q.Pid]
		text := strings.TrimSpace(q.Q)
		if !ok || text == "" {
			return
		}
		p := &d.passages[n]
		var begin []int
		for _, s := range q.Spans {
			begin = append(begin, s[0])
		}
		for _, g := range q.Gold {
			begin = append(begin, strings.Index(p.text, g))
		}
		var gold []int
		for _, k := range p.sentences {
			s := d.sentences[k]
			if slices.ContainsFunc(begin, func(b int) bool { return b >= s.from && b < s.to }) {
				gold = append(gold, k)
			}
		}
		if len(gold) == 0 {
			return
		}
		a := &d.articles[p.article]
		p.questions = append(p.questions, len(d.questions))
		a.questions = append(a.questions, len(d.questions))
		d.questions = append(d.questions, question{text, p.article, gold})
	})
}

// jsonLines calls each with the value of each line.
func jsonLines[T any](file string, each func(T)) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for n := 1; sc.Scan(); n++ {
		var v T
		if err := json.Unmarshal(sc.Bytes(), &v); err != nil {
			return fmt.Errorf("%s:%d: %w", file, n, err)
		}
		each(v)
	}
	if err := sc.Err(); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}
