package index

import (
	"slices"
	"testing"

	"dossier/index/reader"
)

// A marking is a question, a sentence, and what may be marked in it: each way
// that is right, or none where the sentence does not answer. Half is that of the
// article in testdata/eval, or "other" for sentences about other matters.
type marking struct {
	Q, Text, Half string
	Right         []string
}

// leastPrecision is how many of the marks must be right, of the half test too.
const leastPrecision = 0.95

// TestMarks holds that what is underlined as the answer is the answer, on every
// third question of testdata/exact.jsonl, or all with -full.
func TestMarks(t *testing.T) {
	ix := builtin(t)
	type sum struct{ marked, right, answers int }
	sums := map[string]*sum{}
	for i, m := range readJSONL[marking](t, "testdata/exact.jsonl") {
		if len(m.Right) == 0 || i%3 > 0 && !*full {
			continue // a sentence that does not answer is not shown as an answer
		}
		read, err := ix.reader.Read(t.Context(), m.Q, "", []reader.Passage{{Text: m.Text}})
		if err != nil {
			t.Fatal(err)
		}
		mark := ""
		if r := read[0]; r.Mark >= fitted.Mark {
			mark = m.Text[r.Start:r.End]
		}
		right := slices.Contains(m.Right, mark)
		if mark != "" && !right && m.Half != "test" {
			t.Logf("%q marks %q with %.2f, want one of %q", m.Q, mark, read[0].Mark, m.Right)
		}
		for _, half := range []string{m.Half, "all"} {
			if sums[half] == nil {
				sums[half] = new(sum)
			}
			s := sums[half]
			s.answers++
			if mark != "" {
				s.marked++
			}
			if right {
				s.right++
			}
		}
	}
	for half, s := range sums {
		precision := float64(s.right) / float64(max(s.marked, 1))
		t.Logf("%-5s %3d sentences with an answer, %3d marked, %3d right: precision %.1f %%, marked %.1f %%",
			half, s.answers, s.marked, s.right, 100*precision, percent(s.marked, s.answers))
		if half == "all" && precision < leastPrecision {
			t.Errorf("precision %.3f; want at least %.2f", precision, leastPrecision)
		}
	}
}
