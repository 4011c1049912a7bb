package gateway

import (
	"os"
	"path/filepath"
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
			if d, _ := l.wait(); d > 0 {
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
			d, spent := l.wait()
			if spent != (n == loginsPerDay) {
				t.Fatalf("after %d logins: spent is %v", n, spent)
			}
			if spent {
				if d <= 0 || d > 24*time.Hour {
					t.Errorf("spent for %s", d)
				}
				break
			}
			time.Sleep(d)
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
	if err := os.WriteFile(filepath.Join(dir, "logins.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := openLogins(dir); err == nil {
		t.Error("a damaged file is taken for an empty one")
	}
}

// TestClockSetBack checks that a clock that jumps does not shut the bot out.
func TestClockSetBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := &logins{times: []time.Time{time.Now().Add(1000 * time.Hour)}}
		if d, _ := l.wait(); d > loginEvery {
			t.Errorf("wait() got %s", d)
		}
	})
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
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		told := 0
		l.warn = func(error) { told++ }
		for n := range 3 {
			if err := l.take(); err != nil {
				t.Fatalf("login %d got %v", n, err)
			}
			if d, _ := l.wait(); d != loginEvery {
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
