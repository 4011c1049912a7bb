package discord

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dossier/bot/discord/discordtest"
	"dossier/bot/discord/gateway"
	"dossier/bot/discord/message/messagetest"
	"dossier/index"
)

// TestTokenReset lets the token be reset while the bot runs: it ends, and says what to
// do.
func TestTokenReset(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{})
	ended := make(chan error, 1)
	go func() { ended <- r.bot.Run(t.Context()) }()
	r.WaitReady()
	// A refusal that is not Discord's last word.
	r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
		if req.Route == "POST /channels/{}/messages" && req.Nth == 1 {
			return &discordtest.Reply{Status: 401, Body: `{"message":"401: Unauthorized"}`}
		}
		return nil
	})
	r.Say(alice, direct, "which films leaked?")
	r.Wait("a second look", func() bool { return r.Count("GET /applications/@me") == 2 })
	r.answerTo(r.Say(alice, direct, "which films leaked?"))
	r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
		return &discordtest.Reply{Status: 401, Body: `{"message":"401: Unauthorized"}`}
	})
	r.Say(alice, direct, "which films leaked?")
	select {
	case err := <-ended:
		if !errors.Is(err, gateway.ErrBadToken) || !errors.Is(err, ErrRefused) {
			t.Errorf("Run() got %v", err)
		}
	case <-time.After(discordtest.Guard):
		t.Error("the bot goes on without a token")
	}
}

// TestCleanEnd ends a bot that has nothing to do.
func TestCleanEnd(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	if err := r.stop(); err != nil {
		t.Errorf("Run() got %v", err)
	}
	if log := r.logs.String(); strings.Contains(log, "level=WARN") || !strings.Contains(log, "msg=ending\n") {
		t.Errorf("a clean end is logged as %s", log)
	}
}

// TestShutdown ends the bot while answers are being made: they arrive, and
// nothing new is begun. It deletes no commands.
func TestShutdown(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	begun := make(chan struct{}, 2)
	release := make(chan struct{})
	r.asker.onAsk = func(ctx context.Context, q index.Query) (index.Answer, error) {
		begun <- struct{}{}
		<-release
		return messagetest.Answer(q.Text, messagetest.Quote(1)), nil
	}
	i := r.Slash(alice, channel, "ask", "question", "which films leaked?")
	id := r.Say(alice, direct, "which films leaked?")
	<-begun
	<-begun
	stopped := make(chan error, 1)
	go func() { stopped <- r.stop() }()
	r.Wait("a closed drain", func() bool {
		if r.bot.drain.enter() {
			r.bot.drain.leave()
			return tick(r)
		}
		return true
	})
	late := r.Say(bob, direct, "too late?")
	close(release)
	if err := <-stopped; err != nil {
		t.Errorf("Run() got %v", err)
	}
	if len(i.Callbacks()) != 1 || len(r.RepliesTo(id)) != 1 {
		t.Error("an answer in flight was lost")
	}
	if len(r.RepliesTo(late)) != 0 {
		t.Error("a question was taken after the end")
	}
	if log := r.logs.String(); !strings.Contains(log, `msg="ending, as soon as the answers that are being made are sent" answers=`) {
		t.Errorf("the log does not say what the end waits for: %s", log)
	}
	if len(r.Commands("")) != 4 || r.Count("PUT /applications/{}/commands") != 1 {
		t.Error("the end changed the commands")
	}
}

// TestShutdownStuck ends the bot while an answer never ends, and while Discord
// takes no answer and does not say goodbye: it is given up. [TestDrain] says when.
func TestShutdownStuck(t *testing.T) {
	t.Parallel()
	ends := func(t *testing.T, r *rig) {
		t.Helper()
		start := time.Now()
		if err := r.stop(); err != nil {
			t.Errorf("Run() got %v", err)
		}
		if d := time.Since(start); d < drainTimeout {
			t.Errorf("Run() ended after %s, want %s at least", d, drainTimeout)
		}
		if r.bot.drain.enter() {
			t.Error("a closed drain lets something in")
		}
	}
	t.Run("answer", func(t *testing.T) {
		t.Parallel()
		r := rigged(t)
		begun, release := make(chan struct{}), make(chan struct{})
		r.asker.mu.Lock()
		r.asker.onAsk = func(context.Context, index.Query) (index.Answer, error) {
			close(begun)
			<-release // whatever ctx says
			return index.Answer{Outcome: index.Absent}, nil
		}
		r.asker.mu.Unlock()
		r.Say(alice, direct, "which films leaked?")
		<-begun
		ends(t, r)
		close(release)
		r.bot.drain.busy.Wait()
	})
	t.Run("Discord", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, Config{}, discordtest.Beat(200*time.Millisecond))
		r.run()
		release := make(chan struct{})
		defer close(release)
		hangs := make(chan struct{}, 100)
		r.OnStep(func(s discordtest.Step) *discordtest.Action {
			hangs <- struct{}{}
			<-release
			return nil
		})
		<-hangs // the gateway
		r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
			hangs <- struct{}{}
			<-release
			return nil
		})
		r.Say(alice, direct, "which films leaked?")
		<-hangs
		ends(t, r)
	})
}

// TestDrain closes a drain while something is inside that does not end, and while
// something does that ends when it is told to.
func TestDrain(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		heeds bool // its context
		want  time.Duration
	}{
		"stuck": {false, drainTimeout + time.Second},
		"slow":  {true, drainTimeout},
	} {
		synctest.Test(t, func(t *testing.T) {
			d := newDrain()
			release := make(chan struct{})
			d.enter()
			go func() {
				defer d.leave()
				if tt.heeds {
					<-d.ctx.Done()
				} else {
					<-release
				}
			}()
			start := time.Now()
			d.close(drainTimeout)
			if took := time.Since(start); took != tt.want {
				t.Errorf("%s: closed after %s, want %s", name, took, tt.want)
			}
			close(release)
		})
	}
}
