package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

// A transport carries the bot's REST requests. It does what discordgo does not:
// waits that end with the request's context, retries that do not hammer, limits
// that are forgotten, and a stop when Discord keeps refusing. discordgo's own
// rate limiter is left out of the way by giving it a fresh bucket each time.
type transport struct {
	base http.RoundTripper

	mu      sync.Mutex
	buckets *lru.Cache[string, *bucket]
	global  time.Time // nothing may be sent before
	refused []time.Time

	skew atomic.Int64 // Discord's clock minus ours, in nanoseconds
}

// A bucket is what Discord said about one route in one channel.
type bucket struct {
	remaining int
	reset     time.Time
}

const (
	maxTries = 4
	// Discord bans an address that gets 10,000 responses of 401, 403 or 429
	// within ten minutes:
	// https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
	refusedLimit  = 2000
	refusedWindow = 10 * time.Minute
)

func newTransport(base http.RoundTripper) *transport {
	buckets, err := lru.New[string, *bucket](4096)
	if err != nil {
		panic(err) // only for a size below one
	}
	return &transport{base: base, buckets: buckets}
}

// CloseIdleConnections is for [http.Client.CloseIdleConnections].
func (t *transport) CloseIdleConnections() {
	if c, ok := t.base.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

// errRefusing stops requests before Discord bans the address.
var errRefusing = errors.New("too many requests were refused by Discord; waiting some minutes")

// RoundTrip sends a request, again if that is safe and may help.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	body, err := readBody(req)
	if err != nil {
		return nil, err
	}
	key := bucketKey(req.Method, req.URL.Path)
	for try := 1; ; try++ {
		if err := t.turn(ctx, key); err != nil {
			return nil, err
		}
		resp, err := t.once(req, body)
		var wait time.Duration
		switch {
		case err != nil:
			if ctx.Err() != nil || !repeatable(req.Method, req.URL.Path, body) {
				return nil, err
			}
			wait = backoff(try)
		case resp.StatusCode == http.StatusTooManyRequests:
			wait = t.limited(key, resp)
		case resp.StatusCode >= 500:
			if !repeatable(req.Method, req.URL.Path, body) {
				return plain(resp), nil
			}
			wait = backoff(try)
		default:
			t.learn(key, resp)
			return quiet(resp), nil
		}
		// No waiting for what cannot come in time.
		deadline, ok := ctx.Deadline()
		if try == maxTries || ok && time.Until(deadline) < wait || wait > time.Minute {
			if err != nil {
				return nil, err
			}
			return plain(resp), nil
		}
		if resp != nil {
			drain(resp)
		}
		if err := sleep(ctx, wait); err != nil {
			return nil, err
		}
	}
}

func (t *transport) once(req *http.Request, body []byte) (*http.Response, error) {
	r := *req
	if body != nil {
		r.Body = io.NopCloser(bytes.NewReader(body))
		r.ContentLength = int64(len(body))
	}
	sent := time.Now()
	resp, err := t.base.RoundTrip(&r)
	if err != nil {
		return nil, err
	}
	if date, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		// The header has whole seconds.
		mid := sent.Add(time.Since(sent) / 2)
		t.skew.Store(int64(date.Add(500 * time.Millisecond).Sub(mid)))
	}
	return resp, nil
}

// now is the time by Discord's clock, as far as a difference matters.
func (t *transport) now() time.Time {
	if skew := time.Duration(t.skew.Load()); skew.Abs() > 2*time.Second {
		return time.Now().Add(skew)
	}
	return time.Now()
}

func readBody(req *http.Request) ([]byte, error) {
	if req.Body == nil {
		return nil, nil
	}
	defer func() { _ = req.Body.Close() }()
	if n := req.ContentLength; n > 0 {
		b := make([]byte, n)
		_, err := io.ReadFull(req.Body, b)
		return b, err
	}
	return io.ReadAll(req.Body)
}

// repeatable says whether a request that may have got through may be sent
// again. Creating a message is when it carries a nonce that Discord checks, the
// first response to an interaction is because Discord takes only one.
func repeatable(method, path string, body []byte) bool {
	return method != http.MethodPost || strings.HasSuffix(path, "/callback") ||
		bytes.Contains(body, []byte(`"enforce_nonce":true`))
}

func backoff(try int) time.Duration {
	d := 150 * time.Millisecond << (try - 1)
	return d/2 + rand.N(d)
}

