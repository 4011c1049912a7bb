package gateway

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestLoginRate lets a bot log in as fast as it may for two days.
func TestLoginRate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, err := openLogins("")
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		var all []time.Time
		for time.Since(start) < 48*time.Hour {
			if d := l.wait().wait; d > 0 {
				if err := l.take(); err == nil {
					t.Fatal("a login was allowed that should wait")
				}
				time.Sleep(d)
			}
			if err := l.take(); err != nil {
				t.Fatal(err)
			}
			all = append(all, time.Now())
		}
		withinBudget(t, all)
		if len(all) < 2*loginsPerDay {
			t.Errorf("%d logins in two days, %d would be allowed", len(all), 2*loginsPerDay)
		}
	})
}

func TestLoginsSurviveRestart(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "state")
	synctest.Test(t, func(t *testing.T) {
		for n := range loginsPerDay + 1 {
			l, err := openLogins(dir) // as if started anew each time
			if err != nil {
				t.Fatal(err)
			}
			p := l.wait()
			if spent := p.limit.per == day; spent != (n == loginsPerDay) {
				t.Fatalf("after %d logins: spent is %v", n, spent)
			}
			if n == loginsPerDay {
				if p.wait <= 0 || p.wait > day || p.logins != n {
					t.Errorf("the next of %d logins waits %s", p.logins, p.wait)
				}
				break
			}
			time.Sleep(p.wait)
			if err := l.take(); err != nil {
				t.Fatal(err)
			}
		}
	})
	info, err := os.Stat(filepath.Join(dir, "logins.json"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("logins.json has mode %v, %v", info.Mode(), err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("beside logins.json there is %v, %v", left, err)
	}
}

// TestLoginsDamaged finds what is no count of logins: it is set aside and told of,
// and the bot may log in, but not often. The next start finds all well, and counts.
func TestLoginsDamaged(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(path string) error{
		"half":        func(path string) error { return os.WriteFile(path, []byte(`["2026-11-30T`), 0o600) },
		"empty":       func(path string) error { return os.WriteFile(path, nil, 0o600) },
		"null":        func(path string) error { return os.WriteFile(path, []byte("null"), 0o600) },
		"an object":   func(path string) error { return os.WriteFile(path, []byte("{}"), 0o600) },
		"zeros":       func(path string) error { return os.WriteFile(path, make([]byte, 5000), 0o600) },
		"very long":   func(path string) error { return os.WriteFile(path, bytes.Repeat([]byte("["), 3*maxLogins), 0o600) },
		"a directory": func(path string) error { return os.Mkdir(path, 0o700) },
	} {
		synctest.Test(t, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "logins.json")
			if err := spoil(path); err != nil {
				t.Fatal(err)
			}
			l, err := openLogins(dir)
			if err == nil || !strings.Contains(err.Error(), "set aside") {
				t.Errorf("%s: openLogins() got %v", name, err)
			}
			if p := l.wait(); p.wait > loginEvery {
				t.Errorf("%s: the first login waits %s", name, p.wait)
			}
			time.Sleep(loginEvery)
			if err := l.take(); err != nil {
				t.Errorf("%s: the first login got %v", name, err)
			}
			again, err := openLogins(dir)
			if err != nil || len(again.times) != loginsAssumed+1 {
				t.Errorf("%s: the next start finds %d logins, %v", name, len(again.times), err)
			}
		})
	}
}

// TestLoginsUnwritable starts a bot again and again where it cannot keep the count:
// it never comes near the 1,000 of Discord.
func TestLoginsUnwritable(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		start, n := time.Now(), 0
		for time.Since(start) < day {
			l, err := openLogins(filepath.Join(file, "state"))
			if err == nil {
				t.Fatal("a folder in a file is taken for one")
			}
			d := l.wait().wait
			if d > 2*time.Minute {
				t.Fatalf("a login waits %s", d)
			}
			time.Sleep(d)
			if err := l.take(); err != nil {
				t.Fatal(err)
			}
			n++
		}
		if n > 970 {
			t.Errorf("%d logins in a day", n)
		}
	})
}

// TestLoginsAhead notes logins while the clock is ahead, in a file and in a process
// that runs: they count as if they were of now, once. It can log in at once where
// they were few, and a day later where they were all of a day.
func TestLoginsAhead(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		n    int
		most time.Duration
	}{{1, loginEvery}, {5, 2 * time.Minute}, {30, time.Hour}, {loginsPerDay, day}} {
		ahead := func() (times []time.Time) {
			for n := range tt.n {
				times = append(times, time.Now().Add(time.Duration(1000+n)*time.Hour).Round(0))
			}
			return times
		}
		synctest.Test(t, func(t *testing.T) {
			running := &logins{times: ahead()}
			dir := t.TempDir()
			b, err := json.Marshal(ahead())
			if err == nil {
				err = os.WriteFile(filepath.Join(dir, "logins.json"), b, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			if _, err := openLogins(dir); err != nil {
				t.Fatal(err)
			}
			if d := running.wait().wait; d > tt.most {
				t.Errorf("%d logins: the next waits %s", tt.n, d)
			}
			time.Sleep(tt.most / 2) // and the bot is started again
			started, err := openLogins(dir)
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(tt.most - tt.most/2)
			if err := running.take(); err != nil {
				t.Errorf("%d logins: %s later the running bot got %v", tt.n, tt.most, err)
			}
			if err := started.take(); err != nil {
				t.Errorf("%d logins: %s later the bot that was started got %v", tt.n, tt.most, err)
			}
		})
	}
}

// TestLoginsFullDisk lets the file not be written: the logins go on, counted in
// memory, and the operator is told once.
func TestLoginsFullDisk(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "state")
	l, err := openLogins(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		told := 0
		l.warn = func(error) { told++ }
		for n := range 3 {
			if err := l.take(); err != nil {
				t.Fatalf("login %d got %v", n, err)
			}
			if d := l.wait().wait; d != loginEvery {
				t.Errorf("after login %d the next waits %s", n, d)
			}
			time.Sleep(loginEvery)
		}
		if told != 1 {
			t.Errorf("the operator was told %d times", told)
		}
	})
}

// withinBudget checks the times of logins against each limit of the budget.
func withinBudget(t *testing.T, at []time.Time) {
	t.Helper()
	for _, limit := range loginBudget {
		for i := range at {
			n := 0
			for _, later := range at[i:] {
				if later.Sub(at[i]) < limit.per {
					n++
				}
			}
			if n > limit.n {
				t.Fatalf("%d logins within %s, %d are allowed", n, limit.per, limit.n)
			}
		}
	}
}
