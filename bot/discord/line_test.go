package discord

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/discordtest"
)

// TestRush lets many people ask their first question in one channel within two
// seconds. Discord takes a message a second there: each gets one answer, in the order
// of the questions, and who has to wait for it gets a sign.
func TestRush(t *testing.T) {
	t.Parallel()
	for _, people := range []int{30, 300} {
		t.Run(fmt.Sprint(people), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(time.Until(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC))) // ids tell no time before 2015
				r := newRig(t, Config{Limits: defaultLimits}, discordtest.InMemory(), discordtest.RateLimits())
				var ids []string
				asked := map[string]time.Time{}
				var all sync.WaitGroup
				for n := range people {
					id := r.Say(discordtest.User{ID: fmt.Sprint(200000000000000010 + n)}, channel, mention+fmt.Sprintf("question %d?", n))
					ids = append(ids, id)
					asked[id] = time.Now()
					m := written(id, mention+fmt.Sprintf("question %d?", n), time.Time{})
					m.Author = &discordgo.User{ID: fmt.Sprint(200000000000000010 + n)}
					all.Go(func() {
						e, _ := r.bot.replies.tracker.begin(id)
						h, _ := address(m, discordtest.BotID, "")
						if err := r.bot.replies.follow(t.Context(), m, h, e); err != nil {
							t.Error(err)
						}
					})
					time.Sleep(2 * time.Second / time.Duration(people))
				}
				all.Wait()
				got := r.Messages(channel.Channel)
				if len(got) != people {
					t.Fatalf("%d answers to %d questions", len(got), people)
				}
				signs := map[string]time.Time{}
				for _, req := range r.Requests("PUT /channels/{}/messages/{}/reactions/👀/@me") {
					id := strings.Split(req.Path, "/")[4]
					if _, ok := signs[id]; !ok {
						signs[id] = req.Time
					}
				}
				var longest, end time.Duration
				signed := 0
				for i, m := range got {
					if m.Reference.MessageID != ids[i] || !strings.HasPrefix(m.Content, "> Sentence 0 ") {
						t.Errorf("answer %d is %.30q, to question %d", i, m.Content, slices.Index(ids, m.Reference.MessageID))
					}
					at, err := time.Parse(time.RFC3339Nano, m.Timestamp)
					if err != nil {
						t.Fatal(err)
					}
					end = max(end, at.Sub(asked[ids[i]]))
					if s, ok := signs[ids[i]]; ok {
						signed++
						at = s
					}
					longest = max(longest, at.Sub(asked[ids[i]]))
				}
				if want := signAfter + time.Duration(people)*250*time.Millisecond; longest > want {
					t.Errorf("somebody saw neither an answer nor a sign for %s, want %s", longest, want)
				}
				t.Logf("%d people: the last answer after %s, %d got a sign before it, somebody saw neither for %s", people, end.Round(time.Second), signed, longest.Round(10*time.Millisecond))
				r.bot.gateway.Close()
			})
		})
	}
}

// TestLine takes the turns of a channel in the order of the messages, whatever the
// order of the events; another channel goes on; and who gives up lets the next go.
func TestLine(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLines()
		leave, err := l.wait(t.Context(), "c", "5")
		if err != nil {
			t.Fatal(err)
		}
		var order []string
		var all sync.WaitGroup
		gone, give := context.WithCancel(t.Context())
		for _, id := range []string{"9", "7", "8", "6"} {
			all.Go(func() {
				ctx := t.Context()
				if id == "7" {
					ctx = gone
				}
				leave, err := l.wait(ctx, "c", id)
				if (err != nil) != (id == "7") {
					t.Errorf("message %s got %v", id, err)
				}
				if err == nil {
					order = append(order, id)
					leave()
				}
			})
			synctest.Wait()
		}
		other, err := l.wait(t.Context(), "d", "10")
		if err != nil {
			t.Fatal(err)
		}
		other()
		give()
		synctest.Wait()
		leave()
		all.Wait()
		if got := strings.Join(order, " "); got != "6 8 9" {
			t.Errorf("turns in the order %s", got)
		}
		if len(l.byChannel) != 0 {
			t.Error("a line is kept though nobody stands in it")
		}
	})
}

// TestNoReactions leaves a channel alone where the bot may not react.
func TestNoReactions(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tries, failures := 0, 0
		s := newSigns(func(context.Context, string, string) error { tries++; return fmt.Errorf("not allowed") }, func(error) { failures++ })
		for range 3 {
			stop := s.later(t.Context(), "c", "1")
			time.Sleep(signAfter + time.Second)
			stop()
		}
		s.later(t.Context(), "d", "2")() // the answer is there at once
		if tries != 1 || failures != 1 {
			t.Errorf("%d tries, %d failures", tries, failures)
		}
	})
}
