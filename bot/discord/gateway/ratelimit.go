package gateway

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
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// A rateLimiter keeps requests within what Discord lets the bot send, as its responses say:
// https://discord.com/developers/docs/topics/rate-limits
type rateLimiter struct {
	mu      sync.Mutex
	buckets *lru.Cache[string, *bucket]
	rate    *rate.Limiter // of all requests but those of interactions
	global  time.Time     // none of these may be sent before
	blocked time.Time     // nothing at all may be sent before
	refused []time.Time   // when Discord said no
	told    time.Time     // when onStop was called last
	onStop  func()        // told that nothing is sent for a while
	met     func(string)  // told what each 429 limits
}

// A bucket is what Discord said about one route in one channel.
type bucket struct {
	limit     int // how many may be sent in a window; 0 where unknown
	window    time.Duration
	remaining int
	reset     time.Time
	refused   time.Time // when Discord takes the next one, by its last 429
}

// Discord takes 50 requests a second in all, those of interactions apart. What
// comes in a burst must wait for its turn here: if it is sent all the same, most
// of it is refused, again and again. In no second are more than pacePerSecond and
// paceBurst sent.
const (
	pacePerSecond = 44
	paceBurst     = 5
)

// resetMargin makes up for the rounding of the times that Discord names.
const resetMargin = 5 * time.Millisecond

// Discord bans an address that gets 10,000 responses of 401, 403 or 429 within
// ten minutes:
// https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
//
// The answers to commands and clicks go on where all else stops: they are not what
// is refused, and people wait for them.
const (
	refusedLimit  = 2000
	refusedLast   = 8000 // for the answers to commands and clicks
	refusedWindow = 10 * time.Minute
)

func newRateLimiter() *rateLimiter {
	buckets, err := lru.New[string, *bucket](4096)
	if err != nil {
		panic(err) // only for a size below one
	}
	return &rateLimiter{buckets: buckets, met: func(string) {}, rate: rate.NewLimiter(pacePerSecond, paceBurst)}
}

// ErrPaused stops requests before Discord bans the address.
var ErrPaused = errors.New("too many requests were refused by Discord; waiting some minutes")

// admit waits until a request may be sent.
func (l *rateLimiter) admit(ctx context.Context, key string, interaction bool) error {
	if err := l.wait(ctx, key, interaction); err != nil || interaction {
		return err
	}
	if l.rate.Wait(ctx) != nil { // it says so at once if there is not the time
		return &limitedError{time.Second}
	}
	return nil
}

// wait waits for what Discord has said.
func (l *rateLimiter) wait(ctx context.Context, key string, interaction bool) error {
	for {
		l.mu.Lock()
		now := time.Now()
		if l.stopped(now, interaction) {
			l.mu.Unlock()
			return ErrPaused
		}
		until := l.blocked
		if l.global.After(until) && !interaction {
			until = l.global
		}
		if b, ok := l.buckets.Get(key); ok && key != "" {
			switch {
			case b.refused.After(now):
				if b.refused.After(until) {
					until = b.refused
				}
			case !now.Before(b.reset) && b.limit > 1:
				// A new window; the first response will tell when it ends.
				b.remaining, b.reset = b.limit-1, now.Add(b.window)
			case !now.Before(b.reset):
				l.buckets.Remove(key)
			case b.remaining <= 0 && b.reset.After(until):
				until = b.reset
			default:
				b.remaining--
			}
		}
		l.mu.Unlock()
		if !until.After(now) {
			return nil
		}
		wait := until.Sub(now)
		if deadline, ok := ctx.Deadline(); ok && until.After(deadline) {
			return &limitedError{wait}
		}
		if err := sleep(ctx, wait); err != nil {
			return err
		}
	}
}

// stopped says whether Discord said no so often that nothing may be sent for a
// while. l.mu is held.
func (l *rateLimiter) stopped(now time.Time, interaction bool) bool {
	limit := refusedLimit
	if interaction {
		limit = refusedLast
	}
	n := len(l.refused)
	if n < limit || now.Sub(l.refused[n-limit]) >= refusedWindow {
		return false
	}
	if l.onStop != nil && now.Sub(l.told) >= refusedWindow {
		l.told = now
		l.onStop()
	}
	return true
}

