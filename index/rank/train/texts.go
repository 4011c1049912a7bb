package main

import (
	"fmt"
	"strings"

	"dossier/corpus"
	"dossier/index/retrieve"
)

// texts is a corpus as package index has it.
type texts struct {
	*retrieve.Corpus
	retriever *retrieve.Retriever
	source    []corpus.Article // the articles of the whole corpus, where this is a part
	passages  []int            // by article: number of its first passage over all articles
}

func newTexts(articles []corpus.Article) (*texts, error) {
	t := &texts{Corpus: retrieve.Cut(articles), source: articles}
	n := 0
	for _, a := range articles {
		t.passages = append(t.passages, n)
		n += len(a.Passages)
	}
	var err error
	t.retriever, err = retrieve.InMemory(t.Documents())
	return t, err
}

// passage returns the number of a sentence's passage over all articles.
func (t *texts) passage(s int) int {
	at := t.Sentences[s]
	return t.passages[at.Article] + at.Passage
}

type passageLine struct {
	PID   int    `json:"pid"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

func readTexts(file string) (*texts, error) {
	if file == "builtin" {
		articles, problems := corpus.Load(corpus.Builtin())
		if len(problems) > 0 {
			return nil, fmt.Errorf("%v", problems[0])
		}
		return newTexts(articles)
	}
	lines, err := readLines[passageLine](file)
	if err != nil {
		return nil, err
	}
	var articles []corpus.Article
	for i, l := range lines {
		if l.PID != i {
			return nil, fmt.Errorf("%s: passage %d has pid %d", file, i, l.PID)
		}
		if len(articles) == 0 || articles[len(articles)-1].Title != l.Title {
			articles = append(articles, corpus.Article{Title: l.Title})
		}
		p := corpus.Passage{Text: l.Text}
		at := 0
		for _, s := range corpus.Sentences(l.Text) {
			at += strings.Index(l.Text[at:], s)
			p.Sentences = append(p.Sentences, corpus.Sentence{Text: s, Start: at})
			at += len(s)
		}
		a := &articles[len(articles)-1]
		a.Passages = append(a.Passages, p)
	}
	return newTexts(articles)
}
