package main

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"dossier/corpus"
	"dossier/index"
)

var example = index.Answer{
	Question: "which films leaked?", Outcome: index.Answered, Answered: true, Confidence: 0.83456, Depth: 16,
	Quotes: []index.Quote{{
		ID: "films.1a2b3c4d", Text: "These are Annie & Fury.", Before: "Two films leaked.", After: "Sony kept quiet.", Context: true, Score: 1.5,
		Matched: []index.Span{{Start: 10, End: 15}},
		Exact:   []index.Span{{Start: 18, End: 22}},
		Article: index.ArticleRef{Slug: "films", Title: "Films leak", Date: "2014-12-02"},
		Sources: []index.Source{{Name: "Variety", Title: "On Annie", Date: "2014-11-29", URL: "https://example.org/?a=b&c"}, {Name: "Reuters", Date: "2014"}},
	}},
}

// TestJSON holds the shape that the README documents.
func TestJSON(t *testing.T) {
	tests := []struct {
		name   string
		answer index.Answer
		err    error
		want   string
	}{
		{"answered", example, nil, `{"question":"which films leaked?","outcome":"answered","answered":true,"confidence":0.8346,"quotes":[{"id":"films.1a2b3c4d","text":"These are Annie & Fury.","before":"Two films leaked.","after":"Sony kept quiet.","context":true,"exact":[[18,22]],"score":1.5,"article":{"slug":"films","title":"Films leak","date":"2014-12-02","outlet":"","url":""},"sources":[{"name":"Variety","title":"On Annie","date":"2014-11-29","url":"https://example.org/?a=b&c"},{"name":"Reuters","title":"","date":"2014","url":""}]}],"suggestions":[],"depth":16,"took_ms":1.9}` + "\n"},
		{
			"unsure",
			index.Answer{
				Question: "why?", Before: []string{"who left?"}, Outcome: index.Unsure, Confidence: 0.2, Depth: 8, Suggestions: []string{"Who?"}, Read: "question (0.90)",
				Nearest: []index.Quote{{ID: "a.1", Signals: []index.Signal{{Name: "reader", Value: 0.5, Weight: 1}}}},
			},
			nil, `{"question":"why?","understood":"who left? · why?","outcome":"unsure","answered":false,"confidence":0.2,"quotes":[],"nearest":[{"id":"a.1","text":"","before":"","after":"","score":0,"signals":[{"name":"reader","value":0.5,"weight":1}],"article":{"slug":"","title":"","date":"","outlet":"","url":""},"sources":[]}],"suggestions":["Who?"],"depth":8,"read":"question (0.90)","took_ms":1.9}` + "\n",
		},
		{"absent", index.Answer{Question: "why?", Outcome: index.Absent, Confidence: 0.01, Depth: 8, Suggestions: []string{"Who?"}}, nil, `{"question":"why?","outcome":"absent","answered":false,"confidence":0.01,"quotes":[],"suggestions":["Who?"],"depth":8,"took_ms":1.9}` + "\n"},
		{"other", index.Answer{Question: "warum?", Outcome: index.Other, Reason: index.AnotherLanguage, Depth: 8}, nil, `{"question":"warum?","outcome":"other","reason":"another language","answered":false,"confidence":0,"quotes":[],"suggestions":[],"depth":8,"took_ms":1.9}` + "\n"},
		{"no words", index.Answer{Question: "?!", Outcome: index.Other, Reason: index.NothingToSearch}, index.ErrEmptyQuestion, `{"question":"?!","outcome":"other","reason":"nothing to search for","answered":false,"confidence":0,"quotes":[],"suggestions":[],"depth":0,"took_ms":1.9,"error":"Ask me something, for example: who left?"}` + "\n"},
		{"below zero", index.Answer{Outcome: index.Answered, Answered: true, Confidence: -0.00001, Quotes: []index.Quote{{Score: -1.23456}}}, nil, `{"question":"","outcome":"answered","answered":true,"confidence":0,"quotes":[{"id":"","text":"","before":"","after":"","score":-1.2346,"article":{"slug":"","title":"","date":"","outlet":"","url":""},"sources":[]}],"suggestions":[],"depth":0,"took_ms":1.9}` + "\n"},
		{"too slow", index.Answer{Question: "why"}, fmt.Errorf("search: %w", context.DeadlineExceeded), `{"question":"why","answered":false,"confidence":0,"quotes":[],"suggestions":[],"depth":0,"took_ms":1.9,"error":"That took too long. Please try a shorter question."}` + "\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b bytes.Buffer
			if err := writeJSON(&b, tt.answer, userMessage(tt.err, "who left?"), 1901*time.Microsecond); err != nil {
				t.Fatal(err)
			}
			if b.String() != tt.want {
				t.Errorf("writeJSON:\n got %s\nwant %s", b.String(), tt.want)
			}
		})
	}
}

