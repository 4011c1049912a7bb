package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"dossier/corpus"
)

// onTerminal starts a program on a terminal of its own, with this many columns.
func onTerminal(t *testing.T, cmd *exec.Cmd, columns uint16) (keyboard *os.File, out *screen) {
	t.Helper()
	keyboard, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("no terminals here: ", err)
	}
	t.Cleanup(func() { keyboard.Close() })
	n, err := unix.IoctlGetInt(int(keyboard.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(keyboard.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	tty, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer tty.Close()
	resize(t, keyboard, columns)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = tty, tty, tty
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	out = new(screen)
	go func() { _, _ = io.Copy(out, keyboard) }() // ends with the terminal
	return keyboard, out
}

func resize(t *testing.T, terminal *os.File, columns uint16) {
	t.Helper()
	if err := unix.IoctlSetWinsize(int(terminal.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: columns}); err != nil {
		t.Fatal(err)
	}
}

func press(t *testing.T, keyboard *os.File, keys string) {
	t.Helper()
	if _, err := keyboard.WriteString(keys); err != nil {
		t.Fatal(err)
	}
}

// TestTerminal is the conversation as a person has it.
func TestTerminal(t *testing.T) {
	all, err := load(t.Context(), "", corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	about := fmt.Sprintf("Ask about what %d articles say.", len(all.Articles))
	for _, end := range []string{"\x03", "\x04", "exit\r", "SIGTERM"} {
		t.Run(fmt.Sprintf("%q", end), func(t *testing.T) {
			t.Parallel()
			cmd := command(t)
			plain := end == "SIGTERM"
			if !plain {
				cmd.Env = append(cmd.Env, "NO_COLOR=")
			}
			keyboard, out := onTerminal(t, cmd, 40)
			out.await(t, "> ", 1)
			welcome, _, _ := strings.Cut(out.String(), ">")
			for _, part := range []string{"No DISCORD_TOKEN is set", about} {
				if !strings.Contains(welcome, part) {
					t.Errorf("%q is missing from the welcome %q", part, welcome)
				}
			}
			atMost(t, welcome, 40)
			press(t, keyboard, "which films leaked?\r")
			out.await(t, "[1]", 1)
			out.await(t, "> ", 2)
			if strings.Contains(out.String(), bold+"films"+reset) == plain {
				t.Errorf("matches in bold? want %v in %q", !plain, out)
			}
			atMost(t, out.String(), 40)
			resize(t, keyboard, 64)
			press(t, keyboard, "/help\r")
			out.await(t, "the articles do not say", 1) // would be broken at 40
			switch end {
			case "\x03": // clears what was begun, on an empty line it ends
				press(t, keyboard, "half a question\x03/nothing\r")
				out.await(t, "no command /nothing;", 1)
			case "exit\r": // a list that is longer than the window waits, and Ctrl-C ends that alone
				press(t, keyboard, "/sources\r")
				out.await(t, "Enter, or q to end the list", 1)
				press(t, keyboard, "\r")
				out.await(t, "Enter, or q to end the list", 2)
				press(t, keyboard, "\x03/nothing\r")
				out.await(t, "no command /nothing;", 1)
			}
			if end == "SIGTERM" {
				if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
					t.Fatal(err)
				}
			} else {
				press(t, keyboard, end)
			}
			ends(t, cmd, 0)
			mode, err := unix.IoctlGetTermios(int(keyboard.Fd()), unix.TCGETS)
			if err != nil {
				t.Fatal(err)
			}
			if mode.Lflag&unix.ICANON == 0 || mode.Lflag&unix.ECHO == 0 || mode.Lflag&unix.ISIG == 0 {
				t.Error("the terminal was not put back as it was")
			}
		})
	}
	t.Run("dumb", func(t *testing.T) {
		t.Parallel()
		cmd := command(t)
		cmd.Env = append(cmd.Env, "NO_COLOR=", "TERM=dumb")
		keyboard, out := onTerminal(t, cmd, 80)
		out.await(t, "> ", 1)
		press(t, keyboard, "which films leaked?\n")
		out.await(t, "> ", 2)
		press(t, keyboard, "quit\n")
		ends(t, cmd, 0)
		if strings.Contains(out.String(), "\x1b") {
			t.Errorf("an escape sequence in %q", out)
		}
	})
	t.Run("ask", func(t *testing.T) {
		t.Parallel()
		cmd := command(t, "ask")
		keyboard, out := onTerminal(t, cmd, 80)
		press(t, keyboard, "which films leaked?\n")
		out.await(t, "[1]", 1)
		press(t, keyboard, "\x03")
		ends(t, cmd, 130)
	})
}

// atMost holds what was shown to the width of a window. A word that is longer
// than a line, as an address may be, has one of its own.
func atMost(t *testing.T, shown string, columns int) {
	t.Helper()
	plain := strings.NewReplacer(bold, "", underline, "", dim, "", reset, "", "\r", "").Replace(shown)
	for line := range strings.Lines(plain) {
		line = strings.TrimRight(line, "\n")
		if len([]rune(line)) > columns && len(strings.Fields(line)) > 2 && !strings.Contains(line, "\x1b") {
			t.Errorf("%d columns: %q is wider", columns, line)
		}
	}
}
