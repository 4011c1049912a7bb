package index

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"dossier/corpus"
)

var (
	squadDir   = flag.String("squad", "", "directory with questions and passages in the form of SQuAD, to measure on (see TestSQuAD)")
	squadEvery = flag.Int("squad-every", 1, "ask one in so many of its questions")
)

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
	var words, meaning, whole tally
	var mu sync.Mutex
	next := make(chan squadQuestion)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for q := range next {
				w, m, all := set.put(t, q)
				mu.Lock()
				words.add(w)
				meaning.add(m)
				whole.add(all)
				mu.Unlock()
			}
		})
	}
	for i, q := range set.questions {
		if i%*squadEvery == 0 {
			next <- q
		}
	}
	close(next)
	wg.Wait()
	for _, row := range []struct {
		name string
		m    tally
	}{{"BM25", words}, {"retriever", meaning}, {"whole", whole}} {
		fmt.Printf("squad11-dev, %d questions, %d sentences, depth %d: %-9s P@1, hit@3, MRR %s\n", row.m.n, len(set.ix.corpus.Sentences), evalDepth, row.name, &row.m)
	}
	if got := percent(whole.first, whole.n); got < squadFloor {
		t.Errorf("P@1 is %.1f, less than %.1f", got, squadFloor)
	}
}

// squadFloor is less than what words alone can do.
const squadFloor = 66.0

type squadQuestion struct {
	Q     string   `json:"q"`
	PID   int      `json:"pid"`
	Spans [][2]int `json:"spans"` // in bytes
	gold  map[int]bool
}

type squadSet struct {
	ix        *Index
	questions []squadQuestion
}

func readSQuAD(t *testing.T, base string) squadSet {
	t.Helper()
	type passage struct {
		PID         int `json:"pid"`
		Title, Text string
	}
	passages := readJSONL[passage](t, base+".passages.jsonl")
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
	set := squadSet{ix: ix}
	for _, q := range readJSONL[squadQuestion](t, base+".questions.jsonl") {
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

// put returns the rank of the first right sentence by BM25, by the retriever
// alone and by all.
func (s squadSet) put(t *testing.T, q squadQuestion) (words, meaning, whole int) {
	_, read, err := s.ix.rank(t.Context(), Query{Text: q.Q}, evalDepth)
	if err != nil {
		t.Errorf("%q: %v", q.Q, err)
		return 0, 0, 0
	}
	return ranks(read, q.gold)
}
