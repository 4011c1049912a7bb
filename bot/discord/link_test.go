package discord

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/discordtest"
)

// TestResume cuts the connection under questions: each is answered once.
func TestResume(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	var ids []string
	for n := range 30 {
		ids = append(ids, r.Say(alice, channel, mention+"which films leaked?"))
		if n == 10 {
			r.DropAll()
		}
	}
	r.Wait("a resumed session", func() bool { return r.Resumes() == 1 })
	for _, id := range ids {
		r.answerTo(id)
	}
	if n := len(r.Messages(channel.Channel)); n != len(ids) {
		t.Errorf("%d answers to %d questions", n, len(ids))
	}
	if n := len(r.Identifies()); n != 1 {
		t.Errorf("%d logins", n)
	}
}

// TestReconnectRequest sends opcode 7, once as the first frame after a resume,
// where discordgo v0.29.0 would wait for itself for ever.
func TestReconnectRequest(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	var resumes atomic.Int32
	r.OnStep(func(s discordtest.Step) *discordtest.Action {
		if s.Op == discordtest.Resume && resumes.Add(1) == 1 {
			return &discordtest.Action{Op: 7}
		}
		return nil
	})
	r.SendAll(7, nil)
	r.Wait("a resumed session", func() bool { return r.Resumes() == 1 })
	r.answerTo(r.Say(alice, channel, mention+"which films leaked?"))
	if n := len(r.Identifies()); n != 1 || resumes.Load() != 2 {
		t.Errorf("%d logins, %d resumes", n, resumes.Load())
	}
}

// TestInvalidSession refuses a resume. The next login comes after the wait that
// Discord asks for.
func TestInvalidSession(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	r.Invalidate()
	dropped := time.Now()
	r.DropAll()
	r.Wait("another login", func() bool { return len(r.Identifies()) == 2 })
	if d := time.Since(dropped); d < time.Second {
		t.Errorf("logged in again after %s", d)
	}
	r.WaitReady()
	r.answerTo(r.Say(alice, channel, mention+"which films leaked?"))
}

func TestFinalCloseCodes(t *testing.T) {
	t.Parallel()
	for code, say := range map[int]string{4004: "DISCORD_TOKEN", 4014: "intents", 4013: "intents", 4012: "update the bot", 4011: "sharding"} {
		r := newRig(t, Config{})
		r.OnStep(func(s discordtest.Step) *discordtest.Action {
			if s.Op == discordtest.Identify {
				return &discordtest.Action{Close: code}
			}
			return nil
		})
		err := r.bot.Run(t.Context())
		if err == nil || !strings.Contains(err.Error(), say) {
			t.Errorf("close code %d: Run() got %v, want something about %s", code, err, say)
		}
		if n := r.Connections(); n != 1 {
			t.Errorf("close code %d: %d connections", code, n)
		}
	}
}

// TestFinalCloseLater closes a connection that has been up for a while.
func TestFinalCloseLater(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{})
	ended := make(chan error, 1)
	go func() { ended <- r.bot.Run(t.Context()) }()
	r.WaitReady()
	r.CloseAll(4004)
	if err := <-ended; !strings.Contains(err.Error(), "token") {
		t.Errorf("Run() got %v", err)
	}
}

func TestBadToken(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{Token: "some.other.token"})
	err := r.bot.Run(t.Context())
	if !errors.Is(err, errBadToken) {
		t.Errorf("Run() got %v", err)
	}
	if r.Connections() != 0 {
		t.Error("the gateway was tried with a token that REST refuses")
	}
}

// TestFlapping lets every login fail. discordgo alone logs in 20 times in 20
// seconds.
func TestFlapping(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{})
	r.OnStep(func(s discordtest.Step) *discordtest.Action {
		if s.Op == discordtest.Identify {
			return &discordtest.Action{Close: 4000}
		}
		return nil
	})
	r.start()
	time.Sleep(6 * time.Second)
	at := r.Identifies()
	if len(at) > 2 {
		t.Errorf("%d logins in 6 seconds", len(at))
	}
	for i := 1; i < len(at); i++ {
		if d := at[i].Sub(at[i-1]); d < 4900*time.Millisecond {
			t.Errorf("two logins within %s", d)
		}
	}
}

// TestSpent starts with a day's budget that is used up: the gateway is not even
// tried.
func TestSpent(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	l, err := openLogins(dir)
	if err != nil {
		t.Fatal(err)
	}
	for range loginsPerDay - 1 {
		l.times = append(l.times, time.Now().Add(-23*time.Hour))
	}
	if err := l.take(); err != nil {
		t.Fatal(err)
	}
	r := newRig(t, Config{StateDir: dir})
	if err := r.bot.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "start it again in") {
		t.Errorf("Run() got %v", err)
	}
	if r.Connections() != 0 {
		t.Error("the gateway was tried")
	}
}

// TestSilence lets the gateway go mute: two heartbeats later the connection is
// made anew and the session resumed.
func TestSilence(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{}, discordtest.Beat(300*time.Millisecond))
	r.OnStep(func(s discordtest.Step) *discordtest.Action {
		if s.Op == discordtest.Heartbeat && s.Conn == 1 {
			return &discordtest.Action{} // no acknowledgement
		}
		return nil
	})
	r.run()
	r.Wait("a resumed session", func() bool { return r.Resumes() == 1 })
	r.answerTo(r.Say(alice, channel, mention+"which films leaked?"))
	if n := len(r.Identifies()); n != 1 {
		t.Errorf("%d logins", n)
	}
}

// TestStuck holds the session's lock, as discordgo's own deadlocks do: the link
// gives the session up and makes another.
func TestStuck(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{}, discordtest.Beat(200*time.Millisecond))
	ctx, cancel := context.WithCancel(context.Background())
	var mu sync.Mutex
	var sessions []*discordgo.Session
	logins, _ := openLogins("")
	l := &link{
		ctx: ctx, log: r.bot.log, logins: logins, up: func(bool) {}, stuck: time.Second,
		session: func() *discordgo.Session {
			s := r.bot.session()
			mu.Lock()
			defer mu.Unlock()
			sessions = append(sessions, s)
			return s
		},
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("log:\n%s", r.logs)
		}
	})
	if err := r.bot.check(ctx); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- l.run() }()
	r.WaitReady()
	time.Sleep(50 * time.Millisecond) // Open returns after the session is ready
	// A login that waits its turn would look like a missed heartbeat to
	// discordgo, at 200 ms a beat.
	logins.mu.Lock()
	logins.times = nil
	logins.mu.Unlock()
	mu.Lock()
	stuck := sessions[0]
	mu.Unlock()
	stuck.Lock()
	r.OnStep(func(s discordtest.Step) *discordtest.Action {
		if s.Op == discordtest.Heartbeat && s.Conn == 1 {
			return &discordtest.Action{}
		}
		return nil
	})
	r.Wait("a second login", func() bool { return len(r.Identifies()) == 2 })
	r.WaitReady()
	r.answerTo(r.Say(alice, channel, mention+"which films leaked?"))
	stuck.Unlock()
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("run() got %v", err)
	}
	if len(sessions) != 2 {
		t.Errorf("%d sessions", len(sessions))
	}
}
