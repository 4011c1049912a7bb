package index

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// TestShort indexes one short article at a time, as somebody does who tries
// the bot, and asks what it says and what it does not. The articles are
// invented; one is of the half tune, the others are only measured on.
func TestShort(t *testing.T) {
	names, err := filepath.Glob("testdata/short/*.md")
	if err != nil || len(names) == 0 {
		t.Fatalf("no articles: %v", err)
	}
	all := readQuestions(t, "testdata/short/questions.jsonl")
	var table, lines strings.Builder
	fmt.Fprintf(&table, "Each article alone in the index: the first right quote if it were always answered, what\na person sees, and the AUROC of the confidence.\n\n")
	fmt.Fprintf(&table, "%-20s %10s %6s %6s %11s %6s %8s %7s %14s %6s\n", "", "answerable", "hit@1", "hit@3", "shown first", "shown", "refused", "absent", "absent refused", "AUROC")
	row := func(name string, rep *report) {
		can, absent := rep.at("all", "answerable"), rep.at("all", "absent")
		fmt.Fprintf(&table, "%-20s %10d %6.1f %6.1f %11.1f %6.1f %8.1f %7d %14.1f %6.1f\n", name, can.n, can.percent(can.first), can.percent(can.three),
			can.percent(can.shownFirst), can.percent(can.shown), can.percent(can.refused), absent.n, absent.percent(absent.refused), rep.aurocAbsent())
	}
	var tested []evalQuestion
	var testedResults []evalResult
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		base := filepath.Base(name)
		slug := strings.TrimSuffix(base, ".md")
		ix := indexOf(t, fstest.MapFS{base: &fstest.MapFile{Data: text}})
		var questions []evalQuestion
		for _, q := range all {
			if q.Article == slug {
				questions = append(questions, q)
			}
		}
		if len(questions) == 0 {
			t.Fatalf("no questions about %s", name)
		}
		checkGold(t, ix, questions)
		results := putAll(t, ix, questions)
		for i := range questions {
			lines.WriteString(reportLine(&questions[i], &results[i]) + "\n")
		}
		half := questions[0].Half
		row(half+" "+slug, newReport(questions, results))
		if half == "test" {
			tested, testedResults = append(tested, questions...), append(testedResults, results...)
		}
	}
	rep := newReport(tested, testedResults)
	row("test, together", rep)
	fmt.Fprintf(&table, "\nThe threshold is %.2f.\n", threshold)
	golden(t, "testdata/short/summary.golden", table.String())
	golden(t, "testdata/short/report.golden", lines.String())
	rep.shortFloors(t)
}
