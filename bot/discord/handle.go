package discord

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"time"

	"dossier/bot/discord/gateway"
)

// handle runs one event's handler. Whatever goes wrong in it ends there: an
// error is a line in the log, and so is a panic, which discordgo would let end
// the process. sorry tells the person, where there is a way to.
func (b *Bot) handle(event string, do func(ctx context.Context) error, sorry func(ctx context.Context)) {
	if !b.intake.enter() {
		return
	}
	defer b.intake.busy.Done()
	ctx := b.intake.ctx
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
		b.log.Error("panic", "event", event, "what", what, "stack", string(debug.Stack()))
		if sorry != nil {
			defer func() { _ = recover() }()
			sorry(ctx)
		}
	}()
	b.report(ctx, event, do(ctx))
}

// later handles something after a pause, unless the bot ends before that.
func (b *Bot) later(pause time.Duration, event string, do func(ctx context.Context) error) {
	time.AfterFunc(pause, func() { b.handle(event, do, nil) })
}

// report logs why there was no answer. Where it is because Discord does not take
// the token any more, it ends the bot: every further request would be refused too.
func (b *Bot) report(ctx context.Context, event string, err error) {
	if err == nil || errors.Is(err, gateway.ErrPaused) { // of that, one line tells for all
		return
	}
	line := []any{"event", event, "err", gateway.Scrub(err)}
	if h := hint(err); h != "" {
		line = append(line, "hint", h)
	}
	b.log.Warn("not answered", line...)
	if gateway.IsStatus(err, 401) {
		if _, err := b.gateway.Application(ctx); gateway.IsStatus(err, 401) {
			select {
			case b.quit <- gateway.ErrBadToken:
			default:
			}
		}
	}
}

// hint is what an operator can do about an error.
func hint(err error) string {
	var e *gateway.Error
	switch {
	case gateway.IsCode(err, gateway.CodeUnknownInteraction):
		return "the answer came too late; is the machine or the network overloaded, or its clock wrong?"
	case errors.As(err, &e) && (e.Status == 0 && !errors.Is(err, context.Canceled) || e.Status >= 500):
		return "look at the network, and at https://discordstatus.com"
	}
	return ""
}
