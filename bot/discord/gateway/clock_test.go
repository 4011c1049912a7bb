package gateway

import (
	"math/rand/v2"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// TestClock makes requests to a Discord whose clock differs from ours.
func TestClock(t *testing.T) {
	t.Parallel()
	const way = 40 * time.Millisecond // of a request, or of its response
	for _, off := range []time.Duration{
		0, 30 * time.Millisecond, -400 * time.Millisecond, time.Second, 1900 * time.Millisecond, -1900 * time.Millisecond, 30 * time.Second, -time.Hour,
	} {
		synctest.Test(t, func(t *testing.T) {
			off := off // changes below
			rnd := rand.New(rand.NewPCG(3, uint64(off)))
			answer := func(*http.Request) (*http.Response, error) {
				time.Sleep(way)
				date := time.Now().Add(off).UTC().Format(http.TimeFormat)
				time.Sleep(way)
				return status(200, "{}", "Date", date)(nil)
			}
			tr := newTransport(&script{answers: []func(*http.Request) (*http.Response, error){answer}})
			request := func() {
				time.Sleep(time.Duration(rnd.Int64N(int64(20 * time.Second))))
				req, _ := http.NewRequestWithContext(t.Context(), "GET", messagesURL, nil)
				if _, err := tr.RoundTrip(req); err != nil {
					t.Fatal(err)
				}
			}
			// wrong is how late the clock is; early is fine within limits.
			wrong := func() time.Duration { return tr.now().Sub(time.Now().Add(off)) }
			request()
			if d := wrong(); off.Abs() > time.Second && (d > 0 || d < -time.Second-2*way) {
				t.Errorf("off by %s, after one request: wrong by %s", off, d)
			}
			for range 50 {
				request()
			}
			if d := wrong(); d > 2*way || d < -200*time.Millisecond {
				t.Errorf("off by %s, after many requests: wrong by %s", off, d)
			}
			// Somebody sets a clock.
			off += 5 * time.Second
			request()
			if d := wrong(); d > 2*way || d < -time.Second-2*way {
				t.Errorf("off by %s, after one more request: wrong by %s", off, d)
			}
		})
	}
}
