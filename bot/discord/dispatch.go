package discord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"dossier/bot/discord/gateway"
)

// A dispatcher runs the handlers of events and says in the log what goes wrong.
type dispatcher struct {
	gateway *gateway.Gateway
	log     *slog.Logger
	drain   *drain
	quit    chan error // takes an error that ends the bot
}

// handle runs one event's handler. Whatever goes wrong in it ends there: an
// error is a line in the log, and so is a panic, which discordgo would let end
// the process. sorry tells the person, where there is a way to.
func (d *dispatcher) handle(event string, do func(ctx context.Context) error, sorry func(ctx context.Context)) {
	if !d.drain.enter() {
		return
	}
	defer d.drain.leave()
	ctx := d.drain.ctx
	defer func() {
		v := recover()
		if v == nil {
			return
		}
		// The value may hold what a person typed; its type and the stack do not.
		what := fmt.Sprintf("%T", v)
		if err, ok := v.(runtime.Error); ok {
			what = gateway.Redact(err.Error())
		}
		d.log.Error("panic", "event", event, "what", what, "stack", string(debug.Stack()))
		if sorry != nil {
			defer func() { _ = recover() }()
			sorry(ctx)
		}
	}()
	d.report(ctx, event, do(ctx))
}

// later handles something after a pause, unless the bot ends before that.
func (d *dispatcher) later(pause time.Duration, event string, do func(ctx context.Context) error) {
	time.AfterFunc(pause, func() { d.handle(event, do, nil) })
}

// report logs why there was no answer. Where it is because Discord does not take
// the token any more, it ends the bot: every further request would be refused too.
func (d *dispatcher) report(ctx context.Context, event string, err error) {
	switch {
	case err == nil, errors.Is(err, gateway.ErrPaused): // of that, one line tells for all
		return
	case errors.Is(err, errQuestionGone):
		d.log.Debug("the question was deleted before its answer was there", "event", event)
		return
	}
	line := []any{"event", event, "err", gateway.Scrub(err)}
	if h := hint(err, d.gateway.Where()); h != "" {
		line = append(line, "hint", h)
	}
	d.log.Warn("not answered", line...)
	if gateway.IsStatus(err, 401) {
		if _, err := d.gateway.Application(ctx); gateway.IsBadToken(err) {
			select {
			case d.quit <- gateway.ErrBadToken:
			default:
			}
		}
	}
}

// hint is what an operator can do about an error. where is the address of the API,
// if it is not Discord's own.
func hint(err error, where string) string {
	var e *gateway.Error
	switch {
	case gateway.IsStatus(err, http.StatusTooManyRequests):
		return "Discord limits how often the bot may do this; there is nothing wrong with the network or the bot"
	case gateway.IsCode(err, gateway.CodeUnknownInteraction):
		return "the answer came too late; is the machine or the network overloaded, or its clock wrong?"
	case errors.As(err, &e) && (e.Status == 0 && !errors.Is(err, context.Canceled) || e.Status >= 500):
		return lookAt(where)
	}
	return ""
}

// lookAt is where to look when the API does not answer.
func lookAt(where string) string {
	if where == "" {
		return "look at the network, and at https://discordstatus.com"
	}
	return "look at the network, and at the server at " + where + " (DISCORD_API_URL)"
}

// A drain lets events in until it is closed, and then waits for those that
// are being handled.
type drain struct {
	ctx    context.Context // of the handlers
	cancel context.CancelFunc

	mu     sync.Mutex
	closed bool
	busy   sync.WaitGroup
	inside atomic.Int32
}

func newDrain() *drain {
	d := &drain{}
	d.ctx, d.cancel = context.WithCancel(context.Background())
	return d
}

func (d *drain) enter() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return false
	}
	d.busy.Add(1)
	d.inside.Add(1)
	return true
}

func (d *drain) leave() {
	d.inside.Add(-1)
	d.busy.Done()
}

// shut lets nothing in any more.
func (d *drain) shut() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
}

// close lets nothing in any more, gives what is in flight some time and then
// cuts it short.
func (d *drain) close(patience time.Duration) {
	d.shut()
	done := make(chan struct{})
	go func() { d.busy.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(patience):
	}
	d.cancel()
	select {
	case <-done:
	case <-time.After(time.Second):
	}
}
