package discord

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
)

// BenchmarkAnswer measures our own time, from the start of the handler to the
// REST call with a search that costs nothing: with that many people asking in
// the same instant, and with 1,000 within one second. What the search adds, and
// the gateway, is measured by BenchmarkLoad in the folder above. The target: with
// 1,000 people within a second, 99 in 100 answers are on their way in under 20 ms.
//
//	go test ./bot/discord -run '^$' -bench Answer
func BenchmarkAnswer(b *testing.B) {
	for _, people := range []int{1, 100, 1000} {
		b.Run(fmt.Sprintf("at-once-%d", people), func(b *testing.B) { benchmarkAnswer(b, people, 0) })
	}
	b.Run("in-a-second-1000", func(b *testing.B) { benchmarkAnswer(b, 1000, time.Millisecond) })
}

func benchmarkAnswer(b *testing.B, people int, every time.Duration) {
	o := newOwn(b)
	for b.Loop() {
		o.round(people, every)
	}
	b.ReportMetric(float64(o.percentile(50).Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(o.percentile(99).Microseconds())/1000, "p99-ms")
}

// An own is a bot whose own time is measured.
type own struct {
	bot   *Bot
	asked int

	mu     sync.Mutex
	starts map[string]time.Time // of the handler, by interaction
	took   []time.Duration
}

func newOwn(tb testing.TB) *own {
	o := &own{starts: map[string]time.Time{}}
	var err error
	o.bot, err = New(Config{Token: "x", Limits: noLimits, Transport: o}, &fakeAsker{quiet: true}, discardLog)
	if err != nil {
		tb.Fatal(err)
	}
	return o
}

// RoundTrip is where the REST call ends.
func (o *own) RoundTrip(r *http.Request) (*http.Response, error) {
	now := time.Now()
	id := strings.Split(r.URL.Path, "/")[4]
	o.mu.Lock()
	o.took = append(o.took, now.Sub(o.starts[id]))
	delete(o.starts, id)
	o.mu.Unlock()
	return &http.Response{StatusCode: http.StatusNoContent, Body: http.NoBody, Header: http.Header{}}, nil
}

// round lets so many people ask, one every so often.
func (o *own) round(people int, every time.Duration) {
	var wg sync.WaitGroup
	begun := time.Now()
	for n := range people {
		o.asked++
		id := fmt.Sprint(uint64(time.Now().UnixMilli()-1420070400000)<<22 | uint64(o.asked)&(1<<22-1))
		i := &discordgo.Interaction{
			ID: id, Token: "t", Type: discordgo.InteractionApplicationCommand, ChannelID: "1",
			User: &discordgo.User{ID: fmt.Sprint(o.asked)},
			Data: discordgo.ApplicationCommandInteractionData{Name: "ask", Options: []*discordgo.ApplicationCommandInteractionDataOption{
				{Name: "question", Type: discordgo.ApplicationCommandOptionString, Value: "which films leaked?"},
			}},
		}
		wg.Go(func() {
			now := time.Now()
			o.mu.Lock()
			o.starts[id] = now
			o.mu.Unlock()
			o.bot.interactions.on(i)
		})
		time.Sleep(time.Until(begun.Add(time.Duration(n) * every)))
	}
	wg.Wait()
}

func (o *own) percentile(n int) time.Duration {
	slices.Sort(o.took)
	return o.took[len(o.took)*n/100]
}
