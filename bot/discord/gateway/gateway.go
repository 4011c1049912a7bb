// Package gateway keeps discordgo v0.29.0 safe, without a fork. It knows Discord's
// gateway and REST API: how to stay connected, to log in no more often than allowed,
// to send no faster than Discord takes it. It does not know what is said: neither
// questions nor messages.
//
// The door is [Gateway] in this file: [New], [Gateway.Open], then [Gateway.Run] for
// what comes in, through [Events], and [Gateway.Do] for what goes out. Start there.
//
//   - session.go opens, resumes and replaces sessions in place of discordgo's own
//     reconnecting, and stops for good where Discord says so. logins.go keeps
//     logins (IDENTIFY) within a safe rate and a daily budget, across restarts.
//   - dial.go makes a connection, conn.go watches its bytes, frames.go takes them
//     apart, within bounds. Events are read in events.go, member by member
//     (object.go); discordgo hears no more of them than their numbers, so that
//     nothing that a server sends can bring it down.
//   - transport.go carries REST requests with retries, ratelimit.go within Discord's
//     limits and with a stop when it keeps refusing; clock.go learns Discord's time
//     from the responses.
//   - errors.go keeps tokens, ids and what people wrote out of errors and logs.
//   - endpoints.go points discordgo at another server; examine.go is for an operator
//     who wants to know why the bot does not work.
//
// What never happens: the token leaves over an unencrypted connection or enters a
// log, a login goes out that Discord would count against the token, a request
// outlives its context.
package gateway

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
)

// A Config says how Discord is reached, and as whom.
type Config struct {
	Token     string            // of the bot, with "Bot " before it
	APIURL    string            // a Discord-compatible API; empty: Discord's own
	StateDir  string            // where the count of logins is kept over restarts; empty: nowhere
	Limited   func(what string) // told of each 429, by what it limits: [LimitRoute] and so on; nil: nobody
	Transport http.RoundTripper // carries the REST requests; nil: the network
	Dial      Dial              // makes the gateway's connections; nil: the network
	Timeout   time.Duration     // how long a request may take that has no end of its own, with its waits; zero: SendTimeout
}

// A Gateway is a bot's way to Discord: events come in through it, requests go out.
type Gateway struct {
	cfg    Config
	log    *slog.Logger
	http   *transport
	client *http.Client // carries them
	logins *logins
	selfID atomic.Pointer[string]

	running atomic.Pointer[session] // what [Gateway.Run] runs
}

const (
	// intents are the events the bot needs; none of them is privileged.
	intents = discordgo.IntentGuildMessages | discordgo.IntentDirectMessages

	// SendTimeout is how long a message may wait for Discord's rate limits.
	SendTimeout = 30 * time.Second
)

// network carries requests over the network.
func network() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost = 64
	t.MaxResponseHeaderBytes = maxHead
	return t
}

// userAgent is in the shape that Discord asks for.
const userAgent = "DiscordBot (https://github.com/bwmarrin/discordgo, " + discordgo.VERSION + ") dossier"

// New makes a gateway. It does not talk to Discord yet.
func New(cfg Config, log *slog.Logger) (*Gateway, error) {
	if cfg.APIURL != "" {
		if err := useAPI(cfg.APIURL); err != nil {
			return nil, err
		}
	}
	if cfg.Timeout == 0 {
		cfg.Timeout = SendTimeout
	}
	if cfg.Transport == nil {
		cfg.Transport = network()
	}
	if cfg.Dial == nil {
		cfg.Dial = dialProxied
	}
	g := &Gateway{cfg: cfg, log: log, http: newTransport(cfg.Transport)}
	g.http.limits.onStop = func() {
		log.Error("Discord refused too many requests; for some minutes the bot answers commands and clicks only, before Discord bans its address",
			"hint", "the lines before this one say what is refused")
	}
	if cfg.Limited != nil {
		g.http.limits.met = cfg.Limited
	}
	g.client = &http.Client{Transport: g.http, Timeout: cfg.Timeout + 5*time.Second}
	return g, nil
}

// newSession makes a session of discordgo that keeps no state, logs nothing, hears
// of no events and asks for what the bot needs.
func (g *Gateway) newSession() *discordgo.Session {
	s, err := discordgo.New(g.cfg.Token)
	if err != nil {
		panic(err) // it has no way to fail in v0.29.0
	}
	s.Client, s.UserAgent = g.client, userAgent
	s.Identify.Intents = intents
	// Uncompressed, so that conn.go can read what it has to.
	s.Identify.Compress, s.Compress = false, false
	s.StateEnabled = false // its pointers are changed under the reader
	s.ShouldReconnectOnError = false
	s.ShouldReconnectVoiceOnSessionError = false
	s.ShouldRetryOnRateLimit = false
	s.MaxRestRetries = 0
	// It would log what it sends and receives, tokens among it. Nothing of that is
	// of use: what the bot needs to say about its connection, session.go says.
	s.LogLevel = discordgo.LogError - 1
	return s
}

