package gateway

import (
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/discordtest"
)

// TestResume cuts the connection under messages: each comes in once.
func TestResume(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{}).run()
	var ids []string
	for n := range 30 {
		ids = append(ids, r.Say(someone, somewhere, "which films leaked?"))
		if n == 10 {
			r.DropAll()
		}
	}
	r.Wait("a resumed session", func() bool { return r.Resumes() == 1 })
	for _, id := range ids {
		r.hears(id)
	}
	if n := len(r.heard); n != 0 {
		t.Errorf("%d messages came twice", n)
	}
	if n := len(r.Identifies()); n != 1 {
		t.Errorf("%d logins", n)
	}
}

// TestReconnectRequest sends opcode 7, once as the first frame after a resume,
// where discordgo v0.29.0 would wait for itself for ever.
func TestReconnectRequest(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{}).run()
	var resumes atomic.Int32
	r.OnStep(func(s discordtest.Step) *discordtest.Action {
		if s.Op == discordtest.Resume && resumes.Add(1) == 1 {
			return &discordtest.Action{Op: 7}
		}
		return nil
	})
	r.SendAll(7, nil)
	r.Wait("a resumed session", func() bool { return r.Resumes() == 1 })
	r.hears(r.Say(someone, somewhere, "which films leaked?"))
	if n := len(r.Identifies()); n != 1 || resumes.Load() != 2 {
		t.Errorf("%d logins, %d resumes", n, resumes.Load())
	}
	if log := r.logs.String(); strings.Contains(log, "level=WARN") || !strings.Contains(log, "asks for another connection") {
		t.Errorf("what Discord does every few hours is a warning: %s", log)
	}
}

// TestInvalidSession refuses a resume. The next login comes after the wait that
// Discord asks for.
func TestInvalidSession(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{}).run()
	r.Invalidate()
	dropped := time.Now()
	r.DropAll()
	r.Wait("another login", func() bool { return len(r.Identifies()) == 2 })
	if d := time.Since(dropped); d < time.Second {
		t.Errorf("logged in again after %s", d)
	}
	r.WaitReady()
	r.hears(r.Say(someone, somewhere, "which films leaked?"))
}

// TestStaleSession lets Discord refuse to resume with a close code, after which
// discordgo would try the same again for ever.
func TestStaleSession(t *testing.T) {
	t.Parallel()
	for _, code := range []int{4007, 4009} {
		r := newRig(t, Config{}).run()
		r.OnStep(func(s discordtest.Step) *discordtest.Action {
			if s.Op == discordtest.Resume {
				return &discordtest.Action{Close: code}
			}
			return nil
		})
		r.DropAll()
		r.Wait("another login", func() bool { return len(r.Identifies()) == 2 })
		r.WaitReady()
		r.hears(r.Say(someone, somewhere, "which films leaked?"))
		if n := r.Connections(); n != 3 {
			t.Errorf("after code %d: %d connections", code, n)
		}
	}
}

func TestFinalCloseCodes(t *testing.T) {
	t.Parallel()
	for code, say := range map[int]string{4004: "DISCORD_TOKEN", 4010: "shard", 4014: "intents", 4013: "intents", 4012: "update the bot", 4011: "sharding"} {
		r := newRig(t, Config{})
		r.OnStep(func(s discordtest.Step) *discordtest.Action {
			if s.Op == discordtest.Identify {
				return &discordtest.Action{Close: code}
			}
			return nil
		})
		err := r.listen(t.Context())
		if err == nil || !strings.Contains(err.Error(), say) {
			t.Errorf("close code %d: run() got %v, want something about %s", code, err, say)
		}
		if n := r.Connections(); n != 1 {
			t.Errorf("close code %d: %d connections", code, n)
		}
	}
}

