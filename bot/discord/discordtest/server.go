// Package discordtest is a Discord for tests: the part of its REST API and of
// its gateway that a bot needs, on a loopback port.
//
// [New] starts a [Server]. Its [Server.Transport] sends what is meant for
// discord.com to it, and because discordgo learns the gateway's address from a
// request through the same transport, the real library runs against it
// unchanged. Tests act as people with [Server.Say], [Server.Edit],
// [Server.Delete], [Server.Slash], [Server.Type] and [Server.Click], and look
// at what came back with [Server.Messages], [Interaction.Wait] and
// [Server.Requests].
//
// The server keeps Discord's rules where a bot could break them. An interaction
// is answered once and within three seconds (or [Patience]), and its token is good for fifteen
// minutes. A session that the client closes with 1000 or 1001 is over, events of
// a resumed session are replayed, a second IDENTIFY within five seconds is
// refused and so is a privileged intent. Without that intent the bot does not
// see what people say to each other. It edits its own messages only and deletes
// no others, a reply is to a message of the same channel, a nonce makes one
// message. [RateLimits] adds the limits of requests. What goes wrong in practice
// is scripted with [Server.OnStep] for the gateway and [Server.OnRequest] for
// REST.
//
// Every request is held against Discord's own API description; see [Spec].
package discordtest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// What the one application of every Server is called.
const (
	Token   = "MTIz.fake.token-of-a-test-bot"
	AppID   = "990000000000000001"
	BotID   = "990000000000000002"
	BotName = "Dossier"

	// BotRoleID is the role that Discord made for the bot, in every server.
	BotRoleID = "990000000000000003"
)

// epoch is Discord's, in milliseconds: https://discord.com/developers/docs/reference#snowflakes
const epoch = 1420070400000

// A Server is one fake Discord.
type Server struct {
	t      testing.TB
	http   *httptest.Server
	memory *memory // nil: it listens on a port
	spec   *Spec

	mu           sync.Mutex
	lastID       uint64
	requests     []Request
	counts       map[string]int
	interactions map[string]*Interaction // by token
	messages     map[string]*Message     // by id
	order        []*Message              // as they were created
	nonces       map[string]*Message
	commands     map[string][]map[string]any // by server id, empty for global
	guilds       []Guild
	sessions     map[string]*session
	conns        map[*gatewayConn]bool
	connCount    int
	identifies   []time.Time
	resumes      int
	onStep       func(Step) *Action
	onRequest    func(*Request) *Reply
	limits       map[string]*window // nil without RateLimits
	limited      int                // requests refused with a 429
	changed      chan struct{}      // closed and replaced whenever something happens
	forgetful    bool
	beat         time.Duration
	patience     time.Duration // with an interaction
	problems     []string
}

// Option changes what New makes.
type Option func(*Server)

// Forgetful makes the server keep counts but neither requests nor messages, for
// tests of memory.
func Forgetful() Option { return func(s *Server) { s.forgetful = true } }

// Patience makes the server wait longer for the response to an interaction than
// Discord does, so that a busy machine decides no test. The bot has to be told too.
func Patience(d time.Duration) Option { return func(s *Server) { s.patience = d } }

// Guard is how long a test waits for what has to come before it fails. It is no
// measure of anything: where others keep the processors busy, everything takes long.
const Guard = 4 * time.Minute

// New starts a Server that ends with the test.
func New(t testing.TB, opts ...Option) *Server {
	t.Helper()
	s := &Server{
		t:            t,
		counts:       map[string]int{},
		interactions: map[string]*Interaction{},
		messages:     map[string]*Message{},
		nonces:       map[string]*Message{},
		commands:     map[string][]map[string]any{},
		sessions:     map[string]*session{},
		conns:        map[*gatewayConn]bool{},
		changed:      make(chan struct{}),
		spec:         sharedSpec(),
		beat:         41250 * time.Millisecond,
		patience:     3 * time.Second,
	}
	for _, opt := range opts {
		opt(s)
	}
	if s.memory == nil {
		s.http = httptest.NewServer(s.handler())
	} else {
		s.http = &httptest.Server{Listener: s.memory, Config: &http.Server{Handler: s.handler()}}
		s.http.Start()
	}
	t.Cleanup(func() {
		s.DropAll()
		s.http.CloseClientConnections()
		s.http.Close()
		s.mu.Lock()
		defer s.mu.Unlock()
		for i, p := range s.problems {
			if i == 10 {
				t.Errorf("and %d more problems", len(s.problems)-i)
				break
			}
			t.Error(p)
		}
	})
	return s
}

// Forget drops what the server keeps of requests, messages and events, so that a
// test can see what memory the bot itself takes.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests, s.order = nil, nil
	s.interactions = map[string]*Interaction{}
	s.messages, s.nonces = map[string]*Message{}, map[string]*Message{}
	for _, ses := range s.sessions {
		clear(ses.log) // its length stays: it is the sequence number
	}
}

// URL is where the server listens, with nothing after the port.
func (s *Server) URL() string { return s.http.URL }

// APIURL is the base of the REST API.
func (s *Server) APIURL() string { return s.http.URL + "/api/v9" }

// Transport sends every request to the server, whatever host it names.
func (s *Server) Transport() http.RoundTripper {
	addr := s.http.Listener.Addr().String()
	base := &http.Transport{
		DialContext:         s.Dial,
		MaxIdleConnsPerHost: 256,
	}
	s.t.Cleanup(base.CloseIdleConnections)
	return &rewriter{base: base, host: addr}
}

type rewriter struct {
	base *http.Transport
	host string
}

func (r *rewriter) RoundTrip(req *http.Request) (*http.Response, error) {
	out := req.Clone(req.Context())
	out.URL.Scheme, out.URL.Host, out.Host = "http", r.host, r.host
	return r.base.RoundTrip(out)
}

// CloseIdleConnections is for [http.Client.CloseIdleConnections].
func (r *rewriter) CloseIdleConnections() { r.base.CloseIdleConnections() }

// NewID returns a fresh id that says it was made at t.
func (s *Server) NewID(t time.Time) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.newID(t)
}

func (s *Server) newID(t time.Time) string {
	s.lastID++
	return fmt.Sprint(uint64(t.UnixMilli()-epoch)<<22 | s.lastID&(1<<22-1))
}

// notify wakes whoever waits for something to happen. s.mu is held.
func (s *Server) notify() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// Wait returns when cond is true, and fails the test if it is not within [Guard].
// cond is asked again whenever something happened.
func (s *Server) Wait(what string, cond func() bool) {
	s.t.Helper()
	deadline := time.NewTimer(Guard)
	defer deadline.Stop()
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if cond() {
			return
		}
		select {
		case <-changed:
		case <-deadline.C:
			s.t.Fatalf("waited in vain for %s", what)
		}
	}
}

// problem is reported when the test ends. s.mu is held.
func (s *Server) problem(format string, args ...any) {
	s.problems = append(s.problems, strings.TrimSpace(fmt.Sprintf(format, args...)))
}

// Problems takes what requests broke of Discord's rules so far; what is taken
// does not fail the test.
func (s *Server) Problems() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.problems
	s.problems = nil
	return p
}
