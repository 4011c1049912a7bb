package discord

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dossier/bot/discord/discordtest"
)

// TestLate lets Discord take no message in a channel for ten minutes, and for longer
// than an answer is of use: the person hears when the bot can speak again, and the
// log says why not before.
func TestLate(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		wait string
		late bool
	}{{"600", true}, {"36000", false}} {
		synctest.Test(t, func(t *testing.T) {
			r := rigAsleep(t, Config{})
			r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
				if req.Route == "POST /channels/{}/messages" && req.Nth == 1 {
					return &discordtest.Reply{Status: 429, Body: `{"message":"You are being rate limited.","retry_after":` + tt.wait + `,"global":false}`}
				}
				return nil
			})
			var ids []string
			for range 3 {
				ids = append(ids, r.says(alice, direct, "which films leaked?"))
			}
			time.Sleep(9 * time.Minute)
			for _, id := range ids {
				if n := len(r.RepliesTo(id)); n != 0 {
					t.Errorf("%d answers before Discord takes one", n)
				}
			}
			time.Sleep(11 * time.Hour)
			want := 0
			if tt.late {
				want = 1
			}
			for _, id := range ids {
				if n := len(r.RepliesTo(id)); n != want {
					t.Errorf("%d answers after a limit of %s seconds, want %d", n, tt.wait, want)
				}
			}
			log := r.logs.String()
			if !strings.Contains(log, "rate limit") || strings.Contains(log, "look at the network") {
				t.Errorf("the log says %s", log)
			}
			if n := strings.Count(log, "the answers come then"); n != want {
				t.Errorf("the log says %d times that answers come later", n)
			}
			r.bot.gateway.Close()
		})
	}
}

// TestLateOnce lets the only question that somebody may ask in an hour be answered
// late: it is answered, and counted once.
func TestLateOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := rigAsleep(t, Config{Limits: Limits{User: Limit{2, time.Hour}}})
		r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
			if req.Route == "POST /channels/{}/messages" && req.Nth == 1 {
				return &discordtest.Reply{Status: 429, Body: `{"message":"You are being rate limited.","retry_after":600,"global":false}`}
			}
			return nil
		})
		first := r.says(alice, direct, "which films leaked?")
		time.Sleep(11 * time.Minute)
		second := r.says(alice, direct, "who is Amy Pascal?")
		for _, id := range []string{first, second} {
			if got := r.RepliesTo(id); len(got) != 1 || about(got[0]) == "" {
				t.Errorf("a question within the limit got %+v", got)
			}
		}
		third := r.says(alice, direct, "and when?")
		if got := r.RepliesTo(third); len(got) != 1 || !strings.HasPrefix(got[0].Content, "One moment") {
			t.Errorf("a question beyond the limit got %+v", got)
		}
		r.bot.gateway.Close()
	})
}

// TestGoneBefore answers a question that was deleted meanwhile, on a server that
// takes no replies to what is not there: that is no warning.
func TestGoneBefore(t *testing.T) {
	t.Parallel()
	for status, body := range map[int]string{
		400: `{"code":50035,"message":"Invalid Form Body","errors":{"message_reference":{"_errors":[{"code":"REPLIES_UNKNOWN_MESSAGE","message":"Unknown message"}]}}}`,
		404: `{"code":4711,"message":"?"}`,
	} {
		r := rigged(t)
		r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
			if req.Route == "POST /channels/{}/messages" && req.Nth == 1 {
				return &discordtest.Reply{Status: status, Body: body}
			}
			return nil
		})
		r.Say(alice, channel, mention+"which films leaked?")
		r.Wait("a line in the log", func() bool { return strings.Contains(r.logs.String(), "was deleted before") || tick(r) })
		r.answerTo(r.Say(alice, channel, mention+"which films leaked?"))
		if log := r.logs.String(); strings.Contains(log, "level=WARN") {
			t.Errorf("the log says %s", log)
		}
	}
}

// TestGoneAnswer edits a question whose answer is gone, on a server that has a code
// of its own for that: there is a new answer.
func TestGoneAnswer(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
		if req.Method == "PATCH" {
			return &discordtest.Reply{Status: 404, Body: `{"code":4711,"message":"?"}`}
		}
		return nil
	})
	id := r.Say(alice, channel, mention+"which films leaked?")
	r.answerTo(id)
	r.Edit(id, mention+"who landed on the moon?")
	r.Wait("another answer", func() bool { return len(r.RepliesTo(id)) == 2 })
}
