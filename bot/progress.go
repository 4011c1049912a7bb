package main

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"time"

	"dossier/index"
)

const (
	// longWork is how long work takes before it is worth a word.
	longWork = 2 * time.Second
	// rewriteEvery and logEvery are how often the word is renewed: in its place on a
	// terminal, and as another line elsewhere.
	rewriteEvery = 250 * time.Millisecond
	logEvery     = 10 * time.Second
)

// A meter shows how far long work has come, with the time that is left.
type meter struct {
	mu      sync.Mutex
	tty     io.Writer    // where a line is written anew in its place; nil: nowhere
	log     *slog.Logger // takes lines where there is no terminal
	work    index.Work
	began   time.Time
	first   int       // what was done then
	next    time.Time // when to show it again
	written bool      // a line stands on the terminal
	stopped bool
}

// newMeter returns a meter for somebody who reads standard error.
func newMeter(p *program) *meter {
	m := &meter{log: newLog(p.stderr, p, slog.LevelInfo)}
	if terminal(p.stderr) != nil && !dumb(p.env) {
		m.tty = p.stderr
	}
	return m
}

// progress is called while work goes on.
func (m *meter) progress(work index.Work, done, total int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	if work != m.work {
		m.clear()
		m.work, m.began, m.first = work, now, done
		m.next = now.Add(longWork)
		if m.tty == nil {
			m.next = now.Add(logEvery)
		}
	}
	switch {
	case m.stopped:
	case done >= total:
		m.clear()
		m.work = "" // the same may begin anew
	case now.Before(m.next) || done == m.first:
	case m.tty == nil:
		m.next = now.Add(logEvery)
		m.log.Info(string(work), "done", share(done, total), "left", m.left(now, done, total))
	default:
		m.next = now.Add(rewriteEvery)
		m.clear()
		fmt.Fprintf(m.tty, "%s: %s, %s left", work, share(done, total), m.left(now, done, total))
		m.written = true
	}
}

// stop shows nothing from now on.
func (m *meter) stop() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.clear()
	m.stopped = true
}

// clear takes the line away.
func (m *meter) clear() {
	if m.written {
		fmt.Fprint(m.tty, "\r"+strings.Repeat(" ", defaultWidth-1)+"\r")
		m.written = false
	}
}

// left is how long the rest takes, at the pace so far, in whole seconds.
func (m *meter) left(now time.Time, done, total int) time.Duration {
	perUnit := float64(now.Sub(m.began)) / float64(done-m.first)
	return time.Duration(perUnit * float64(total-done)).Round(time.Second)
}

func share(done, total int) string { return fmt.Sprintf("%d %%", 100*done/total) }
