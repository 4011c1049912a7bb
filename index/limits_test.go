package index

import (
	"errors"
	"strings"
	"testing"
)

func TestLimits(t *testing.T) {
	ix := builtin(t)
	for _, q := range []Query{
		{Text: "films leaked", Source: "variety"},
		{Text: "films leaked", From: "2015-01-01"},
		{Text: "films leaked", To: "2014-12-05"},
		{Text: "films leaked", From: "2014-12-01", To: "2014-12-31", Source: "Reuters"},
	} {
		q.MinConfidence, q.Top = always, 20
		if n := within(t, ix, q); n == 0 {
			t.Errorf("%+v: nothing found", q)
		}
	}
	if a := ask(t, ix, Query{Text: "films leaked", Source: "no such paper", MinConfidence: always}); len(a.Quotes) > 0 {
		t.Errorf("an unknown source has %d quotes", len(a.Quotes))
	}
}

// TestLimitsOfLists asks for several where the answer could lie behind the end
// of the corpus or outside the limits.
func TestLimitsOfLists(t *testing.T) {
	small := of(t, map[string]string{"a.md": "---\ntitle: Five films\ndate: 2014-11-27\n---\n\nOn Thursday five films leaked online. These are Annie, Fury and Still Alice."})
	for _, q := range []Query{
		{Text: "which films leaked online?"},
		{Text: "which films leaked online?", From: "2014-01-01"},
		{Text: "which films leaked online?", Source: "Reuters"},
		{Text: "list the films", To: "2030-01-01"},
		{Text: "annie", From: "2014-01-01"},
	} {
		q.MinConfidence = always
		if n := within(t, builtin(t), q); n == 0 {
			t.Errorf("%+v: nothing found", q)
		}
		if n := within(t, small, q); n == 0 && q.Source == "" {
			t.Errorf("%+v: nothing found in one article", q)
		}
	}
}

// TestLimitsOfEval asks the questions of the evaluation under limits.
func TestLimitsOfEval(t *testing.T) {
	ix := builtin(t)
	quotes, asked := 0, 0
	for i, e := range readJSONL[evalQuestion](t, "testdata/eval/*.jsonl") {
		if i%12 > 0 { // a sample
			continue
		}
		asked++
		quotes += within(t, ix, Query{Text: e.Q, MinConfidence: always, Top: i % 7, Source: []string{"", "Reuters"}[i%2], From: []string{"", "2014-12-10", "2015-06-01"}[i%3]})
	}
	if quotes < asked {
		t.Errorf("%d questions have %d quotes", asked, quotes)
	}
}

// within asks q, and fails where a quote is outside its limits. It returns how
// many there are.
func within(t *testing.T, ix *Index, q Query) int {
	t.Helper()
	a, err := ix.Ask(t.Context(), q)
	if err != nil && !errors.Is(err, ErrEmptyQuestion) {
		t.Errorf("%+v: %v", q, err)
	}
	for _, quote := range a.Quotes {
		named := q.Source == ""
		for _, s := range quote.Sources {
			named = named || strings.EqualFold(s.Name, q.Source)
		}
		if !named || q.From > quote.Article.Date || q.To != "" && quote.Article.Date > q.To {
			t.Errorf("%+v: quote of %s with sources %v", q, quote.Article.Date, quote.Sources)
		}
	}
	return len(a.Quotes)
}