// TestGatewayRefused lets Discord, and what stands before it, not tell the gateway's
// address: the bot tries again, and the log names code and text.
func TestGatewayRefused(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"code":40333,"message":"internal network error"}`: `reason="HTTP 403" "refused with"=40333 said="internal network error"`,
		`<html>error code: 1015`:                            `reason="HTTP 403"`,
	} {
		r := newRig(t, Config{})
		r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
			if req.Route == "GET /gateway" && req.Nth == 1 {
				return &discordtest.Reply{Status: 403, Body: body}
			}
			return nil
		})
		r.run()
		if log := r.logs.String(); !strings.Contains(log, want) {
			t.Errorf("%s: the log says %s", body, log)
		}
	}
}

// TestFinalCloseLater closes a connection that has been up for a while.
func TestFinalCloseLater(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{})
	ended := make(chan error, 1)
	go func() { ended <- r.listen(t.Context()) }()
	r.WaitReady()
	r.CloseAll(4004)
	if err := <-ended; !strings.Contains(err.Error(), "token") {
		t.Errorf("run() got %v", err)
	}
}

// TestFlapping runs for a day against a gateway that does not last: one that
// refuses every login, and one that takes it and goes away two seconds later with
// the session. discordgo alone logs in 20 times in 20 seconds. The bot never logs
// in more often than it may, and as often as that, so that it is back soon.
func TestFlapping(t *testing.T) {
	t.Parallel()
	for name, lasts := range map[string]time.Duration{"at once": 0, "after two seconds": 2 * time.Second} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { flap(t, lasts) })
		})
	}
}

func flap(t *testing.T, lasts time.Duration) {
	r := newRig(t, Config{}, discordtest.InMemory())
	flaps := func(s discordtest.Step) *discordtest.Action {
		switch {
		case s.Op != discordtest.Identify:
			return nil
		case lasts == 0:
			return &discordtest.Action{Close: 4000}
		}
		time.AfterFunc(lasts, func() {
			r.Invalidate()
			r.DropAll()
		})
		return nil
	}
	r.OnStep(flaps)
	start := time.Now()
	r.start()
	time.Sleep(25 * time.Hour)
	at := r.Identifies()
	withinBudget(t, at)
	within := func(d time.Duration) (n int) {
		for _, a := range at {
			if a.Sub(start) < d {
				n++
			}
		}
		return n
	}
	minute, hour, day := within(time.Minute), within(time.Hour), within(24*time.Hour)
	if minute < 3 || hour < 20 || day < loginsPerDay*9/10 {
		t.Errorf("%d logins in the first minute, %d in the first hour and %d on the first day, which is hardly trying", minute, hour, day)
	}
	if n := r.Connections(); n > 3*len(at) {
		t.Errorf("%d connections for %d logins", n, len(at))
	}
	if len(at) == day {
		t.Error("no login on the second day")
	}
	t.Logf("%d logins in a minute, %d in an hour, %d in a day; %d connections", minute, hour, day, r.Connections())
	// See discordtest.InMemory: the bot must not end while it is connected.
	r.OnStep(func(s discordtest.Step) *discordtest.Action {
		if s.Op == discordtest.Connected {
			return &discordtest.Action{Drop: true}
		}
		return flaps(s)
	})
	time.Sleep(10 * time.Minute)
	if err := r.stop(); err != nil {
		t.Errorf("run() got %v", err)
	}
}

// TestSpent starts with a day's budget that is used up: the gateway is not tried
// before it frees, and the log says so once.
func TestSpent(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) { spent(t, dir) })
}

func spent(t *testing.T, dir string) {
	var times []time.Time
	for range loginsPerDay {
		times = append(times, time.Now().Add(time.Hour-24*time.Hour))
	}
	b, err := json.Marshal(times)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "logins.json"), b, 0o600); err != nil {
		t.Fatal(err)
	}
	r := newRig(t, Config{StateDir: dir}, discordtest.InMemory())
	r.start()
	time.Sleep(2 * time.Hour)
	if at := r.Identifies(); r.Connections() != 1 || at[0].Before(times[0].Add(24*time.Hour)) {
		t.Errorf("%d connections, a login at %s", r.Connections(), at)
	}
	r.hears(r.Say(someone, somewhere, "which films leaked?"))
	log := r.logs.String()
	if n := strings.Count(log, "stays offline"); n != 1 {
		t.Errorf("the log says %d times that the bot stays offline", n)
	}
	for _, want := range []string{"logins=400", "limit=400", "within=24h", "until=20", "the bot's own"} {
		if !strings.Contains(log, want) {
			t.Errorf("the log does not say %s: %s", want, log)
		}
	}
	// See discordtest.InMemory: the bot must not end while it is connected.
	r.OnStep(func(discordtest.Step) *discordtest.Action { return &discordtest.Action{Drop: true} })
	r.DropAll()
	time.Sleep(10 * time.Minute)
	if err := r.stop(); err != nil {
		t.Errorf("run() got %v", err)
	}
}

// TestLimitTold flaps until the bot waits by its own limit: the log says the count,
// the limit and until when, and never that Discord would have refused a login.
func TestLimitTold(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, Config{}, discordtest.InMemory())
		r.OnStep(func(s discordtest.Step) *discordtest.Action {
			if s.Op == discordtest.Identify {
				return &discordtest.Action{Close: 4000}
			}
			return nil
		})
		r.start()
		time.Sleep(2 * time.Hour)
		r.OnStep(func(discordtest.Step) *discordtest.Action { return &discordtest.Action{Drop: true} })
		time.Sleep(10 * time.Minute)
		if err := r.stop(); err != nil {
			t.Errorf("run() got %v", err)
		}
		log := r.logs.String()
		if !strings.Contains(log, "logins=30 limit=30 within=1h0m0s until=") || strings.Contains(log, "reason=\"the bot lets") || strings.Contains(log, "too many logins") {
			t.Errorf("the log says %s", log)
		}
	})
}

// TestGoodbye ends a bot at once, though discordgo sleeps a second. Discord hears
// the goodbye, and shows the bot offline.
func TestGoodbye(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{}).run()
	ended := make(chan error, 1)
	go func() { ended <- r.stop() }()
	r.Wait("the end of the session", func() bool { return r.Ended() == 1 })
	if err := <-ended; err != nil {
		t.Errorf("run() got %v", err)
	}
}

// TestGoodbyeAtOnce says goodbye while discordgo sleeps: there is nothing to wait for but
// the server's goodbye, and not for long, so that an idle bot ends within half a second.
func TestGoodbyeAtOnce(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		says, answers bool // discordgo, the server
		want          time.Duration
	}{"both": {true, true, 0}, "no answer": {true, false, farewell}, "stuck": {false, false, GoodbyeTimeout}} {
		synctest.Test(t, func(t *testing.T) {
			c, server := net.Pipe()
			defer func() { _ = server.Close() }()
			w, l := newConn(c, nil), &session{}
			l.setConn(w)
			start := time.Now()
			l.goodbye(func() error {
				if tt.says {
					w.sayDone()
				}
				if tt.answers {
					w.endDone()
				}
				time.Sleep(time.Minute)
				return nil
			})
			if d := time.Since(start); d != tt.want || !w.dead.Load() {
				t.Errorf("%s: goodbye took %s, want %s", name, d, tt.want)
			}
			time.Sleep(time.Minute) // time stands still when the test ends
		})
	}
	if farewell >= 500*time.Millisecond {
		t.Errorf("an idle bot may take %s to end", farewell)
	}
}

// TestSpentEnds ends a bot that waits for its budget.
func TestSpentEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		l := &session{ctx: ctx, log: slog.New(slog.DiscardHandler), logins: &logins{}}
		for range loginsPerDay {
			l.logins.times = append(l.logins.times, time.Now())
		}
		time.AfterFunc(time.Hour, cancel)
		start := time.Now()
		if err := l.pause(0); err == nil || time.Since(start) != time.Hour {
			t.Errorf("pause() got %v after %s", err, time.Since(start))
		}
	})
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
	r.Wait("a resumed session", func() bool { return r.Resumes() > 0 })
	r.hears(r.Say(someone, somewhere, "which films leaked?"))
	if n := len(r.Identifies()); n != 1 {
		t.Errorf("%d logins", n)
	}
}

// TestEndWithoutGateway ends the bot while Discord does not say where its
// gateway is.
func TestEndWithoutGateway(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{})
	release := make(chan struct{})
	r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
		if req.Route == "GET /gateway" {
			<-release
		}
		return nil
	})
	t.Cleanup(func() { close(release) })
	r.start()
	r.Wait("the question for the gateway", func() bool { return r.Count("GET /gateway") == 1 })
	if err := r.stop(); err != nil {
		t.Errorf("run() got %v", err)
	}
}

// TestStuck holds the session's lock, as discordgo's own deadlocks do: the bot
// gives the session up and makes another.
func TestStuck(t *testing.T) {
	t.Parallel()
	// A login waits five seconds for its turn. discordgo takes that for a missed
	// heartbeat if it is more than five of them.
	r := newRig(t, Config{}, discordtest.Beat(4*time.Second))
	ctx, cancel := context.WithCancel(context.Background())
	var mu sync.Mutex
	var sessions []*discordgo.Session
	logins, _ := openLogins("")
	l := &session{
		ctx: ctx, log: r.gateway.log, logins: logins, unreadable: func(string) {},
		event: func(name string, data json.RawMessage) { r.gateway.take(r.events(), name, data) },
		quick: quickTries(), connect: dialProxied, stuck: time.Second,
		newSession: func() *discordgo.Session {
			s := r.gateway.newSession()
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
	ended := make(chan error, 1)
	go func() { ended <- l.run() }()
	r.WaitReady()
	r.hears(r.Say(someone, somewhere, "which films leaked?")) // Open has returned
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
	r.Wait("a second login", func() bool { return len(r.Identifies()) > 1 })
	r.WaitReady()
	r.hears(r.Say(someone, somewhere, "which films leaked?"))
	stuck.Unlock()
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("run() got %v", err)
	}
	if len(sessions) != 2 {
		t.Errorf("%d sessions", len(sessions))
	}
}
