package gateway

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// A script answers requests in turn.
type script struct {
	mu      sync.Mutex
	answers []func(*http.Request) (*http.Response, error)
	got     []string
	at      []time.Time
}

func (s *script) RoundTrip(r *http.Request) (*http.Response, error) {
	body := ""
	if r.Body != nil {
		b, _ := io.ReadAll(r.Body)
		body = string(b)
	}
	s.mu.Lock()
	s.got = append(s.got, r.Method+" "+body)
	s.at = append(s.at, time.Now())
	n := min(len(s.got), len(s.answers)) - 1
	s.mu.Unlock()
	return s.answers[n](r)
}

func status(code int, body string, headers ...string) func(*http.Request) (*http.Response, error) {
	return func(*http.Request) (*http.Response, error) {
		h := http.Header{}
		for i := 0; i+1 < len(headers); i += 2 {
			h.Set(headers[i], headers[i+1])
		}
		return &http.Response{StatusCode: code, Header: h, Body: io.NopCloser(strings.NewReader(body))}, nil
	}
}

// A tripper is Discord in one function.
type tripper func(*http.Request) (*http.Response, error)

func (f tripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func broken(*http.Request) (*http.Response, error) { return nil, errors.New("connection reset") }

const (
	callbackURL = "https://discord.com/api/v9/interactions/1/token/callback"
	commandsURL = "https://discord.com/api/v9/applications/1/commands"
	blocked     = "<html>error 1015 you are being rate limited</html>" // by Cloudflare
	messagesURL = "https://discord.com/api/v9/channels/7/messages"
)

func TestTransport(t *testing.T) {
	t.Parallel()
	ok := status(200, "{}")
	type answers = []func(*http.Request) (*http.Response, error)
	tests := []struct {
		name    string
		method  string
		url     string
		body    string
		timeout time.Duration
		answers answers
		tries   int
		code    int // 0: an error
		atLeast time.Duration
	}{
		{"fine", "GET", messagesURL, "", time.Minute, answers{ok}, 1, 200, 0},
		{"503 then fine", "GET", messagesURL, "", time.Minute, answers{status(503, "x"), ok}, 2, 200, 70 * time.Millisecond},
		{"500 for ever", "PUT", commandsURL, "{}", time.Minute, answers{status(500, "x")}, maxTries, 500, 0},
		{"broken then fine", "DELETE", messagesURL + "/1", "", time.Minute, answers{broken, ok}, 2, 200, 0},
		{"broken for ever", "GET", commandsURL, "", time.Minute, answers{broken}, maxTries, 0, 0},
		{"message without a nonce", "POST", messagesURL, "{}", time.Minute, answers{status(502, "x"), ok}, 1, 502, 0},
		{"message with a nonce", "POST", messagesURL, `{"nonce":"1","enforce_nonce":true}`, time.Minute, answers{status(502, "x"), ok}, 2, 200, 0},
		{"callback", "POST", callbackURL, `{"type":4}`, 2500 * time.Millisecond, answers{status(500, "x"), broken, ok}, 3, 200, 0},
		{"callback with no time left", "POST", callbackURL, `{"type":4}`, 20 * time.Millisecond, answers{status(500, "x"), ok}, 1, 500, 0},
		{"429 as JSON", "POST", messagesURL, "{}", time.Minute, answers{status(429, `{"retry_after":1.5,"global":false}`), ok}, 2, 200, 1500 * time.Millisecond},
		{"429 as a page", "GET", messagesURL, "", time.Minute, answers{status(429, blocked, "Retry-After", "3"), ok}, 2, 200, 3 * time.Second},
		{"429 as a page, no header", "GET", messagesURL, "", time.Minute, answers{status(429, blocked), ok}, 2, 200, time.Second},
		{"429 longer than there is time", "POST", callbackURL, "{}", 2500 * time.Millisecond, answers{status(429, `{"retry_after":9}`), ok}, 1, 429, 0},
		{"429 for an hour", "GET", messagesURL, "", 2 * time.Hour, answers{status(429, `{"retry_after":3600}`), ok}, 1, 429, 0},
		{"404", "DELETE", messagesURL + "/1", "", time.Minute, answers{status(404, "{}")}, 1, 404, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), tt.timeout)
				defer cancel()
				s := &script{answers: tt.answers}
				req, _ := http.NewRequestWithContext(ctx, tt.method, tt.url, strings.NewReader(tt.body))
				start := time.Now()
				resp, err := newTransport(s).RoundTrip(req)
				code := 0
				if err == nil {
					code = resp.StatusCode
				}
				if code != tt.code || len(s.got) != tt.tries {
					t.Errorf("got %d (%v) after %d tries, want %d after %d", code, err, len(s.got), tt.code, tt.tries)
				}
				for _, g := range s.got {
					if g != tt.method+" "+tt.body {
						t.Errorf("sent %q, want the body %q each time", g, tt.body)
					}
				}
				if d := time.Since(start); d < tt.atLeast || d > tt.timeout {
					t.Errorf("took %s, want at least %s", d, tt.atLeast)
				}
				if code >= 400 && tt.code != 404 {
					b, _ := io.ReadAll(resp.Body)
					if !bytes.HasPrefix(b, []byte("{")) {
						t.Errorf("discordgo would stumble over %q", b)
					}
				}
			})
		})
	}
}

// TestPatience lets Discord be away for some seconds, and for good: what people wait
// for is tried for as long as they have time, less and less often.
func TestPatience(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		url             string
		time, away      time.Duration
		fine            bool
		atLeast, atMost int
	}{
		{messagesURL, SendTimeout, 3 * time.Second, true, 4, 7},
		{messagesURL, SendTimeout, 20 * time.Second, true, 7, 16},
		{messagesURL, SendTimeout, time.Hour, false, 9, 25},
		{callbackURL, 2500 * time.Millisecond, 1500 * time.Millisecond, true, 3, 8},
		{callbackURL, 2500 * time.Millisecond, time.Hour, false, 4, 12},
	} {
		synctest.Test(t, func(t *testing.T) {
			start, tries := time.Now(), 0
			tr := newTransport(tripper(func(r *http.Request) (*http.Response, error) {
				if tries++; time.Since(start) < tt.away {
					return status(503, "<html>")(r)
				}
				return status(200, "{}")(r)
			}))
			ctx, cancel := context.WithTimeout(t.Context(), tt.time)
			defer cancel()
			req, _ := http.NewRequestWithContext(ctx, "POST", tt.url, strings.NewReader(`{"enforce_nonce":true}`))
			resp, err := tr.RoundTrip(req)
			if err != nil || (resp.StatusCode == 200) != tt.fine || tries < tt.atLeast || tries > tt.atMost || time.Since(start) > tt.time {
				t.Errorf("%s away for %s: got %v, %v after %d tries and %s", tt.url, tt.away, resp, err, tries, time.Since(start))
			}
		})
	}
}

func TestRepeatable(t *testing.T) {
	t.Parallel()
	if repeatable("POST", "/x", []byte(`{"nonce":"1"}`)) {
		t.Error("a nonce that is not enforced makes nothing repeatable")
	}
}
