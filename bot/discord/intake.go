package discord

import (
	"context"
	"sync"
	"time"
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
