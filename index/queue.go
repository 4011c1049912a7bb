package index

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"dossier/index/reader"
)

// A queue lets as many questions be read at a time as there are processors, and
// makes reading shallower while many wait: everybody gets an answer, and a short
// wait costs some of its depth rather than its truth.
type queue struct {
	slots   chan struct{}
	waiting atomic.Int32
}

func newQueue() *queue { return &queue{slots: make(chan struct{}, runtime.GOMAXPROCS(0))} }

// minDepth is how many candidates are read at least, whoever waits.
const minDepth = 4

// enter waits for a turn, while others wait elsewhere. It returns how deep to read,
// and what ends the turn.
func (q *queue) enter(ctx context.Context, depth, others int) (done func(), _ int, err error) {
	others += int(q.waiting.Add(1))
	defer q.waiting.Add(-1)
	select {
	case q.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, 0, ctx.Err()
	}
	switch n := others / cap(q.slots); {
	case n > 8:
		depth = min(depth, minDepth)
	case n > 2:
		depth = max(minDepth, depth/2)
	}
	return func() { <-q.slots }, depth, nil
}

const (
	// readingTime is how long the reading of one question may take on an idle
	// machine.
	readingTime = 70 * time.Millisecond
	// tries is how often a reading is timed; the fastest counts, since another
	// program may take the processor meanwhile.
	tries = 3
)

// depths are how many candidates are read, by the speed of the machine. They are
// few so that a machine takes the same one every time.
var depths = []int{24, 16, 12, 8, minDepth}

// measureDepth returns how many candidates this machine reads in readingTime.
func (ix *Index) measureDepth(ctx context.Context) int {
	long := strings.Repeat("The quick brown fox jumps over the lazy dog. ", 10)
	passages := slices.Repeat([]reader.Passage{{Text: long, Title: long, Before: long, After: long}}, minDepth)
	best := time.Hour
	for range tries {
		start := time.Now()
		if _, err := ix.reader.Read(ctx, "what happened, and who is said to have done it?", "", passages); err != nil {
			return minDepth
		}
		best = min(best, time.Since(start))
	}
	for _, d := range depths {
		if best*time.Duration(d)/minDepth <= readingTime {
			return d
		}
	}
	return minDepth
}
