package index

import (
	"cmp"
	"log/slog"
	"slices"
	"testing"

	"dossier/index/retrieve"
)

// A shareResult counts how questions fared while a share of the sentences had
// vectors.
type shareResult struct {
	right    int // the first sentence, shown or not
	answered int
	wrong    int // of the answered ones
	flipped  int // of the answered ones: with all vectors another sentence is first
}

// TestPartialVectors asks questions about three incidents that were held out of all
// training while none, half and all of the sentences have vectors: what is first is
// right no less often than by words alone, and what was answered before all vectors
// are there seldom changes. It prints what it counts, with -full of more questions:
//
//	go test ./index -run TestPartialVectors -v
func TestPartialVectors(t *testing.T) {
	if raceDetector {
		t.Skip("many questions, too slow with the race detector")
	}
	c := newCorpora(t)
	var held []evalQuestion
	for _, set := range evalSets(t, c) {
		if set.name == "incidents held out" {
			held = set.questions
		}
	}
	incidents, each := 3, 6
	if *full {
		each = 24
	}
	asked, n, words := map[string]int{}, 0, 0
	var results [3]shareResult // by none, half, all
	for _, q := range held {
		if len(q.Texts) == 0 || asked[q.Corpus] == each || asked[q.Corpus] == 0 && len(asked) == incidents {
			continue
		}
		asked[q.Corpus]++
		n++
		ix := c.index(q.Corpus)
		gold := c.find(ix, slices.Concat(q.Gold, q.Texts))
		var runs [3]partialRun
		for k, share := range []float64{0, .5, 1} {
			runs[k] = runWith(t, ix, q.Q, share)
		}
		if gold[runs[0].words] {
			words++
		}
		for k, run := range runs {
			r := &results[k]
			if gold[run.first] {
				r.right++
			}
			if !run.answered {
				continue
			}
			r.answered++
			if !gold[run.first] {
				r.wrong++
			}
			if run.first != runs[2].first {
				r.flipped++
			}
		}
	}
	t.Logf("%d questions; by words alone %d right", n, words)
	for k, name := range []string{"none", "half", "all"} {
		t.Logf("%-4s of the vectors: %+v", name, results[k])
	}
	none, half, all := results[0], results[1], results[2]
	if n != incidents*each || all.answered == 0 {
		t.Fatalf("%d questions, %d answered", n, all.answered)
	}
	if none.right < words || half.right < words || all.right < words {
		t.Errorf("fewer first sentences are right than by words alone: %d, %d, %d; %d", none.right, half.right, all.right, words)
	}
	if most := all.answered / 5; none.flipped > most || half.flipped > most {
		t.Errorf("%d and %d first sentences that were answered change when all vectors are there, want %d at most", none.flipped, half.flipped, most)
	}
}

// A partialRun is what one question got.
type partialRun struct {
	first, words int // the sentence that is first, and that would be by words alone; -1: none
	answered     bool
}

// runWith asks while a share of the sentences of an index have vectors, and no more
// are computed but for the question.
func runWith(t *testing.T, ix *Index, question string, share float64) partialRun {
	t.Helper()
	all, n := ix.retriever.Vectors(), len(ix.corpus.Sentences)
	record := len(all) / (n + len(ix.known(nil)))
	var some []byte
	for i := range n { // spread over all
		if int(float64(i+1)*share) > int(float64(i)*share) {
			some = append(some, all[i*record:(i+1)*record]...)
		}
	}
	with := *ix
	var err error
	o := retrieve.Options{Vectors: some, Log: slog.New(slog.DiscardHandler)}
	if with.retriever, err = retrieve.New(t.Context(), ix.corpus, nil, ix.encoder, o); err != nil {
		t.Fatal(err)
	}
	defer with.retriever.Close()
	with.retriever.Halt()
	q := Query{Text: question}
	asked, read, err := with.rank(t.Context(), q, evalDepth)
	if err != nil {
		t.Fatal(err)
	}
	if len(read) == 0 {
		return partialRun{-1, -1, false}
	}
	var ans Answer
	with.decide(&ans, asked, read, q)
	best := slices.MaxFunc(read, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.Words, b.Words), cmp.Compare(b.Sentence, a.Sentence))
	})
	return partialRun{read[0].Sentence, best.Sentence, ans.Answered}
}
