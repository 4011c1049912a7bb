package main

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// A spool writes in the background, so that whoever writes to it never waits: a log
// that nobody reads, because its pipe is full, must not stop answers. What there is
// no room for is lost, and counted.
type spool struct {
	w     io.Writer
	lines chan []byte
	done  chan struct{}

	mu     sync.Mutex
	closed bool
	lost   int // lines, since the last that found room
}

// spoolLines is how many lines may wait. One takes some hundred bytes.
const spoolLines = 2048

func newSpool(w io.Writer) *spool {
	s := &spool{w: w, lines: make(chan []byte, spoolLines), done: make(chan struct{})}
	go func() {
		defer close(s.done)
		for line := range s.lines {
			_, _ = s.w.Write(line) // whoever looks for errors of w finds them there
		}
	}()
	return s
}

// Write takes a line, or several.
func (s *spool) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return 0, io.ErrClosedPipe
	}
	line := append([]byte(nil), p...)
	if s.lost > 0 {
		line = fmt.Appendf(nil, "%d lines are lost, because nobody read the ones before\n%s", s.lost, p)
	}
	select {
	case s.lines <- line:
		s.lost = 0
	default:
		s.lost++
	}
	return len(p), nil
}

// close writes what is left, if that takes no longer than patience.
func (s *spool) close(patience time.Duration) {
	s.mu.Lock()
	if !s.closed {
		s.closed = true
		close(s.lines)
	}
	s.mu.Unlock()
	select {
	case <-s.done:
	case <-time.After(patience):
	}
}
