package gateway

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestPace sends 300 messages at once, to as many channels: never more in a second
// than Discord takes, and no slower than that. The answers to commands, which
// Discord does not count, go past them.
func TestPace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var sent []time.Time
		tr := newTransport(tripper(func(r *http.Request) (*http.Response, error) {
			mu.Lock()
			defer mu.Unlock()
			if !strings.Contains(r.URL.Path, "/callback") {
				sent = append(sent, time.Now())
			}
			return &http.Response{StatusCode: 200, Body: http.NoBody, Header: http.Header{}}, nil
		}))
		start := time.Now()
		var all sync.WaitGroup
		for n := range 300 {
			all.Go(func() {
				req, _ := http.NewRequestWithContext(t.Context(), "POST", fmt.Sprintf("https://discord.com/api/v9/channels/%d/messages", n), nil)
				if _, err := tr.RoundTrip(req); err != nil {
					t.Error(err)
				}
			})
		}
		synctest.Wait()
		for range 100 {
			req, _ := http.NewRequestWithContext(t.Context(), "POST", callbackURL, nil)
			if _, err := tr.RoundTrip(req); err != nil {
				t.Error(err)
			}
		}
		if d := time.Since(start); d > 0 {
			t.Errorf("the answers to commands waited %s", d)
		}
		all.Wait()
		if d := time.Since(start); d > 7*time.Second {
			t.Errorf("300 messages took %s", d)
		}
		for i := range sent {
			n := 0
			for _, at := range sent[i:] {
				if at.Sub(sent[i]) < time.Second {
					n++
				}
			}
			if n > 50 {
				t.Fatalf("%d messages within a second", n)
			}
		}
		// One that cannot be sent in time is not waited for.
		ctx, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
		defer cancel()
		for range 2 * paceBurst {
			req, _ := http.NewRequestWithContext(ctx, "GET", messagesURL, nil)
			_, _ = tr.RoundTrip(req)
		}
		if d := time.Since(start); d > 8*time.Second {
			t.Errorf("waited for what cannot come in time, until %s", d)
		}
	})
}

// TestGlobalLimitOfInteractions lets the limit of the whole bot be reached: the
// answers to commands are not held up by it, but by a block of the address.
func TestGlobalLimitOfInteractions(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		body string
		wait time.Duration
	}{
		{`{"retry_after":2,"global":true}`, 0},
		{blocked, 2 * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := &script{answers: []func(*http.Request) (*http.Response, error){status(429, tt.body, "Retry-After", "2"), status(200, "{}")}}
			tr := newTransport(s)
			start := time.Now()
			var other sync.WaitGroup
			other.Go(func() {
				req, _ := http.NewRequestWithContext(t.Context(), "GET", messagesURL, nil)
				_, _ = tr.RoundTrip(req)
			})
			synctest.Wait()
			req, _ := http.NewRequestWithContext(t.Context(), "POST", callbackURL, nil)
			if _, err := tr.RoundTrip(req); err != nil {
				t.Fatal(err)
			}
			if d := time.Since(start); d < tt.wait || d > tt.wait+100*time.Millisecond {
				t.Errorf("after %.20s an answer went out after %s, want %s", tt.body, d, tt.wait)
			}
			other.Wait()
		})
	}
}
