package index

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/cpu"

	"dossier/corpus"
)

// An evalQuestion is one question of the evaluation, in testdata/eval.
type evalQuestion struct {
	ID      string   `json:"id"`
	Kind    string   `json:"kind"`
	Q       string   `json:"q"`
	Before  []string `json:"before"`  // earlier questions of the conversation
	Clean   string   `json:"clean"`   // a typo question spelt right
	Article string   `json:"article"` // the article it was written for
	Group   string   `json:"group"`   // rewordings of one question have the same
	Topic   string   `json:"topic"`   // of a question that is off it
	Near    bool     `json:"near"`    // an unanswerable question with words or names of the articles
	Gold    []string `json:"gold"`    // the IDs of all sentences that answer it
	Half    string   `json:"half"`    // tune: may be looked at; test: only measured
}

func readEval(t testing.TB) []evalQuestion {
	t.Helper()
	return readQuestions(t, "testdata/eval/*.jsonl")
}

func readQuestions(t testing.TB, pattern string) []evalQuestion {
	t.Helper()
	var all []evalQuestion
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no questions in %s: %v", pattern, err)
	}
	for _, name := range files {
		f, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(bytes.NewReader(f))
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			dec := json.NewDecoder(bytes.NewReader(lines.Bytes()))
			dec.DisallowUnknownFields()
			var q evalQuestion
			if err := dec.Decode(&q); err != nil {
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

// An evalResult is how a question fared. All places count from 1, and are 0
// where nothing is right.
type evalResult struct {
	confidence float64
	answered   bool
	quotes     []Quote // what a person sees as the answer
	nearest    []Quote // what a person sees where there is none
	shown      int     // the first right one of quotes
	near       int     // the first right one of nearest
	rank       int     // the first right one among evalDepth, if it were always answered
	clean      int     // the same for a typo question spelt right
}

// put asks a question as a person does, and where that shows nothing right
// again, to see how far down the first right quote is.
func (q *evalQuestion) put(t testing.TB, ix *Index) evalResult {
	a := q.ask(t, ix, Query{Text: q.Q, Conversation: q.ID})
	r := evalResult{confidence: a.Confidence, answered: a.Answered, quotes: a.Quotes, nearest: a.Nearest}
	if len(q.Gold) == 0 {
		return r
	}
	r.shown, r.near = q.right(ix, a.Quotes), q.right(ix, a.Nearest)
	deep := func(text string) int {
		a := q.ask(t, ix, Query{Text: text, Conversation: q.ID + " " + text, Top: evalDepth, MinConfidence: always})
		return q.right(ix, a.Quotes)
	}
	if r.rank = r.shown; r.rank == 0 {
		r.rank = deep(q.Q)
	}
	if q.Clean != "" {
		r.clean = deep(q.Clean)
	}
	return r
}

// ask asks the questions before q, then query.
func (q *evalQuestion) ask(t testing.TB, ix *Index, query Query) Answer {
	put := func(query Query) Answer {
		a, err := ix.Ask(t.Context(), query)
		if err != nil && !errors.Is(err, ErrEmptyQuestion) && !errors.Is(err, ErrTooLong) {
			t.Errorf("Ask(%q): %v", query.Text, err)
		}
		return a
	}
	for _, text := range q.Before {
		put(Query{Text: text, Conversation: query.Conversation})
	}
	return put(query)
}

// right returns the place of the first quote that answers q, itself or with
// the sentence before it that is shown along.
func (q *evalQuestion) right(ix *Index, quotes []Quote) int {
	for i, quote := range quotes {
		before := ""
		if quote.Context {
			if b := ix.Around(quote.ID, 1); len(b) > 0 {
				before = b[0].ID
			}
		}
		if slices.Contains(q.Gold, quote.ID) || slices.Contains(q.Gold, before) {
			return i + 1
		}
	}
	return 0
}

// checkGold holds that the gold sentences are there.
func checkGold(t *testing.T, ix *Index, questions []evalQuestion) {
	t.Helper()
	for _, q := range questions {
		for _, id := range q.Gold {
			if _, ok := ix.Quote(id); !ok {
				t.Errorf("%s: gold sentence %s is not in the index", q.ID, id)
			}
		}
	}
}

// putAll asks all questions.
func putAll(t testing.TB, ix *Index, questions []evalQuestion) []evalResult {
	t.Helper()
	results := make([]evalResult, len(questions))
	next := make(chan int)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				results[i] = questions[i].put(t, ix)
			}
		})
	}
	for i := range questions {
		next <- i
	}
	close(next)
	wg.Wait()
	return results
}

// TestEval asks the evaluation's questions. The reports are golden, so that a
// change of ranking shows what it won and lost; floors hold what they must not
// fall below: go test ./index -run 'TestEval|TestShort' -update
func TestEval(t *testing.T) {
	ix := builtin(t)
	questions := readEval(t)
	checkGold(t, ix, questions)
	results := putAll(t, ix, questions)
	rep := newReport(questions, results)
	t.Run("summary", func(t *testing.T) { golden(t, "testdata/eval/summary.golden", rep.summary()) })
	t.Run("report", func(t *testing.T) { golden(t, "testdata/eval/report.golden", rep.lines()) })
	t.Run("floors", func(t *testing.T) { rep.floors(t) })
	t.Run("calm", func(t *testing.T) { rep.calm(t) })
}

// goldenLines is how many lines of a report may differ on a processor without
// AVX2: vectors computed in plain Go differ in the last digits, and sentences
// that are nearly equal change places.
const goldenLines = 30

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
