package main

import (
	"bufio"
	"context"
	"io"

	"dossier/index"
)

// maxLine is how much of a line is kept; any question fits in it.
const maxLine = 64 << 10

// A lineReader reads lines of any length in little memory.
type lineReader struct{ r *bufio.Reader }

func newLineReader(r io.Reader) *lineReader { return &lineReader{bufio.NewReaderSize(r, 4<<10)} }

// next returns the next line without its end, or io.EOF. Of a line that is
// longer than maxLine it returns the beginning, with index.ErrTooLong, and the
// next call goes on with the line after it.
func (l *lineReader) next() (string, error) {
	var line []byte
	cut := false
	for {
		part, more, err := l.r.ReadLine()
		if err != nil && len(line) == 0 {
			return "", err
		}
		// After an error, part is empty and what was read is the last line.
		kept := min(len(part), maxLine-len(line))
		line, cut = append(line, part[:kept]...), cut || kept < len(part)
		switch {
		case more:
		case cut:
			return string(line), index.ErrTooLong
		default:
			return string(line), nil
		}
	}
}

// await returns what read returns, or errInterrupted when ctx ends before that.
// Nothing can end a read from a terminal or a pipe, so it is left behind then,
// for the end of the program.
func await(ctx context.Context, read func() (string, error)) (string, error) {
	type result struct {
		line string
		err  error
	}
	got := make(chan result, 1)
	go func() {
		line, err := read()
		got <- result{line, err}
	}()
	select {
	case <-ctx.Done():
		return "", errInterrupted
	case r := <-got:
		return r.line, r.err
	}
}
