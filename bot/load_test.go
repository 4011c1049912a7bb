package main

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
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
	c := newCrowd(b, builtin(b))
	for _, people := range []int{1, 100, 1000} {
		b.Run(fmt.Sprintf("at-once-%d", people), func(b *testing.B) { c.ask(b, people, 0) })
	}
	b.Run("in-a-second-1000", func(b *testing.B) { c.ask(b, 1000, time.Millisecond) })
}

// BenchmarkRush lets as many people as the name says ask their first question within
// a second, by a mention, of a Discord that limits requests: all in one channel, or
// each in one of their own. How many were answered, once; told something else; lost,
// without a word; and seconds until the last answer. A channel takes a message a
// second, so that the largest takes 17 minutes:
//
//	go test ./bot -run '^$' -bench Rush -benchtime 1x -timeout 1h
func BenchmarkRush(b *testing.B) {
	ix := builtin(b)
	for _, where := range []string{"many-channels", "one-channel"} {
		for _, people := range []int{1, 30, 300, 1000} {
			b.Run(fmt.Sprintf("%s-%d", where, people), func(b *testing.B) {
				for b.Loop() {
					newCrowd(b, ix, discordtest.RateLimits()).rush(b, people, where == "one-channel")
				}
			})
		}
	}
}

// rush lets everybody ask once, and waits for the answers as long as Discord's limits
// keep them, and a minute more.
func (l *crowd) rush(b *testing.B, people int, together bool) {
	asked := map[string]time.Time{}
	start := time.Now()
	for n := range people {
		time.Sleep(time.Until(start.Add(time.Duration(n) * time.Second / time.Duration(people))))
		at := discordtest.Place{Guild: "300000000000000001", Channel: "400000000000000001"}
		if !together {
			at.Channel = fmt.Sprint(410000000000000000 + n)
		}
		id := l.Say(discordtest.User{ID: fmt.Sprint(700000000000000000 + n)}, at, toBot+l.questions[n%len(l.questions)])
		asked[id] = time.Now()
	}
	waiting := slices.Collect(maps.Keys(asked))
	for end := start.Add(time.Duration(people)*1100*time.Millisecond + time.Minute); len(waiting) > 0 && time.Now().Before(end); {
		time.Sleep(250 * time.Millisecond)
		waiting = slices.DeleteFunc(waiting, func(id string) bool { return len(l.RepliesTo(id)) > 0 })
	}
	var once, twice, told, signed int
	var last time.Duration
	for id, at := range asked {
		if m, _ := l.Message(id); m.Reacted {
			signed++
		}
		switch all := l.RepliesTo(id); {
		case len(all) > 1:
			twice++
		case len(all) == 1 && len(all[0].Buttons()) > 0:
			once++
			said, err := time.Parse(time.RFC3339Nano, all[0].Timestamp)
			if err != nil {
				b.Fatal(err)
			}
			last = max(last, said.Sub(at))
		case len(all) == 1:
			told++
		}
	}
	b.ReportMetric(float64(once), "once")
	b.ReportMetric(float64(twice), "twice")
	b.ReportMetric(float64(told), "told")
	b.ReportMetric(float64(people-once-twice-told), "lost")
	b.ReportMetric(float64(signed), "signs")
	b.ReportMetric(last.Seconds(), "last-s")
}

// builtin is the index of the built-in articles.
func builtin(b *testing.B) *index.Index {
	all, err := load(b.Context(), "", corpus.Options{})
	if err != nil {
		b.Fatal(err)
	}
	ix, err := index.New(b.Context(), all.Articles, index.Options{Questions: all.questions})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = ix.Close() })
	return ix
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

func newCrowd(b *testing.B, ix *index.Index, opts ...discordtest.Option) *crowd {
	s := discordtest.New(b, opts...)
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