// turn waits until a request may be sent.
func (t *transport) turn(ctx context.Context, key string) error {
	for {
		t.mu.Lock()
		now := time.Now()
		if n := len(t.refused); n >= refusedLimit && now.Sub(t.refused[n-refusedLimit]) < refusedWindow {
			t.mu.Unlock()
			return errRefusing
		}
		until := t.global
		if b, ok := t.buckets.Get(key); ok && key != "" {
			switch {
			case !now.Before(b.reset):
				t.buckets.Remove(key)
			case b.remaining <= 0 && b.reset.After(until):
				until = b.reset
			default:
				b.remaining--
			}
		}
		t.mu.Unlock()
		if !until.After(now) {
			return nil
		}
		wait := until.Sub(now)
		if deadline, ok := ctx.Deadline(); ok && until.After(deadline) {
			return context.DeadlineExceeded
		}
		if err := sleep(ctx, wait); err != nil {
			return err
		}
	}
}

// learn keeps what the headers say about the route.
func (t *transport) learn(key string, resp *http.Response) {
	t.count(resp)
	remaining, err := strconv.Atoi(resp.Header.Get("X-RateLimit-Remaining"))
	if err != nil || key == "" {
		return
	}
	after, err := strconv.ParseFloat(resp.Header.Get("X-RateLimit-Reset-After"), 64)
	if err != nil || after < 0 || after > 3600 {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	reset := time.Now().Add(time.Duration(after * float64(time.Second)))
	if b, ok := t.buckets.Get(key); ok {
		// Requests that were sent together come back in any order.
		b.remaining = min(b.remaining, remaining)
		b.reset = reset
		return
	}
	t.buckets.Add(key, &bucket{remaining: remaining, reset: reset})
}

// limited keeps what a 429 says, in JSON or, from Cloudflare, in a header of a
// page of HTML, and returns how long to wait.
func (t *transport) limited(key string, resp *http.Response) time.Duration {
	t.count(resp)
	b, _ := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	_ = resp.Body.Close()
	resp.Body = io.NopCloser(bytes.NewReader(b))
	var p struct {
		After  float64 `json:"retry_after"`
		Global bool    `json:"global"`
	}
	isJSON := json.Unmarshal(b, &p) == nil
	if h, err := strconv.ParseFloat(resp.Header.Get("Retry-After"), 64); err == nil && p.After == 0 {
		p.After = h
	}
	if p.After <= 0 {
		p.After = 1
	}
	wait := time.Duration(min(p.After, 86400)*float64(time.Second)) + rand.N(50*time.Millisecond)
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case p.Global, !isJSON: // Cloudflare means the whole address
		t.global = time.Now().Add(wait)
	case key != "":
		t.buckets.Add(key, &bucket{reset: time.Now().Add(wait)})
	}
	return wait
}

// count keeps the times of responses that Discord counts against the address.
func (t *transport) count(resp *http.Response) {
	switch resp.StatusCode {
	case 401, 403, 429:
	default:
		return
	}
	if resp.Header.Get("X-RateLimit-Scope") == "shared" {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.refused = append(t.refused, time.Now())
	if n := len(t.refused); n > 2*refusedLimit {
		t.refused = append(t.refused[:0:0], t.refused[n-refusedLimit:]...)
	}
}

// quiet takes the headers away that discordgo's own rate limiter would act on.
func quiet(resp *http.Response) *http.Response {
	for _, h := range [...]string{"X-Ratelimit-Remaining", "X-Ratelimit-Reset", "X-Ratelimit-Reset-After", "X-Ratelimit-Global"} {
		delete(resp.Header, h)
	}
	return resp
}

// plain makes sure that discordgo finds JSON in an error.
func plain(resp *http.Response) *http.Response {
	quiet(resp)
	b, _ := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	_ = resp.Body.Close()
	if !json.Valid(b) {
		b = []byte(`{"message":"not JSON"}`)
	}
	resp.Body = io.NopCloser(bytes.NewReader(b))
	resp.ContentLength = int64(len(b))
	return resp
}

func drain(resp *http.Response) {
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10))
	_ = resp.Body.Close()
}

// bucketKey is what requests share a limit under: the method, the route and the
// channel. Interactions have no limit of this kind.
func bucketKey(method, path string) string {
	_, after, ok := strings.Cut(path, "/channels/")
	if !ok {
		return ""
	}
	channel, rest, _ := strings.Cut(after, "/")
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		rest = rest[:i] + "/{}"
	}
	return method + channel + "/" + rest
}
