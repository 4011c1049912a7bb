package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/time/rate"
)

// A session keeps the bot connected to the gateway. discordgo's own reconnecting
// is off: it starts again at one second after every success, does not stop for
// errors that are final, and cannot be stopped itself. A session opens one of
// discordgo's, resumes it, and replaces it where it is stuck.
type session struct {
	ctx        context.Context // ends when the bot may not connect any more
	log        *slog.Logger
	logins     *logins
	newSession func() *discordgo.Session // makes a session, without its dialer
	event      func(name string, data json.RawMessage)
	unreadable func(what string) // takes what could not be read
	connect    Dial

	mu   sync.Mutex
	conn *conn // the newest connection

	sequence  atomic.Int64  // of the last event
	resumable atomic.Bool   // discordgo has a session that Discord has not refused yet
	quick     *rate.Limiter // connections that worked and may be made anew at once
	stuck     time.Duration // how long discordgo may take to notice that its connection was cut
}

// stuckAfter is generous: discordgo's Close sleeps one second under its lock.
const stuckAfter = 15 * time.Second

// maxHold is how long a login may wait its turn with the connection open.
const maxHold = 12 * time.Second

// A Dial makes a network connection: [dialProxied], except in tests.
type Dial func(ctx context.Context, network, addr string, secure bool) (net.Conn, error)

// quickTries lets a connection that worked be made anew at once, some times in a
// row. Resuming is free, but a gateway that drops everything is in trouble.
func quickTries() *rate.Limiter { return rate.NewLimiter(rate.Every(20*time.Second), 8) }

func (l *session) setConn(w *conn) {
	l.mu.Lock()
	l.conn = w
	l.mu.Unlock()
}

func (l *session) currentConn() *conn {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.conn
}

// login lets an IDENTIFY go out, after a wait if need be.
func (l *session) login(_ *conn, resumed bool) error {
	l.resumable.Store(false)
	if resumed {
		// The session could not be resumed. Discord asks for one to five seconds
		// before the next try: https://discord.com/developers/docs/events/gateway#resuming
		if err := sleep(l.ctx, time.Second+rand.N(4*time.Second)); err != nil {
			return err
		}
	}
	d := l.logins.wait().wait
	if d > maxHold {
		return errTooManyLogins
	}
	if err := sleep(l.ctx, d); err != nil {
		return err
	}
	return l.logins.take()
}

// run stays connected until ctx ends, then says goodbye and returns nil. It
// returns an error where trying again is of no use.
func (l *session) run() error {
	for l.ctx.Err() == nil {
		if err := l.keepOne(); err != nil {
			switch {
			case errors.Is(err, errStuck):
				l.log.Error("the Discord library is stuck; starting a new session")
				continue
			case errors.Is(err, errStale):
				l.log.Warn("Discord does not know the session any more; starting a new one")
				continue
			}
			return err
		}
	}
	return nil
}

// errStuck means that a session does not react any more.
var errStuck = errors.New("stuck session")

// errStale means that Discord will never resume a session. discordgo would try
// that again and again.
var errStale = errors.New("stale session")

// keepOne keeps one session connected.
func (l *session) keepOne() error {
	s := l.newSession()
	s.ShouldReconnectOnError = false
	s.Dialer = l.dialer()
	// discordgo asks for the gateway's address without a context.
	c := *s.Client
	c.Transport = &cancelable{l.ctx, c.Transport}
	s.Client = &c
	down := make(chan struct{}, 1)
	s.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) {
		select {
		case down <- struct{}{}:
		default:
		}
	})

	failures := 0
	l.resumable.Store(false)
	for l.pause(failures) == nil {
		l.setConn(nil)
		err := l.await(func() error { return s.Open() })
		if err == nil || errors.Is(err, discordgo.ErrWSAlreadyOpen) {
			l.log.Info("connected to Discord")
			err = l.await(func() error { return l.lost(down) })
			if err == nil {
				l.goodbye(s.Close)
				return nil
			}
		}
		var code int64
		if w := l.currentConn(); w != nil {
			code = w.closeCode.Load()
			_ = w.Close()
		}
		if errors.Is(err, errStuck) {
			return err
		}
		if fatal := l.fatal(code, err); fatal != nil {
			return fatal
		}
		l.tell(code, err)
		if w := l.currentConn(); w != nil && w.stale(code) {
			return errStale
		}
		failures++
		if w := l.currentConn(); w != nil && w.loggedIn.Load() {
			l.resumable.Store(true)
			if l.quick.Allow() {
				failures = 1
			}
		}
	}
	return nil
}

// tell says in the log why there is no connection, where there is something to
// say: that there is too little room for another login, pause tells, and Discord
// asks for another connection every few hours.
func (l *session) tell(code int64, err error) {
	w := l.currentConn()
	switch {
	case l.ctx.Err() != nil:
	case w != nil && errors.Is(w.fault(), errTooManyLogins):
	case w != nil && w.leaving.Load():
		l.log.Info("Discord asks for another connection")
	case w != nil && isOwn(w.fault()):
		l.log.Warn("not connected to Discord", "code", code, "reason", w.fault())
	default:
		l.log.Warn("not connected to Discord", append([]any{"code", code, "reason", Scrub(err)}, refusalOf(err)...)...)
	}
}

