package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"dossier/bot/discord/discordtest"
)

// command is this test binary as the program, see TestMain.
func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Args = append([]string{"bot"}, args...)
	cmd.Dir = t.TempDir() // no .env
	cmd.Env = []string{"HOME=" + cmd.Dir, "TERM=xterm", "NO_COLOR=1"}
	cmd.Stderr = os.Stderr
	return cmd
}

// A screen is what a program has written so far.
type screen struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *screen) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(b)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// patience is how long a program may take to show something, or to end: where
// others keep the processors busy, Linux gives one on a terminal of its own little.
const patience = discordtest.Guard

// await waits until text is shown n times.
func (s *screen) await(t *testing.T, text string, n int) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); {
		if strings.Count(s.String(), text) >= n {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("%q was not shown %d times within %s, but:\n%q", text, n, patience, s)
}

// ends waits for the end of a program, and holds it to its exit code.
func ends(t *testing.T, cmd *exec.Cmd, code int) {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		if got := cmd.ProcessState.ExitCode(); got != code {
			t.Errorf("it ended with %v, want exit code %d", cmd.ProcessState, code)
		}
	case <-time.After(patience):
		_ = cmd.Process.Kill()
		<-done
		t.Fatal("it did not end within ", patience)
	}
}

// TestSignal: a signal ends the program while it waits for input that never
// comes.
func TestSignal(t *testing.T) {
	for _, tt := range []struct {
		command string
		code    int
	}{{"ask", 130}, {"chat", 0}, {"run", 0}} {
		for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
			t.Run(fmt.Sprintf("%s %v", tt.command, sig), func(t *testing.T) {
				t.Parallel()
				cmd := command(t, tt.command)
				cmd.Stderr = io.Discard
				var out screen
				cmd.Stdout = &out
				in, err := cmd.StdinPipe()
				if err != nil {
					t.Fatal(err)
				}
				defer in.Close()
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				if _, err := io.WriteString(in, "which films leaked?\n"); err != nil {
					t.Fatal(err)
				}
				out.await(t, "[1]", 1)
				if err := cmd.Process.Signal(sig); err != nil {
					t.Fatal(err)
				}
				ends(t, cmd, tt.code)
			})
		}
	}
}
