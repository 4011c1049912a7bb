package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"dossier/corpus"
	"dossier/index"
)

// TestWatch: a file that comes, changes or goes is noticed once it is whole, and
// nothing else is.
func TestWatch(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var changes, told atomic.Int64
		tell := make(chan os.Signal)
		go watch(ctx, dir, lookEvery, corpus.Options{}.Reads, tell, func(by bool) {
			changes.Add(1)
			if by {
				told.Add(1)
			}
		})
		synctest.Wait()
		file := filepath.Join(dir, "a.md")
		elsewhere := filepath.Join(t.TempDir(), "b.md")
		write := func(text string) {
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Error(err)
			}
		}
		put := func(name string) { // one byte more each time
			name = filepath.Join(dir, name)
			before, _ := os.ReadFile(name)
			if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, append(before, '.'), 0o644)); err != nil {
				t.Error(err)
			}
		}
		link := func(from, to string) {
			if err := errors.Join(os.WriteFile(from, nil, 0o644), os.Symlink(from, to)); err != nil {
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
			{"a link comes", func() { link(elsewhere, file) }, 4},
			{"what it leads to changes", func() { write("one, two, three") }, 5},
			{"it may no longer be read", func() { _ = os.Chmod(file, 0) }, 6},
			{"what is never read changes", func() { put(".obsidian/workspace.md"); put("incoming/new.md"); put("feeds.txt"); put("ferry.jpg") }, 6},
			{"known questions come", func() { put("questions.jsonl") }, 7},
			{"a file comes while a log grows", func() {
				put("b.md")
				go func() {
					for range 10 {
						put("server.log")
						time.Sleep(lookEvery / 3)
					}
				}()
			}, 8},
			{"somebody tells", func() { tell <- os.Interrupt }, 9},
			{"a change is told of", func() { _ = os.Remove(file); tell <- os.Interrupt }, 10},
		} {
			step.do()
			time.Sleep(2*lookEvery + time.Millisecond)
			synctest.Wait()
			if got := changes.Load(); got != step.want {
				t.Errorf("%s: %d changes noticed, want %d", step.name, got, step.want)
			}
		}
		if got := told.Load(); got != 2 {
			t.Errorf("%d of them told, want 2", got)
		}
	})
}

// TestRenew: the answers are those of the changed article; those of one that breaks
// stay, which the log says once; of one that is gone there is none.
func TestRenew(t *testing.T) {
	dir := t.TempDir()
	var logged bytes.Buffer
	p := &program{ctx: t.Context(), stderr: io.Discard}
	l := &library{corpusFlag: corpusFlag{Corpus: dir}, p: p, log: slog.New(slog.NewTextHandler(&logged, nil))}
	file := filepath.Join(dir, "ferry.txt")
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	ferry := func(day string) string { return "The ferry ran aground on " + day + "." }
	write("ferry.txt", ferry("Monday"))
	ix, err := l.open(&meter{log: l.log})
	if err != nil {
		t.Fatal(err)
	}
	live := index.NewLive(ix)
	defer live.Close()
	always := 0.0
	expect := func(when, text string, changed index.Change) {
		t.Helper()
		a, err := live.Ask(t.Context(), index.Query{Text: "when did the ferry run aground?", MinConfidence: &always})
		if err != nil || len(a.Quotes) == 0 || a.Quotes[0].Text != text {
			t.Errorf("%s: %+v, %v; want %q", when, a.Quotes, err, text)
		}
		c := live.Stats().Change
		if c.When.IsZero() != (changed == index.Change{}) {
			t.Errorf("%s: the last change was at %v", when, c.When)
		}
		if c.When = (time.Time{}); c != changed {
			t.Errorf("%s: the last change was %+v, want %+v", when, c, changed)
		}
	}
	expect("at first", ferry("Monday"), index.Change{})
	write("ferry.txt", ferry("Tuesday"))
	write("mast.txt", "The mast broke in the storm.")
	l.renew(live)
	expect("after a change", ferry("Tuesday"), index.Change{Added: 1, Changed: 1})
	for range 2 {
		write("ferry.txt", "")
		l.renew(live)
		expect("after it was emptied", ferry("Tuesday"), index.Change{Added: 1, Changed: 1})
	}
	if got := strings.Count(logged.String(), "answering from what it said before"); got != 1 || !strings.Contains(logged.String(), "ferry.txt: has no text") {
		t.Errorf("the log names the file %d times, want once: %s", got, &logged)
	}
	write("ferry.txt", ferry("Friday"))
	l.renew(live)
	expect("after it was mended", ferry("Friday"), index.Change{Changed: 1})
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	l.renew(live)
	expect("after it is gone", "The mast broke in the storm.", index.Change{Removed: 1})
	if got := live.Suggest("ferry", 9); len(got) > 0 {
		t.Errorf("it still suggests %q", got)
	}
	if err := os.Remove(filepath.Join(dir, "mast.txt")); err != nil {
		t.Fatal(err)
	}
	l.renew(live)
	expect("after all is gone", "The mast broke in the storm.", index.Change{Removed: 1})
	if !strings.Contains(logged.String(), "answering from those before") {
		t.Errorf("the log says %s", &logged)
	}
}
