package discord

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/discordtest"
	"dossier/index"
)

func TestSlash(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	cb := r.Slash(alice, channel, "ask", "question", "which films leaked?").Wait()
	if cb.Type != 4 || cb.Message.Ephemeral() {
		t.Errorf("/ask got type %d, ephemeral %v", cb.Type, cb.Message.Ephemeral())
	}
	if !strings.Contains(cb.Message.Content, "__**Annie**__") || !strings.HasPrefix(cb.Message.Content, "-# which films leaked?\n> ") {
		t.Errorf("/ask got %q", cb.Message.Content)
	}
	if q := r.asker.asked()[0]; q.Text != "which films leaked?" || q.Conversation == "" || strings.Contains(q.Conversation, alice.ID) {
		t.Errorf("/ask asked %+v", q)
	}
}

func TestMention(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	id := r.Say(alice, channel, "hey "+mention+" which films leaked?")
	m := r.answerTo(id)
	if !strings.HasPrefix(m.Content, "-# hey which films leaked?\n> ") {
		t.Errorf("a mention got %q", m.Content)
	}
	if len(m.Buttons()) != 4 {
		t.Errorf("a mention got %d buttons", len(m.Buttons()))
	}
	if len(r.Messages(channel.Channel)) != 1 {
		t.Errorf("a mention got %d messages", len(r.Messages(channel.Channel)))
	}
}

// TestTurn lets questions come while all askers are busy. A message waits its
// turn and has its full time then; a command is told to come back, not to ask
// something shorter.
func TestTurn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var left time.Duration
		asker := &fakeAsker{onAsk: func(ctx context.Context, q index.Query) (index.Answer, error) {
			deadline, _ := ctx.Deadline()
			left = time.Until(deadline)
			return index.Answer{}, nil
		}}
		b, err := New(Config{Token: "x", Transport: transportFunc(nil)}, asker, discardLog)
		if err != nil {
			t.Fatal(err)
		}
		for range askers {
			b.turns <- struct{}{}
		}
		q := index.Query{Text: "which films leaked?"}
		for _, kind := range []string{"slash", "private", "more", "suggested"} {
			start := time.Now()
			_, err := b.answer(t.Context(), kind, q)
			if d := time.Since(start); !errors.Is(err, errBusy) || d > time.Second {
				t.Errorf("%s got %v after %s", kind, err, d)
			}
			if say := userMessage(err, textsFor("")); !strings.Contains(say, "ask again in 5 s") {
				t.Errorf("%s says %q", kind, say)
			}
		}
		for _, kind := range []string{"mention", "direct"} {
			time.AfterFunc(5*time.Second, func() { <-b.turns })
			if _, err := b.answer(t.Context(), kind, q); err != nil || left != askTimeout {
				t.Errorf("%s got %v, %s were left to answer", kind, err, left)
			}
			b.turns <- struct{}{}
		}
		if _, err := b.answer(t.Context(), "direct", q); !errors.Is(err, errBusy) {
			t.Errorf("a message that waits too long got %v", err)
		}
	})
}

// TestShownName prints names as they are, but nothing that a terminal obeys.
func TestShownName(t *testing.T) {
	t.Parallel()
	b, err := New(Config{Token: "some.secret-token"}, &fakeAsker{}, discardLog)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"Bot Dossier":               "Bot Dossier",
		"the-sony-hack-dossier-bot": "the-sony-hack-dossier-bot",
		"Recherche «été» 資料 📰":      "Recherche «été» 資料 📰",
		"a\x1b[31mb\nc\u202ed":      `a\x1b[31mb\nc\u202ed`,
		"x some.secret-token":       "x [redacted]",
	} {
		if got := b.shown(name); got != want {
			t.Errorf("shown(%q) got %q want %q", name, got, want)
		}
	}
}

// TestNoDoubles tries the bot in one server, then runs it for all: the server
// is told how to lose its own commands, and does.
func TestNoDoubles(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{GuildID: channel.Guild})
	for _, step := range []struct {
		guild, says string
		own, all    int
	}{
		{channel.Guild, "written, for one server", 4, 0},
		{"", "start the bot once with it again", 4, 4},
		{channel.Guild, "unset it", 0, 4},
		{channel.Guild, "in sync, for all servers", 0, 4},
		{"", "in sync, for all servers", 0, 4},
	} {
		r.bot.cfg.GuildID = step.guild
		before := len(r.out.String())
		if err := r.bot.check(t.Context()); err != nil {
			t.Fatal(err)
		}
		if own, all := len(r.Commands(channel.Guild)), len(r.Commands("")); own != step.own || all != step.all {
			t.Errorf("with %q: %d commands of the server's own and %d for all", step.guild, own, all)
		}
		if out := r.out.String()[before:]; !strings.Contains(out, step.says) {
			t.Errorf("with %q the self-check says %s", step.guild, out)
		}
	}
	// Commands of another version for all servers.
	old := commands()[:2]
	if err := r.bot.client.do(t.Context(), opRegister, "PUT", discordgo.EndpointApplicationGlobalCommands(discordtest.AppID), old, nil); err != nil {
		t.Fatal(err)
	}
	r.bot.cfg.GuildID = channel.Guild
	if err := r.bot.check(t.Context()); err != nil {
		t.Fatal(err)
	}
	if own := len(r.Commands(channel.Guild)); own != 4 || !strings.Contains(r.out.String(), "each twice") {
		t.Errorf("beside older commands: %d of the server's own; %s", own, r.out)
	}
}
