package discord

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"dossier/bot/discord/discordtest"
	"dossier/bot/discord/message/messagetest"
	"dossier/index"
)

// tally keeps what it is told.
type tally struct {
	mu    sync.Mutex
	count map[string]int
}

func (m *tally) add(what ...string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.count == nil {
		m.count = map[string]int{}
	}
	m.count[strings.Join(what, " ")]++
}

func (m *tally) Asked(way, outcome string) { m.add(way, outcome) }
func (m *tally) Read(depth int) {
	m.add("read", map[bool]string{true: "12", false: "another"}[depth == 12])
}
func (m *tally) Took(stage string, d time.Duration) { m.add("took", stage) }
func (m *tally) Limited(limit string)               { m.add("limit", limit) }

// TestMetrics asks in every way, with every outcome: each is counted once, and none
// under what somebody wrote.
func TestMetrics(t *testing.T) {
	t.Parallel()
	told := &tally{}
	r := newRig(t, Config{Metrics: told})
	r.asker.onAsk = func(_ context.Context, q index.Query) (index.Answer, error) {
		times := index.Times{Understanding: 1, Retrieving: 1, Reading: 1}
		switch {
		case strings.Contains(q.Text, "broken"):
			panic(q.Text)
		case strings.Contains(q.Text, "slow"):
			return index.Answer{Outcome: index.Absent}, context.DeadlineExceeded
		case strings.Contains(q.Text, "long"):
			return index.Answer{Outcome: index.Other, Reason: index.TooLong}, index.ErrTooLong
		case strings.Contains(q.Text, "bonjour"):
			return index.Answer{Outcome: index.Other, Reason: index.AnotherLanguage, Times: times, Depth: 12}, nil
		case strings.Contains(q.Text, "moon"):
			return index.Answer{Question: q.Text, Outcome: index.Absent, Times: times, Depth: 12}, nil
		case strings.Contains(q.Text, "mars"):
			return index.Answer{Question: q.Text, Outcome: index.Unsure, Nearest: messagetest.Nearest(), Times: times, Depth: 12}, nil
		}
		a := messagetest.Answer(q.Text, messagetest.Quote(1), messagetest.Quote(2))
		a.More, a.Times, a.Depth = true, times, 12
		return a, nil
	}
	r.run()
	slash := func(text string) discordtest.Message {
		return *r.Slash(alice, channel, "ask", "question", text).Wait().Message
	}
	first := slash("which films leaked?")
	slash("who was on the moon?")
	slash("who was on mars?")
	slash("bonjour, quels films?")
	slash("a broken question")
	slash("a slow question")
	slash("a long question")
	for _, b := range first.Buttons() {
		if b.Label == "More" || b.Label == "Sources" { // the second asks nothing
			r.Click(bob, first, b.CustomID).Wait()
		}
	}
	answer := r.answerTo(r.Say(alice, channel, mention+"which films leaked?"))
	r.answerTo(r.Say(bob, channel, "and who did it?", r.ReplyTo(answer.ID)))
	r.answerTo(r.Say(alice, direct, "which films leaked?"))
	if err := r.stop(); err != nil {
		t.Fatal(err)
	}
	want := map[string]int{
		"slash answered": 1, "slash absent": 1, "slash unsure": 1, "slash other": 2, "slash error": 1, "slash slow": 1,
		"button answered": 1, "mention answered": 1, "reply answered": 1, "direct answered": 1,
		"took waiting": 11, "took understanding": 8, "took retrieving": 8, "took reading": 8, "read 12": 8,
		"took line": 3,
	}
	// Answers and the sources, and what is said in place of an answer.
	want["took sending"] = 12
	if !maps.Equal(told.count, want) {
		for _, k := range slices.Sorted(maps.Keys(told.count)) {
			if told.count[k] != want[k] {
				t.Errorf("%q %d times, want %d", k, told.count[k], want[k])
			}
		}
		for k, n := range want {
			if told.count[k] == 0 {
				t.Errorf("%q never, want %d times", k, n)
			}
		}
	}
}

// TestMetricsOfLimits: a person who asks too often is counted, and so is what Discord
// limits.
func TestMetricsOfLimits(t *testing.T) {
	t.Parallel()
	told := &tally{}
	r := newRig(t, Config{Metrics: told, Limits: Limits{User: Limit{1, time.Hour}}})
	r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
		if req.Route == "POST /channels/{}/messages" && req.Nth == 1 {
			return &discordtest.Reply{Status: 429, Body: `{"message":"You are being rate limited.","retry_after":0.01,"global":true}`}
		}
		return nil
	})
	if r.bot.Connected() || r.bot.LoginsLeft() >= 0 {
		t.Errorf("before it runs, connected: %v, logins left: %d", r.bot.Connected(), r.bot.LoginsLeft())
	}
	r.run()
	r.answerTo(r.Say(alice, channel, mention+"which films leaked?"))
	if !r.bot.Connected() || r.bot.LoginsLeft() != 399 { // one of the 400 a day that logins.go allows
		t.Errorf("connected: %v, logins left: %d", r.bot.Connected(), r.bot.LoginsLeft())
	}
	r.Slash(alice, channel, "ask", "question", "which films leaked?").Wait()
	if err := r.stop(); err != nil {
		t.Fatal(err)
	}
	if told.count["limit person"] != 1 || told.count["limit global"] != 1 || r.bot.Connected() {
		t.Errorf("counted %v; connected: %v", told.count, r.bot.Connected())
	}
}