// Open reads how often the bot has logged in lately. It comes before Run.
func (g *Gateway) Open() {
	l, problem := openLogins(g.cfg.StateDir)
	if problem != nil {
		g.log.Warn("how often the bot has logged in lately is not known; it takes it to be often", "err", problem,
			"hint", "let the bot write to STATE_DIR, and keep that over restarts")
	}
	l.warn = func(err error) {
		g.log.Warn("the logins are counted in memory only; make room in the folder for the bot's state", "err", err)
	}
	g.logins = l
}

// Run stays connected and hands events on until ctx ends, then says goodbye and
// returns nil. It returns an error where trying again is of no use.
func (g *Gateway) Run(ctx context.Context, on Events) error {
	bad := &unreadable{log: g.log}
	defer bad.stop()
	l := &session{
		ctx: ctx, log: g.log, logins: g.logins, connect: g.cfg.Dial, quick: quickTries(), stuck: stuckAfter,
		newSession: g.newSession, unreadable: bad.note,
		event: func(name string, data json.RawMessage) {
			if !g.take(on, name, data) {
				bad.note(name)
			}
		},
	}
	g.running.Store(l)
	return l.run()
}

// Connected says whether events come in: Discord has let the bot in, and the
// connection is not known to be gone.
func (g *Gateway) Connected() bool {
	s := g.running.Load()
	if s == nil || s.ctx.Err() != nil {
		return false
	}
	w := s.currentConn()
	return w != nil && w.loggedIn.Load() && !w.dead.Load()
}

// LoginsLeft is how many more times the bot may log in now, by its own limit for a
// day; -1 before [Gateway.Run].
func (g *Gateway) LoginsLeft() int {
	s := g.running.Load()
	if s == nil {
		return -1
	}
	return s.logins.left()
}

// Close ends connections that carry no request.
func (g *Gateway) Close() { g.http.CloseIdleConnections() }

// Where is the address of the API, "" for Discord's own.
func (g *Gateway) Where() string { return g.cfg.APIURL }

// Now is the time by Discord's clock.
func (g *Gateway) Now() time.Time { return g.http.now() }

// Self is the bot's own user id, "" before Discord has said it.
func (g *Gateway) Self() string {
	if p := g.selfID.Load(); p != nil {
		return *p
	}
	return ""
}

// Do makes one request, and not through discordgo: the rate limits that it keeps
// are shared by all people or never freed, and heed no context. op says what is
// tried, for errors and logs.
func (g *Gateway) Do(ctx context.Context, op, method, url string, body, result any) error {
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, g.cfg.Timeout)
		defer cancel()
	}
	var b []byte
	if body != nil {
		var err error
		if b, err = json.Marshal(body); err != nil {
			return &Error{Op: op, Reason: "the request cannot be written as JSON"}
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(b))
	if err != nil {
		return &Error{Op: op, Reason: "the address is none"}
	}
	req.Header.Set("Authorization", g.cfg.Token)
	req.Header.Set("User-Agent", userAgent)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := g.client.Do(req)
	if err != nil {
		return asAPIError(op, err)
	}
	defer func() { _ = resp.Body.Close() }()
	b, err = io.ReadAll(resp.Body)
	switch {
	case resp.StatusCode == http.StatusTooManyRequests:
		said, _ := strconv.ParseFloat(resp.Header.Get("Retry-After"), 64)
		left := g.http.limits.left(bucketKey(method, req.URL.Path), isInteraction(req.URL.Path))
		return &Error{Op: op, Status: resp.StatusCode, Wait: max(left, time.Duration(min(said, 86400)*float64(time.Second)))}
	case resp.StatusCode < 200 || resp.StatusCode > 299:
		return responseError(op, resp.StatusCode, b)
	case err != nil:
		return asAPIError(op, err)
	}
	if result != nil && json.Unmarshal(b, result) != nil {
		return &Error{Op: op, Reason: "the response is not what it should be"}
	}
	return nil
}

// An Application is what Discord knows about the bot.
type Application struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Bot  struct {
		ID string `json:"id"`
	} `json:"bot"`
	Types map[string]any `json:"integration_types_config"`

	Flags     int64  `json:"flags"`                     // which privileged intents are ticked, among others
	CodeGrant bool   `json:"bot_require_code_grant"`    // servers cannot add it with a link
	Endpoint  string `json:"interactions_endpoint_url"` // where commands and clicks go in place of the gateway
}

// Application asks Discord who the token belongs to.
func (g *Gateway) Application(ctx context.Context) (Application, error) {
	var a Application
	err := g.Do(ctx, opSelf, http.MethodGet, discordgo.EndpointApplication("@me"), nil, &a)
	if err == nil && a.ID == "" {
		err = &Error{Op: opSelf, Reason: "no id in the response"}
	}
	if err == nil {
		id := a.Bot.ID
		if id == "" {
			id = a.ID // they differ for very old applications only
		}
		g.selfID.CompareAndSwap(nil, &id)
	}
	return a, err
}

// What is tried by the gateway itself.
const (
	opGateway = "open gateway"
	opSelf    = "read application"
	opGuilds  = "read servers"
)
