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
	r.Wait("two answers, one refusal", func() bool { return len(r.Messages(channel.Channel)) == 4 })
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
	synctest.Test(t, func(t *testing.T) {
		const every = 2 * time.Second
		r := rigAsleep(t, Config{Limits: Limits{User: Limit{1, every}}})
		id := r.says(alice, channel, mention+"which films leaked?")
		m := r.RepliesTo(id)[0]
		note := r.RepliesTo(r.says(alice, channel, mention+"and when?"))[0]
		if !strings.HasPrefix(note.Content, "One moment") {
			t.Errorf("beyond the limit got %q", note.Content)
		}
		r.edits(id, mention+"who is Amy?")
		time.Sleep(time.Millisecond) // edits are told apart by their times
		r.edits(id, mention+"who is Amy Pascal?")
		time.Sleep(every)
		if got, _ := r.Message(m.ID); about(got) != "who is Amy Pascal?" || got.Edits != 1 {
			t.Errorf("%d edits made %q of the answer", got.Edits, about(got))
		}
		if got, _ := r.Message(note.ID); got.Deleted {
			t.Error("the note went before anybody could read it")
		}
		time.Sleep(noteStays)
		if got, _ := r.Message(note.ID); !got.Deleted {
			t.Error("the note stays")
		}
		// A note that became an answer stays.
		r.says(bob, direct, "which films leaked?")
		late := r.says(bob, direct, "when?")
		note = r.RepliesTo(late)[0]
		time.Sleep(every)
		r.edits(late, "and when?")
		if got, _ := r.Message(note.ID); about(got) != "and when?" {
			t.Errorf("the note became %q", got.Content)
		}
		time.Sleep(noteStays)
		if got, _ := r.Message(note.ID); got.Deleted {
			t.Error("an answer was taken for a note and removed")
		}
		r.bot.gateway.Close()
	})
}

func TestLimiter(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(Limits{User: Limit{3, time.Minute}}, noMetrics{})
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
