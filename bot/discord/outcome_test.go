package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/discordtest"
	"dossier/bot/discord/message"
	"dossier/bot/discord/message/messagetest"
	"dossier/index"
)

// TestUnsure shows what comes nearest as what it is: no answer.
func TestUnsure(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	m := r.answerTo(r.Say(alice, channel, mention+"who landed on mars?"))
	if !strings.HasPrefix(m.Content, inEnglish.Unsure+"\n> Sentence 1 ") || strings.Contains(m.Content, inEnglish.NotSaid) {
		t.Errorf("got %q", m.Content)
	}
	for part, want := range map[string]int{"\n> Sentence ": 1, "\n-# [Variety, November 29, 2014](<": 1, "__": 0} {
		if n := strings.Count(m.Content, part); n != want {
			t.Errorf("%q stands %d times in %q, want %d", part, n, m.Content, want)
		}
	}
	var labels []string
	for _, b := range m.Buttons() {
		labels = append(labels, b.Label)
	}
	if got := strings.Join(labels, ","); got != "1,In context,Sources," {
		t.Errorf("buttons %q", got)
	}
	if cb := r.press(bob, m, "In context"); !strings.Contains(cb.Message.Content, "> **Sentence 1 says") {
		t.Errorf("In context got %q", cb.Message.Content)
	}
	if cb := r.press(bob, m, "Sources"); strings.Count(cb.Message.Content, "Variety") != 1 {
		t.Errorf("Sources got %q", cb.Message.Content)
	}
	private := r.Slash(alice, channel, "ask", "question", "who landed on mars?", "private", true).Wait()
	if !private.Message.Ephemeral() || !strings.Contains(private.Message.Content, inEnglish.Unsure) {
		t.Errorf("in private got %q", private.Message.Content)
	}
	// What was no answer is none when it is read back: in public, and shared.
	for _, m := range []discordtest.Message{m, *r.press(alice, *private.Message, "Share").Message} {
		about, err := message.ReadState(shownAs(t, m))
		if err != nil || about.Question != "who landed on mars?" || about.Outcome != index.Unsure {
			t.Errorf("%q is read back as %+v, %v", m.Content, about, err)
		}
	}
	// A remark wants no guess.
	remark := r.Say(bob, channel, "mars, so far away", r.ReplyTo(m.ID))
	r.answerTo(r.Say(bob, channel, "who landed on mars?", r.ReplyTo(m.ID)))
	if got := r.RepliesTo(remark); len(got) != 0 {
		t.Errorf("a remark got %q", got[0].Content)
	}
}

// TestReadBack reads the question of every outcome back, in every language.
func TestReadBack(t *testing.T) {
	t.Parallel()
	three := messagetest.Answer("and when?", messagetest.Quote(1), messagetest.Quote(2), messagetest.Quote(3))
	three.Before = []string{"which films leaked?"}
	unsure := three
	unsure.Outcome, unsure.Answered, unsure.Quotes, unsure.Nearest = index.Unsure, false, nil, messagetest.Nearest()
	absent := unsure
	absent.Outcome, absent.Nearest = index.Absent, nil
	absent.Suggestions = []string{"who is Amy Pascal?"}
	for _, l := range message.Locales {
		for _, a := range []*index.Answer{&three, &unsure, &absent} {
			m := message.Answer(*a, message.View{Lang: message.LanguageOf(l), Owner: alice.ID})
			about, err := message.ReadState(shownAs(t, m.Payload()))
			if err != nil || about.Question != a.Question || !slices.Equal(about.Before, a.Before) || about.Outcome != a.Outcome {
				t.Errorf("%s: %s is read back as %+v, %v", l, a.Outcome, about, err)
			}
		}
	}
}

// TestReplyToOldVersion replies to a message whose buttons are of the first version: a
// question that stands alone is answered, of another it is said why not.
func TestReplyToOldVersion(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	m := &discordgo.Message{Author: &discordgo.User{ID: alice.ID}, GuildID: channel.Guild}
	for text, want := range map[string]string{"which films leaked?": "> Sentence 0 ", "who landed on mars?": inEnglish.OldVersion, "the moon?": inEnglish.OldVersion} {
		out, ok := r.bot.replies.reply(t.Context(), m, request{text: text, unread: message.ErrVersion})
		if !ok || !strings.HasPrefix(out.Content, want) {
			t.Errorf("%q got %q, %v want %q", text, out.Content, ok, want)
		}
	}
}

