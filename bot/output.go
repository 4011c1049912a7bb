package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// An output keeps the first error of its writer and writes nothing after it. So
// a program that prints a lot can ask once, at its end, whether all of it
// arrived.
type output struct {
	w   io.Writer
	err error
}

func (o *output) Write(b []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.w.Write(b)
	o.err = err
	return n, err
}

// terminal returns the terminal that a reader or writer is, or nil.
func terminal(x any) *os.File {
	if o, ok := x.(*output); ok {
		x = o.w
	}
	if f, ok := x.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return f
	}
	return nil
}
