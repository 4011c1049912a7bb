package gateway

import (
	"bytes"
	"context"
	"crypto/sha1"
	"encoding/base64"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/discordtest"
)

func TestMain(m *testing.M) { discordtest.Main(m) }

// A rig is a gateway to a fake Discord, and what was heard through it.
type rig struct {
	*discordtest.Server
	t       testing.TB
	gateway *Gateway
	logs    *syncLog
	heard   chan string // the ids of messages
	stop    func() error
}

var (
	someone   = discordtest.User{ID: "200000000000000001"}
	somewhere = discordtest.Place{Guild: "300000000000000001", Channel: "400000000000000001"}
)

// newRig makes a gateway to a fake Discord of its own. It is not connected yet.
func newRig(t testing.TB, cfg Config, opts ...discordtest.Option) *rig {
	t.Helper()
	s := discordtest.New(t, opts...)
	cfg.Token, cfg.Transport = "Bot "+discordtest.Token, s.Transport()
	if s.InMemory() {
		cfg.Dial = func(ctx context.Context, network, addr string, _ bool) (net.Conn, error) {
			return s.Dial(ctx, network, addr)
		}
	}
	return rigTo(t, s, cfg)
}

func rigTo(t testing.TB, s *discordtest.Server, cfg Config) *rig {
	t.Helper()
	r := &rig{Server: s, t: t, logs: &syncLog{}, heard: make(chan string, 100)}
	var err error
	if r.gateway, err = New(cfg, slog.New(slog.NewTextHandler(r.logs, &slog.HandlerOptions{Level: slog.LevelDebug}))); err != nil {
		t.Fatal(err)
	}
	return r
}

func (r *rig) events() Events {
	return Events{
		Interaction: func(*discordgo.Interaction) {},
		Message:     func(m *discordgo.Message) { r.heard <- m.ID },
		Edit:        func(*discordgo.Message) {},
		Delete:      func(string, ...string) {},
	}
}

// listen is the whole life of a gateway.
func (r *rig) listen(ctx context.Context) error {
	r.gateway.Open()
	defer r.gateway.Close()
	return r.gateway.Run(ctx, r.events())
}

func (r *rig) start() {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- r.listen(ctx) }()
	r.stop = sync.OnceValue(func() error {
		cancel()
		select {
		case err := <-ended:
			return err
		case <-time.After(discordtest.Guard):
			r.t.Error("the gateway does not end")
			return nil
		}
	})
	r.t.Cleanup(func() {
		if err := r.stop(); err != nil {
			r.t.Errorf("run() got %v", err)
		}
		if r.t.Failed() {
			r.t.Logf("log:\n%s", r.logs)
		}
	})
}

// run starts the gateway and waits until it is connected.
func (r *rig) run() *rig {
	r.t.Helper()
	r.start()
	r.WaitReady()
	return r
}

// hears waits until a message has come in. Others that came before go back in line.
func (r *rig) hears(id string) {
	r.t.Helper()
	end := time.After(discordtest.Guard)
	for {
		select {
		case got := <-r.heard:
			if got == id {
				return
			}
			r.heard <- got
			time.Sleep(time.Millisecond)
		case <-end:
			r.t.Fatalf("waited in vain for message %s", id)
		}
	}
}

// A syncLog is a log that tests can read.
type syncLog struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncLog) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncLog) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// TestQuiet keeps discordgo from logging: its lines hold tokens.
func TestQuiet(t *testing.T) {
	t.Parallel()
	g, err := New(Config{Token: "Bot x"}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if s := g.newSession(); s.LogLevel >= discordgo.LogError || s.Debug {
		t.Errorf("discordgo logs at level %d, debug %v", s.LogLevel, s.Debug)
	}
}

// acceptKey is the server's answer to a WebSocket key (RFC 6455, section 4.2.2).
func acceptKey(key string) string {
	sum := sha1.Sum([]byte(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// TestConnected: the bot knows whether it is connected, and how many logins it has
// left, through a break in the connection too.
func TestConnected(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{})
	if r.gateway.Connected() || r.gateway.LoginsLeft() != -1 {
		t.Errorf("before it runs, connected: %v, logins left: %d", r.gateway.Connected(), r.gateway.LoginsLeft())
	}
	r.run()
	r.hears(r.Say(someone, somewhere, "which films leaked?"))
	if !r.gateway.Connected() || r.gateway.LoginsLeft() != loginsPerDay-1 {
		t.Errorf("connected: %v, logins left: %d, want %d", r.gateway.Connected(), r.gateway.LoginsLeft(), loginsPerDay-1)
	}
	var shut atomic.Bool
	shut.Store(true)
	r.OnStep(func(discordtest.Step) *discordtest.Action {
		if shut.Load() {
			return &discordtest.Action{Close: 4000}
		}
		return nil
	})
	r.DropAll()
	tries := r.Connections()
	r.Wait("a try in vain", func() bool { return r.Connections() > tries })
	if r.gateway.Connected() {
		t.Error("it is connected to a gateway that lets nobody in")
	}
	shut.Store(false)
	r.hears(r.Say(someone, somewhere, "which films leaked?"))
	if !r.gateway.Connected() {
		t.Error("it is not connected again")
	}
	if err := r.stop(); err != nil || r.gateway.Connected() {
		t.Errorf("at its end, connected: %v, %v", r.gateway.Connected(), err)
	}
}
