package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"dossier/bot/discord"
	"dossier/bot/discord/discordtest"
	"dossier/corpus"
	"dossier/index"
)

// BenchmarkLoad asks the built-in articles through the whole bot, as many people
// at once as the name says, or within a second, each by a command of their own:
//
//	go test ./bot -run '^$' -bench Load
//
// The times are from the command on the gateway to the request with its answer:
// half of the people have waited p50-ms, 99 in 100 p99-ms, the last last-ms.
// Then how many were told to come back, and how many were told nothing at all.
func BenchmarkLoad(b *testing.B) {
	all, err := load(b.Context(), "", corpus.Options{})
	if err != nil {
		b.Fatal(err)
	}
	ix, err := index.New(b.Context(), all.Articles, index.Options{Questions: all.questions})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = ix.Close() })
	c := newCrowd(b, ix)
	for _, people := range []int{1, 100, 1000} {
		b.Run(fmt.Sprintf("at-once-%d", people), func(b *testing.B) { c.ask(b, people, 0) })
	}
	b.Run("in-a-second-1000", func(b *testing.B) { c.ask(b, 1000, time.Millisecond) })
}

// A crowd asks a bot.
type crowd struct {
	*discordtest.Server
	base      http.RoundTripper
	questions []string
	asked     int

	mu   sync.Mutex
	sent map[string]time.Time // when the answer went out, by interaction
}

func newCrowd(b *testing.B, ix *index.Index) *crowd {
	s := discordtest.New(b)
	l := &crowd{Server: s, base: s.Transport(), questions: ix.Suggest("", 25), sent: map[string]time.Time{}}
	bot, err := discord.New(discord.Config{Token: discordtest.Token, Transport: l}, ix, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- bot.Run(ctx) }()
	b.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			b.Error(err)
		}
	})
	s.WaitReady()
	return l
}

// RoundTrip notes when the answer to an interaction goes out.
func (l *crowd) RoundTrip(r *http.Request) (*http.Response, error) {
	if _, rest, ok := strings.Cut(r.URL.Path, "/interactions/"); ok {
		id, _, _ := strings.Cut(rest, "/")
		l.mu.Lock()
		l.sent[id] = time.Now()
		l.mu.Unlock()
	}
	return l.base.RoundTrip(r)
}

func (l *crowd) ask(b *testing.B, people int, every time.Duration) {
	var sum result
	for b.Loop() {
		l.round(people, every, &sum)
	}
	if len(sum.took) == 0 {
		b.Fatal("no answers")
	}
	slices.Sort(sum.took)
	n := len(sum.took)
	b.ReportMetric(ms(sum.took[n/2]), "p50-ms")
	b.ReportMetric(ms(sum.took[n*99/100]), "p99-ms")
	b.ReportMetric(ms(sum.took[n-1]), "last-ms")
	b.ReportMetric(float64(sum.busy)/float64(b.N), "busy")
	b.ReportMetric(float64(sum.silent)/float64(b.N), "silent")
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// A result is what came of some rounds.
type result struct {
	took         []time.Duration
	busy, silent int
}

// round lets everybody ask once and waits for the answers.
func (l *crowd) round(people int, every time.Duration, sum *result) {
	began := map[*discordtest.Interaction]time.Time{}
	start := time.Now()
	for n := range people {
		time.Sleep(time.Until(start.Add(time.Duration(n) * every)))
		l.asked++
		at := discordtest.Place{Channel: fmt.Sprint(510000000000000000 + l.asked)}
		now := time.Now()
		i := l.Slash(discordtest.User{ID: fmt.Sprint(700000000000000000 + l.asked)}, at, "ask", "question", l.questions[n%len(l.questions)])
		began[i] = now
	}
	end := time.After(5 * time.Second)
	for i, at := range began {
		select {
		case <-i.Done():
		case <-end:
			end = time.After(0)
		}
		cb := i.Callbacks()
		if len(cb) == 0 {
			sum.silent++
			continue
		}
		if m := cb[0].Message.Content; strings.HasPrefix(m, "One moment") || strings.HasPrefix(m, "That took too long") {
			sum.busy++
		}
		l.mu.Lock()
		sum.took = append(sum.took, l.sent[i.ID].Sub(at))
		l.mu.Unlock()
	}
	l.Forget()
}
