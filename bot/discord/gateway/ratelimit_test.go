package gateway

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestBuckets checks that the transport waits before it is told to.
func TestBuckets(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &script{answers: []func(*http.Request) (*http.Response, error){
			status(200, "{}", "X-RateLimit-Remaining", "1", "X-RateLimit-Reset-After", "5"),
			status(200, "{}", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset-After", "5"),
			status(200, "{}"),
		}}
		tr := newTransport(s)
		send := func(url string, timeout time.Duration) error {
			ctx, cancel := context.WithTimeout(t.Context(), timeout)
			defer cancel()
			req, _ := http.NewRequestWithContext(ctx, "POST", url, strings.NewReader("{}"))
			_, err := tr.RoundTrip(req)
			return err
		}
		start := time.Now()
		for range 3 {
			if err := send(messagesURL, time.Minute); err != nil {
				t.Fatal(err)
			}
		}
		if d := s.at[2].Sub(start); d < 5*time.Second {
			t.Errorf("the third request went out after %s", d)
		}

		// Another channel does not wait, and a wait ends with its context.
		tr.limits.buckets.Add(bucketKey("POST", "/api/v9/channels/7/messages"), &bucket{reset: time.Now().Add(time.Hour)})
		start = time.Now()
		if err := send("https://discord.com/api/v9/channels/8/messages", time.Minute); err != nil {
			t.Fatal(err)
		}
		if err := send(messagesURL, 200*time.Millisecond); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if d := time.Since(start); d > time.Second {
			t.Errorf("waited %s", d)
		}
	})
}

// TestGlobalLimit checks that a global 429 holds up everything.
func TestGlobalLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &script{answers: []func(*http.Request) (*http.Response, error){
			status(429, `{"retry_after":2,"global":true}`), status(200, "{}"),
		}}
		tr := newTransport(s)
		start := time.Now()
		go func() {
			req, _ := http.NewRequestWithContext(t.Context(), "GET", messagesURL, nil)
			_, _ = tr.RoundTrip(req)
		}()
		synctest.Wait()
		req, _ := http.NewRequestWithContext(t.Context(), "GET", "https://discord.com/api/v9/gateway", nil)
		if _, err := tr.RoundTrip(req); err != nil {
			t.Fatal(err)
		}
		if d := time.Since(start); d < 2*time.Second {
			t.Errorf("another request went out after %s", d)
		}
		synctest.Wait()
		time.Sleep(time.Second)
	})
}

// TestRefusals stops before Discord bans the address, and goes on afterwards.
func TestRefusals(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &script{answers: []func(*http.Request) (*http.Response, error){status(403, "{}")}}
		tr := newTransport(s)
		stops := 0
		tr.limits.onStop = func() { stops++ }
		get := func() error {
			req, _ := http.NewRequestWithContext(t.Context(), "GET", messagesURL, nil)
			_, err := tr.RoundTrip(req)
			return err
		}
		var err error
		for err == nil {
			err = get()
		}
		for range 10 {
			_ = get()
		}
		if !errors.Is(err, ErrPaused) || len(s.got) != refusedLimit {
			t.Errorf("got %v after %d refusals", err, len(s.got))
		}
		if n := stops; n != 1 {
			t.Errorf("told of the stop %d times", n)
		}
		req, _ := http.NewRequestWithContext(t.Context(), "POST", callbackURL, strings.NewReader("{}"))
		if _, err := tr.RoundTrip(req); err != nil {
			t.Errorf("a command got %v", err)
		}
		time.Sleep(refusedWindow)
		if err := get(); err != nil {
			t.Errorf("ten minutes later got %v", err)
		}
		for range 3 * refusedLimit {
			_ = get()
			time.Sleep(time.Second)
		}
		if n := len(tr.limits.refused); n > 2*refusedLast {
			t.Errorf("keeps %d times", n)
		}
	})
}

// TestLongestWait lets Discord name several waits for one route, for all routes and
// for the address, and responses to older requests come in after them: the longest
// counts.
func TestLongestWait(t *testing.T) {
	t.Parallel()
	const path = "/api/v9/channels/7/messages"
	key := bucketKey("POST", path)
	limited := func(body string, headers ...string) func(*rateLimiter) {
		return func(l *rateLimiter) {
			resp, _ := status(429, body, headers...)(nil)
			l.limited(key, resp)
		}
	}
	older := func(l *rateLimiter) {
		resp, _ := status(200, "{}", "X-RateLimit-Limit", "5", "X-RateLimit-Remaining", "4", "X-RateLimit-Reset-After", "1")(nil)
		l.learn(key, resp)
	}
	for name, said := range map[string][]func(*rateLimiter){
		"an older 200":         {limited(`{"retry_after":60}`), older},
		"known before":         {older, limited(`{"retry_after":60}`), older},
		"a shorter one":        {limited(`{"retry_after":60}`), limited(`{"retry_after":5}`)},
		"a shorter global one": {limited(`{"retry_after":60,"global":true}`), limited(`{"retry_after":5,"global":true}`)},
		"a shorter page":       {limited(blocked, "Retry-After", "60"), limited(blocked, "Retry-After", "5")},
		"in the header":        {limited(`{"retry_after":1}`, "Retry-After", "60")},
		"in the body":          {limited(`{"retry_after":60}`, "Retry-After", "1")},
	} {
		synctest.Test(t, func(t *testing.T) {
			l := newRateLimiter()
			for _, say := range said {
				say(l)
				time.Sleep(time.Millisecond)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
			defer cancel()
			err := l.admit(ctx, key, false)
			e, ok := asAPIError("send", err).(*Error)
			if !ok || e.Status != 429 || e.Wait < 59*time.Second || e.Wait > 61*time.Second || !strings.Contains(e.Error(), "rate limit, for another 1m") {
				t.Errorf("%s: admit() got %v", name, asAPIError("send", err))
			}
			if d := l.left(key, false); d < 59*time.Second || d > 61*time.Second {
				t.Errorf("%s: %s are left", name, d)
			}
			time.Sleep(61 * time.Second)
			if err := l.admit(t.Context(), key, false); err != nil || l.left(key, false) != 0 {
				t.Errorf("%s: a minute later admit() got %v", name, err)
			}
		})
	}
}

func TestBucketKey(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ method, path, want string }{
		{"POST", "/api/v9/channels/7/messages", "POST7/messages"},
		{"PATCH", "/api/v9/channels/7/messages/9", "PATCH7/messages/{}"},
		{"PATCH", "/api/v9/channels/7/messages/8", "PATCH7/messages/{}"},
		{"POST", "/api/v9/interactions/1/secret/callback", ""},
		{"DELETE", "/api/v9/webhooks/1/secret/messages/@original", ""},
	} {
		if got := bucketKey(tt.method, tt.path); got != tt.want {
			t.Errorf("bucketKey(%s %s) got %q want %q", tt.method, tt.path, got, tt.want)
		}
	}
}
