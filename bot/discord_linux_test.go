package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"dossier/bot/discord/discordtest"
)

// fullPipe is a pipe that takes nothing any more, and that nobody reads.
func fullPipe(t *testing.T) *os.File {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close(); _ = w.Close() })
	raw, err := w.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	var full error
	err = raw.Write(func(fd uintptr) bool {
		for full == nil {
			_, full = syscall.Write(int(fd), make([]byte, 4096))
		}
		return true
	})
	if err != nil || full != syscall.EAGAIN {
		t.Fatal("the pipe does not fill up: ", err, full)
	}
	return w
}

// TestDiscord: a bot that is told to end has done what it should; one that
// Discord refuses says so in a way that systemd understands.
func TestDiscord(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		t.Run(sig.String(), func(t *testing.T) {
			s := discordtest.New(t)
			cmd := command(t)
			var log screen
			cmd.Stderr = &log
			cmd.Env = append(cmd.Env, "DISCORD_TOKEN="+discordtest.Token, "DISCORD_API_URL="+s.APIURL())
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			s.WaitReady()
			if err := cmd.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			ends(t, cmd, 0)
			if first, _, _ := strings.Cut(log.String(), "\n"); !strings.Contains(first, "msg=starting version=") || !strings.Contains(first, " weights=") {
				t.Errorf("the log begins with %q, not with the version", first)
			}
		})
	}
	for name, tt := range map[string]struct {
		spoil func(t *testing.T, cmd *exec.Cmd)
		code  int
		waits bool // for a minute and a half, before it logs in
	}{
		"an output that is full": {func(t *testing.T, cmd *exec.Cmd) {
			full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
			if err != nil {
				t.Skip(err)
			}
			t.Cleanup(func() { _ = full.Close() })
			cmd.Stdout = full
		}, 1, false},
		"an output that nobody reads": {func(t *testing.T, cmd *exec.Cmd) { cmd.Stdout = fullPipe(t) }, 0, false},
		"a log that nobody reads":     {func(t *testing.T, cmd *exec.Cmd) { cmd.Stderr = fullPipe(t) }, 0, false},
		"a damaged count of logins": {func(t *testing.T, cmd *exec.Cmd) {
			if err := os.WriteFile(filepath.Join(cmd.Dir, "logins.json"), []byte("{"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, 0, false},
		"a folder for its state that is a file": {func(t *testing.T, cmd *exec.Cmd) {
			cmd.Env = append(cmd.Env, "STATE_DIR="+filepath.Join(cmd.Dir, ".env"))
			if err := os.WriteFile(filepath.Join(cmd.Dir, ".env"), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			s := discordtest.New(t)
			cmd := command(t)
			cmd.Stderr = nil
			cmd.Env = append(cmd.Env, "DISCORD_TOKEN="+discordtest.Token, "DISCORD_API_URL="+s.APIURL(), "STATE_DIR="+cmd.Dir, "LOG_LEVEL=debug")
			tt.spoil(t, cmd)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			if tt.waits {
				s.Wait("the self-check", func() bool { return s.Count("GET /applications/{}/commands") > 0 })
			} else {
				s.WaitReady()
				id := s.Say(ann, square, toBot+"which films leaked?")
				s.Wait("an answer", func() bool { return len(s.RepliesTo(id)) == 1 })
			}
			if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			ends(t, cmd, tt.code)
		})
	}
	for name, set := range map[string]string{
		"a token that is refused": "DISCORD_TOKEN=not.the.token",
		"a setting that is wrong": "DISCORD_GUILD_ID=my server",
	} {
		t.Run(name, func(t *testing.T) {
			s := discordtest.New(t)
			cmd := command(t)
			cmd.Stderr = nil
			cmd.Env = append(cmd.Env, "DISCORD_TOKEN="+discordtest.Token, "DISCORD_API_URL="+s.APIURL(), set)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			ends(t, cmd, exitFinal)
		})
	}
}

// TestHangup: SIGHUP reads the articles again, also where nothing else would tell
// that they have changed; the end of the terminal that it runs in ends it.
func TestHangup(t *testing.T) {
	start := func(t *testing.T, tty bool) (s *discordtest.Server, cmd *exec.Cmd, out *screen, terminal *os.File) {
		s = discordtest.New(t)
		cmd = command(t)
		write(t, cmd.Dir, "The ferry ran aground on Monday.")
		cmd.Env = append(cmd.Env, "DISCORD_TOKEN="+discordtest.Token, "DISCORD_API_URL="+s.APIURL(), "CORPUS_DIR="+cmd.Dir)
		if tty {
			terminal, out = onTerminal(t, cmd, 200)
		} else {
			out = new(screen)
			cmd.Stderr = out
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
		}
		s.WaitReady()
		return s, cmd, out, terminal
	}
	hangUp := func(t *testing.T, cmd *exec.Cmd) {
		if err := cmd.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
	}
	const told, done = "as told by SIGHUP", "answering from the articles as they are now"
	t.Run("as a service", func(t *testing.T) {
		s, cmd, out, _ := start(t, false)
		write(t, cmd.Dir, "The ferry ran aground on Friday.") // as long as before, and as old
		hangUp(t, cmd)
		out.await(t, told, 1)
		out.await(t, done, 1)
		id := s.Say(ann, square, toBot+"when did the ferry run aground?")
		s.Wait("an answer", func() bool {
			return len(s.RepliesTo(id)) == 1 && strings.Contains(fmt.Sprint(s.RepliesTo(id)[0]), "Friday")
		})
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		ends(t, cmd, 0)
	})
	t.Run("on a terminal", func(t *testing.T) {
		_, cmd, out, terminal := start(t, true)
		hangUp(t, cmd)
		out.await(t, done, 1)
		if err := terminal.Close(); err != nil {
			t.Fatal(err)
		}
		hangUp(t, cmd) // what it says of this wakes the reader, which lets go of the terminal
		ends(t, cmd, 0)
	})
}

// write writes an article that is always as old.
func write(t *testing.T, dir, text string) {
	t.Helper()
	file := filepath.Join(dir, "ferry.txt")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(file, time.Time{}, time.Unix(1e9, 0)); err != nil {
		t.Fatal(err)
	}
}
