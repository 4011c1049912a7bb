package main

import (
	"bufio"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestChatFollows: a chat in the terminal answers from the articles as they are, as
// the bot does on Discord.
func TestChatFollows(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("ferry.txt", "The ferry\n\nThe ferry ran aground on Monday.")
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute) // or it hangs
	defer stop()
	typed, keyboard := io.Pipe()
	screen, stdout := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, []string{"chat", "--corpus", dir}, func(string) (string, bool) { return "", false }, typed, stdout, io.Discard)
		stdout.Close()
	}()
	lines := make(chan string, 100)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(screen); s.Scan(); {
			lines <- s.Text()
		}
	}()
	// ask asks until an answer holds what is looked for.
	ask := func(question, want string) {
		for ctx.Err() == nil {
			if _, err := io.WriteString(keyboard, question+"\n"); err != nil {
				t.Fatal(err)
			}
			for wait := time.After(time.Second); wait != nil; {
				select {
				case l := <-lines:
					if strings.Contains(l, want) {
						return
					}
				case <-wait:
					wait = nil
				}
			}
		}
		t.Fatalf("%q was never answered with %q", question, want)
	}
	ask("when did the ferry run aground?", "on Monday")
	write("mill.txt", "The mill\n\nThe mill burned down on Friday.")
	ask("when did the mill burn down?", "on Friday")
	keyboard.Close()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
