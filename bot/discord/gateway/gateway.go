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
//     apart: what discordgo does not tell is read there.
//   - transport.go carries REST requests with retries, ratelimit.go within Discord's
//     limits and with a stop when it keeps refusing; clock.go learns Discord's time
//     from the responses.
//   - errors.go keeps tokens, ids and what people wrote out of errors and logs.
//   - endpoints.go points discordgo at another server.
//
// What never happens: the token leaves over an unencrypted connection or enters a
// log, a login goes out that Discord would count against the token, a request
// outlives its context.
package gateway

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
)

// A Config says how Discord is reached, and as whom.
type Config struct {
	Token     string            // of the bot, with "Bot " before it
	APIURL    string            // a Discord-compatible API; empty: Discord's own
	StateDir  string            // where the count of logins is kept over restarts; empty: nowhere
	Transport http.RoundTripper // carries the REST requests; nil: the network
	Dial      Dial              // makes the gateway's connections; nil: the network
}

// A Gateway is a bot's way to Discord: events come in through it, requests go out.
type Gateway struct {
	cfg    Config
	log    *slog.Logger
	http   *transport
	rest   *discordgo.Session // for requests only, it is never opened
	logins *logins
	selfID atomic.Pointer[string]
}

// Events take what Discord tells, each in a goroutine of its own and in any order.
type Events struct {
	Interaction func(*discordgo.Interaction)
	Message     func(*discordgo.Message)
	Edit        func(*discordgo.Message)
	Delete      func(channel string, ids ...string)
}

const (
	// intents are the events the bot needs; none of them is privileged.
	intents = discordgo.IntentGuildMessages | discordgo.IntentDirectMessages

	// sendTimeout is how long a message may wait for Discord's rate limits.
	sendTimeout = 30 * time.Second
)

// New makes a gateway. It does not talk to Discord yet.
func New(cfg Config, log *slog.Logger) (*Gateway, error) {
	if cfg.APIURL != "" {
		if err := useAPI(cfg.APIURL); err != nil {
			return nil, err
		}
	}
	if cfg.Transport == nil {
		t := http.DefaultTransport.(*http.Transport).Clone()
		t.MaxIdleConnsPerHost = 64
		cfg.Transport = t
	}
	if cfg.Dial == nil {
		cfg.Dial = dialProxied
	}
	g := &Gateway{cfg: cfg, log: log, http: newTransport(cfg.Transport)}
	g.http.limits.onStop = func() {
		log.Error("Discord refused too many requests; for some minutes the bot answers commands and clicks only, before Discord bans its address",
			"hint", "the lines before this one say what is refused")
	}
	g.rest = g.newSession()
	return g, nil
}

// newSession makes a session of discordgo that keeps no state, logs nothing and
// asks for what the bot needs.
func (g *Gateway) newSession() *discordgo.Session {
	s, err := discordgo.New(g.cfg.Token)
	if err != nil {
		panic(err) // it has no way to fail in v0.29.0
	}
	s.Client = &http.Client{Transport: g.http, Timeout: sendTimeout + 5*time.Second}
	s.UserAgent = "DiscordBot (https://github.com/bwmarrin/discordgo, " + discordgo.VERSION + ") dossier"
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

// listening makes a session that hands its events on.
func (g *Gateway) listening(on Events) *discordgo.Session {
	s := g.newSession()
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.Ready) {
		if e.User != nil && e.User.ID != "" {
			g.selfID.Store(&e.User.ID)
		}
	})
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.InteractionCreate) { on.Interaction(e.Interaction) })
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.MessageCreate) { on.Message(e.Message) })
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.MessageUpdate) { on.Edit(e.Message) })
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.MessageDelete) {
		if e.Message != nil {
			on.Delete(e.ChannelID, e.ID)
		}
	})
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.MessageDeleteBulk) { on.Delete(e.ChannelID, e.Messages...) })
	return s
}

// Open reads how often the bot has logged in lately. It comes before run.
func (g *Gateway) Open() (err error) {
	if g.logins, err = openLogins(g.cfg.StateDir); err != nil {
		return err
	}
	g.logins.warn = func(err error) {
		g.log.Warn("the logins are counted in memory only; make room in the folder for the bot's state", "err", err)
	}
	return nil
}

// Run stays connected and hands events on until ctx ends, then says goodbye and
// returns nil. It returns an error where trying again is of no use.
func (g *Gateway) Run(ctx context.Context, on Events) error {
	l := &session{
		ctx: ctx, log: g.log, logins: g.logins, connect: g.cfg.Dial, quick: quickTries(), stuck: stuckAfter,
		newSession: func() *discordgo.Session { return g.listening(on) },
	}
	return l.run()
}

// Close ends connections that carry no request.
func (g *Gateway) Close() { g.http.CloseIdleConnections() }

// Now is the time by Discord's clock.
func (g *Gateway) Now() time.Time { return g.http.now() }

// Self is the bot's own user id, "" before Discord has said it.
func (g *Gateway) Self() string {
	if p := g.selfID.Load(); p != nil {
		return *p
	}
	return ""
}

// Do makes one request. discordgo adds the token, and gets a bucket of its own
// each time: the one it would choose is shared by all people or is never freed,
// and neither would heed ctx. op says what is tried, for errors and logs.
func (g *Gateway) Do(ctx context.Context, op, method, url string, body, result any) error {
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, sendTimeout)
		defer cancel()
	}
	var b []byte
	if body != nil {
		var err error
		if b, err = json.Marshal(body); err != nil {
			return &Error{Op: op, Reason: "the request cannot be written as JSON"}
		}
	}
	bucket := &discordgo.Bucket{Remaining: 1}
	bucket.Lock() // RequestWithLockedBucket unlocks it
	resp, err := g.rest.RequestWithLockedBucket(method, url, "application/json", b, bucket, 0,
		discordgo.WithContext(ctx), discordgo.WithRestRetries(0), discordgo.WithRetryOnRatelimit(false))
	if err != nil {
		return asAPIError(op, err)
	}
	if result != nil && json.Unmarshal(resp, result) != nil {
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
)
