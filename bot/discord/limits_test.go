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

// TestHeldEdit edits a question while its asker has to wait: the answer follows when
// there is room. The note to wait goes when the wait is over.
func TestHeldEdit(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{Limits: Limits{User: Limit{1, 2 * time.Second}, Channel: noLimits.Channel, Guild: noLimits.Guild}})
	r.run()
	id := r.Say(alice, channel, mention+"which films leaked?")
	m := r.answerTo(id)
	note := r.answerTo(r.Say(alice, channel, mention+"and when?"))
	if !strings.HasPrefix(note.Content, "One moment") {
		t.Errorf("beyond the limit got %q", note.Content)
	}
	r.Edit(id, mention+"who is Amy?")
	r.Edit(id, mention+"who is Amy Pascal?")
	r.Wait("the answer to the edited question", func() bool {
		got, _ := r.Message(m.ID)
		return strings.HasPrefix(got.Content, "-# who is Amy Pascal?") || tick(r)
	})
	if got, _ := r.Message(m.ID); got.Edits != 1 {
		t.Errorf("%d edits", got.Edits)
	}
	r.Wait("the note to go", func() bool { got, _ := r.Message(note.ID); return got.Deleted })
	// A note that became an answer stays.
	quiet := discordtest.Place{Guild: channel.Guild, Channel: "400000000000000002"}
	r.answerTo(r.Say(bob, quiet, mention+"which films leaked?"))
	late := r.Say(bob, quiet, mention+"when?")
	note = r.answerTo(late)
	time.Sleep(2 * time.Second)
	r.Edit(late, mention+"and when?")
	r.Wait("an answer in place of the note", func() bool { got, _ := r.Message(note.ID); return strings.HasPrefix(got.Content, "-# and when?") })
	time.Sleep(noteStays - 2*time.Second)
	r.answerTo(r.Say(alice, direct, "which films leaked?"))
	if got, _ := r.Message(note.ID); got.Deleted {
		t.Error("an answer was taken for a note and removed")
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
