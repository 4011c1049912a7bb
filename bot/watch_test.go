package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"dossier/index"
)

// TestWatch: a file that comes, changes or goes is noticed once it is whole, and
// nothing else is.
func TestWatch(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var changes atomic.Int64
		go watch(ctx, dir, lookEvery, func() { changes.Add(1) })
		synctest.Wait()
		file := filepath.Join(dir, "a.md")
		write := func(text string) {
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Error(err)
			}
		}
		for _, step := range []struct {
			name string
			do   func()
			want int64
		}{
			{"nothing happens", func() {}, 0},
			{"a file comes", func() { write("one") }, 1},
			{"nothing more happens", func() {}, 1},
			{"it is written in two goes", func() { write("one, t"); time.Sleep(lookEvery); write("one, two") }, 2},
			{"it goes", func() { _ = os.Remove(file) }, 3},
		} {
			step.do()
			time.Sleep(2*lookEvery + time.Millisecond)
			synctest.Wait()
			if got := changes.Load(); got != step.want {
				t.Errorf("%s: %d changes noticed, want %d", step.name, got, step.want)
			}
		}
	})
}

// TestRenew: the answers are those of the changed article, and stay when there is
// nothing to read any more, which the log says.
func TestRenew(t *testing.T) {
	dir := t.TempDir()
	var logged bytes.Buffer
	p := &program{ctx: t.Context(), stderr: io.Discard}
	log := slog.New(slog.NewTextHandler(&logged, nil))
	c := &runCmd{corpusFlag{Corpus: dir}}
	file := filepath.Join(dir, "a.txt")
	write := func(day string) {
		if err := os.WriteFile(file, []byte("The ferry\n\nThe ferry ran aground on "+day+"."), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("Monday")
	ix, err := c.open(p, log)
	if err != nil {
		t.Fatal(err)
	}
	live := index.NewLive(ix)
	defer live.Close()
	always := 0.0
	expect := func(when, day string) {
		t.Helper()
		a, err := live.Ask(t.Context(), index.Query{Text: "when did the ferry run aground?", MinConfidence: &always})
		if err != nil || len(a.Quotes) != 1 || a.Quotes[0].Text != "The ferry ran aground on "+day+"." {
			t.Errorf("%s: %+v, %v; want %s", when, a.Quotes, err, day)
		}
	}
	expect("at first", "Monday")
	write("Tuesday")
	c.renew(p, live, log)
	expect("after a change", "Tuesday")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	c.renew(p, live, log)
	expect("after all is gone", "Tuesday")
	if !strings.Contains(logged.String(), "answering from those before") {
		t.Errorf("the log says %s", &logged)
	}
}
