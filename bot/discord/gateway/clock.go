package gateway

import (
	"net/http"
	"sync"
	"time"
)

// A clock tells Discord's time, in which an interaction has its three seconds.
//
// What Discord says about its time is the Date of a response, in whole seconds,
// made at some moment between the request and the response. That is a range for
// the difference to this machine's clock, about a second wide. Each response has
// another range and the difference lies in all of them, so what they share is
// narrower: after a handful of requests, hardly more than one takes. Where the
// ranges share nothing, a clock was set or has drifted, and the newest counts.
type clock struct {
	mu       sync.Mutex
	known    bool
	min, max time.Duration // of Discord's clock minus ours
}

// learn takes the Date of a response to a request that was sent and answered at
// these times of this machine.
func (c *clock) learn(date string, sent, answered time.Time) {
	d, err := http.ParseTime(date)
	if err != nil {
		return
	}
	least, most := d.Sub(answered), d.Add(time.Second).Sub(sent)
	c.mu.Lock()
	defer c.mu.Unlock()
	if lo, hi := max(c.min, least), min(c.max, most); c.known && lo <= hi {
		least, most = lo, hi
	}
	c.known, c.min, c.max = true, least, most
}

// now is the time by Discord's clock. Where this machine's clock agrees with all
// that Discord said it is taken to be right: most are kept right over the
// network, to a few milliseconds. Else the result is rather too early than too
// late, by no more than the range is wide: an interaction that is answered in
// vain costs a request, one that is thought too old costs somebody an answer.
func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.min <= 0 && c.max >= 0 {
		return time.Now()
	}
	return time.Now().Add(c.min)
}
