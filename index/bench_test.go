package index

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"dossier/corpus"
)

// The benchmarks ask the questions of the evaluation in turn, over the built-in
// articles at several depths and over 100,000 passages:
//
//	go test ./index -run '^$' -bench . -benchtime 200x

// large makes an index of n passages of four sentences, put together from the
// sentences of the built-in articles with words of their own. The vectors of
// 400,000 sentences would take half an hour; each gets that of the sentence it
// was made of.
func large(b *testing.B, n int) *Index {
	b.Helper()
	small := builtin(b)
	var sentences []string
	for i := range small.corpus.Sentences {
		sentences = append(sentences, small.corpus.Text(i, i))
	}
	vectors, err := small.encoder.Encode(b.Context(), sentences...)
	if err != nil {
		b.Fatal(err)
	}
	files := fstest.MapFS{}
	next, made := 0, map[string]int{}
	for a := range n / 10 {
		var text strings.Builder
		fmt.Fprintf(&text, "Report number%d\n\n", a)
		for range 10 {
			for range 4 {
				// A stride that shares no factor with the count mixes the sentences.
				from := next % len(sentences)
				next += 389
				s := fmt.Sprintf("%s place%d word%d.", strings.TrimSuffix(sentences[from], "."), next%9973, next%49999)
				made[s] = from
				text.WriteString(s + " ")
			}
			text.WriteString("\n\n")
		}
		files[fmt.Sprintf("%06d.txt", a)] = &fstest.MapFile{Data: []byte(text.String())}
	}
	copies, problems := corpus.Load(files)
	if len(problems) > 0 {
		b.Fatal(problems)
	}
	kept := builtinVectors
	defer func() { builtinVectors = kept }()
	for s, from := range made {
		builtinVectors = small.encoder.AppendRecord(builtinVectors, s, vectors[from])
	}
	for _, a := range copies {
		builtinVectors = small.encoder.AppendRecord(builtinVectors, a.Title, vectors[0])
	}
	ix, err := New(b.Context(), copies, Options{Depth: evalDepth})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { ix.Close() })
	<-ix.Ready()
	return ix
}

func BenchmarkAsk(b *testing.B) {
	var questions []string
	for _, q := range readJSONL[evalQuestion](b, "testdata/eval/*.jsonl") {
		if len(q.Gold) > 0 && len(q.Before) == 0 {
			questions = append(questions, q.Q)
		}
	}
	run := func(name string, ix *Index, depth int) {
		b.Run(fmt.Sprintf("%s/depth-%d", name, depth), func(b *testing.B) {
			ix.depth = depth
			var took []time.Duration
			for b.Loop() {
				start := time.Now()
				a, err := ix.Ask(b.Context(), Query{Text: questions[len(took)%len(questions)]})
				took = append(took, time.Since(start))
				if err != nil || a.Depth > depth {
					b.Fatal(a.Depth, err)
				}
			}
			slices.Sort(took)
			b.ReportMetric(took[len(took)/2].Seconds()*1e3, "p50-ms")
			b.ReportMetric(took[len(took)*99/100].Seconds()*1e3, "p99-ms")
		})
	}
	ix := builtin(b)
	for _, depth := range []int{4, 8, 12, 24} {
		run("builtin", ix, depth)
	}
	if !testing.Short() {
		run("100k", large(b, 100_000), 8)
	}
}
