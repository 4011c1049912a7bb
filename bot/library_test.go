package main

import (
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dossier/index"
)

// BenchmarkRenew changes one of a thousand articles of twenty sentences each, and
// reads and indexes them again: what is between the second look that finds the same
// and the answer, in memory and with INDEX_DIR. The two looks take four seconds at
// most.
//
//	go test ./bot -run '^$' -bench Renew -benchtime 5x
func BenchmarkRenew(b *testing.B) {
	for _, kept := range []bool{false, true} {
		b.Run(map[bool]string{false: "in-memory", true: "on-disk"}[kept], func(b *testing.B) {
			dir := b.TempDir()
			p := &program{ctx: b.Context(), stderr: io.Discard}
			if kept {
				p.settings.indexDir = b.TempDir()
			}
			l := &library{corpusFlag: corpusFlag{Corpus: dir}, p: p, log: slog.New(slog.DiscardHandler)}
			r := rand.New(rand.NewPCG(1, 2))
			for n := range 1000 {
				writeArticle(b, dir, n, harbour(r, n, "It was there."))
			}
			ix, err := l.open(&meter{log: l.log})
			if err != nil {
				b.Fatal(err)
			}
			<-ix.Ready()
			live := index.NewLive(ix)
			defer live.Close()
			always := 0.0
			for n := 1000; b.Loop(); n++ {
				writeArticle(b, dir, n%1000, harbour(r, n, fmt.Sprintf("The buoy was number%d on the list.", n)))
				start := time.Now()
				l.renew(live)
				b.ReportMetric(float64(time.Since(start).Milliseconds()), "renew-ms")
				a, err := live.Ask(b.Context(), index.Query{Text: fmt.Sprintf("which buoy was number%d?", n), MinConfidence: &always})
				if err != nil || len(a.Quotes) == 0 || !strings.Contains(a.Quotes[0].Text, fmt.Sprintf("number%d ", n)) {
					b.Fatalf("the new article is not in the answer: %+v, %v", a.Quotes, err)
				}
			}
		})
	}
}

func writeArticle(tb testing.TB, dir string, n int, text string) {
	tb.Helper()
	if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("article-%04d.md", n)), []byte(text), 0o644); err != nil {
		tb.Fatal(err)
	}
}

// harbour is an article of twenty sentences about a harbour, of which there are few,
// so that their vectors are soon there.
func harbour(r *rand.Rand, n int, first string) string {
	pick := func(words string) string {
		all := strings.Fields(words)
		return all[r.IntN(len(all))]
	}
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: Report %d from the harbour\ndate: 2021-03-%02d\n---\n\n%s\n\n", n, 1+n%28, first)
	for i := range 19 {
		fmt.Fprintf(&b, "The %s %s the %s.", pick("ferry tug pilot crew"), pick("left hit saw"), pick("quay mole wreck crane"))
		b.WriteString([]string{" ", "\n\n"}[i%3/2])
	}
	return b.String()
}
