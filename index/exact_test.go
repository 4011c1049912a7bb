package index

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"dossier/index/question"
)

// A marking is a question, a sentence, and what may be marked in it: each way
// that is right, with | between its parts, or none where the sentence does not
// answer. Half is that of the article in testdata/eval, or "other" for
// sentences about other matters.
type marking struct {
	Q, Text, Half string
	Right         []string
}

func readMarkings(t *testing.T) []marking {
	t.Helper()
	b, err := os.ReadFile("testdata/exact.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var all []marking
	for line := range bytes.Lines(b) {
		var m marking
		if err := json.Unmarshal(line, &m); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		all = append(all, m)
	}
	return all
}

// Least figures for the marks of testdata/exact.jsonl, which go test -v -run
// TestExactMarks prints: 98 % of the marks are right, and half of the
// sentences with an answer have one. Who is asked for is never guessed.
const (
	leastPrecision = 0.95
	leastRecall    = 0.45
)

// TestExactMarks holds that what is underlined as the answer is the answer.
func TestExactMarks(t *testing.T) {
	ix := builtin(t)
	type sum struct{ all, marked, right, answers int }
	sums := make(map[string]*sum)
	for _, m := range readMarkings(t) {
		var got []string
		for _, s := range question.Exact(ix.parser.Parse(m.Q), m.Text) {
			got = append(got, m.Text[s.Start:s.End])
		}
		mark := strings.Join(got, "|")
		right := slices.Contains(m.Right, mark)
		if mark != "" && !right && m.Half != "test" {
			t.Logf("Exact(%q, %q) marks %q, want one of %q", m.Q, m.Text, mark, m.Right)
		}
		for _, half := range []string{m.Half, "all"} {
			if sums[half] == nil {
				sums[half] = new(sum)
			}
			s := sums[half]
			s.all++
			if mark != "" {
				s.marked++
			}
			if right {
				s.right++
			}
			if len(m.Right) > 0 {
				s.answers++
			}
		}
	}
	for _, half := range []string{"tune", "test", "other", "all"} {
		s := sums[half]
		if s == nil {
			t.Fatalf("no questions of the half %q", half)
		}
		precision, recall := float64(s.right)/float64(max(s.marked, 1)), float64(s.right)/float64(max(s.answers, 1))
		t.Logf("%-5s %3d questions, %3d with an answer; %3d marked, %3d right: precision %.1f %%, recall %.1f %%",
			half, s.all, s.answers, s.marked, s.right, 100*precision, 100*recall)
		if half == "all" && (precision < leastPrecision || recall < leastRecall) {
			t.Errorf("precision %.3f, recall %.3f; want at least %.2f and %.2f", precision, recall, leastPrecision, leastRecall)
		}
	}
}

// TestExactAnywhere marks each question in sentences that were not meant for
// it: whatever stands where, a mark lies in its sentence.
func TestExactAnywhere(t *testing.T) {
	ix := builtin(t)
	all := readMarkings(t)
	for i, m := range all {
		q := ix.parser.Parse(m.Q)
		for k := i % 17; k < len(all); k += 17 { // one in seventeen, for the time it takes
			text := all[k].Text
			for _, s := range question.Exact(q, text) {
				if s.Start < 0 || s.Start >= s.End || s.End > len(text) {
					t.Errorf("Exact(%q, %q) marks %v", m.Q, text, s)
				}
			}
		}
	}
}

// TestNoName asks for people whom no article names in that part. No name may be
// underlined.
func TestNoName(t *testing.T) {
	ix := builtin(t)
	always := 0.0
	for _, q := range []string{
		"who wrote the racist emails", "who is the hacker", "who made the malware", "who leaked the films", "who were the victims",
		"which hotel was it in rome", "what passwords did sony use", "who stole the certificate", "who wrote the wiper",
	} {
		a, err := ix.Ask(t.Context(), Query{Text: q, MinConfidence: &always})
		if err != nil {
			t.Fatalf("Ask(%q): %v", q, err)
		}
		for _, quote := range a.Quotes {
			for _, s := range quote.Exact {
				t.Errorf("Ask(%q) marks %q in %q", q, quote.Text[s.Start:s.End], quote.Text)
			}
		}
	}
}