// refusalOf is what Discord, or what stands before it, said where it did not tell the
// gateway's address.
func refusalOf(err error) (line []any) {
	var rest *discordgo.RESTError
	if !errors.As(err, &rest) || rest.Response == nil {
		return nil
	}
	e := responseError(opGateway, rest.Response.StatusCode, rest.ResponseBody)
	if e.Code != 0 {
		line = append(line, "refused with", e.Code)
	}
	if e.Text != "" {
		line = append(line, "said", e.Text)
	}
	return line
}

// isOwn says whether an error is one of those that the bot makes where a
// connection is of no use.
func isOwn(err error) bool {
	return errors.Is(err, errHead) || errors.Is(err, errFrame) || errors.Is(err, errTooLong)
}

// lost returns an error when the connection is gone, nil when ctx ends.
// discordgo may tell of one loss twice, the second time when the next connection
// is up already; the bytes of the connection tell.
func (l *session) lost(down <-chan struct{}) error {
	for {
		select {
		case <-down:
		case <-l.ctx.Done():
			return nil
		}
		if w := l.currentConn(); w == nil || w.dead.Load() {
			return errLost
		}
	}
}

var errLost = errors.New("connection lost")

// pause waits before a try: not at all before the first, hardly at all after a
// connection that worked, since interactions wait three seconds only and
// discordgo sleeps one of them; then longer and longer, and until there may be
// another login if that is what it takes.
func (l *session) pause(failures int) error {
	d := retryAfter(failures)
	if !l.resumable.Load() {
		p := l.logins.wait()
		switch {
		case p.limit.per == day:
			l.log.Error("the bot has logged in too often today and stays offline for a while", p.told()...)
			d = max(d, p.wait)
		case failures > 0 || p.wait > maxHold:
			if p.wait > time.Minute {
				l.log.Warn("the bot has logged in too often lately and waits", p.told()...)
			}
			d = max(d, p.wait-maxHold/2)
		}
	}
	return sleep(l.ctx, d)
}

// retryAfter is how long to wait after so many failures in a row: a quarter of a
// second, then twice as long each time, up to a minute and a half.
func retryAfter(failures int) time.Duration {
	switch failures {
	case 0:
		return 0
	case 1:
		return rand.N(250 * time.Millisecond)
	}
	d := min(125*time.Millisecond<<min(failures, 9), time.Minute)
	return d/2 + rand.N(d)
}

// await waits for something that discordgo does, while the watchdog looks at
// the connection: where nothing comes in for too long it is cut, and where
// discordgo does not notice even that, it is stuck. do may go on for ever then.
func (l *session) await(do func() error) error {
	done := make(chan error, 1)
	go func() { done <- do() }()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	var cut time.Time
	for {
		select {
		case err := <-done:
			return err
		case <-tick.C:
		}
		w := l.currentConn()
		switch {
		case w == nil:
		case !cut.IsZero():
			if time.Since(cut) > l.stuck {
				return errStuck
			}
		case w.silence() > w.patience():
			l.log.Warn("the gateway is silent; cutting the connection", "for", w.silence().Round(time.Second))
			cut = time.Now()
			_ = w.Close()
		case l.ctx.Err() != nil && !w.loggedIn.Load():
			_ = w.Close() // the bot ends while the connection is being made
		}
	}
}

// GoodbyeTimeout is how long closing a session may take.
const GoodbyeTimeout = 3 * time.Second

// farewell is how long Discord has to say goodbye too.
const farewell = 250 * time.Millisecond

// goodbye closes a session in an orderly way by end, as far as it lets itself be
// closed. discordgo sleeps for a second when it has said goodbye; there is nothing
// to wait for then but Discord's own goodbye.
func (l *session) goodbye(end func() error) {
	closed := make(chan struct{})
	go func() { _ = end(); close(closed) }()
	w := l.currentConn()
	if w == nil {
		return
	}
	defer func() { _ = w.Close() }()
	select {
	case <-closed:
		return
	case <-w.said:
	case <-time.After(GoodbyeTimeout):
		return
	}
	select {
	case <-w.gone:
	case <-time.After(farewell):
	}
}

// fatal returns an error where the way the connection ended means that another
// try cannot do better.
func (l *session) fatal(code int64, err error) error {
	if why, ok := finalCodes[code]; ok {
		return Refuse(fmt.Errorf("%s (Discord closed the connection with code %d)", why, code))
	}
	if IsBadToken(asAPIError(opGateway, err)) {
		return ErrBadToken
	}
	return nil
}

// finalCodes are the close codes after which reconnecting is of no use:
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
var finalCodes = map[int64]string{
	4004: ErrBadToken.Error(),
	4010: "Discord refuses the shard number; this is a bug in the bot, please report it",
	4011: "the bot is in too many servers for one connection (2,500); it has to leave some, or be run with sharding, which it does not have yet",
	4012: "Discord no longer accepts this version of its gateway; update the bot",
	4013: "Discord refuses the intents that the bot asks for; update the bot",
	4014: "Discord refuses the intents that the bot asks for; it needs no privileged ones, so look in the Developer Portal whether the application is limited",
}

var ErrBadToken = Refuse(errors.New("the token is refused by Discord; copy the current one from the Developer Portal " +
	"(your application, Bot, Reset Token) into DISCORD_TOKEN"))

// sleep waits, but not beyond the end of ctx.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}
