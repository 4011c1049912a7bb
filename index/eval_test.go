package index

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	gocmp "github.com/google/go-cmp/cmp"

	"dossier/corpus"
)

var (
	update = flag.Bool("update", false, "write golden files instead of comparing with them")
	full   = flag.Bool("full", false, "ask every question of the evaluation, not a sample, and print the tables")
	only   = flag.String("only", "", "a part of the names of the sets to ask")
	scores = flag.String("scores", "", "file to write to what was found for every question, for index/train/fit.py")
)

// raceDetector is set where the race detector makes everything ten times slower;
// it looks at single questions, not at hundreds.
var raceDetector bool

// evalDepth is the depth that the evaluation reads at, whatever the machine.
const evalDepth = 12

// An evalQuestion is one question of the evaluation, in testdata.
type evalQuestion struct {
	Q      string     `json:"q"`
	Kind   string     `json:"kind"`
	Before []string   `json:"before"` // earlier questions of the conversation
	Corpus string     `json:"corpus"` // builtin, an incident or a short article
	Gold   []string   `json:"gold"`   // the IDs of all sentences that answer it
	Texts  []string   `json:"texts"`  // the same as texts, for an incident
	Also   []string   `json:"also"`   // the same, in the sets of incidents
	Sides  [][]string `json:"sides"`  // IDs or texts of one side, and of the other
	Half   string     `json:"half"`   // tune: may be looked at; test: only measured
	PID    int        `json:"pid"`
	Title  string     `json:"title"`

	Incident string `json:"incident"` // the corpus, in the set of genres
}

// readJSONL reads the lines of all files that match a pattern.
func readJSONL[T any](t testing.TB, pattern string) []T {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no files %s: %v", pattern, err)
	}
	var all []T
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(bytes.NewReader(b))
		lines.Buffer(nil, 1<<24)
		for lines.Scan() {
			var v T
			if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
				t.Fatalf("%s: %v in %s", name, err, lines.Text())
			}
			all = append(all, v)
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
	questions, more := corpus.LoadQuestions(fsys, articles)
	if problems = append(problems, more...); len(problems) > 0 {
		t.Fatal(problems)
	}
	ix, err := New(t.Context(), articles, Options{Questions: questions, Depth: evalDepth})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	<-ix.Ready()
	return ix
}

// A corpora makes the indexes that the evaluation asks, each once.
type corpora struct {
	t     testing.TB
	made  map[string]*Index
	files map[string]fstest.MapFS // of the incidents that are held out of all training, by name
	of    map[int]string          // passage -> incident
	title map[string]string       // of an article -> incident

	set  string // that is asked
	mu   sync.Mutex
	rows []byte // of the file of scores
}

func newCorpora(t testing.TB) *corpora {
	c := &corpora{t: t, made: map[string]*Index{}, files: map[string]fstest.MapFS{}, of: map[int]string{}, title: map[string]string{}}
	for _, p := range c.hold("testdata/incidents/passages.jsonl", 7, 4) {
		c.of[p.PID], c.title[p.Title] = p.Incident, p.Incident
	}
	c.hold("testdata/genres/passages.jsonl", 5, 2)
	return c
}

// A passage is a part of an article of an invented incident.
type passage struct {
	PID                                  int
	Title, Heading, Date, Text, Incident string
}

// hold makes the files of the incidents that index/train/data.py holds out of
// all training: one in every, from the number first. It returns their passages.
func (c *corpora) hold(file string, every, first int) []passage {
	numbers := map[string]int{}
	var held []passage
	for _, p := range readJSONL[passage](c.t, file) {
		if _, ok := numbers[p.Incident]; !ok {
			numbers[p.Incident] = len(numbers)
		}
		if numbers[p.Incident]%every != first {
			continue
		}
		held = append(held, p)
		if c.files[p.Incident] == nil {
			c.files[p.Incident] = fstest.MapFS{}
		}
		front, err := json.Marshal(map[string]string{"title": p.Title, "date": p.Date})
		if err != nil {
			c.t.Fatal(err)
		}
		front = append(front, '\n')
		text := strings.ReplaceAll(p.Text, "\n", " ") + "\n"
		if p.Heading != "" {
			text = "## " + p.Heading + "\n\n" + text
		}
		for n := 0; ; n++ {
			name := fmt.Sprintf("%03d.md", n)
			f := c.files[p.Incident][name]
			if f == nil {
				f = &fstest.MapFile{Data: front}
				c.files[p.Incident][name] = f
			} else if !bytes.HasPrefix(f.Data, front) {
				continue
			}
			f.Data = append(f.Data, "\n"+text...)
			break
		}
	}
	return held
}

