package discord

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dossier/bot/discord/discordtest"
)

func TestUserLimits(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{Limits: Limits{User: Limit{2, time.Hour}}})
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
	r := newRig(t, Config{Limits: Limits{User: Limit{1, 2 * time.Second}}})
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
		return about(got) == "who is Amy Pascal?" || tick(r)
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
	r.Wait("an answer in place of the note", func() bool { got, _ := r.Message(note.ID); return about(got) == "and when?" })
	time.Sleep(noteStays - 2*time.Second)
	r.answerTo(r.Say(alice, direct, "which films leaked?"))
	if got, _ := r.Message(note.ID); got.Deleted {
		t.Error("an answer was taken for a note and removed")
	}
}

func TestLimiter(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(Limits{User: Limit{3, time.Minute}})
		for range 3 {
			if wait := l.wait("u"); wait > 0 {
				t.Errorf("a first question waits %s", wait)
			}
		}
		wait := l.wait("u")
		if wait <= 0 || wait > time.Minute || !l.tell("u", wait) || l.tell("u", wait) {
			t.Errorf("a fourth question waits %s, or is told more or less than once", wait)
		}
		if wait := l.wait("v"); wait > 0 || !l.tell("v", time.Minute) {
			t.Errorf("somebody else waits %s, or is not told", wait)
		}
		time.Sleep(wait / 2)
		if l.wait("u") == 0 || l.tell("u", wait/2) {
			t.Error("half the wait is enough, or told again")
		}
		time.Sleep(wait / 2) // what was told was true
		if wait := l.wait("u"); wait > 0 {
			t.Errorf("after the wait there is another of %s", wait)
		}
		if wait := l.wait("u"); wait == 0 || !l.tell("u", wait) {
			t.Error("a new wait is not told")
		}
	})
}