func TestPageStyles(t *testing.T) {
	var b bytes.Buffer
	p := &page{w: &b, width: 40, styled: true}
	p.answer(example)
	want := `[1] Two films leaked. These are *Annie* &
    *^Fury.*
    - _Variety,_ _On_ _Annie,_ _29_ _November_
      _2014,_ _https://example.org/?a=b&c_
    - _Reuters,_ _2014_

`
	got := strings.NewReplacer(bold, "*", underline, "^", dim, "_", reset, "\x00").Replace(b.String())
	got = strings.NewReplacer("*Annie\x00", "*Annie*", "*^Fury.\x00", "*^Fury.*", "\x00", "_").Replace(got)
	if got != want {
		t.Errorf("page:\n got %q\nwant %q", got, want)
	}
}

// TestPageOutcomes holds what a person reads for each outcome.
func TestPageOutcomes(t *testing.T) {
	ask := "You could ask:\n  - Who left?\n\n"
	tests := []struct {
		name   string
		answer index.Answer
		want   string
	}{
		{"answered", index.Answer{Outcome: index.Answered, Answered: true, Quotes: []index.Quote{{Text: "She left."}}}, "[1] She left.\n\n"},
		{"follow-up", index.Answer{Outcome: index.Answered, Answered: true, Question: "why?", Before: []string{"who left?"}, Quotes: []index.Quote{{Text: "She left."}}}, "Understood as: who left? · why?\n\n[1] She left.\n\n"},
		{"one of two", index.Answer{Outcome: index.Answered, Answered: true, Quotes: []index.Quote{{Text: "She left."}}, Unanswered: []string{"Why?"}}, "[1] She left.\n\nThe articles do not say: Why?\n\n"},
		{"unsure", index.Answer{Outcome: index.Unsure, Nearest: []index.Quote{{Text: "She left."}, {Text: "He stayed."}}}, "I am not sure; this comes nearest:\n\n[1] She left.\n\n[2] He stayed.\n\n" + ask},
		{"an opinion", index.Answer{Outcome: index.Unsure, Reason: index.AnOpinion, Nearest: []index.Quote{{Text: "She left."}}}, "I have no opinion and only quote; this comes nearest:\n\n[1] She left.\n\n" + ask},
		{"absent", index.Answer{Outcome: index.Absent}, "The articles do not say.\n" + ask},
		{"not a question", index.Answer{Outcome: index.Other, Reason: index.NoQuestion}, "That asks nothing that the articles could answer.\n" + ask},
		{"another language", index.Answer{Outcome: index.Other, Reason: index.AnotherLanguage}, "I read English only. Please ask in English.\n" + ask},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b bytes.Buffer
			p := &page{w: &b, width: 60}
			tt.answer.Suggestions = []string{"Who left?"}
			p.answer(tt.answer)
			if b.String() != tt.want {
				t.Errorf("page:\n got %q\nwant %q", b.String(), tt.want)
			}
		})
	}
}

// TestPageReasons says why, where that is asked for.
func TestPageReasons(t *testing.T) {
	var b bytes.Buffer
	p := &page{w: &b, width: 80}
	p.reasons(index.Answer{Outcome: index.Unsure, Confidence: 0.213, Needed: 0.4, Depth: 16, Read: "question (0.90)"})
	want := "unsure: confidence 0.21, an answer needs 0.40; 16 sentences read\nread as: question (0.90)\n\n"
	if b.String() != want {
		t.Errorf("reasons:\n got %q\nwant %q", b.String(), want)
	}
}

// TestPageControls: what an article says is shown, and never acts on the
// terminal.
func TestPageControls(t *testing.T) {
	var b bytes.Buffer
	p := &page{w: &b, width: 40}
	p.answer(index.Answer{Outcome: index.Answered, Answered: true, Quotes: []index.Quote{{Text: "A \x1b[2Jtrick \u202eback\u202c \x07bell.", Sources: []corpus.Source{{Name: "\x1b]0;x\x07"}}}}})
	for _, bad := range []string{"\x1b", "\x07", "\u202e"} {
		if strings.Contains(b.String(), bad) {
			t.Errorf("%q reaches the terminal in %q", bad, b.String())
		}
	}
}

func TestPageWrap(t *testing.T) {
	var b bytes.Buffer
	p := &page{w: &b, width: 10}
	p.wrap("- ", "  ", fields("one two 漢字漢字 averyveryverylongword x", ""))
	want := "- one two\n  漢字漢字\n  averyveryverylongword\n  x\n"
	if b.String() != want {
		t.Errorf("wrap:\n got %q\nwant %q", b.String(), want)
	}
}

func TestLongDate(t *testing.T) {
	for date, want := range map[string]string{"2014-12-02": "2 December 2014", "2014-12": "December 2014", "2014": "2014", "": "", "soon": "soon"} {
		if got := longDate(date); got != want {
			t.Errorf("longDate(%q) = %q, want %q", date, got, want)
		}
	}
}
