package discord

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"dossier/bot/discord/discordtest"
	"dossier/bot/discord/message/messagetest"
	"dossier/index"
)

func TestDirect(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	m := r.answerTo(r.Say(alice, direct, "which films leaked?"))
	if !strings.Contains(m.Content, "Annie") || m.Reference == nil || m.Reference.IfExists == nil || *m.Reference.IfExists {
		t.Errorf("a direct message got %q, %+v", m.Content, m.Reference)
	}
	r.answerTo(r.Say(alice, direct, "and when?"))
	q := r.asker.asked()
	if q[0].Conversation == "" || q[0].Conversation != q[1].Conversation {
		t.Errorf("conversations %q and %q", q[0].Conversation, q[1].Conversation)
	}
	if m := r.answerTo(r.Say(alice, direct, "  ")); !strings.HasPrefix(m.Content, "Ask me something") {
		t.Errorf("an empty message got %q", m.Content)
	}
	long := strings.Repeat("My brother told me all about that film the other day. ", 22) + "So who is Amy Pascal?"
	r.answerTo(r.Say(alice, direct, long))
	if q := r.asker.asked(); q[len(q)-1].Text != long {
		t.Errorf("of a long message was asked %q", q[len(q)-1].Text)
	}
}

func TestBareMention(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	m := r.answerTo(r.Say(alice, channel, "<@!"+discordtest.BotID+">"))
	if m.Content != "Ask me something, for example: which films leaked?" {
		t.Errorf("a bare mention got %q", m.Content)
	}
	if len(r.asker.asked()) != 0 {
		t.Error("a bare mention was asked")
	}
}

// TestMarksInQuestion checks what is left of other mentions and emoji.
func TestMarksInQuestion(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	r.answerTo(r.Say(alice, channel, "<@200000000000000002> <:wow:1> which <#3> films</ask:7>\n leaked <t:1417000000:R> <@&9>"+mention+"? 1 < 2"))
	if got, want := r.asker.asked()[0].Text, "which films\nleaked ? 1 < 2"; got != want {
		t.Errorf("asked %q want %q", got, want)
	}
}

func TestFollowUp(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	first := r.answerTo(r.Say(alice, channel, mention+"which *films* leaked?"))
	r.answerTo(r.Say(bob, channel, "who is Amy Pascal?", r.ReplyTo(first.ID)))
	r.answerTo(r.Say(bob, channel, "and when?", r.ReplyTo(first.ID)))
	r.answerTo(r.Say(alice, channel, mention+"something else"))
	moon := r.answerTo(r.Say(alice, channel, mention+"who landed on the moon?"))
	r.answerTo(r.Say(alice, channel, "why?", r.ReplyTo(moon.ID)))
	mars := r.answerTo(r.Say(alice, channel, mention+"who landed on mars?"))
	r.answerTo(r.Say(alice, channel, "why?", r.ReplyTo(mars.ID)))
	hint := r.answerTo(r.Say(alice, channel, mention))
	r.answerTo(r.Say(alice, channel, "why?", r.ReplyTo(hint.ID)))
	q := r.asker.asked()
	for i, want := range []string{"", "which *films* leaked?", "which *films* leaked?", "", "", "who landed on the moon?", "", "who landed on mars?", ""} {
		if strings.Join(q[i].After, "|") != want || q[i].Conversation != "" {
			t.Errorf("asked %+v, want it after %q", q[i], want)
		}
	}
	// Discord hides what replies to the answer of a command say.
	slash := r.Slash(alice, channel, "ask", "question", "which films leaked?").Wait()
	hidden := r.answerTo(r.Say(alice, channel, "", r.ReplyTo(slash.Message.ID)))
	if !strings.Contains(hidden.Content, "/ask") {
		t.Errorf("a reply without text got %q", hidden.Content)
	}
}

// TestLostOnce lets people talk under the answers to commands: that the bot does
// not see what they say is told once under each, and once a day to each of them.
func TestLostOnce(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	answer := func() string {
		return r.Slash(alice, channel, "ask", "question", "which films leaked?").Wait().Message.ID
	}
	first, second, third := answer(), answer(), answer()
	told := r.Say(alice, channel, "lol", r.ReplyTo(first))
	r.answerTo(told)
	var silent []string
	for _, to := range []string{first, second} {
		for range 3 {
			silent = append(silent, r.Say(alice, channel, "they named it Fury", r.ReplyTo(to)))
		}
	}
	silent = append(silent, r.Say(bob, channel, "really?", r.ReplyTo(first)))
	r.Edit(told, "lol!")
	r.Edit(silent[0], "they did name it Fury")
	r.answerTo(r.Say(discordtest.User{ID: "200000000000000003"}, channel, "what?", r.ReplyTo(third)))
	for _, id := range silent {
		if got := r.RepliesTo(id); len(got) != 0 {
			t.Errorf("told again: %q", got[0].Content)
		}
	}
	if got := r.RepliesTo(told); len(got) != 1 || got[0].Edits != 0 {
		t.Errorf("an edit changed what was told: %+v", got)
	}
}

