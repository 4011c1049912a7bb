// Package messagetest has answers and articles to render in tests.
package messagetest

import (
	"fmt"
	"strings"
	"time"

	"dossier/index"
)

// Quote is the n-th of as many quotes as a test needs.
func Quote(n int) index.Quote {
	text := fmt.Sprintf("Sentence %d says that Annie and Fury leaked on Nov. 27.", n)
	return index.Quote{
		ID: fmt.Sprintf("five-films.%08x", n), Text: text, Before: "Five films were on pirate sites.",
		Matched: []index.Span{span(text, "leaked")}, Exact: []index.Span{span(text, "Annie"), span(text, "Fury")},
		Article: index.ArticleRef{Slug: "five-films", Title: "Five films on pirate sites", Date: "2014-12-01", Outlet: "Dossier", URL: "https://example.com/five-films", Heading: "The films"},
		Sources: []index.Source{{Name: "Variety", Title: "Sony’s New Movies Leak Online", Date: "2014-11-29", URL: "https://variety.com/2014/digital/news/leak/"}},
	}
}

func span(text, part string) index.Span {
	at := strings.Index(text, part)
	return index.Span{Start: at, End: at + len(part)}
}

// Answer is one with these quotes.
func Answer(question string, quotes ...index.Quote) index.Answer {
	return index.Answer{Question: question, Outcome: index.Answered, Answered: true, Confidence: 0.9, Quotes: quotes}
}

// Nearest are quotes that may answer: nothing of them is marked as the answer.
func Nearest() []index.Quote {
	near := []index.Quote{Quote(1), Quote(2), Quote(3)}
	for i := range near {
		near[i].Exact = nil
	}
	return near
}

// Around are the sentences around the n-th quote.
func Around(n, each int) []index.Quote {
	var list []index.Quote
	for k := max(n-each, 0); k <= n+each; k++ {
		list = append(list, Quote(k))
	}
	return list
}

// Articles are as many as fill three pages.
func Articles() []index.ArticleRef {
	var list []index.ArticleRef
	for n := range 20 {
		list = append(list, index.ArticleRef{
			Slug: fmt.Sprint("a", n), Title: fmt.Sprintf("Article %d *about* films", n), Date: "2014-12-01",
			Outlet: "Dossier", URL: fmt.Sprintf("https://example.com/%d", n),
		})
	}
	return list
}

// Stats are those of the articles.
func Stats() index.Stats {
	read := time.Date(2026, 11, 30, 21, 40, 0, 0, time.UTC)
	return index.Stats{
		Articles: 20, Passages: 90, Sentences: 400, From: "2014-11-24", To: "2016-02-24", Version: "3f9a1c",
		Read: read, Change: index.Change{When: read.AddDate(0, 0, -2), Added: 2, Changed: 1},
	}
}

// SourceNames are the outlets that the articles cite.
func SourceNames() []string {
	return []string{"Variety", "The New York Times", "Wired", "Deadline.com", "BBC News"}
}

// Suggest returns at most n of the known questions that contain what was typed.
func Suggest(typed string, n int) []string {
	all := []string{"which films leaked?", "who is Amy Pascal?", "what is destover?", "when was the attack?", "who found the skull?", strings.Repeat("long ", 30)}
	var list []string
	for _, s := range all {
		if strings.Contains(s, typed) && len(list) < n {
			list = append(list, s)
		}
	}
	return list
}
