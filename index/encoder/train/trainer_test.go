package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const incidents = "../../testdata/incidents/passages.jsonl,../../testdata/incidents/questions.jsonl"

func TestReadData(t *testing.T) {
	d, err := readData(incidents + "*3")
	if err != nil {
		t.Fatal(err)
	}
	if d.times != 3 || len(d.articles) != 92 || len(d.passages) != 736 || len(d.questions) != 4432 {
		t.Errorf("%d times %d articles, %d passages, %d questions; want 3 times 92, 736, 4432", d.times, len(d.articles), len(d.passages), len(d.questions))
	}
	for _, p := range d.passages {
		for _, k := range p.sentences {
			if s := d.sentences[k]; p.text[s.from:s.to] != s.text {
				t.Fatalf("sentence %q is not at %d to %d", s.text, s.from, s.to)
			}
		}
	}
}

func TestReadDataForms(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	p := write("p", `{"pid":7,"title":"A","text":"Ünder way. The film came out. It did well."}`)
	q := write("q", `{"q":"span","pid":7,"spans":[[16,20]]}
{"q":"gold","pid":7,"gold":["It did","Ünder"]}
{"q":"neither","pid":7}
{"q":"not here","pid":8,"spans":[[0,1]]}`)
	d, err := readData(p + "," + q)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, q := range d.questions {
		for _, k := range q.gold {
			got = append(got, q.text+": "+d.sentences[k].text)
		}
	}
	if want := []string{"span: The film came out.", "gold: Ünder way.", "gold: It did well."}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	absent := write("absent", `{"q":" who directed it? ","title":"A"}
{"q":"of another","title":"B"}
{"q":"","title":"A"}`)
	if d, err = readData(p + "," + q + "," + absent + "*2"); err != nil {
		t.Fatal(err)
	}
	if got, want := d.articles[0].absent, []string{"who directed it?"}; !slices.Equal(got, want) || d.times != 2 {
		t.Errorf("absent questions %q, %d times; want %q, twice", got, d.times, want)
	}
	for _, arg := range []string{"", p, p + "," + q + "*", p + "," + q + "*0", p + "," + q + "-", q + "," + write("bad", "{"), p + "," + q + ",none"} {
		if _, err := readData(arg); err == nil {
			t.Errorf("readData(%q): no error", arg)
		}
	}
}

// Two steps on a piece of an incident change the weights, twice in the same way.
func TestTrain(t *testing.T) {
	train := func() []byte {
		d, err := readData(incidents)
		if err != nil {
			t.Fatal(err)
		}
		d.articles = d.articles[:1]
		d.articles[0].passages = d.articles[0].passages[:1]
		m := embedded(t)
		newTrainer(m, asked, 2e-4, 1, nil, d).train(2, io.Discard)
		return m.pack()
	}
	a, b := train(), train()
	if !bytes.Equal(a, b) {
		t.Error("the same seed gave other weights")
	}
	if bytes.Equal(a, embedded(t).pack()) {
		t.Error("the weights are the same as before")
	}
	if _, err := load(a); err != nil {
		t.Error(err)
	}
}

func TestRun(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out.bin")
	if err := run([]string{"-weights", "../use8.bin,../use8.bin", "-out", out}, io.Discard); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if want := embedded(t).pack(); !bytes.Equal(got, want) {
		t.Error("the mean of two equal files is another")
	}
	for _, args := range []string{"", "-weights none", "-weights main.go", "-weights ../use8.bin -steps 1"} {
		if err := run(strings.Fields(args), io.Discard); err == nil {
			t.Errorf("run(%s): no error", args)
		}
	}
}
