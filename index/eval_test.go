package index

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/cpu"

	"dossier/corpus"
)

// A evalQuestion is one question of the evaluation, in testdata/eval.
type evalQuestion struct {
	ID      string   `json:"id"`
	Kind    string   `json:"kind"`
	Q       string   `json:"q"`
	Before  []string `json:"before"`  // earlier questions of the conversation
	Clean   string   `json:"clean"`   // a typo question spelt right
	Article string   `json:"article"` // the article it was written for
	Gold    []string `json:"gold"`    // the IDs of all sentences that answer it
	Half    string   `json:"half"`    // tune: may be looked at; test: only measured
}

func readEval(t testing.TB) []evalQuestion {
	t.Helper()
	var all []evalQuestion
	files, err := filepath.Glob("testdata/eval/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no questions in testdata/eval: %v", err)
	}
	for _, name := range files {
		f, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(bytes.NewReader(f))
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var q evalQuestion
			if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
				t.Fatalf("%s: %v in %s", name, err, lines.Text())
			}
			all = append(all, q)
		}
	}
	return all
}

func builtin(t testing.TB) *Index {
	t.Helper()
	return indexOf(t, corpus.Builtin())
}

// indexOf makes an index of the articles in fsys and waits until it is ready.
func indexOf(t testing.TB, fsys fs.FS) *Index {
	t.Helper()
	articles, problems := corpus.Load(fsys)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	ix, err := New(t.Context(), articles, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	<-ix.Ready()
	return ix
}

// evalDepth is how many quotes are looked at for a right one.
const evalDepth = 10

// put asks one question with the ones before it. rank is the place of the
// first right quote, 0 where there is none.
func (q evalQuestion) put(t testing.TB, ix *Index, text string) (rank int, a Answer) {
	t.Helper()
	always := 0.0
	for _, b := range q.Before {
		if _, err := ix.Ask(t.Context(), Query{Text: b, Conversation: q.ID + text}); err != nil {
			t.Fatalf("Ask(%q): %v", b, err)
		}
	}
	a, err := ix.Ask(t.Context(), Query{Text: text, Conversation: q.ID + text, Top: evalDepth, MinConfidence: &always})
	if err != nil && err != ErrEmptyQuestion && err != ErrTooLong {
		t.Fatalf("Ask(%q): %v", text, err)
	}
	for i, quote := range a.Quotes {
		before := ""
		if quote.Context {
			if b := ix.Around(quote.ID, 1); len(b) > 0 {
				before = b[0].ID
			}
		}
		if slices.Contains(q.Gold, quote.ID) || slices.Contains(q.Gold, before) {
			return i + 1, a
		}
	}
	return 0, a
}

// A tally sums up questions of one kind.
type tally struct {
	n, first, three, refused int
	reciprocal               float64
}

func (m *tally) add(rank int, refused bool) {
	m.n++
	if rank > 0 {
		m.reciprocal += 1 / float64(rank)
	}
	if rank == 1 {
		m.first++
	}
	if rank >= 1 && rank <= 3 {
		m.three++
	}
	if refused {
		m.refused++
	}
}

func (m *tally) percent(n int) float64 { return 100 * float64(n) / float64(max(m.n, 1)) }

// TestEval asks the evaluation's questions. The report is golden, so that a
// change of ranking shows what it won and lost:
// go test ./index -run TestEval -update
func TestEval(t *testing.T) {
	ix := builtin(t)
	tallies := make(map[string]*tally)
	at := func(parts ...string) *tally {
		key := strings.Join(parts, " ")
		if tallies[key] == nil {
			tallies[key] = new(tally)
		}
		return tallies[key]
	}
	var lines []string
	for _, q := range readEval(t) {
		for _, id := range q.Gold {
			if _, ok := ix.Quote(id); !ok {
				t.Errorf("%s: gold sentence %s is not in the corpus", q.ID, id)
			}
		}
		rank, a := q.put(t, ix, q.Q)
		refused := a.Confidence < threshold
		at(q.Half, q.Kind).add(rank, refused)
		if len(q.Gold) > 0 {
			at(q.Half, "answerable").add(rank, refused)
		}
		if q.Clean != "" {
			clean, c := q.put(t, ix, q.Clean)
			at(q.Half, "typo, spelt right").add(clean, c.Confidence < threshold)
		}
		place, mark := fmt.Sprint(rank), ""
		if rank == 0 {
			place = "-"
		}
		if refused {
			mark = " refused"
		}
		lines = append(lines, fmt.Sprintf("%s %s %s %.2f%s", q.ID, q.Kind, place, a.Confidence, mark))
	}

	var b strings.Builder
	fmt.Fprintf(&b, "%-26s %5s %6s %6s %6s %8s\n", "", "n", "P@1", "hit@3", "MRR", "refused")
	keys := make([]string, 0, len(tallies))
	for k := range tallies {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		m := tallies[k]
		fmt.Fprintf(&b, "%-26s %5d %6.1f %6.1f %6.1f %8.1f\n", k, m.n, m.percent(m.first), m.percent(m.three), 100*m.reciprocal/float64(m.n), m.percent(m.refused))
	}
	fmt.Fprintf(&b, "\nEach question: its rank among %d (- where none is right), the confidence, whether it is refused.\n\n", evalDepth)
	b.WriteString(strings.Join(lines, "\n") + "\n")
	golden(t, "testdata/eval/report.golden", b.String())
}

// goldenLines is how many lines of a report may differ on a processor without
// AVX2: vectors computed in plain Go differ in the last digits, and sentences
// that are nearly equal change places.
const goldenLines = 12

// golden compares got with a file, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	w, g := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	if !cpu.X86.HasAVX2 && len(w) == len(g) {
		differ := 0
		for i := range w {
			if w[i] != g[i] {
				differ++
			}
		}
		if differ <= goldenLines {
			return
		}
	}
	if diff := cmp.Diff(w, g); diff != "" {
		t.Errorf("%s (-want +got); if the change is meant, run the test with -update:\n%s", name, diff)
	}
}
