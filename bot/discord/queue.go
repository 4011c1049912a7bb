package discord

import (
	"container/list"
	"context"
	"errors"
	"runtime"
	"sync"
	"time"
)

const (
	// interactionLife is how long Discord waits for the response to an
	// interaction. A question waits for its turn until busyReserve of that is
	// left, so that there is the time to say that there was none, and is searched
	// for until [sendReserve] is left:
	// https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction
	interactionLife = 3 * time.Second
	busyReserve     = 800 * time.Millisecond
)

// askers is how many questions are answered at the same time. A search keeps one
// processor busy, so that more would only make each of them slower; see
// go test ./bot -run '^$' -bench Load.
var askers = max(4, 2*runtime.GOMAXPROCS(0))

// errBusy means that no turn came in time.
var errBusy = errors.New("too many questions at once")

// queue is what questions wait for, in the order in which they came. Messages
// take no more than half of them: they can wait, and interactions cannot.
//
// Where so many people ask at once that not all of them can have an answer in
// time, those at the end of the line are told so as soon as it is clear how long
// a turn takes. If all of them waited to the last moment, there would not be the
// time then to tell them: where 1,000 ask at once, on two processors that five
// other programs keep busy, 18 of them are told nothing (mean of three runs of
// BenchmarkLoad in the folder above); with a semaphore and a deadline 317.
type queue struct {
	all, messages *slots
}

func newQueue() *queue {
	return &queue{all: &slots{free: askers}, messages: &slots{free: askers / 2}}
}

// waiting is how many stand in line.
func (q *queue) waiting() int {
	n := 0
	for _, l := range []*slots{q.all, q.messages} {
		l.mu.Lock()
		n += l.waiting.Len()
		l.mu.Unlock()
	}
	return n
}

// acquire waits for a turn, which done ends. A ctx that ends is that of an
// interaction, and ends when Discord stops waiting. That of a message does not: its
// turn always comes, see [lines].
func (q *queue) acquire(ctx context.Context) (done func(), err error) {
	end, hurried := ctx.Deadline()
	if hurried {
		return q.all.acquire(ctx, end.Add(-busyReserve), true)
	}
	outer, err := q.messages.acquire(ctx, end, false)
	if err != nil {
		return nil, err
	}
	inner, err := q.all.acquire(ctx, end, false)
	if err != nil {
		outer()
		return nil, err
	}
	return func() { inner(); outer() }, nil
}

// slots are turns, and whoever waits for one.
type slots struct {
	mu      sync.Mutex
	free    int // turns that nobody has
	busy    int
	waiting list.List     // of *waiter
	tickets int           // the number of the last in line
	took    time.Duration // how long a turn takes, as the last ones did
}

type waiter struct {
	ticket int
	ready  chan struct{} // closed when the turn has come
}

// lookEvery is how often somebody in line looks how long it is.
const lookEvery = 250 * time.Millisecond

// acquire waits in line until end, if there is one, or, if looking, until it is clear that the turn
// would come too late.
func (l *slots) acquire(ctx context.Context, end time.Time, looking bool) (done func(), err error) {
	l.mu.Lock()
	if l.free > 0 {
		l.free--
		l.busy++
		l.mu.Unlock()
		return l.started(), nil
	}
	l.tickets++
	w := &waiter{l.tickets, make(chan struct{})}
	place := l.waiting.PushBack(w)
	l.mu.Unlock()

	var late, look <-chan time.Time
	if !end.IsZero() {
		timer := time.NewTimer(time.Until(end))
		defer timer.Stop()
		late = timer.C
	}
	if looking {
		ticker := time.NewTicker(lookEvery)
		defer ticker.Stop()
		look = ticker.C
	}
	for err == nil {
		select {
		case <-w.ready:
			return l.started(), nil
		case <-late:
			err = errBusy
		case <-ctx.Done():
			err = ctx.Err()
		case <-look:
			if l.wait(w) > time.Until(end)*3/2 { // the measure is rough
				err = errBusy
			}
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case <-w.ready: // just now
		return l.started(), nil
	default:
	}
	l.waiting.Remove(place)
	return nil, err
}

// wait is how long it will take until a waiter's turn comes.
func (l *slots) wait(w *waiter) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	first := l.waiting.Front()
	if first == nil || l.busy == 0 {
		return 0
	}
	ahead := w.ticket - first.Value.(*waiter).ticket
	return l.took * time.Duration(ahead) / time.Duration(l.busy)
}

// started begins a turn; what it returns ends it.
func (l *slots) started() (done func()) {
	start := time.Now()
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		d := time.Since(start)
		if l.took > 0 {
			d = l.took + (d-l.took)/16
		}
		l.took = max(d, 1)
		if first := l.waiting.Front(); first != nil {
			close(l.waiting.Remove(first).(*waiter).ready)
			return
		}
		l.free++
		l.busy--
	}
}