func TestEdit(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	id := r.Say(alice, channel, mention+"which films leaked?")
	m := r.answerTo(id)
	r.Edit(id, mention+"who is Amy Pascal?")
	r.Wait("an edited answer", func() bool { got, _ := r.Message(m.ID); return about(got) == "who is Amy Pascal?" })
	r.Edit(id, mention+"who is Amy Pascal?  ") // nothing new
	r.Edit(id, "never mind")                   // not for the bot any more
	// A question that becomes one by being edited.
	late := r.Say(alice, channel, "which films leaked?")
	r.Edit(late, mention+"which films leaked?")
	r.answerTo(late)
	// An edit of an old message.
	old := r.Say(alice, channel, "old", func(m *discordtest.Message) {
		m.ID = fmt.Sprint(uint64(time.Now().Add(-6*time.Minute).UnixMilli()-1420070400000) << 22)
	})
	r.Edit(old, mention+"old?")
	r.answerTo(r.Say(bob, channel, mention+"the last one"))
	if got, _ := r.Message(m.ID); got.Edits != 1 {
		t.Errorf("%d edits", got.Edits)
	}
	if len(r.RepliesTo(id)) != 1 || len(r.RepliesTo(old)) != 0 {
		t.Error("an edit made another answer")
	}
}

// TestEditWithoutAnswer edits a question whose answer was removed: by the
// wastebasket, and by a moderator.
func TestEditWithoutAnswer(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	id := r.Say(alice, channel, mention+"which films leaked?")
	m := r.answerTo(id)
	r.press(alice, m, "delete")
	r.Wait("a removed answer", func() bool { got, _ := r.Message(m.ID); return got.Deleted })
	r.Edit(id, mention+"who is Amy Pascal?")
	r.Wait("a second answer", func() bool { return len(r.RepliesTo(id)) == 2 })
	r.Delete(r.RepliesTo(id)[1].ID)
	r.Edit(id, mention+"what is destover?")
	r.Wait("a third answer", func() bool { return len(r.RepliesTo(id)) == 3 })
	if third := r.RepliesTo(id)[2]; about(third) != "what is destover?" {
		t.Errorf("the third answer is %q", third.Content)
	}
	r.Edit(id, mention+"and when?")
	r.Wait("an edited answer", func() bool { return r.RepliesTo(id)[2].Edits == 1 })
}

func TestDelete(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	id := r.Say(alice, channel, mention+"which films leaked?")
	m := r.answerTo(id)
	r.Delete(id)
	r.Wait("a removed answer", func() bool { got, _ := r.Message(m.ID); return got.Deleted })

	// Deleted while the answer is being made.
	begun, release := make(chan struct{}), make(chan struct{})
	r.asker.mu.Lock()
	r.asker.onAsk = func(_ context.Context, q index.Query) (index.Answer, error) {
		close(begun)
		<-release
		return messagetest.Answer(q.Text, messagetest.Quote(1)), nil
	}
	r.asker.mu.Unlock()
	id = r.Say(alice, channel, mention+"which films leaked?")
	<-begun
	r.Delete(id)
	r.Wait("the news of it", func() bool {
		e, ok := r.bot.replies.tracker.byQuestion.Get(id)
		return ok && e.gone.Load() || tick(r)
	})
	close(release)
	r.asker.mu.Lock()
	r.asker.onAsk = nil
	r.asker.mu.Unlock()
	many := []string{r.Say(alice, channel, mention+"one"), r.Say(alice, channel, mention+"two")}
	for _, id := range many {
		r.answerTo(id)
	}
	r.Dispatch("MESSAGE_DELETE_BULK", map[string]any{"ids": many, "channel_id": channel.Channel})
	r.Wait("an empty channel", func() bool { return len(r.Messages(channel.Channel)) == 0 })
	if len(r.RepliesTo(id)) != 0 {
		t.Error("a deleted question was answered")
	}
}

// TestDeleteMany deletes three questions; one of the answers cannot be removed.
func TestDeleteMany(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	var ids []string
	for range 3 {
		id := r.Say(alice, channel, mention+"which films leaked?")
		r.answerTo(id)
		ids = append(ids, id)
	}
	r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
		if req.Nth == 1 && req.Route == "DELETE /channels/{}/messages/{}" {
			return &discordtest.Reply{Status: 403, Body: `{"code":50013}`}
		}
		return nil
	})
	r.Dispatch("MESSAGE_DELETE_BULK", map[string]any{"ids": ids, "channel_id": channel.Channel})
	r.Wait("the other answers to go", func() bool { return len(r.Messages(channel.Channel)) == 1 })
}

// TestDeletedFirst hears of the deletion before the message.
func TestDeletedFirst(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	id := r.NewID(time.Now())
	r.Dispatch("MESSAGE_DELETE", map[string]any{"id": id, "channel_id": channel.Channel})
	r.Wait("the news of it", func() bool { _, ok := r.bot.replies.tracker.byQuestion.Get(id); return ok || tick(r) })
	r.Say(alice, channel, mention+"which films leaked?", func(m *discordtest.Message) { m.ID = id })
	r.answerTo(r.Say(alice, channel, mention+"and then?"))
	if len(r.RepliesTo(id)) != 0 {
		t.Error("a deleted question was answered")
	}
}

func TestErrorsToPeople(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	for err, want := range map[error]string{
		index.ErrTooLong: inEnglish.TooLong, index.ErrEmptyQuestion: "Ask me something, for example: which films leaked?",
		context.DeadlineExceeded: inEnglish.Slow, fmt.Errorf("disk full"): inEnglish.Broke,
	} {
		r.asker.mu.Lock()
		r.asker.onAsk = func(context.Context, index.Query) (index.Answer, error) { return index.Answer{}, err }
		r.asker.mu.Unlock()
		cb := r.Slash(alice, channel, "ask", "question", "x").Wait()
		if cb.Message.Content != want || !cb.Message.Ephemeral() {
			t.Errorf("%v: /ask got %q", err, cb.Message.Content)
		}
		if m := r.answerTo(r.Say(alice, direct, "x")); m.Content != want {
			t.Errorf("%v: a message got %q", err, m.Content)
		}
	}
}
