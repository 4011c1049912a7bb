package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"dossier/index"
)

type askCmd struct {
	corpusFlag
	JSON          bool          `help:"Print one JSON object a line; the README documents its shape."`
	Top           *int          `help:"How many quotes to print; without it three, or five where an overview is asked for." placeholder:"N"`
	MinConfidence *float64      `help:"Answer from this confidence on (0 to 1); 0 always answers with the best sentences found." placeholder:"P"`
	Conversation  bool          `help:"Treat the questions of standard input as one conversation: a question may refer to those before it."`
	Explain       bool          `help:"Show the signals behind each quote, and how sure the answer is."`
	Wait          time.Duration `help:"How long to wait for the meaning of new articles to be computed; until then only words count." default:"20s"`
	Question      []string      `arg:"" optional:"" help:"The question; without one, questions are read from standard input, one a line."`
}

// Validate is called by kong.
func (c *askCmd) Validate() error {
	switch {
	case c.Top != nil && (*c.Top < 1 || *c.Top > 50):
		return errors.New("--top takes a number from 1 to 50")
	case c.MinConfidence != nil && !(*c.MinConfidence >= 0 && *c.MinConfidence <= 1):
		return errors.New("--min-confidence takes a number from 0 to 1")
	}
	return nil
}

// Run answers the question, or the questions on standard input in order.
func (c *askCmd) Run(p *program) error {
	p.warn()
	m := newMeter(p)
	ix, err := c.open(p, newLog(p.stderr, p, warnOnly), m)
	if p.ctx.Err() != nil {
		return errInterrupted
	}
	if err != nil {
		return err
	}
	defer ix.Close()
	if err := waitReady(p.ctx, ix.Ready(), c.Wait, p.stderr, m); err != nil {
		return err
	}
	if len(c.Question) == 0 {
		return c.batch(p, ix)
	}
	a, took, err := c.ask(p, ix, strings.Join(c.Question, " "))
	switch {
	case errors.Is(err, errInterrupted):
		return err
	case c.JSON:
		if werr := writeJSON(p.stdout, a, userMessage(err, firstQuestion(ix)), took); werr != nil {
			return werr
		}
	case err == nil:
		c.show(newPage(p.stdout, p.env), a)
	}
	if err != nil {
		return errors.New(userMessage(err, firstQuestion(ix)))
	}
	return nil
}

// batch answers the questions on standard input. One that cannot be asked gets
// an answer that says so, and does not keep the others from theirs.
func (c *askCmd) batch(p *program, ix *index.Index) error {
	lines := newLineReader(p.stdin)
	page := newPage(p.stdout, p.env)
	typed := terminal(p.stdin) != nil
	for p.stdout.err == nil {
		line, lineErr := await(p.ctx, lines.next)
		switch {
		case errors.Is(lineErr, io.EOF):
			return nil
		case lineErr != nil && !errors.Is(lineErr, index.ErrTooLong):
			return lineErr
		case lineErr == nil && strings.TrimSpace(line) == "":
			continue
		}
		a, took, err := index.Answer{Question: line}, time.Duration(0), lineErr
		if err == nil {
			a, took, err = c.ask(p, ix, line)
		}
		switch {
		case errors.Is(err, errInterrupted):
			return err
		case c.JSON:
			if err := writeJSON(p.stdout, a, userMessage(err, firstQuestion(ix)), took); err != nil {
				return err
			}
			continue
		case !typed: // whose answer it is, where the question is not in sight
			page.wrap("> ", "  ", fields(beginning(line), dim))
		}
		if err != nil {
			page.say(userMessage(err, firstQuestion(ix)))
			fmt.Fprintln(p.stdout)
			continue
		}
		c.show(page, a)
	}
	return nil
}

// show prints an answer, and why it is one where that is asked for.
func (c *askCmd) show(page *page, a index.Answer) {
	page.answer(a)
	if c.Explain {
		page.reasons(a)
	}
}

// ask asks the index, and says how long that took.
func (c *askCmd) ask(p *program, ix *index.Index, text string) (index.Answer, time.Duration, error) {
	q := index.Query{Text: text, MinConfidence: c.MinConfidence, Explain: c.Explain}
	if c.Top != nil {
		q.Top = *c.Top
	}
	if c.Conversation {
		q.Conversation = conversation
	}
	start := time.Now()
	a, err := ix.Ask(p.ctx, q)
	if err != nil && p.ctx.Err() != nil {
		err = errInterrupted
	}
	return a, time.Since(start), err
}

// quiet is how long a wait may be without a word.
const quiet = time.Second

// waitReady waits until the index is as good as it will be, for at most limit.
func waitReady(ctx context.Context, ready <-chan struct{}, limit time.Duration, stderr io.Writer, m *meter) error {
	defer m.stop()
	word, end := time.After(quiet), time.After(limit)
	for {
		select {
		case <-ready:
			return nil
		case <-word:
			fmt.Fprintf(stderr, "computing the meaning of new articles, for at most %s (--wait); with INDEX_DIR set it is kept\n", limit)
		case <-end:
			select {
			case <-ready: // as well, with a limit of 0
				return nil
			default:
			}
			m.stop()
			fmt.Fprintln(stderr, "the meaning of all sentences is not computed yet, so only their words count")
			return nil
		case <-ctx.Done():
			return errInterrupted
		}
	}
}

// beginning returns a question as it is echoed: all of any that can be asked.
func beginning(question string) string {
	if r := []rune(question); len(r) > index.MaxQuestion {
		return string(r[:80]) + "..."
	}
	return question
}

// firstQuestion is one that the articles answer, or nothing.
func firstQuestion(ix interface {
	Suggest(typed string, n int) []string
},
) string {
	if s := ix.Suggest("", 1); len(s) > 0 {
		return s[0]
	}
	return ""
}

// userMessage is what a person reads when err kept them from an answer, with an
// example of a question if there is one; nothing where there is no error.
func userMessage(err error, example string) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, index.ErrEmptyQuestion):
		if example == "" {
			return "Ask me something."
		}
		return "Ask me something, for example: " + example
	case errors.Is(err, index.ErrTooLong):
		return fmt.Sprintf("That is too long. Please ask in at most %d characters.", index.MaxQuestion)
	case errors.Is(err, context.DeadlineExceeded):
		return "That took too long. Please try a shorter question."
	default:
		return "That did not work: " + err.Error()
	}
}