// TestAbsent says that the sources do not say, what they do say, and nothing else.
func TestAbsent(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	m := r.answerTo(r.Say(alice, channel, mention+"who landed on the moon?"))
	want := inEnglish.NotSaid + "\n" + inEnglish.TryThese + "\n1. which films leaked?\n2. who is Amy Pascal?\n3. what is destover?"
	if m.Content != want {
		t.Errorf("got %q want %q", m.Content, want)
	}
	if n := len(m.Buttons()); n != 4 { // three questions, and the wastebasket
		t.Errorf("%d buttons", n)
	}
}

// TestOther asks nothing that articles answer: whoever did is told what to ask,
// and in which language. There is no answer that one could reply to.
func TestOther(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	nothing := fmt.Sprintf(inEnglish.Nothing, "which films leaked?")
	for reason, want := range map[string]string{index.NoQuestion: nothing, index.NothingToSearch: nothing, index.AnotherLanguage: fmt.Sprintf(inEnglish.OtherRead, "Deutsch")} {
		r.asker.mu.Lock()
		r.asker.onAsk = func(_ context.Context, q index.Query) (index.Answer, error) {
			if strings.Contains(q.Text, "films") {
				return messagetest.Answer(q.Text, messagetest.Quote(1)), nil
			}
			return index.Answer{Question: q.Text, Outcome: index.Other, Reason: reason, Suggestions: []string{"what is destover?"}}, nil
		}
		r.asker.mu.Unlock()
		for _, at := range []discordtest.Place{channel, direct} {
			m := r.answerTo(r.Say(alice, at, mention+"wo ist der Mond?"))
			if m.Content != want || len(m.Buttons()) != 0 || m.Ephemeral() {
				t.Errorf("%s: a message got %q", reason, m.Content)
			}
			if about, err := message.ReadState(shownAs(t, m)); err != nil || about.After() != nil {
				t.Errorf("%s: it is read back as %+v, %v", reason, about, err)
			}
		}
		cb := r.Slash(alice, channel, "ask", "question", "wo ist der Mond?").Wait()
		if cb.Message.Content != want || !cb.Message.Ephemeral() {
			t.Errorf("%s: /ask got %q", reason, cb.Message.Content)
		}
		// What people say to each other about an answer is none of the bot's business.
		films := r.answerTo(r.Say(alice, channel, mention+"which films leaked?"))
		remark := r.Say(bob, channel, "schöner Mond", r.ReplyTo(films.ID))
		r.answerTo(r.Say(bob, channel, "which films?", r.ReplyTo(films.ID)))
		if got := r.RepliesTo(remark); len(got) != 0 {
			t.Errorf("%s: a remark got %q", reason, got[0].Content)
		}
	}
	if log := r.logs.String(); strings.Contains(log, "level=ERROR") || strings.Contains(log, "level=WARN") {
		t.Errorf("logged:\n%s", log)
	}
	r.Slash(discordtest.User{ID: alice.ID, Locale: "de"}, channel, "help").Wait()
	r.asker.mu.Lock()
	r.asker.onAsk = func(_ context.Context, q index.Query) (index.Answer, error) {
		return index.Answer{Question: q.Text, Outcome: index.Other, Reason: index.AnotherLanguage}, nil
	}
	r.asker.mu.Unlock()
	if m := r.answerTo(r.Say(alice, direct, "wo ist der Mond?")); m.Content != fmt.Sprintf(inGerman.OtherRead, "Deutsch") {
		t.Errorf("in German got %q", m.Content)
	}
}

// shownAs is a message as the bot reads it, once Discord has it.
func shownAs(t *testing.T, sent any) message.Message {
	t.Helper()
	b, err := json.Marshal(sent)
	if err != nil {
		t.Fatal(err)
	}
	m := new(discordgo.Message)
	if err := json.Unmarshal(b, m); err != nil {
		t.Fatal(err)
	}
	return shown(m)
}
