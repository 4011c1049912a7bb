package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"dossier/index"
)

func TestLineReader(t *testing.T) {
	long := strings.Repeat("x", maxLine)
	type line struct {
		text string
		err  error
	}
	tests := []struct {
		name  string
		input string
		want  []line
	}{
		{"ends", "one\r\n\ntwo", []line{{"one", nil}, {"", nil}, {"two", nil}}},
		{"nothing", "", nil},
		{"as long as may be", long + "\nb", []line{{long, nil}, {"b", nil}}},
		{"as long, and the last", long, []line{{long, nil}}},
		{"too long", "a\n" + long + "x\nb\n", []line{{"a", nil}, {long, index.ErrTooLong}, {"b", nil}}},
		{"far too long, and the last", strings.Repeat(long, 20), []line{{long, index.ErrTooLong}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := newLineReader(strings.NewReader(tt.input))
			for i, want := range tt.want {
				if got, err := l.next(); got != want.text || !errors.Is(err, want.err) {
					t.Errorf("line %d: %d bytes, %v; want %d bytes, %v", i, len(got), err, len(want.text), want.err)
				}
			}
			if _, err := l.next(); !errors.Is(err, io.EOF) {
				t.Errorf("after the last line: %v, want EOF", err)
			}
		})
	}
	broken := errors.New("broken")
	if _, err := newLineReader(iotest.ErrReader(broken)).next(); !errors.Is(err, broken) {
		t.Errorf("a broken input: %v, want %v", err, broken)
	}
}

// TestOutput: the first error stays, also when later writes would work.
func TestOutput(t *testing.T) {
	var b bytes.Buffer
	w := &failing{failures: 1}
	o := &output{w: io.MultiWriter(w, &b)}
	for range 2 {
		if _, err := o.Write([]byte("x")); !errors.Is(err, errFull) {
			t.Errorf("Write: %v, want %v", err, errFull)
		}
	}
	if !errors.Is(o.err, errFull) || b.Len() > 0 {
		t.Errorf("err %v, %q written; want %v and nothing", o.err, b.String(), errFull)
	}
}

var errFull = errors.New("full")

// A failing writer fails some times, and then works.
type failing struct{ failures int }

func (f *failing) Write(b []byte) (int, error) {
	if f.failures--; f.failures >= 0 {
		return 0, errFull
	}
	return len(b), nil
}

func TestWaitReady(t *testing.T) {
	const word, late = "computing the meaning", "only their words count"
	tests := []struct {
		name         string
		ready, limit time.Duration
		interrupt    time.Duration
		took         time.Duration
		said         []string
		err          error
	}{
		{name: "at once", limit: 20 * time.Second, interrupt: time.Hour},
		{name: "at once, no waiting", interrupt: time.Hour},
		{name: "soon", ready: time.Second / 2, limit: 20 * time.Second, interrupt: time.Hour, took: time.Second / 2},
		{name: "a while", ready: 5 * time.Second, limit: 20 * time.Second, interrupt: time.Hour, took: 5 * time.Second, said: []string{word}},
		{name: "too long", ready: time.Minute, limit: 20 * time.Second, interrupt: time.Hour, took: 20 * time.Second, said: []string{word, late}},
		{name: "interrupted", ready: time.Minute, limit: 20 * time.Second, interrupt: 2 * time.Second, took: 2 * time.Second, said: []string{word}, err: errInterrupted},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), tt.interrupt)
				defer cancel()
				ready := make(chan struct{})
				if tt.ready == 0 {
					close(ready)
				} else {
					time.AfterFunc(tt.ready, func() { close(ready) })
				}
				var said bytes.Buffer
				start := time.Now()
				err := waitReady(ctx, ready, tt.limit, &said, &meter{})
				if took := time.Since(start); took != tt.took || !errors.Is(err, tt.err) {
					t.Errorf("waitReady: %v after %v, want %v after %v", err, took, tt.err, tt.took)
				}
				if got := strings.Count(said.String(), "\n"); got != len(tt.said) {
					t.Errorf("it said %q, want %d lines", said.String(), len(tt.said))
				}
				for _, s := range tt.said {
					if !strings.Contains(said.String(), s) {
						t.Errorf("it said %q, want %q in it", said.String(), s)
					}
				}
			})
		})
	}
}

func TestReport(t *testing.T) {
	tests := []struct {
		err  error
		code int
		said string
	}{
		{nil, 0, ""},
		{errInterrupted, 130, ""},
		{errFull, 1, "bot: full\n"},
		{finalError{errFull}, 78, "bot: full\n"},
	}
	for _, tt := range tests {
		var b bytes.Buffer
		if code := report(&b, tt.err); code != tt.code || b.String() != tt.said {
			t.Errorf("report(%v) = %d, %q; want %d, %q", tt.err, code, b.String(), tt.code, tt.said)
		}
	}
}
