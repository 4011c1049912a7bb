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
	"time"
)

// A transport carries the bot's REST requests. It does what discordgo does not:
// waits that end with the request's context, retries that do not hammer, limits
// that are forgotten, and a stop when Discord keeps refusing. discordgo's own
// rate limiter is left out of the way by giving it a fresh bucket each time.
type transport struct {
	base   http.RoundTripper
	limits *rateLimiter
	clock  clock // learns from every response
}

const (
	maxTries   = 4 // of what nobody waits for
	maxLimited = 8 // responses of 429 that cost no try
)

func newTransport(base http.RoundTripper) *transport {
	return &transport{base: base, limits: newRateLimiter()}
}

// CloseIdleConnections is for [http.Client.CloseIdleConnections].
func (t *transport) CloseIdleConnections() {
	if c, ok := t.base.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

// RoundTrip sends a request, again if that is safe and may help.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	body, err := readBody(req)
	if err != nil {
		return nil, err
	}
	key, interaction := bucketKey(req.Method, req.URL.Path), isInteraction(req.URL.Path)
	for try, limited := 1, 0; ; try++ {
		if err := t.limits.admit(ctx, key, interaction); err != nil {
			return nil, err
		}
		resp, err := t.once(req, body)
		var wait time.Duration
		switch {
		case err != nil:
			if ctx.Err() != nil || !repeatable(req.Method, req.URL.Path, body) {
				return nil, err
			}
			wait = backoff(ctx, try)
		case resp.StatusCode == http.StatusTooManyRequests:
			wait = t.limits.limited(key, resp)
			resp.Header.Set("Retry-After", strconv.FormatFloat(wait.Seconds(), 'f', 3, 64)) // for whoever gets the response
			if limited++; limited < maxLimited {
				try-- // it is a matter of waiting, not of luck
			}
		case resp.StatusCode >= 500:
			if !repeatable(req.Method, req.URL.Path, body) {
				return plain(resp), nil
			}
			wait = backoff(ctx, try)
		default:
			t.limits.learn(key, resp)
			return quiet(resp), nil
		}
		// No waiting for what cannot come in time.
		deadline, ok := ctx.Deadline()
		if try >= maxTries && !(ok && awaited(req.URL.Path)) || ok && time.Until(deadline) < wait || wait > time.Minute {
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
	t.clock.learn(resp.Header.Get("Date"), sent, time.Now())
	resp.Body = &boundedBody{resp.Body, maxBody}
	return resp, nil
}

// maxBody is how long a response may be. The longest that the bot asks for is that
// of its commands, 40 KB in all languages.
const maxBody = 2 << 20

var errBody = errors.New("the response is too long")

// A boundedBody fails where a response is too long.
type boundedBody struct {
	io.ReadCloser
	left int
}

func (b *boundedBody) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errBody
	}
	n, err := b.ReadCloser.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

// now is the time by Discord's clock.
func (t *transport) now() time.Time { return t.clock.now() }

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

// awaited says whether people wait for a request: those are tried for as long as
// they have time, through an outage of some seconds. What the bot asks for itself
// fails sooner; who asks tries again, and says so.
func awaited(path string) bool {
	return isInteraction(path) || strings.Contains(path, "/channels/")
}

// backoff is how long to wait after so many tries: twice as long each time, up to
// four seconds or so. Where that is longer than there is time, it is half of that
// time: one more try may be the one that helps.
func backoff(ctx context.Context, try int) time.Duration {
	d := min(150*time.Millisecond<<min(try-1, 5), 3*time.Second)
	d = d/2 + rand.N(d)
	if end, ok := ctx.Deadline(); ok {
		if half := time.Until(end) / 2; half > lastPause {
			d = min(d, half)
		}
	}
	return d
}

// lastPause is too short for another try to find anything changed.
const lastPause = 150 * time.Millisecond

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
