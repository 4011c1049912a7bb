package gateway

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"dossier/bot/discord/store"
)

// loginBudget are how often the bot may open a new gateway session (IDENTIFY).
// Discord allows 1,000 in 24 hours, then ends all sessions and resets the
// token, so the last of them leaves a wide margin. Taking up an old session
// (RESUME) is free. https://discord.com/developers/docs/events/gateway#identifying
var loginBudget = []struct {
	n   int
	per time.Duration
}{
	{1, loginEvery},
	{5, 2 * time.Minute},
	{30, time.Hour},
	{loginsPerDay, 24 * time.Hour},
}

const (
	// loginEvery is a little more than the five seconds that Discord asks for: it
	// counts them from when a login arrives, and the next may be quicker.
	loginEvery   = 5500 * time.Millisecond
	loginsPerDay = 400
)

// logins are the IDENTIFYs of the last day. They are kept in a file, so that a
// bot that crashes and is started again and again stays within its limits too.
type logins struct {
	mu    sync.Mutex
	path  string // empty: in memory only
	times []time.Time
	warn  func(error) // told once when the file cannot be written
	lost  bool        // it has been told
}

// openLogins reads the file in dir.
func openLogins(dir string) (*logins, error) {
	l := &logins{}
	if dir == "" {
		return l, nil
	}
	l.path = filepath.Join(dir, "logins.json")
	b, err := os.ReadFile(l.path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("the folder for the bot's state: %w; name one that the bot may write to", err)
		}
		return l, nil
	}
	if err == nil {
		err = json.Unmarshal(b, &l.times)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w; if it is damaged, remove it and start the bot once, not in a loop", l.path, err)
	}
	return l, nil
}

// wait says how long to wait before the next login, and whether that is because
// the day's budget is spent.
func (l *logins) wait() (d time.Duration, spent bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.waitLocked()
}

func (l *logins) waitLocked() (d time.Duration, spent bool) {
	now := time.Now()
	for i, limit := range loginBudget {
		k := len(l.times) - limit.n
		if k < 0 {
			break
		}
		// A clock that was set back must not shut the bot out for longer than
		// the window itself.
		w := min(l.times[k].Add(limit.per).Sub(now), limit.per)
		if w > d {
			d, spent = w, i == len(loginBudget)-1
		}
	}
	return d, spent
}

// take records a login that is about to happen. It is on disk, if that has
// room, before the bytes are on the wire.
func (l *logins) take() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if d, _ := l.waitLocked(); d > 0 {
		return errTooManyLogins
	}
	now := time.Now()
	kept := l.times[:0]
	for _, t := range l.times {
		if now.Sub(t) < 24*time.Hour {
			kept = append(kept, t)
		}
	}
	l.times = append(kept, now.UTC())
	if l.path == "" {
		return nil
	}
	b, err := json.Marshal(l.times)
	if err == nil {
		err = store.Replace(l.path, b)
	}
	// A full disk must not end the bot: this process knows its logins all the
	// same.
	if err != nil && !l.lost && l.warn != nil {
		l.warn(err)
	}
	l.lost = err != nil
	return nil
}

var errTooManyLogins = errors.New("too many logins")

// spentNote tells the operator that the day's logins are used up.
func spentNote(d time.Duration) string {
	return fmt.Sprintf("the bot logged in %d times in 24 hours and stays offline for %s, before Discord resets its token (at 1,000); "+
		"find out from the log why the connection does not last; starting the bot again does not help",
		loginsPerDay, max(d.Round(time.Minute), time.Minute))
}
