package discord

import (
	"context"
	"fmt"
	"hash/maphash"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

// An intake lets events in until it is closed, and then waits for those that
// are being handled.
type intake struct {
	ctx    context.Context // of the handlers
	cancel context.CancelFunc

	mu     sync.Mutex
	closed bool
	busy   sync.WaitGroup
}

func newIntake() *intake {
	in := &intake{}
	in.ctx, in.cancel = context.WithCancel(context.Background())
	return in
}

func (in *intake) enter() bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.closed {
		return false
	}
	in.busy.Add(1)
	return true
}

// shut lets nothing in any more.
func (in *intake) shut() {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.closed = true
}

// close lets nothing in any more, gives what is in flight some time and then
// cuts it short.
func (in *intake) close(patience time.Duration) {
	in.shut()
	done := make(chan struct{})
	go func() { in.busy.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(patience):
	}
	in.cancel()
	select {
	case <-done:
	case <-time.After(time.Second):
	}
}

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
			what = redact(err.Error())
		}
		b.log.Error("panic", "event", event, "what", what, "stack", string(debug.Stack()))
		if sorry != nil {
			defer func() { _ = recover() }()
			sorry(ctx)
		}
	}()
	if err := do(ctx); err != nil {
		b.log.Warn("not answered", "event", event, "err", scrub(err), "hint", hint(err))
	}
}

// hint is what an operator can do about an error.
func hint(err error) string {
	switch {
	case isCode(err, codeMissingPermissions), isCode(err, codeMissingAccess):
		return "the bot lacks a permission in that channel; invite it again with the address printed at the start"
	case isCode(err, codeUnknownInteraction):
		return "the answer came too late; is the machine or the network overloaded, or its clock wrong?"
	case isCode(err, codeCannotDM):
		return "the person takes no direct messages"
	}
	return ""
}

// seen remembers the last interactions, since Discord may deliver one twice.
type seen struct {
	ids *lru.Cache[string, struct{}]
}

func newSeen() *seen {
	ids, err := lru.New[string, struct{}](8192)
	if err != nil {
		panic(err) // only for a size below one
	}
	return &seen{ids}
}

// again says whether an id has come before.
func (s *seen) again(id string) bool {
	known, _ := s.ids.ContainsOrAdd(id, struct{}{})
	return known
}

// created is when Discord made an id:
// https://discord.com/developers/docs/reference#snowflakes
func created(id string) time.Time {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(int64(n>>22) + 1420070400000)
}

var keySeed = maphash.MakeSeed()

// conversation makes a key for questions that may refer to each other. It says
// nothing about who asked or where, and means nothing after a restart.
func conversation(parts ...string) string {
	var h maphash.Hash
	h.SetSeed(keySeed)
	for _, p := range parts {
		_, _ = h.WriteString(p)
		_ = h.WriteByte(0)
	}
	return strconv.FormatUint(h.Sum64(), 36)
}
