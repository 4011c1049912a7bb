package index

import (
	"testing"
	"time"
)

// TestTimes: each stage of an answer takes some of the time that the whole takes,
// and no two stages share any.
func TestTimes(t *testing.T) {
	ix := builtin(t)
	for _, text := range []string{"which films leaked?", "Which films leaked? How long do I boil an egg?"} {
		start := time.Now()
		a := ask(t, ix, Query{Text: text})
		left := time.Since(start) - a.Times.Waiting
		for stage, took := range map[string]time.Duration{
			"understanding": a.Times.Understanding, "retrieving": a.Times.Retrieving, "reading": a.Times.Reading,
		} {
			if left -= took; took <= 0 {
				t.Errorf("%q: %s took %s", text, stage, took)
			}
		}
		if left < 0 {
			t.Errorf("%q: the stages took %s more than the whole", text, -left)
		}
	}
}

// TestTimeWaiting: who waits for a turn is told how long.
func TestTimeWaiting(t *testing.T) {
	ix := builtin(t)
	for range cap(ix.queue.slots) {
		ix.queue.slots <- struct{}{}
	}
	asked := make(chan Answer)
	go func() {
		a, _ := ix.Ask(t.Context(), Query{Text: "which films leaked?"})
		asked <- a
	}()
	for ix.queue.waiting.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	stood := time.Now() // it waits already
	time.Sleep(time.Millisecond)
	least := time.Since(stood)
	for range cap(ix.queue.slots) {
		<-ix.queue.slots
	}
	if a := <-asked; a.Times.Waiting < least {
		t.Errorf("it waited %s, want at least %s", a.Times.Waiting, least)
	}
}
