package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"dossier/index"
)

type chatCmd struct{ corpusFlag }

// Run holds a conversation on the terminal until the input ends.
func (c *chatCmd) Run(p *program) error {
	p.warn()
	return c.chat(p)
}

const welcome = "Ask about what %d articles say. Answers are sentences of the articles, word for word. " +
	"/more shows further ones, /help what else there is, Ctrl-D ends."

const chatHelp = "Type a question in your own words, for example: which films leaked?"

// chatCommands are explained by /help.
var chatCommands = [][2]string{
	{"/more", "further sentences for the last question, also where the articles do not say"},
	{"/sources", "what is in the articles"},
	{"/quit", "ends, as Ctrl-D and Ctrl-C do"},
}

// conversation is the one of a terminal; it has one person at it.
const conversation = "terminal"

// briefly is how long a chat waits for the meaning of new articles before it begins
// with their words alone.
const briefly = 500 * time.Millisecond

// A talk is a conversation that goes on.
type talk struct {
	p       *program
	ix      *index.Index
	page    *page
	last    index.Query
	refused bool // the last question was not answered
	shown   int  // how many quotes the last answer had

	before []string // what it leans on
}

// chat answers line by line. Whatever ends it, it ends well: a conversation has
// no result that could be missing.
func (c *chatCmd) chat(p *program) error {
	ix, err := c.open(p, newLog(p.stderr, p, warnOnly))
	if p.ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return err
	}
	defer ix.Close()
	_ = waitReady(p.ctx, ix.Ready(), briefly, io.Discard) // of a few new articles nobody should have to know
	in := newPrompter(p)
	defer in.Close()
	t := &talk{p: p, ix: ix, page: newPage(p.stdout, p.env)}
	if in.line != nil {
		t.page.say(fmt.Sprintf(welcome, ix.Stats().Articles))
		fmt.Fprintln(p.stdout)
	}
	for p.stdout.err == nil {
		line, err := in.next(p.ctx)
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, errInterrupted):
			return nil
		case errors.Is(err, index.ErrTooLong):
			t.page.say(userMessage(err))
		case err != nil:
			return err
		case !t.line(strings.TrimSpace(line)):
			return nil
		}
	}
	return nil
}

// line takes one line, and reports whether the conversation goes on.
func (t *talk) line(line string) bool {
	switch strings.ToLower(line) {
	case "":
	case "/quit", "/exit", "/q":
		return false
	case "/help", "/?":
		t.page.help()
	case "/sources":
		t.page.sources(t.ix)
	case "/more":
		t.more()
	default:
		if strings.HasPrefix(line, "/") {
			t.page.say("There is no command " + line + "; /help shows what there is.")
			break
		}
		t.last = index.Query{Text: line, Conversation: conversation}
		t.ask()
	}
	return true
}

// more goes on with the answer to the last question.
func (t *talk) more() {
	if t.last.Text == "" {
		t.page.say("Ask something first.")
		return
	}
	t.last.Skip += t.shown
	t.last.MinConfidence = new(float64) // the nearest sentences all the same
	t.last.Before = t.before
	t.ask()
}

func (t *talk) ask() {
	a, err := t.ix.Ask(t.p.ctx, t.last)
	t.refused = err == nil && !a.Answered
	t.shown = len(a.Quotes) + len(a.Nearest)
	t.before = a.Before
	switch {
	case t.p.ctx.Err() != nil:
	case err != nil:
		t.page.say(userMessage(err))
	case a.Answered && len(a.Quotes) == 0:
		t.page.say("That is all there is.")
	case t.refused && t.last.MinConfidence != nil:
		t.page.say("Nothing in the articles comes near it.")
	default:
		t.page.answer(a)
		if t.refused && a.More {
			t.page.wrap("", "", fields("/more shows further sentences that come near.", dim))
			fmt.Fprintln(t.page.w)
		}
	}
}

// help explains the commands.
func (p *page) help() {
	p.say(chatHelp)
	for _, c := range chatCommands {
		p.wrap(fmt.Sprintf("%-10s", c[0]), strings.Repeat(" ", 10), fields(c[1], ""))
	}
	fmt.Fprintln(p.w)
}

// localTime is a time as whoever is at this machine reads it.
func localTime(t time.Time) string { return t.Local().Format("2 January 2006, 15:04") }

// sources lists the articles, the newest first.
func (p *page) sources(ix *index.Index) {
	st := ix.Stats()
	p.say(fmt.Sprintf("%s, read %s.", count(st.Articles, "article", "articles"), localTime(st.Read)))
	for _, a := range ix.Articles() {
		line := a.Title
		if d := longDate(a.Date); d != "" {
			line += " (" + d + ")"
		}
		p.wrap("- ", "  ", fields(line, ""))
	}
	fmt.Fprintln(p.w)
}

// warnOnly is the least level logged where a person reads the answers.
const warnOnly = slog.LevelWarn

// newLog returns a log from this level on, or from the operator's where that is
// higher.
func newLog(w io.Writer, p *program, least slog.Level) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: max(least, p.settings.logLevel)}))
}
