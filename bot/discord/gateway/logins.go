package gateway

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"dossier/bot/discord/store"
)

// A budget is how many logins there may be in a time.
type budget struct {
	n   int
	per time.Duration
}

// loginBudget are how often the bot may open a new gateway session (IDENTIFY).
// Discord allows 1,000 in 24 hours, then ends all sessions and resets the
// token, so the last of them leaves a wide margin. Taking up an old session
// (RESUME) is free. https://discord.com/developers/docs/events/gateway#identifying
var loginBudget = []budget{
	{1, loginEvery},
	{5, 2 * time.Minute},
	{30, time.Hour},
	{loginsPerDay, day},
}

const (
	day = 24 * time.Hour

	// loginEvery is a little more than the five seconds that Discord asks for: it
	// counts them from when a login arrives, and the next may be quicker.
	loginEvery   = 5500 * time.Millisecond
	loginsPerDay = 400

	// loginsAssumed is how many logins there may have been in a day of which the
	// count is lost: nearly all that the bot allows itself.
	loginsAssumed = loginsPerDay - 30
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

// openLogins reads the file in dir. A problem is for the operator to know, and
// there are logins all the same: where the count is lost it is assumed to be high,
// and a bot that cannot keep it waits before it logs in, so that one that is
// started again and again stays within Discord's limit.
func openLogins(dir string) (l *logins, problem error) {
	l = &logins{}
	if dir == "" {
		return l, nil
	}
	l.path = filepath.Join(dir, "logins.json")
	now := time.Now()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		l.hold(now)
		return l, fmt.Errorf("the folder for the bot's state: %w", err)
	}
	err := l.read()
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err != nil {
		aside := l.path + ".damaged"
		_ = os.Remove(aside)
		problem = fmt.Errorf("%s: %w", l.path, err)
		if os.Rename(l.path, aside) == nil {
			problem = fmt.Errorf("%w; it is set aside as %s", problem, aside)
		}
		l.times = nil
		for n := range loginsAssumed {
			l.times = append(l.times, now.Add(-day*time.Duration(loginsAssumed-n)/(loginsAssumed+1)))
		}
	}
	l.settle(now)
	if err := l.save(); err != nil {
		l.hold(now)
		l.lost = true
		return l, errors.Join(problem, err)
	}
	return l, problem
}

// hold counts as if there had been some logins just now: the next is in a minute
// and a half. A bot that is started again and again can so log in 960 times a day.
func (l *logins) hold(now time.Time) {
	for range 5 {
		l.times = append(l.times, now.Add(-30*time.Second))
	}
	slices.SortFunc(l.times, time.Time.Compare)
}

// maxLogins is how long the file may be; a login takes 40 bytes.
const maxLogins = 1 << 20

func (l *logins) read() error {
	f, err := os.Open(l.path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	b, err := io.ReadAll(io.LimitReader(f, maxLogins))
	if err != nil {
		return err
	}
	if json.Unmarshal(b, &l.times) != nil || l.times == nil {
		return errors.New("the count of logins is damaged")
	}
	return nil
}

// save writes the file. l.mu is held, or nobody else has l yet.
func (l *logins) save() error {
	if l.path == "" {
		return nil
	}
	times := l.times
	if times == nil {
		times = []time.Time{}
	}
	b, err := json.Marshal(times)
	if err != nil {
		return err
	}
	return store.Replace(l.path, b)
}

// settle takes logins that were noted while the clock was ahead to be of now, once:
// from then on they grow old. l.mu is held, or nobody else has l yet.
func (l *logins) settle(now time.Time) {
	ahead := false
	for i, t := range l.times {
		if t.After(now) {
			l.times[i], ahead = now, true
		}
	}
	if ahead {
		slices.SortFunc(l.times, time.Time.Compare)
	}
}

// A pending login is one that has to wait, and why: so many have been in a time.
type pending struct {
	wait   time.Duration
	logins int
	limit  budget
}

// wait says how long to wait before the next login.
func (l *logins) wait() pending {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.waitLocked()
}

func (l *logins) waitLocked() (p pending) {
	now := time.Now()
	l.settle(now)
	for _, limit := range loginBudget {
		k := len(l.times) - limit.n
		if k < 0 {
			break
		}
		if w := l.times[k].Add(limit.per).Sub(now); w > p.wait {
			n := 0
			for _, t := range l.times {
				if now.Sub(t) < limit.per {
					n++
				}
			}
			p = pending{w, n, limit}
		}
	}
	return p
}

// left is how many more logins the budget of a day has.
func (l *logins) left() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	n := loginsPerDay
	for _, t := range l.times {
		if now.Sub(t) < day {
			n--
		}
	}
	return max(0, n)
}

// take records a login that is about to happen. It is on disk, if that has
// room, before the bytes are on the wire.
func (l *logins) take() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.waitLocked().wait > 0 {
		return errTooManyLogins
	}
	now := time.Now()
	kept := l.times[:0]
	for _, t := range l.times {
		if now.Sub(t) < day {
			kept = append(kept, t)
		}
	}
	l.times = append(kept, now.UTC())
	err := l.save()
	// A full disk must not end the bot: this process knows its logins all the
	// same.
	if err != nil && !l.lost && l.warn != nil {
		l.warn(err)
	}
	l.lost = err != nil
	return nil
}

// errTooManyLogins is the bot's own word: Discord has refused nothing.
var errTooManyLogins = errors.New("the bot lets some time pass before it logs in again")

// told is what the log says of a login that has to wait.
func (p pending) told() []any {
	return []any{
		"logins", p.logins, "limit", p.limit.n, "within", p.limit.per, "until", time.Now().Add(p.wait).UTC().Format(time.RFC3339),
		"hint", "this limit is the bot's own, Discord resets the token at 1,000 a day; the lines before say why the connection does not last; starting the bot again does not help",
	}
}
