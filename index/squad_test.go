package index

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"dossier/corpus"
	"dossier/index/retrieve"
)

var squadDir = flag.String("squad", "", "directory with questions and passages in the form of SQuAD, to measure on (see TestSQuAD)")

// TestSQuAD measures the ranking on public questions: all sentences of all
// passages of SQuAD 1.1 dev in one pool, right where the sentence holds an
// answer span (the SQuAD task of MultiReQA, arXiv 2005.02507). It needs the
// data: go test ./index -run TestSQuAD -v -timeout 30m -squad DIR, where DIR
// holds squad11-dev.passages.jsonl, {"pid","title","text"} a line, and
// squad11-dev.questions.jsonl, {"q","pid","spans":[[start,end]]} a line.
func TestSQuAD(t *testing.T) {
	if *squadDir == "" {
		t.Skip("no data: name its directory with -squad")
	}
	set := readSQuAD(t, filepath.Join(*squadDir, "squad11-dev"))
	var all, plain tally
	var mu sync.Mutex
	next := make(chan squadQuestion)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for q := range next {
				r, p := set.put(t, q)
				mu.Lock()
				all.add(r, false)
				plain.add(p, false)
				mu.Unlock()
			}
		})
	}
	for _, q := range set.questions {
		next <- q
	}
	close(next)
	wg.Wait()
	for _, row := range []struct {
		name string
		m    tally
	}{{"Ask", all}, {"bleve alone, a document a sentence", plain}} {
		fmt.Printf("squad11-dev, %d questions, %d sentences: %-36s P@1 %.1f hit@3 %.1f MRR %.1f\n", row.m.n, len(set.ix.corpus.Sentences),
			row.name, row.m.percent(row.m.first), row.m.percent(row.m.three), 100*row.m.reciprocal/float64(row.m.n))
	}
	if all.percent(all.first) < 73 {
		t.Errorf("P@1 is %.1f, less than words alone can do", all.percent(all.first))
	}
}

type squadQuestion struct {
	Q     string   `json:"q"`
	PID   int      `json:"pid"`
	Spans [][2]int `json:"spans"` // in bytes
	gold  map[int]bool
}

type squadSet struct {
	ix        *Index
	plain     *retrieve.Retriever // bleve over single sentences, as it comes
	questions []squadQuestion
}

func readLines[T any](t *testing.T, name string) []T {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out = append(out, v)
	}
	return out
}

func readSQuAD(t *testing.T, base string) squadSet {
	t.Helper()
	type passage struct {
		PID         int `json:"pid"`
		Title, Text string
	}
	passages := readLines[passage](t, base+".passages.jsonl")
	files := fstest.MapFS{}
	var order []string            // article files in the order that Load takes them
	place := make(map[int][2]int) // pid -> article, passage
	for _, p := range passages {
		name := fmt.Sprintf("%04d.txt", len(order))
		if len(order) == 0 || passages[p.PID-1].Title != p.Title {
			order = append(order, name)
			files[name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(p.Title, "_", " ") + "\n\n")}
		}
		f := files[order[len(order)-1]]
		place[p.PID] = [2]int{len(order) - 1, strings.Count(string(f.Data), "\n\n") - 1}
		f.Data = append(f.Data, strings.ReplaceAll(p.Text, "\n", " ")+"\n\n"...)
	}
	articles, problems := corpus.Load(files)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	ix, err := New(t.Context(), articles, Options{Dir: os.Getenv("SQUAD_INDEX_DIR")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	<-ix.Ready()

	number := make(map[[3]int]int)
	for i, s := range ix.corpus.Sentences {
		number[[3]int{s.Article, s.Passage, s.Index}] = i
	}
	docs := make([]retrieve.Document, len(ix.corpus.Sentences))
	for i := range docs {
		docs[i].Text = ix.neighbour(i, i)
	}
	plain, err := retrieve.InMemory(docs)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { plain.Close() })
	set := squadSet{ix: ix, plain: plain}
	for _, q := range readLines[squadQuestion](t, base+".questions.jsonl") {
		at := place[q.PID]
		q.gold = make(map[int]bool)
		for _, span := range q.Spans {
			start, end := span[0], span[1]
			for i, s := range articles[at[0]].Passages[at[1]].Sentences {
				if start < s.Start+len(s.Text) && end > s.Start {
					q.gold[number[[3]int{at[0], at[1], i}]] = true
				}
			}
		}
		if len(q.gold) > 0 {
			set.questions = append(set.questions, q)
		}
	}
	if len(set.questions) < 10_000 {
		t.Fatalf("only %d questions could be placed", len(set.questions))
	}
	return set
}

// put returns the rank of the first right sentence by Ask's ranking, and by
// bleve alone.
func (s squadSet) put(t *testing.T, q squadQuestion) (ranked, plain int) {
	r, err := s.ix.read(t.Context(), Query{Text: q.Q})
	if err != nil {
		t.Errorf("%q: %v", q.Q, err)
		return 0, 0
	}
	for i, c := range s.ix.corpus.Collection.Rank(r.in).Sentences {
		if q.gold[c.Sentence] {
			ranked = i + 1
			break
		}
	}
	hits, err := s.plain.Find(t.Context(), s.ix.corpus.Collection, literal(r.in.Question), retrieve.Filter{})
	if err != nil {
		t.Errorf("%q: %v", q.Q, err)
	}
	for i, h := range hits {
		if q.gold[h.Chunk] {
			return ranked, i + 1
		}
	}
	return ranked, 0
}