func (c *corpora) index(name string) *Index {
	c.t.Helper()
	if c.made[name] == nil {
		switch files, ok := c.files[name]; {
		case name == "builtin":
			c.made[name] = builtin(c.t)
		case ok:
			c.made[name] = indexOf(c.t, files)
		default:
			b, err := os.ReadFile(path.Join("testdata/short", name+".md"))
			if err != nil {
				c.t.Fatal(err)
			}
			c.made[name] = indexOf(c.t, fstest.MapFS{name + ".md": &fstest.MapFile{Data: b}})
		}
	}
	return c.made[name]
}

// find returns the numbers of sentences by their IDs or texts.
func (c *corpora) find(ix *Index, what []string) map[int]bool {
	out := map[int]bool{}
	for _, w := range what {
		if i, ok := ix.corpus.Find(w); ok {
			out[i] = true
			continue
		}
		for i := range ix.corpus.Sentences {
			if s := ix.corpus.Text(i, i); s == w || len(s) > 20 && strings.Contains(w, s) {
				out[i] = true
			}
		}
	}
	return out
}

// An evalSet is questions of one sort.
type evalSet struct {
	name      string
	every     int // of the sample: one in so many
	questions []evalQuestion
}

// evalSets reads all sets. A sample of each fits into the time of go test.
func evalSets(t testing.TB, c *corpora) []evalSet {
	pick := func(pattern string, keep func(*evalQuestion) bool) []evalQuestion {
		var out []evalQuestion
		for _, q := range readJSONL[evalQuestion](t, pattern) {
			if q.Corpus = cmp.Or(q.Corpus, "builtin"); keep(&q) {
				out = append(out, q)
			}
		}
		return out
	}
	half := func(want string) func(*evalQuestion) bool {
		return func(q *evalQuestion) bool { return q.Half == want }
	}
	all := func(*evalQuestion) bool { return true }
	sets := []evalSet{
		{"built-in, half tune", 9, pick("testdata/eval/*.jsonl", half("tune"))},
		{"built-in, half test", 5, pick("testdata/eval/*.jsonl", half("test"))},
		{"bank dev", 5, pick("testdata/bank/dev.jsonl", all)},
		{"strangers, half tune", 12, pick("testdata/bank/strangers.jsonl", half("tune"))},
		{"strangers, half test", 6, pick("testdata/bank/strangers.jsonl", half("test"))},
	}
	incidents := append(readJSONL[evalQuestion](t, "testdata/incidents/questions.jsonl"), readJSONL[evalQuestion](t, "testdata/incidents/absent.jsonl")...)
	var held []evalQuestion
	for _, q := range incidents {
		q.Corpus, q.Texts = c.of[q.PID], q.Also
		if len(q.Also) == 0 {
			q.Corpus, q.Kind = c.title[q.Title], "absent"
		}
		if q.Corpus != "" {
			held = append(held, q)
		}
	}
	sets = append(sets, evalSet{"incidents held out", 16, held})
	var genres []evalQuestion
	for _, q := range readJSONL[evalQuestion](t, "testdata/genres/natural.jsonl") {
		if q.Corpus = q.Incident; c.files[q.Corpus] != nil {
			genres = append(genres, q)
		}
	}
	sets = append(sets, evalSet{"genres held out", 12, genres})
	short := readJSONL[struct {
		evalQuestion
		Article string
	}](t, "testdata/short/questions.jsonl")
	var s []evalQuestion
	for _, q := range short {
		q.Corpus = q.Article
		if q.Half == "test" {
			s = append(s, q.evalQuestion)
		}
	}
	sets = append(sets, evalSet{"one short article", 4, s})
	for _, kind := range []string{"overview", "sides", "why", "how", "opinion", "multi", "language"} {
		sets = append(sets, evalSet{kind, 4, pick("testdata/kinds/"+kind+".jsonl", all)})
	}
	return sets
}

// An evalResult is how a question fared. Ranks count from 1, and are 0 where
// nothing is right.
type evalResult struct {
	words, meaning, whole int // rank by BM25, by the retriever alone, by all
	outcome               Outcome
	confidence            float64
	shown                 int  // rank among what a person sees, be it as the nearest
	sides                 bool // both sides are shown
}

