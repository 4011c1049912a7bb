package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
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
	"/more shows further ones, help what else there is, Ctrl-D ends."

// chatCommands are explained by /help.
var chatCommands = [][2]string{
	{"/more", "further sentences for the last question, also where the articles do not say"},
	{"/sources", "what is in the articles"},
	{"/help", "this, as help does"},
	{"/quit", "ends, as quit, exit, Ctrl-D and, on an empty line, Ctrl-C do"},
}

// conversation is the one of a terminal; it has one person at it.
const conversation = "terminal"

// briefly is how long a chat waits for the meaning of new articles before it begins
// with their words alone.
const briefly = 500 * time.Millisecond

// A talk is a conversation that goes on.
type talk struct {
	p     *program
	ix    *index.Live
	in    *prompter
	page  *page
	last  index.Query
	shown int // how many quotes the last answer had

	before []string // what it leans on
}

// chat answers line by line. Whatever ends it, it ends well: a conversation has
// no result that could be missing.
func (c *chatCmd) chat(p *program) error {
	ctx, stop := context.WithCancel(p.ctx)
	defer stop()
	p.ctx = ctx
	m := newMeter(p)
	library := &library{corpusFlag: c.corpusFlag, p: p, log: newLog(p.stderr, p, warnOnly)}
	first, err := library.open(m)
	if p.ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return err
	}
	ix := index.NewLive(first)
	defer ix.Close()
	defer library.follow(ix, nil, stop)()
	_ = waitReady(p.ctx, ix.Ready(), briefly, io.Discard, m) // of a few new articles nobody should have to know
	in := newPrompter(p)
	t := &talk{p: p, ix: ix, in: in, page: newPage(p.stdout, p.env)}
	if in.typed() {
		t.page.say(fmt.Sprintf(welcome, ix.Stats().Articles))
		select {
		case <-ix.Ready():
		default:
			t.page.say("The meaning of new articles is still being computed; until then only their words count. With INDEX_DIR set it is kept.")
		}
		fmt.Fprintln(p.stdout)
	}
	for p.stdout.err == nil {
		line, err := in.next(p.ctx, "> ")
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, errInterrupted):
			return nil
		case errors.Is(err, index.ErrTooLong):
			t.page.say(userMessage(err, firstQuestion(ix)))
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
	if line != "" && t.in.typed() {
		fmt.Fprintln(t.p.stdout)
	}
	switch strings.ToLower(line) {
	case "":
	case "/quit", "/exit", "/q", "quit", "exit":
		return false
	case "/help", "/?", "help":
		t.page.help(firstQuestion(t.ix))
	case "/sources":
		t.sources()
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
	missing := err == nil && !a.Answered
	t.shown = len(a.Quotes) + len(a.Nearest)
	t.before = a.Before
	switch {
	case t.p.ctx.Err() != nil:
	case err != nil:
		t.page.say(userMessage(err, firstQuestion(t.ix)))
	case a.Answered && len(a.Quotes) == 0:
		t.page.say("That is all there is.")
	case missing && t.last.MinConfidence != nil:
		t.page.say("Nothing in the articles comes near it.")
	default:
		t.page.answer(a)
		if missing && a.More {
			t.page.wrap("", "", fields("/more shows further sentences that come near.", dim))
			fmt.Fprintln(t.page.w)
		}
	}
}

// help explains the commands, with an example of a question if there is one.
func (p *page) help(example string) {
	said := "Type a question in your own words"
	if example != "" {
		said += ", for example: " + example
	}
	p.say(said)
	for _, c := range chatCommands {
		p.wrap(fmt.Sprintf("%-10s", c[0]), strings.Repeat(" ", 10), fields(c[1], ""))
	}
	fmt.Fprintln(p.w)
}

// localTime is a time as whoever is at this machine reads it.
func localTime(t time.Time) string { return t.Local().Format("2 January 2006, 15:04") }

// sources lists the articles, the newest first, a window at a time.
func (t *talk) sources() {
	t.page.measure()
	var list strings.Builder
	page := *t.page
	page.w = &list
	st := t.ix.Stats()
	page.wrap("", "", fields(fmt.Sprintf("%s, read %s.", count(st.Articles, "article", "articles"), localTime(st.Read)), ""))
	for _, a := range t.ix.Articles() {
		line := a.Title
		if d := longDate(a.Date); d != "" {
			line += " (" + d + ")"
		}
		page.wrap("- ", "  ", fields(line, ""))
	}
	lines := slices.Collect(strings.Lines(list.String()))
	room := len(lines)
	if t.in.typed() && page.height > 2 {
		room = page.height - 2 // for the question whether to go on, and where it was asked
	}
	for part := range slices.Chunk(lines, max(room, 1)) {
		fmt.Fprint(t.p.stdout, strings.Join(part, ""))
		if lines = lines[len(part):]; len(lines) == 0 {
			break
		}
		answer, err := t.in.next(t.p.ctx, fmt.Sprintf("-- %s more: Enter, or q to end the list --", count(len(lines), "line", "lines")))
		if err != nil || strings.TrimSpace(answer) != "" {
			break
		}
	}
	fmt.Fprintln(t.p.stdout)
}

// warnOnly is the least level logged where a person reads the answers.
const warnOnly = slog.LevelWarn

// newLog returns a log from this level on, or from the operator's where that is
// higher.
func newLog(w io.Writer, p *program, least slog.Level) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: max(least, p.settings.logLevel)}))
}
