package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"github.com/peterh/liner"
	"golang.org/x/term"

	"dossier/index"
)

type chatCmd struct{ corpusFlag }

// Run holds a conversation on the terminal until the input ends.
func (c *chatCmd) Run(p *program) error { return c.chat(p, "") }

const welcome = "Ask about %s. Answers are sentences of the articles, word for word.\n" +
	"/more shows further ones, /help what else there is, Ctrl-D ends.\n\n"

const chatHelp = `Type a question in your own words, for example: which films leaked?
/more     further sentences for the last question, or the nearest ones
          where the articles do not say
/sources  what is in the articles
/quit     ends, as Ctrl-D and Ctrl-C do
`

// conversation is the one of a terminal; it has one person at it.
const conversation = "terminal"

func (c *chatCmd) chat(p *program, why string) error {
	ix, err := c.open(p, newLog(p, warnOnly))
	if err != nil {
		return err
	}
	defer ix.Close()
	in := newPrompter(p)
	defer in.Close()
	page := newPage(p.stdout)
	if in.interactive {
		if why != "" {
			fmt.Fprintln(p.stdout, why)
		}
		st := ix.Stats()
		fmt.Fprintf(p.stdout, welcome, fmt.Sprintf("what %d articles say", st.Articles))
	}
	var last index.Query
	refused := false // the last question was not answered
	for p.ctx.Err() == nil {
		line, err := in.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch line = strings.TrimSpace(line); line {
		case "":
			continue
		case "/quit", "/exit", "/q":
			return nil
		case "/help", "/?":
			fmt.Fprint(p.stdout, chatHelp, "\n")
			continue
		case "/sources":
			page.sources(ix)
			continue
		case "/more":
			if last.Text == "" {
				fmt.Fprintln(p.stdout, "Ask something first.")
				continue
			}
			if !refused {
				last.Skip += index.DefaultTop
			}
			last.MinConfidence, refused = new(float64), false // the nearest sentences all the same
		default:
			last = index.Query{Text: line, Conversation: conversation}
		}
		a, err := ix.Ask(p.ctx, last)
		switch {
		case err != nil:
			fmt.Fprintln(p.stdout, userMessage(err))
		case a.Answered && len(a.Quotes) == 0:
			fmt.Fprintln(p.stdout, "That is all there is.")
		default:
			page.answer(a)
			if refused = !a.Answered; refused {
				page.wrap("", "", fields("/more shows the sentences that come nearest.", dim))
				fmt.Fprintln(p.stdout)
			}
		}
	}
	return nil
}

// sources lists the articles, the newest first.
func (p *page) sources(ix *index.Index) {
	for _, a := range ix.Articles() {
		line := a.Title
		if d := longDate(a.Date); d != "" {
			line += " (" + d + ")"
		}
		p.wrap("- ", "  ", fields(line, ""))
	}
	fmt.Fprintln(p.w)
}

// A prompter reads lines: with editing and history where a person types them,
// else as they come.
type prompter struct {
	interactive bool
	line        *liner.State
	lines       *bufio.Reader
	out         io.Writer
}

func newPrompter(p *program) *prompter {
	in, inFile := p.stdin.(*os.File)
	out, outFile := p.stdout.(*os.File)
	pr := &prompter{out: p.stdout}
	if inFile && outFile && term.IsTerminal(int(in.Fd())) && term.IsTerminal(int(out.Fd())) {
		pr.interactive = true
		pr.line = liner.NewLiner()
		pr.line.SetCtrlCAborts(true)
		return pr
	}
	pr.lines = bufio.NewReader(p.stdin)
	return pr
}

// next returns the next line, or io.EOF when the person has ended.
func (p *prompter) next() (string, error) {
	if !p.interactive {
		line, err := p.lines.ReadString('\n')
		if line != "" {
			return line, nil
		}
		return "", err
	}
	line, err := p.line.Prompt("> ")
	if errors.Is(err, liner.ErrPromptAborted) || errors.Is(err, io.EOF) {
		fmt.Fprintln(p.out)
		return "", io.EOF
	}
	if err == nil && strings.TrimSpace(line) != "" {
		p.line.AppendHistory(line)
		fmt.Fprintln(p.out)
	}
	return line, err
}

// Close puts the terminal back as it was.
func (p *prompter) Close() error {
	if p.line != nil {
		return p.line.Close()
	}
	return nil
}

// warnOnly is the least level logged where a person reads the answers.
const warnOnly = slog.LevelWarn

// newLog returns a log on standard error from this level on, or from the
// operator's where that is higher.
func newLog(p *program, least slog.Level) *slog.Logger {
	return slog.New(slog.NewTextHandler(p.stderr, &slog.HandlerOptions{Level: max(least, p.settings.logLevel)}))
}