// put asks one question.
func (c *corpora) put(q *evalQuestion) (r evalResult) {
	ix := c.index(q.Corpus)
	query := Query{Text: q.Q}
	if n := len(q.Before); n > 0 {
		query.After = q.Before[n-1:]
	}
	depth := evalDepth
	if *scores != "" {
		depth = scoresDepth
	}
	asked, read, err := ix.rank(c.t.Context(), query, depth)
	if err != nil {
		c.t.Errorf("rank(%q): %v", q.Q, err)
		return r
	}
	var ans Answer
	ix.decide(&ans, asked, read, query)
	r.outcome, r.confidence = ans.Outcome, ans.Confidence
	ids := append(slices.Clone(q.Gold), q.Texts...)
	gold := c.find(ix, ids)
	if len(ids) > 0 && len(gold) == 0 {
		c.t.Errorf("%q: none of its sentences is in %s", q.Q, q.Corpus)
	}
	r.words, r.meaning, r.whole = ranks(read, gold)
	if *scores != "" {
		c.note(q, asked, read, gold)
	}
	shown := append(slices.Clone(ans.Quotes), ans.Nearest...)
	onPage := map[int]bool{}
	for i, quote := range shown {
		n, _ := ix.corpus.Find(quote.ID)
		onPage[n] = true
		if quote.Context {
			onPage[n-1] = true
		}
		if r.shown == 0 && (gold[n] || quote.Context && gold[n-1]) {
			r.shown = i + 1
		}
	}
	if len(q.Sides) == 2 {
		has := func(side []string) bool {
			return slices.ContainsFunc(slices.Collect(maps.Keys(c.find(ix, side))), func(i int) bool { return onPage[i] })
		}
		r.sides = has(q.Sides[0]) && has(q.Sides[1])
	}
	return r
}

// scoresDepth is how deep to read for index/train/fit.py.
const scoresDepth = 24

// note writes down what was found for a question.
func (c *corpora) note(q *evalQuestion, asked asked, read []ranked, gold map[int]bool) {
	type candidate struct {
		Reader, Cosine, Known, Words, Mark float64
		Right                              bool
	}
	row := struct {
		Set, Q, Kind, Half, Corpus, As string
		FollowUp                       bool
		Gap                            float64
		Gold                           int
		Candidates                     []candidate
	}{c.set, q.Q, q.Kind, q.Half, q.Corpus, asked.kind.name, len(q.Before) > 0, asked.gap, len(gold), nil}
	for _, r := range read {
		if r.read {
			row.Candidates = append(row.Candidates, candidate{r.Score, r.Candidate.Cosine, r.Known, r.Words, r.Mark, gold[r.Sentence]})
		}
	}
	b, err := json.Marshal(row)
	if err != nil {
		c.t.Fatal(err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rows = append(append(c.rows, b...), '\n')
}

// ranks returns the rank of the first right sentence by BM25, by the retriever's
// cosine and by all.
func ranks(read []ranked, gold map[int]bool) (words, meaning, whole int) {
	rank := func(by func(ranked) float64) int {
		order := slices.SortedStableFunc(slices.Values(read), func(a, b ranked) int { return cmp.Compare(by(b), by(a)) })
		return 1 + slices.IndexFunc(order, func(r ranked) bool { return gold[r.Sentence] })
	}
	return rank(func(r ranked) float64 { return r.Words }), rank(func(r ranked) float64 { return r.Candidate.Cosine }), rank(func(r ranked) float64 { return r.score })
}

// putAll asks all questions of a set, or its sample.
func (c *corpora) putAll(set evalSet) ([]evalQuestion, []evalResult) {
	c.set = set.name
	questions := set.questions
	if !*full {
		questions = nil
		for i := 0; i < len(set.questions); i += set.every {
			questions = append(questions, set.questions[i])
		}
	}
	results := make([]evalResult, len(questions))
	for i := range questions {
		c.index(questions[i].Corpus) // not made by two at once
	}
	next := make(chan int)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for i := range next {
				results[i] = c.put(&questions[i])
			}
		})
	}
	for i := range questions {
		next <- i
	}
	close(next)
	wg.Wait()
	return questions, results
}

// TestEval asks a fixed sample of the evaluation's questions and compares the
// tables with a golden file, so that a change shows what it won and lost; floors
// hold what they must not fall below. With -full all questions are asked and
// the tables of the README printed:
//
//	go test ./index -run TestEval -update
//	go test ./index -run TestEval -full -v -timeout 60m
func TestEval(t *testing.T) {
	if raceDetector {
		t.Skip("hundreds of questions, too slow with the race detector; TestAtOnce asks some")
	}
	if *scores != "" {
		fitted.Clear = 2 // all candidates are read
	}
	c := newCorpora(t)
	var rep report
	for _, set := range evalSets(t, c) {
		if !strings.Contains(set.name, *only) {
			continue
		}
		questions, results := c.putAll(set)
		rep.add(set.name, questions, results)
	}
	if *scores != "" {
		if err := os.WriteFile(*scores, c.rows, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if *full || *only != "" {
		t.Logf("\n%s%s", rep.String(), rep.plots())
		return
	}
	golden(t, "testdata/eval.golden", rep.String())
	rep.floors(t)
}

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
	if diff := gocmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got); if the change is meant, run the test with -update:\n%s", name, diff)
	}
}
