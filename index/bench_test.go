package index

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"dossier/corpus"
	"dossier/index/retrieve"
	"dossier/index/question"
	"dossier/index/rank"
)

// The benchmarks ask the questions of the evaluation in turn, over the
// built-in articles and over 100,000 passages, part by part:
//
//	go test ./index -run '^$' -bench . -benchtime 2s

// large makes an index of n passages of four sentences, put together from the
// sentences of the built-in articles with words of their own.
func large(b *testing.B, n int) *Index {
	b.Helper()
	articles, _ := corpus.Load(corpus.Builtin())
	var sentences []string
	for _, a := range articles {
		for _, p := range a.Passages {
			for _, s := range p.Sentences {
				sentences = append(sentences, s.Text)
			}
		}
	}
	files := fstest.MapFS{}
	next := 0
	for a := range n / 10 {
		var text strings.Builder
		fmt.Fprintf(&text, "Report number%d\n\n", a)
		for range 10 {
			for range 4 {
				// A stride that shares no factor with the count mixes the sentences.
				s := sentences[next%len(sentences)]
				next += 389
				fmt.Fprintf(&text, "%s place%d word%d. ", strings.TrimSuffix(s, "."), next%9973, next%49999)
			}
			text.WriteString("\n\n")
		}
		files[fmt.Sprintf("%06d.txt", a)] = &fstest.MapFile{Data: []byte(text.String())}
	}
	copies, problems := corpus.Load(files)
	if len(problems) > 0 {
		b.Fatal(problems)
	}
	ix, err := New(b.Context(), copies, Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { ix.Close() })
	// The vectors of 400,000 sentences would take half an hour; each gets that
	// of the sentence it was made of.
	ix.vectors.close()
	small := builtin(b)
	for i := range ix.vectors.codes {
		ix.vectors.codes[i] = small.vectors.codes[i*389%len(sentences)]
	}
	ix.vectors.ready.Store(true)
	return ix
}

func BenchmarkAsk(b *testing.B) {
	var questions []string
	for _, q := range readEval(b) {
		if len(q.Gold) > 0 {
			questions = append(questions, q.Q)
		}
	}
	for _, size := range []struct {
		name string
		make func() *Index
	}{
		{"builtin", func() *Index { return builtin(b) }},
		{"100k", func() *Index { return large(b, 100_000) }},
	} {
		b.Run(size.name, func(b *testing.B) {
			ix := size.make()
			each := func(name string, f func(text string) error) {
				b.Run(name, func(b *testing.B) {
					var took []time.Duration
					for b.Loop() {
						start := time.Now()
						err := f(questions[len(took)%len(questions)])
						took = append(took, time.Since(start))
						if err != nil {
							b.Fatal(err)
						}
					}
					slices.Sort(took)
					b.ReportMetric(took[len(took)/2].Seconds()*1e3, "p50-ms")
					b.ReportMetric(took[len(took)*99/100].Seconds()*1e3, "p99-ms")
				})
			}
			asked := make(map[string]*question.Question)
			inputs := make(map[string]rank.Input)
			for _, q := range questions {
				r, err := ix.read(b.Context(), Query{Text: q})
				if err != nil {
					b.Fatal(err)
				}
				asked[q], inputs[q] = r.in.Question, r.in
			}
			each("all", func(q string) error {
				_, err := ix.Ask(b.Context(), Query{Text: q})
				return err
			})
			never := func(f func(string)) func(string) error {
				return func(q string) error { f(q); return nil }
			}
			find := func(q *question.Question) error {
				_, err := ix.retriever.Find(b.Context(), ix.corpus.Collection, q, retrieve.Filter{})
				return err
			}
			each("analyse", never(func(q string) { ix.parser.Parse(q) }))
			each("retrieve", func(q string) error { return find(asked[q]) })
			each("bleve", func(q string) error { return find(literal(asked[q])) })
			each("encode", never(func(q string) { ix.vectors.encoder.Encode(q) }))
			each("nearest", never(func(q string) {
				code := ix.vectors.codes[len(q)%len(ix.corpus.Sentences)]
				retrieve.Nearest(ix.vectors.codes[:len(ix.corpus.Sentences)], &code, retrieve.Near, nil)
			}))
			each("rank", never(func(q string) { ix.corpus.Collection.Rank(inputs[q]) }))
		})
	}
}

// literal returns a question without words of like meaning, for which there is
// but one search.
func literal(q *question.Question) *question.Question {
	plain := *q
	plain.Terms = slices.Clone(q.Terms)
	for i := range plain.Terms {
		plain.Terms[i].Like = nil
	}
	return &plain
}