// learn keeps what the headers say about the route.
func (l *rateLimiter) learn(key string, resp *http.Response) {
	l.count(resp)
	remaining, err := strconv.Atoi(resp.Header.Get("X-RateLimit-Remaining"))
	if err != nil || key == "" {
		return
	}
	after, err := strconv.ParseFloat(resp.Header.Get("X-RateLimit-Reset-After"), 64)
	if err != nil || after < 0 || after > 3600 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	window := time.Duration(after*float64(time.Second)) + resetMargin
	limit, _ := strconv.Atoi(resp.Header.Get("X-RateLimit-Limit"))
	b, ok := l.buckets.Get(key)
	if !ok {
		l.buckets.Add(key, &bucket{limit: limit, window: window, remaining: remaining, reset: time.Now().Add(window)})
		return
	}
	// Requests that were sent together come back in any order.
	b.remaining = min(b.remaining, remaining)
	b.reset = time.Now().Add(window)
	b.limit, b.window = limit, max(b.window, window)
}

// limited keeps what a 429 says, in JSON or, from Cloudflare, in a header of a page of
// HTML, and returns how long to wait.
func (l *rateLimiter) limited(key string, resp *http.Response) time.Duration {
	l.count(resp)
	b, _ := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	_ = resp.Body.Close()
	resp.Body = io.NopCloser(bytes.NewReader(b))
	var p struct {
		After  float64 `json:"retry_after"`
		Global bool    `json:"global"`
	}
	isJSON := json.Unmarshal(b, &p) == nil
	// The header is in whole seconds, rounded up, so that it says more only where
	// the body says nothing or something else altogether.
	if h, err := strconv.ParseFloat(resp.Header.Get("Retry-After"), 64); err == nil && (p.After <= 0 || h > p.After+1) {
		p.After = h
	}
	if !(p.After > 0) {
		p.After = 1
	}
	wait := time.Duration(min(p.After, 86400)*float64(time.Second)) + resetMargin + rand.N(50*time.Millisecond)
	l.met(limitOf(isJSON, p.Global))
	l.mu.Lock()
	defer l.mu.Unlock()
	until := time.Now().Add(wait)
	switch {
	case !isJSON: // Cloudflare means the whole address
		l.blocked = later(l.blocked, until)
	case p.Global:
		l.global = later(l.global, until)
	case key != "":
		b, ok := l.buckets.Get(key)
		if !ok {
			b = &bucket{}
			l.buckets.Add(key, b)
		}
		b.remaining, b.refused = 0, later(b.refused, until)
		b.reset = later(b.reset, until)
	}
	return wait
}

// What Discord limits, see [Config].Limited.
const (
	LimitRoute   = "route"   // one kind of request, in a channel mostly
	LimitGlobal  = "global"  // all requests of the bot
	LimitAddress = "address" // all requests of its address
)

func limitOf(isJSON, global bool) string {
	switch {
	case !isJSON:
		return LimitAddress
	case global:
		return LimitGlobal
	}
	return LimitRoute
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// left is how long Discord takes no such request yet, as far as it has said.
func (l *rateLimiter) left(key string, interaction bool) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	until := l.blocked
	if !interaction {
		until = later(until, l.global)
	}
	if b, ok := l.buckets.Get(key); ok && key != "" {
		until = later(until, b.refused)
	}
	return max(0, time.Until(until))
}

// count keeps the times of responses that Discord counts against the address.
func (l *rateLimiter) count(resp *http.Response) {
	switch resp.StatusCode {
	case 401, 403, 429:
	default:
		return
	}
	if resp.Header.Get("X-RateLimit-Scope") == "shared" {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.refused = append(l.refused, time.Now())
	if n := len(l.refused); n > 2*refusedLast {
		l.refused = append(l.refused[:0:0], l.refused[n-refusedLast:]...)
	}
}

// isInteraction says whether a request is one of those that the limit of the whole
// bot does not count.
func isInteraction(path string) bool {
	return strings.Contains(path, "/interactions/") || strings.Contains(path, "/webhooks/")
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
