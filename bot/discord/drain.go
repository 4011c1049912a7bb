package discord

import (
	"context"
	"sync"
	"time"
)

// A drain lets events in until it is closed, and then waits for those that
// are being handled.
type drain struct {
	ctx    context.Context // of the handlers
	cancel context.CancelFunc

	mu     sync.Mutex
	closed bool
	busy   sync.WaitGroup
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
	return true
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
