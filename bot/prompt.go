package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/term"
)

// A prompter reads lines: with editing and history where a person types them,
// else as they come.
type prompter struct {
	lines *lineReader // where no line can be edited
	shown bool        // a person types them all the same: on a dumb terminal

	stdin, stdout *os.File // nil: no line can be edited
	keys          *keyboard
	edit          *term.Terminal
	out           io.Writer
}

func newPrompter(p *program) *prompter {
	stdin, stdout := terminal(p.stdin), terminal(p.stdout)
	if stdin == nil || stdout == nil || dumb(p.env) {
		return &prompter{lines: newLineReader(p.stdin), shown: stdin != nil && stdout != nil, out: p.stdout}
	}
	e := &prompter{stdin: stdin, stdout: stdout, keys: &keyboard{Reader: stdin}, out: p.stdout}
	e.begin(&history{})
	return e
}

// begin takes a new editor.
func (p *prompter) begin(h term.History) {
	p.keys.ended = false
	p.edit = term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{p.keys, p.stdout}, "")
	p.edit.AutoCompleteCallback = p.keys.interrupt
	p.edit.History = h
}

// typed reports whether a person types the lines.
func (p *prompter) typed() bool { return p.edit != nil || p.shown }

// next asks for the next line and returns it, or io.EOF when the person has ended.
func (p *prompter) next(ctx context.Context, prompt string) (string, error) {
	if p.edit == nil {
		if p.shown {
			fmt.Fprint(p.out, prompt)
		}
		return await(ctx, p.lines.next)
	}
	if columns, rows, err := term.GetSize(int(p.stdout.Fd())); err == nil && columns > 0 && rows > 0 {
		_ = p.edit.SetSize(columns, rows)
	}
	mode, err := term.MakeRaw(int(p.stdin.Fd()))
	if err != nil {
		return "", err
	}
	p.edit.SetPrompt(prompt)
	line, err := await(ctx, p.edit.ReadLine)
	_ = term.Restore(int(p.stdin.Fd()), mode)
	switch {
	case errors.Is(err, errInterrupted): // which left the editor to its reading
		fmt.Fprintln(p.out)
	case err != nil:
		fmt.Fprintln(p.out)     // whatever comes next gets a line of its own
		p.begin(p.edit.History) // this editor believes that its prompt still stands there
	}
	return line, err
}

// A keyboard is what is typed, with another key for Ctrl-C: with that one the editor
// would end, whatever stands in the line.
type keyboard struct {
	io.Reader
	ended bool
}

const (
	ctrlC = 3
	ctrlG = 7 // which the editor has no use for
)

// Read reads a key at a time: what is typed after a Ctrl-C is for whoever asks next.
func (k *keyboard) Read(b []byte) (int, error) {
	if k.ended {
		return 0, io.EOF
	}
	n, err := k.Reader.Read(b[:min(len(b), 1)])
	if n == 1 && b[0] == ctrlC {
		b[0] = ctrlG
	}
	return n, err
}

// interrupt clears a line that has been begun, and ends where there is none. The
// editor calls it for every key that it does not know itself.
func (k *keyboard) interrupt(line string, _ int, key rune) (newLine string, newPos int, ok bool) {
	if key != ctrlG {
		return "", 0, false
	}
	k.ended = k.ended || line == ""
	return "", 0, true
}

// A history is the lines that were typed, without blank ones and repeats.
type history struct{ lines []string }

// maxHistory is how many lines are remembered.
const maxHistory = 1000

// Add is called with every line.
func (h *history) Add(line string) {
	if strings.TrimSpace(line) == "" || len(h.lines) > 0 && h.lines[len(h.lines)-1] == line {
		return
	}
	h.lines = append(h.lines, line)
	h.lines = slices.Delete(h.lines, 0, max(0, len(h.lines)-maxHistory))
}

// Len and At are called to go back; line 0 is the last one.
func (h *history) Len() int        { return len(h.lines) }
func (h *history) At(i int) string { return h.lines[len(h.lines)-1-i] }
