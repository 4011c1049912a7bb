// Command bot answers questions about an incident from a corpus of articles:
// on Discord, or in the terminal when no DISCORD_TOKEN is set.
//
// The program, bottom up: package corpus reads articles and cuts them into
// sentences, and package corpus/imports makes articles of pages, feeds and PDFs; package
// index finds the sentences that answer a question, with
// bleve and a ranker of its own; package bot/discord/message shows them as
// Discord does, package bot/discord/gateway is the way to Discord, package
// bot/discord lets people ask there; package bot/metrics serves figures to whoever
// watches the bot; and this package reads settings and holds the command line. Each
// knows only the ones named before it (deps_test.go).
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
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	err := run(ctx, os.Args[1:], os.LookupEnv, os.Stdin, os.Stdout, os.Stderr)
	os.Exit(report(os.Stderr, err))
}

// errInterrupted ends a command that did not come to its end.
var errInterrupted = errors.New("interrupted")

// A finalError is one that another start cannot mend.
type finalError struct{ error }

// exitFinal is the exit code of a finalError, after which systemd does not start the
// bot again (dossier.service). It is EX_CONFIG of sysexits.h; 2 would also be that of
// a panic, after which another start is of use.
const exitFinal = 78

// report prints an error and returns the exit code that goes with it.
func report(w io.Writer, err error) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errInterrupted):
		return 130 // as shells have it; whoever interrupts knows why it ended
	}
	fmt.Fprintln(w, "bot:", err)
	if errors.As(err, new(finalError)) {
		return exitFinal
	}
	return 1
}

// A program is all that a command touches of the world.
type program struct {
	ctx         context.Context
	settings    settings
	settingsErr error // what is wrong with them; whoever needs the token must not go on
	env         func(string) (string, bool)
	stdin       io.Reader
	stdout      *output
	stderr      io.Writer
}

// cli is the command line.
type cli struct {
	Run    runCmd    `cmd:"" default:"withargs" help:"Answer on Discord, or in the terminal when no DISCORD_TOKEN is set (the default)."`
	Chat   chatCmd   `cmd:"" help:"Answer in the terminal, whatever DISCORD_TOKEN is."`
	Ask    askCmd    `cmd:"" help:"Answer one question, or one a line from standard input."`
	Check  checkCmd  `cmd:"" help:"Report what is wrong with a directory of articles."`
	Import importCmd `cmd:"" help:"Make articles of web pages, feeds, PDFs and texts."`

	Doctor      doctorCmd   `cmd:"" help:"Look at all that the bot needs, from its settings to the way to Discord, and say what to do."`
	Health      healthCmd   `cmd:"" help:"Ask the bot that runs at METRICS_ADDR whether it is ready; for health checks."`
	Licenses    licensesCmd `cmd:"" help:"Print the licences of the program, and of all that it is made of."`
	Version     versionCmd  `cmd:"" help:"Print which version this is: commit, date, Go, weights."`
	ShowVersion versionFlag `name:"version" help:"The same."`
}

// run is the whole program; a test can be its operating system.
func run(ctx context.Context, args []string, env func(string) (string, bool), stdin io.Reader, stdout, stderr io.Writer) error {
	out := &output{w: stdout}
	cmd, err := parse(args, out, stderr)
	if cmd != nil {
		p := &program{ctx: ctx, env: env, stdin: stdin, stdout: out, stderr: stderr}
		p.settings, p.settingsErr = readSettings(env, envFile)
		err = cmd.Run(p)
	}
	if err == nil && out.err != nil {
		return fmt.Errorf("the output is not complete: %w", out.err)
	}
	return err
}

// parse reads the command line. It returns nil where there is nothing to run:
// help was asked for.
func parse(args []string, stdout, stderr io.Writer) (cmd *kong.Context, err error) {
	// kong prints help, then calls Exit and expects not to come back.
	type exit int
	defer func() {
		if p := recover(); p != nil {
			code, ok := p.(exit)
			if !ok {
				panic(p)
			}
			cmd = nil
			if code != 0 {
				err = errors.New("usage")
			}
		}
	}()
	parser, err := kong.New(&cli{}, kong.Name("bot"),
		kong.Description("Answers questions about an incident with sentences of articles, word for word, each with its source."),
		kong.Writers(stdout, stderr), kong.Exit(func(code int) { panic(exit(code)) }), kong.UsageOnError())
	if err != nil {
		return nil, err
	}
	if cmd, err = parser.Parse(args); err != nil {
		return nil, fmt.Errorf("%w\nhint: run it with --help to see what it takes", err)
	}
	return cmd, nil
}
