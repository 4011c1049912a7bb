package discord

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/discordtest"
	"dossier/index"
)

// TestThousand lets 1,000 people ask within some seconds, by command, mention
// and direct message, while connections drop, requests fail and events come
// twice. Every message gets exactly one answer; every command gets at most one,
// and one at all unless Discord itself has told the person that the bot did not
// answer in time.
func TestThousand(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	const people = 1000
	goroutines := runtime.NumGoroutine()
	r := newRig(t, Config{StateDir: t.TempDir()})
	var panics atomic.Int32
	r.asker.onAsk = func(_ context.Context, q index.Query) (index.Answer, error) {
		switch {
		case strings.HasSuffix(q.Text, "77?"):
			panics.Add(1)
			panic("a broken index")
		case strings.HasSuffix(q.Text, "7?"):
			return index.Answer{}, fmt.Errorf("a broken index")
		}
		return index.Answer{Question: q.Text, Answered: true, Quotes: []index.Quote{testQuote(1)}}, nil
	}
	r.run()

	var mu sync.Mutex
	rnd := rand.New(rand.NewPCG(7, 8))
	chance := func(n int) bool { mu.Lock(); defer mu.Unlock(); return rnd.IntN(n) == 0 }
	r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
		switch {
		case chance(40):
			return &discordtest.Reply{Status: 429, Body: `{"retry_after":0.1,"global":false}`}
		case chance(60):
			return &discordtest.Reply{Status: 429, Body: page429, Header: map[string]string{"Retry-After": "0.2"}}
		case chance(40):
			return &discordtest.Reply{Status: 502, Body: "<html>"}
		case chance(60):
			return &discordtest.Reply{Status: 500, Done: true}
		case chance(60):
			return &discordtest.Reply{Drop: true, Done: true}
		case chance(20):
			return &discordtest.Reply{Delay: 100 * time.Millisecond, Pass: true}
		}
		return nil
	})

	var messages []string
	var commands []*discordtest.Interaction
	for n := range people {
		u := discordtest.User{ID: fmt.Sprint(700000000000000000 + n)}
		at := discordtest.Place{Guild: fmt.Sprint(310000000000000000 + n%20), Channel: fmt.Sprint(410000000000000000 + n%50)}
		text := fmt.Sprintf("what happened, number %d?", n)
		switch n % 3 {
		case 0:
			i := r.Slash(u, at, "ask", "question", text)
			commands = append(commands, i)
			if chance(10) {
				i.Again(nil)
			}
		case 1:
			messages = append(messages, r.Say(u, at, mention+text))
		case 2:
			messages = append(messages, r.Say(u, discordtest.Place{Channel: fmt.Sprint(510000000000000000 + n)}, text))
		}
		if n%3 > 0 && chance(10) {
			r.Again(messages[len(messages)-1])
		}
		switch {
		case n%250 == 100:
			r.DropAll()
		case n%250 == 200:
			r.SendAll(7, nil)
		}
		time.Sleep(4 * time.Millisecond)
	}
	deadline := time.Now().Add(25 * time.Second)
	open := func() (n int) {
		for _, id := range messages {
			if len(r.RepliesTo(id)) == 0 {
				n++
			}
		}
		return n
	}
	for open() > 0 && time.Now().Before(deadline) {
		time.Sleep(200 * time.Millisecond)
	}
	if err := r.stop(); err != nil {
		t.Errorf("Run() got %v", err)
	}

	for _, id := range messages {
		if n := len(r.RepliesTo(id)); n != 1 {
			t.Errorf("%d replies to a message", n)
		}
	}
	missed := 0
	for _, i := range commands {
		switch n := len(i.Callbacks()); {
		case n == 0:
			missed++
		case n > 1:
			t.Errorf("%d answers to a command", n)
		}
	}
	// None is lost without a word: Discord tells the person, the log the operator.
	log := r.logs.String()
	if told := strings.Count(log, "too late for an interaction") + strings.Count(log, "not answered"); missed > told {
		t.Errorf("%d commands were not answered, the log tells of %d", missed, told)
	}
	if n := panics.Load(); n == 0 || strings.Count(log, "msg=panic") != int(n) {
		t.Errorf("%d panics, the log tells of %d", n, strings.Count(log, "msg=panic"))
	}
	if missed > len(commands)/4 && !slow {
		t.Errorf("%d of %d commands were not answered", missed, len(commands))
	}
	if n := len(r.Identifies()); n > 2 {
		t.Errorf("%d logins", n)
	}
	t.Logf("%d messages and %d commands, of which %d too late; %d requests, %d logins, %d resumes",
		len(messages), len(commands), missed, len(r.Requests("")), len(r.Identifies()), r.Resumes())
	r.bot.http.CloseIdleConnections()
	for end := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > goroutines+15 && time.Now().Before(end); {
		time.Sleep(50 * time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > goroutines+15 { // the fake Discord's own
		t.Errorf("%d goroutines, %d before", n, goroutines)
	}
}

// BenchmarkAnswer measures our own time, from the start of the handler to the
// REST call: with that many people asking in the same instant, and with 1,000
// within one second.
func BenchmarkAnswer(b *testing.B) {
	for _, people := range []int{1, 100, 1000} {
		b.Run(fmt.Sprintf("at-once-%d", people), func(b *testing.B) { benchmarkAnswer(b, people, 0) })
	}
	b.Run("in-a-second-1000", func(b *testing.B) { benchmarkAnswer(b, 1000, time.Millisecond) })
}

func benchmarkAnswer(b *testing.B, people int, every time.Duration) {
	var mu sync.Mutex
	var took []time.Duration
	starts := map[string]time.Time{}
	bot, err := New(Config{Token: "x", Limits: noLimits, Transport: transportFunc(func(r *http.Request) (*http.Response, error) {
		now := time.Now()
		id := strings.Split(r.URL.Path, "/")[4]
		mu.Lock()
		took = append(took, now.Sub(starts[id]))
		delete(starts, id)
		mu.Unlock()
		return &http.Response{StatusCode: 204, Body: http.NoBody, Header: http.Header{}}, nil
	})}, &fakeAsker{quiet: true}, discardLog)
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for b.Loop() {
		var wg sync.WaitGroup
		for range people {
			n++
			id := fmt.Sprint(uint64(time.Now().UnixMilli()-1420070400000)<<22 | uint64(n)&(1<<22-1))
			i := &discordgo.Interaction{
				ID: id, Token: "t", Type: discordgo.InteractionApplicationCommand, ChannelID: "1",
				User: &discordgo.User{ID: fmt.Sprint(n)},
				Data: discordgo.ApplicationCommandInteractionData{Name: "ask", Options: []*discordgo.ApplicationCommandInteractionDataOption{
					{Name: "question", Type: discordgo.ApplicationCommandOptionString, Value: "which films leaked?"},
				}},
			}
			wg.Go(func() {
				now := time.Now()
				mu.Lock()
				starts[id] = now
				mu.Unlock()
				bot.onInteraction(i)
			})
			if every > 0 {
				time.Sleep(every)
			}
		}
		wg.Wait()
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}
