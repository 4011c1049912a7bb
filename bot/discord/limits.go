package discord

import (
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// Limits says how often each person may ask. Nothing else is limited: where many
// people ask, each of them has a first question, and [lines] keep them in order.
type Limits struct {
	User Limit
}

// A Limit allows Burst questions at once and one more Every so often.
type Limit struct {
	Burst int
	Every time.Duration
}

// defaultLimits keep one person from filling a channel.
var defaultLimits = Limits{User: Limit{5, 6 * time.Second}}

// A limiter counts questions against the limits, in memory, for those active last.
type limiter struct {
	limit   Limit
	metrics Metrics
	byID    *lru.Cache[string, *rate.Limiter]

	telling sync.Mutex
	told    *lru.Cache[string, time.Time] // who has been told until when to wait
}

const limiterSize = 4096

func newLimiter(l Limits, m Metrics) *limiter {
	if l.User.Burst == 0 {
		l = defaultLimits
	}
	byID, err := lru.New[string, *rate.Limiter](limiterSize)
	if err != nil {
		panic(err) // only for a size below one
	}
	told, err := lru.New[string, time.Time](limiterSize)
	if err != nil {
		panic(err)
	}
	return &limiter{limit: l.User, metrics: m, byID: byID, told: told}
}

// wait says how long somebody has to wait before asking; zero means that they may
// now. A refusal is not charged, so that who waits that long is let in.
func (l *limiter) wait(user string) time.Duration {
	now := time.Now()
	r, ok := l.byID.Get(user)
	if !ok {
		r = rate.NewLimiter(rate.Every(l.limit.Every), l.limit.Burst)
		if old, ok, _ := l.byID.PeekOrAdd(user, r); ok {
			r = old
		}
	}
	made := r.ReserveN(now, 1)
	wait := made.DelayFrom(now)
	if wait > 0 {
		made.CancelAt(now)
		l.metrics.Limited(limitPerson)
	}
	return wait
}

// tell says whether somebody who has to wait should be told so: once until the wait
// is over, not for every message.
func (l *limiter) tell(user string, wait time.Duration) bool {
	l.telling.Lock()
	defer l.telling.Unlock()
	now := time.Now()
	if until, ok := l.told.Get(user); ok && now.Before(until) {
		return false
	}
	l.told.Add(user, now.Add(wait))
	return true
}
