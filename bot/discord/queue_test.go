package discord

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"dossier/bot/discord/message"
	"dossier/index"
)

// TestTurn lets questions come while all askers are busy. A message waits its
// turn and has its full time then; a command is told to come back, not to ask
// something shorter.
func TestTurn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var left time.Duration
		asker := &fakeAsker{onAsk: func(ctx context.Context, q index.Query) (index.Answer, error) {
			deadline, _ := ctx.Deadline()
			left = time.Until(deadline)
			return index.Answer{Outcome: index.Absent}, nil
		}}
		b, err := New(Config{Token: "x", Transport: transportFunc(nil)}, asker, discardLog)
		if err != nil {
			t.Fatal(err)
		}
		var mu sync.Mutex // of busy
		var busy []func()
		free := func() {
			mu.Lock()
			defer mu.Unlock()
			busy[0]()
			busy = busy[1:]
		}
		fill := func() {
			mu.Lock()
			defer mu.Unlock()
			for len(busy) < askers {
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				done, err := b.interactions.answers.queue.acquire(ctx)
				if err != nil {
					t.Fatal(err)
				}
				busy = append(busy, done)
			}
		}
		fill()
		q := index.Query{Text: "which films leaked?"}
		for _, kind := range []string{"slash", "private", "more", "suggested"} {
			// Of its three seconds, half a one has gone by.
			ctx, cancel := context.WithTimeout(t.Context(), interactionLife-500*time.Millisecond)
			start := time.Now()
			_, err := b.interactions.answers.ask(ctx, kind, q)
			if d := time.Since(start); !errors.Is(err, errBusy) || d != 1700*time.Millisecond {
				t.Errorf("%s got %v after %s", kind, err, d)
			}
			time.AfterFunc(time.Second, free)
			if _, err := b.interactions.answers.ask(ctx, kind, q); err == nil {
				t.Errorf("%s got an answer when its time was over", kind)
			}
			cancel()
			time.Sleep(2 * time.Second)
			fill()
			if say := userMessage(err, message.LanguageOf("")); !strings.Contains(say, "ask again in 5 s") {
				t.Errorf("%s says %q", kind, say)
			}
		}
		for _, kind := range []string{"mention", "direct"} {
			time.AfterFunc(5*time.Second, free)
			if _, err := b.interactions.answers.ask(t.Context(), kind, q); err != nil || left != interactionLife/2 {
				t.Errorf("%s got %v, %s were left to answer", kind, err, left)
			}
			fill()
		}
		time.AfterFunc(5*time.Minute, free) // a message waits for as long as it takes
		if _, err := b.interactions.answers.ask(t.Context(), "direct", q); err != nil {
			t.Errorf("a message got %v", err)
		}
	})
}

// TestTurnOfCommands fills the queue with messages: a command goes past them.
func TestTurnOfCommands(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b, err := New(Config{Token: "x", Transport: transportFunc(nil)}, &fakeAsker{onAsk: func(_ context.Context, q index.Query) (index.Answer, error) {
			time.Sleep(200 * time.Millisecond)
			return index.Answer{Outcome: index.Absent}, nil
		}}, discardLog)
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		ended := make(chan time.Duration, 10*askers)
		for range 10 * askers {
			go func() {
				if _, err := b.interactions.answers.ask(context.Background(), "mention", index.Query{Text: "x"}); err != nil {
					t.Error(err)
				}
				ended <- time.Since(start)
			}()
		}
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), interactionLife)
		defer cancel()
		if _, err := b.interactions.answers.ask(ctx, "slash", index.Query{Text: "x"}); err != nil || time.Since(start) != 200*time.Millisecond {
			t.Errorf("a command got %v after %s", err, time.Since(start))
		}
		var last time.Duration
		for range 10 * askers {
			last = max(last, <-ended)
		}
		if last != 4*time.Second { // half of the askers, 20 rounds
			t.Errorf("the last message was answered after %s", last)
		}
		if b.interactions.answers.queue.all.free != askers || b.interactions.answers.queue.messages.free != askers/2 {
			t.Error("a turn was not given back")
		}
	})
}

// TestTurnOfMany lets 1,000 people ask at once, more than there is time
// for: as many as can be have an answer, and the others are told well before
// Discord stops waiting, most of them at once.
func TestTurnOfMany(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		took := time.Duration(askers) * 4 * time.Millisecond // 250 a second
		b, err := New(Config{Token: "x", Transport: transportFunc(nil)}, &fakeAsker{quiet: true, onAsk: func(context.Context, index.Query) (index.Answer, error) {
			time.Sleep(took)
			return index.Answer{Outcome: index.Absent}, nil
		}}, discardLog)
		if err != nil {
			t.Fatal(err)
		}
		type end struct {
			err   error
			after time.Duration
		}
		start, ends := time.Now(), make(chan end, 1000)
		for range cap(ends) {
			go func() {
				ctx, cancel := context.WithTimeout(context.Background(), interactionLife)
				defer cancel()
				_, err := b.interactions.answers.ask(ctx, "slash", index.Query{Text: "x"})
				ends <- end{err, time.Since(start)}
			}()
		}
		answered, busy, early := 0, 0, 0
		for range cap(ends) {
			e := <-ends
			switch {
			case e.err == nil && e.after < interactionLife-sendReserve:
				answered++
			case errors.Is(e.err, errBusy) && e.after <= interactionLife-busyReserve:
				busy++
				if e.after < time.Second {
					early++
				}
			default:
				t.Fatalf("got %v after %s", e.err, e.after)
			}
		}
		if could := int(interactionLife-busyReserve) / int(4*time.Millisecond); answered < could-askers || answered > could+askers {
			t.Errorf("%d answers, there is time for %d", answered, could)
		}
		if early < busy/3 {
			t.Errorf("of %d that were told to come back, %d were told within a second", busy, early)
		}
		t.Logf("%d answered, %d told to come back, %d of them within a second", answered, busy, early)
	})
}
