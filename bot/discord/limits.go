package discord

import (
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// Limits says how often each person, channel and server may ask.
type Limits struct {
	User, Channel, Guild Limit
}

// A Limit allows Burst questions at once and one more Every so often.
type Limit struct {
	Burst int
	Every time.Duration
}

// defaultLimits let a lively channel talk and keep one person from filling it.
var defaultLimits = Limits{
	User:    Limit{5, 6 * time.Second},
	Channel: Limit{15, 2 * time.Second},
	Guild:   Limit{60, 500 * time.Millisecond},
}

// A limiter counts questions against the limits, in memory, for those active last.
type limiter struct {
	users, channels, guilds *perID

	telling sync.Mutex
	told    *lru.Cache[string, time.Time] // who has been refused and where, and when
}

// A perID counts for each id on its own.
type perID struct {
	limit Limit
	byID  *lru.Cache[string, *rate.Limiter]
}

const limiterSize = 4096

func newLimiter(l Limits) *limiter {
	or := func(l, d Limit) *perID {
		if l.Burst == 0 {
			l = d
		}
		byID, err := lru.New[string, *rate.Limiter](limiterSize)
		if err != nil {
			panic(err) // only for a size below one
		}
		return &perID{l, byID}
	}
	told, err := lru.New[string, time.Time](limiterSize)
	if err != nil {
		panic(err)
	}
	return &limiter{
		users:    or(l.User, defaultLimits.User),
		channels: or(l.Channel, defaultLimits.Channel),
		guilds:   or(l.Guild, defaultLimits.Guild),
		told:     told,
	}
}

func (l *perID) reserve(id string, now time.Time) *rate.Reservation {
	r, ok := l.byID.Get(id)
	if !ok {
		r = rate.NewLimiter(rate.Every(l.limit.Every), l.limit.Burst)
		if old, ok, _ := l.byID.PeekOrAdd(id, r); ok {
			r = old
		}
	}
	return r.ReserveN(now, 1)
}

// wait says how long somebody has to wait before asking; zero means that they
// may now. Where one limit refuses, the others are not charged.
func (l *limiter) wait(user, channel, guild string) time.Duration {
	now := time.Now()
	var made []*rate.Reservation
	var wait time.Duration
	for _, x := range []struct {
		by *perID
		id string
	}{{l.users, user}, {l.channels, channel}, {l.guilds, guild}} {
		if x.id == "" {
			continue
		}
		r := x.by.reserve(x.id, now)
		made = append(made, r)
		wait = max(wait, r.DelayFrom(now))
	}
	if wait > 0 {
		for _, r := range made {
			r.CancelAt(now)
		}
	}
	return wait
}

// tell says whether a refusal should be said aloud: once a minute for each
// person and in each channel, not for every message.
func (l *limiter) tell(user, channel string) bool {
	l.telling.Lock()
	defer l.telling.Unlock()
	now := time.Now()
	for _, id := range []string{user, channel} {
		if at, ok := l.told.Get(id); ok && now.Sub(at) < time.Minute {
			return false
		}
	}
	l.told.Add(user, now)
	l.told.Add(channel, now)
	return true
}
