// Command bot answers questions about an incident from a corpus of articles:
// on Discord, or in the terminal when no DISCORD_TOKEN is set.
//
// The program, bottom up: package corpus reads articles and cuts them into
// sentences; package index finds the sentences that answer a question, with
// bleve and a ranker of its own; package bot/discord talks to Discord; and
// this package reads settings and holds the command line. Each knows only the
// ones named before it (deps_test.go).
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.LookupEnv, os.Stdin, os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bot:", err)
		os.Exit(1)
	}
}

// A program is all that a command touches of the world.
type program struct {
	ctx            context.Context
	settings       settings
	stdin          io.Reader
	stdout, stderr io.Writer
}

// cli is the command line.
type cli struct {
	Run   runCmd   `cmd:"" default:"withargs" help:"Answer on Discord, or in the terminal when no DISCORD_TOKEN is set (the default)."`
	Chat  chatCmd  `cmd:"" help:"Answer in the terminal, whatever DISCORD_TOKEN is."`
	Ask   askCmd   `cmd:"" help:"Answer one question, or one a line from standard input."`
	Check checkCmd `cmd:"" help:"Report what is wrong with a directory of articles."`
}

// run is the whole program; a test can be its operating system.
func run(ctx context.Context, args []string, env func(string) (string, bool), stdin io.Reader, stdout, stderr io.Writer) (err error) {
	// kong prints help, then calls Exit and expects not to come back.
	type exit int
	defer func() {
		if p := recover(); p != nil {
			code, ok := p.(exit)
			if !ok {
				panic(p)
			}
			if code != 0 {
				err = errors.New("usage")
			}
		}
	}()
	var c cli
	parser, err := kong.New(&c, kong.Name("bot"),
		kong.Description("Answers questions about an incident with sentences of articles, word for word, each with its source."),
		kong.Writers(stdout, stderr), kong.Exit(func(code int) { panic(exit(code)) }), kong.UsageOnError())
	if err != nil {
		return err
	}
	cmd, err := parser.Parse(args)
	if err != nil {
		return fmt.Errorf("%w\nhint: run it with --help to see what it takes", err)
	}
	s, err := readSettings(env, ".env")
	if err != nil {
		return err
	}
	return cmd.Run(&program{ctx, s, stdin, stdout, stderr})
}
