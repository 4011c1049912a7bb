package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// A gate is a writer that lets nothing through until it is opened.
type gate struct {
	open chan struct{}
	mu   sync.Mutex
	text bytes.Buffer
}

func (g *gate) Write(p []byte) (int, error) {
	<-g.open
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.text.Write(p)
}

// TestSpool writes far more than there is room for while nobody reads: the writer
// never waits, what fits comes in its order, and the rest is counted.
func TestSpool(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := &gate{open: make(chan struct{})}
		s := newSpool(g)
		start := time.Now()
		const n = 2*spoolLines + 10
		for i := range n {
			fmt.Fprintf(s, "line %d\n", i)
			if i == 0 {
				synctest.Wait() // it is being written: no room comes in the middle of the others
			}
		}
		if d := time.Since(start); d != 0 {
			t.Errorf("the writer waited %s", d)
		}
		close(g.open)
		synctest.Wait()
		fmt.Fprintln(s, "the last")
		s.close(time.Second)
		lines := strings.Split(strings.TrimSpace(g.text.String()), "\n")
		for i, l := range lines[:len(lines)-2] {
			if l != fmt.Sprint("line ", i) {
				t.Fatalf("line %d is %q", i, l)
			}
		}
		if want := fmt.Sprintf("%d lines are lost", n-(len(lines)-2)); !strings.HasPrefix(lines[len(lines)-2], want) || lines[len(lines)-1] != "the last" {
			t.Errorf("it ends with %q, want %s and the last", lines[len(lines)-2:], want)
		}
		if _, err := s.Write([]byte("x")); err == nil {
			t.Error("a closed spool takes lines")
		}
	})
	// Nobody ever reads.
	synctest.Test(t, func(t *testing.T) {
		r, w := io.Pipe()
		s := newSpool(w)
		fmt.Fprintln(s, "a line")
		start := time.Now()
		s.close(time.Second)
		if d := time.Since(start); d != time.Second {
			t.Errorf("closing took %s", d)
		}
		_ = r.Close()
		<-s.done
	})
}
