package discord

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"dossier/bot/discord/discordtest"
)

func TestUserLimits(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{Limits: Limits{User: Limit{2, time.Hour}, Channel: noLimits.Channel, Guild: noLimits.Guild}})
	r.run()
	var ids []string
	for range 6 {
		ids = append(ids, r.Say(alice, channel, mention+"which films leaked?"))
	}
	r.answerTo(r.Say(bob, channel, mention+"which films leaked?"))
	r.Wait("two answers, one refusal", func() bool { return r.Count("POST /channels/{}/messages") == 4 || tick(r) })
	cb := r.Slash(alice, channel, "ask", "question", "x").Wait()
	answers, refusals := 0, 0
	for _, id := range ids {
		for _, m := range r.RepliesTo(id) {
			if strings.HasPrefix(m.Content, "One moment") {
				refusals++
			} else {
				answers++
			}
		}
	}
	if answers != 2 || refusals != 1 {
		t.Errorf("%d answers and %d refusals", answers, refusals)
	}
	if !cb.Message.Ephemeral() {
		t.Error("the refusal of a command is for all to see")
	}
	// An answer is not replaced by a refusal.
	for _, id := range ids {
		r.Edit(id, mention+"and now?")
	}
	r.answerTo(r.Say(discordtest.User{ID: "200000000000000003"}, channel, mention+"which films leaked?"))
	for _, m := range r.Messages(channel.Channel) {
		if m.Edits > 0 {
			t.Errorf("an edit made %q", m.Content)
		}
	}
	if len(r.asker.asked()) != 4 {
		t.Errorf("%d questions reached the asker", len(r.asker.asked()))
	}
}

// TestFullChannel has ten people ask in a channel that is full: one is told.
func TestFullChannel(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{Limits: Limits{User: noLimits.User, Channel: Limit{2, time.Hour}, Guild: noLimits.Guild}})
	r.run()
	for n := range 10 {
		r.Say(discordtest.User{ID: fmt.Sprint(200000000000000010 + n)}, channel, mention+"which films leaked?")
	}
	r.answerTo(r.Say(alice, discordtest.Place{Guild: channel.Guild, Channel: "400000000000000002"}, mention+"which films leaked?"))
	r.Wait("two answers and a refusal", func() bool { return len(r.Messages(channel.Channel)) == 3 || tick(r) })
	if err := r.stop(); err != nil { // lets those in flight finish
		t.Fatal(err)
	}
	if got := r.Messages(channel.Channel); len(got) != 3 {
		t.Errorf("%d messages in a full channel", len(got))
	}
}

func TestLimiter(t *testing.T) {
	t.Parallel()
	l := newLimiter(Limits{User: Limit{3, time.Hour}, Channel: Limit{4, time.Hour}, Guild: Limit{5, time.Hour}})
	for n, tt := range []struct {
		user, channel, guild string
		ok                   bool
	}{
		{"u", "c", "g", true},
		{"u", "c", "g", true},
		{"u", "c", "g", true},
		{"u", "c", "g", false},
		{"u", "d", "", false},
		{"v", "c", "g", true},
		{"v", "c", "g", false}, // the channel is full
		{"v", "d", "g", true},  // the refusal was not charged
		{"w", "e", "g", false}, // the server is full
		{"w", "", "", true},
	} {
		if got := l.wait(tt.user, tt.channel, tt.guild) == 0; got != tt.ok {
			t.Errorf("question %d: allowed %v, want %v", n, got, tt.ok)
		}
	}
	if !l.tell("u", "c") || l.tell("u", "c") || l.tell("u", "d") || l.tell("v", "c") || !l.tell("v", "d") {
		t.Error("a refusal is said more or less than once")
	}
}
