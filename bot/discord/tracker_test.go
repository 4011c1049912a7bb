package discord

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/discordtest"
	"dossier/bot/discord/gateway"
	"dossier/bot/discord/message"
	"dossier/index"
)

// written is a message of Alice as it comes from the gateway, for handlers that
// a test calls in an order of its own.
func written(id, text string, edited time.Time) *discordgo.Message {
	m := &discordgo.Message{ID: id, ChannelID: channel.Channel, GuildID: channel.Guild, Content: text, Author: &discordgo.User{ID: alice.ID}}
	if !edited.IsZero() {
		m.EditedTimestamp = &edited
	}
	return m
}

// TestOlderText handles the texts of one question in the wrong order: the newest
// is what counts.
func TestOlderText(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	now := time.Now()
	first := func(id string) *discordgo.Message { return written(id, mention+"which films leaked?", time.Time{}) }
	second := func(id string) *discordgo.Message { return written(id, mention+"when?", now.Add(time.Second)) }
	third := func(id string) *discordgo.Message {
		return written(id, mention+"who is Amy Pascal?", now.Add(2*time.Second))
	}
	for name, order := range map[string]func(id string){
		"edits swapped": func(id string) {
			r.bot.replies.onMessage(first(id))
			r.bot.replies.onEdit(third(id))
			r.bot.replies.onEdit(second(id))
		},
		"message last": func(id string) {
			r.bot.replies.onEdit(second(id))
			r.bot.replies.onEdit(third(id))
			r.bot.replies.onMessage(first(id))
		},
		"message overtook": func(id string) {
			e, _ := r.bot.replies.tracker.begin(id) // as onMessage does before it waits for its turn
			r.bot.replies.onEdit(third(id))
			h, _ := address(first(id), discordtest.BotID, "")
			if err := r.bot.replies.follow(t.Context(), first(id), h, e); err != nil {
				t.Error(err)
			}
		},
		"withdrawn and back": func(id string) {
			r.bot.replies.onMessage(first(id))
			r.bot.replies.onEdit(third(id))
			r.bot.replies.onEdit(written(id, "never mind", now.Add(time.Second)))
		},
	} {
		id := r.Say(alice, channel, "a message that the bot is told about by this test")
		order(id)
		got := r.RepliesTo(id)
		if len(got) != 1 || got[0].Deleted || about(got[0]) != "who is Amy Pascal?" {
			t.Errorf("%s: replies %+v", name, got)
		}
	}
	// A text that does not ask for the bot, and the older one that did.
	id := r.Say(alice, channel, "a message that the bot is told about by this test")
	r.bot.replies.onEdit(written(id, "never mind", now.Add(time.Second)))
	r.bot.replies.onMessage(first(id))
	if got := r.RepliesTo(id); len(got) != 0 {
		t.Errorf("an older text was answered: %+v", got)
	}
}

// TestEditAway takes the mention out of a question: the answer goes, and comes
// back with the mention.
func TestEditAway(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	id := r.Say(alice, channel, mention+"which films leaked?")
	m := r.answerTo(id)
	r.Edit(id, "never mind")
	r.Wait("a removed answer", func() bool { got, _ := r.Message(m.ID); return got.Deleted })
	r.Edit(id, mention+"which films leaked?")
	r.Wait("an answer again", func() bool { return len(r.RepliesTo(id)) == 2 })

	// A follow-up that becomes a laugh.
	id = r.Say(bob, channel, "and when?", r.ReplyTo(r.RepliesTo(id)[1].ID))
	m = r.answerTo(id)
	r.Edit(id, "haha!")
	r.Wait("a removed answer", func() bool { got, _ := r.Message(m.ID); return got.Deleted })

	// A question that loses its text is told what to do.
	id = r.Say(alice, channel, mention+"which films leaked?")
	m = r.answerTo(id)
	r.Edit(id, mention)
	r.Wait("a hint", func() bool { got, _ := r.Message(m.ID); return strings.HasPrefix(got.Content, "Ask me something") })

	// What others say and edit is no business of the bot's.
	r.Edit(r.Say(bob, channel, "hello", func(m *discordtest.Message) { m.Author["bot"] = true }), "hello!")
	r.answerTo(r.Say(bob, channel, mention+"the last one"))
	if n := r.Count("DELETE /channels/{}/messages/{}"); n != 2 {
		t.Errorf("%d messages removed", n)
	}
}

// TestEditAfterRestart edits questions of before a restart: Discord still knows
// their nonces and returns the old answers, one of which was removed.
func TestEditAfterRestart(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	id, other := r.Say(alice, channel, mention+"which films leaked?"), r.Say(alice, channel, mention+"when?")
	old, removed := r.answerTo(id), r.answerTo(other)
	r.Delete(removed.ID)
	r.restart()
	for _, id := range []string{id, other} {
		r.Edit(id, mention+"who is Amy Pascal?")
	}
	r.Wait("an edited answer", func() bool {
		got, _ := r.Message(old.ID)
		return about(got) == "who is Amy Pascal?"
	})
	r.Wait("an answer in place of the removed one", func() bool { return len(r.RepliesTo(other)) == 2 })
	if n := len(r.RepliesTo(id)); n != 1 {
		t.Errorf("%d answers", n)
	}
	if got := r.RepliesTo(other)[1]; got.Edits != 0 || about(got) != "who is Amy Pascal?" {
		t.Errorf("in place of the removed answer there is %q after %d edits", got.Content, got.Edits)
	}
	r.Edit(id, mention+"what is destover?")
	r.Wait("another edit", func() bool {
		got, _ := r.Message(old.ID)
		return about(got) == "what is destover?"
	})
}

// TestPanicInEdit breaks while an edited question is answered: what stands there
// does not stay.
func TestPanicInEdit(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	id := r.Say(alice, channel, mention+"which films leaked?")
	m := r.answerTo(id)
	r.asker.mu.Lock()
	r.asker.onAsk = func(context.Context, index.Query) (index.Answer, error) { panic("broken") }
	r.asker.mu.Unlock()
	r.Edit(id, mention+"who is Amy Pascal?")
	r.Wait("an apology", func() bool { got, _ := r.Message(m.ID); return got.Content == inEnglish.Broke })
}

// TestRemovedAgain has every answer removed before it can be edited.
func TestRemovedAgain(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{})
	r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
		switch req.Route {
		case "POST /channels/{}/messages":
			return &discordtest.Reply{Status: 200, Body: `{"id":"1","content":"another answer"}`}
		case "PATCH /channels/{}/messages/{}":
			return &discordtest.Reply{Status: 404, Body: fmt.Sprintf(`{"code":%d}`, gateway.CodeUnknownMessage)}
		}
		return nil
	})
	err := r.bot.replies.sender.put(t.Context(), written(r.NewID(time.Now()), "", time.Time{}), &exchange{}, message.Note("hello", false))
	if n := r.Count("POST /channels/{}/messages"); err == nil || n != maxPuts {
		t.Errorf("put() got %v after %d tries", err, n)
	}
}

// restart ends the bot and starts another that knows nothing of it.
func (r *rig) restart() {
	r.t.Helper()
	if err := r.stop(); err != nil {
		r.t.Fatal(err)
	}
	r.WaitGone()
	again, err := New(r.cfg, r.asker, r.bot.log)
	if err != nil {
		r.t.Fatal(err)
	}
	r.bot = again
	r.start()
	r.WaitReady()
}
