package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dossier/corpus"
	"dossier/index/question"
	"dossier/index/rank"
)

// sample writes the first incidents of testdata to files, and returns the
// argument of -train for them.
func sample(t *testing.T, incidents int) string {
	t.Helper()
	dir := t.TempDir()
	const passages = 8 // of an incident
	titles := map[string]bool{}
	copyLines := func(name string, keep func(passageLine) bool) string {
		lines, err := os.ReadFile("../../testdata/incidents/" + name)
		if err != nil {
			t.Fatal(err)
		}
		var kept []string
		for line := range strings.Lines(string(lines)) {
			var p passageLine
			if err := json.Unmarshal([]byte(line), &p); err != nil {
				t.Fatal(err)
			}
			if keep(p) {
				kept = append(kept, line)
			}
		}
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(strings.Join(kept, "")), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	p := copyLines("passages.jsonl", func(p passageLine) bool {
		if p.PID < passages*incidents {
			titles[p.Title] = true
		}
		return p.PID < passages*incidents
	})
	q := copyLines("questions.jsonl", func(p passageLine) bool { return p.PID < passages*incidents })
	a := copyLines("absent.jsonl", func(p passageLine) bool { return titles[p.Title] })
	return p + "," + q + "@article*2," + p + "," + a + "@article"
}

// TestRun trains from a few incidents, twice in the same way, and measures.
func TestRun(t *testing.T) {
	files := sample(t, 6)
	dir := t.TempDir()
	train := func(name string, args ...string) []byte {
		out := filepath.Join(dir, name)
		args = append(args, "-train", files, "-epochs", "1", "-hidden", "2", "-words", "-out", out)
		if err := run(args, io.Discard); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	a := train("a.json")
	if b := train("b.json"); !bytes.Equal(a, b) {
		t.Error("the same files gave other weights")
	}
	var w, again rank.Weights
	if err := errors.Join(json.Unmarshal(a, &w), json.Unmarshal(train("a.json", "-doubts"), &again)); err != nil {
		t.Fatal(err)
	}
	for _, x := range []*rank.Weights{&w, &again} {
		if x.Words == nil || x.Words.Doubt == nil || x.Words.Topic == nil || x.Meaning != nil {
			t.Fatalf("-words gave %+v", x)
		}
		x.Words.Doubt, x.Words.Topic = nil, nil
	}
	if diff := cmp.Diff(w, again); diff != "" {
		t.Errorf("-doubts changed the network:\n%s", diff)
	}

	var report bytes.Buffer
	if err := run([]string{"-eval", strings.Join(strings.Split(files, ",")[:2], ","), "-words"}, &report); err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{"BM25", "words", "questions", "P@1"} {
		if !strings.Contains(report.String(), row) {
			t.Errorf("no %s in the report:\n%s", row, report.String())
		}
	}
}

func TestRunRefuses(t *testing.T) {
	for _, args := range []string{"-train none", "-train none,none", "-eval train.go,train.go"} {
		if err := run(strings.Fields(args), io.Discard); err == nil {
			t.Errorf("run(%s): no error", args)
		}
	}
}

// TestParts takes a corpus apart: questions lose their answers with their
// passages, and their matter with their article.
func TestParts(t *testing.T) {
	pools, err := readPools(strings.Split(sample(t, 2), "@")[0])
	if err != nil {
		t.Fatal(err)
	}
	p := pools[0]
	part, err := p.part("second", func(article, passage int) bool { return article == 1 }, func(int) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	if len(part.items) != len(p.items) || len(part.texts.Articles) != 1 {
		t.Fatalf("%d questions about %d articles, want %d about one", len(part.items), len(part.texts.Articles), len(p.items))
	}
	for _, it := range part.items {
		if here := it.article == 1; (len(it.gold) > 0) != here || (it.topic == own) != here {
			t.Errorf("%q: %d gold sentences, topic %v, of article %d", it.text, len(it.gold), it.topic, it.article)
		}
		for s := range it.gold {
			if s < 0 || s >= len(part.texts.Sentences) {
				t.Errorf("%q: no sentence %d", it.text, s)
			}
		}
	}
}

// TestSwapped exchanges names: no question keeps its answer or its name, and
// both names that the articles know and names that they do not take their place.
func TestSwapped(t *testing.T) {
	pools, err := readPools(sample(t, 12))
	if err != nil {
		t.Fatal(err)
	}
	known, foreign := 0, 0
	for _, p := range pools {
		names := append(mentioned([]*pool{p}), "Zanzibar Quux")
		asked := map[string]bool{}
		for _, it := range p.items {
			asked[it.text] = true
		}
		other, err := p.swapped(names)
		if err != nil {
			t.Fatal(err)
		}
		for _, it := range other.items {
			if len(it.gold) > 0 || asked[it.text] || it.kind != "swapped" {
				t.Errorf("%q is asked as it was, or has an answer: %+v", it.text, it)
			}
			if strings.Contains(it.text, "Zanzibar Quux") {
				foreign++
			} else {
				known++
			}
		}
	}
	if foreign < 3 || known < 3 {
		t.Errorf("%d questions have the foreign name and %d another, want some of each", foreign, known)
	}
}

func TestNameSpans(t *testing.T) {
	articles, problems := corpus.Load(corpus.Builtin())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	texts, err := newTexts(articles)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = texts.retriever.Close() }()
	parser := question.New(texts.Collection)
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"what did seth rogen say", []string{"seth rogen"}},
		{"was Amy Pascal's mailbox larger than Michael Lynton's?", []string{"Amy Pascal", "Michael Lynton"}},
		{"who played the dictator", nil},
		{"", nil},
	} {
		var got []string
		for _, s := range nameSpans(parser, tt.text) {
			got = append(got, tt.text[s[0]:s[1]])
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("nameSpans(%q):\n%s", tt.text, diff)
		}
	}
}
