package discord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"time"

	"dossier/bot/discord/gateway"
	"dossier/bot/discord/message"
	"dossier/index"
)

// busyPause is when to ask again, after there was no turn.
const busyPause = 5 * time.Second

// A languageError says that a question is in a language that the articles are not.
type languageError struct {
	read string // its name, if known
}

func (languageError) Error() string { return "question in another language" }

// errNothing says that a text has words, but asks nothing that articles answer.
var errNothing = fmt.Errorf("%w: nothing to search for", index.ErrEmptyQuestion)

// An answerer puts questions to the articles, and says in words what an error
// means to a person.
type answerer struct {
	asker   Asker
	log     *slog.Logger
	queue   *queue
	metrics Metrics
	version string // of the program

	// timeout is how long one answer may take, once it has its turn; that to an
	// interaction until sendReserve is left, if that is earlier.
	timeout time.Duration
}

// ask puts a question, after a wait for a turn among the askers. The time limit of the
// answer begins with the turn: a long wait says nothing about the question. What
// asks nothing that articles answer has no answer, but an error.
func (a *answerer) ask(ctx context.Context, kind string, q index.Query) (ans index.Answer, err error) {
	start := time.Now()
	done, err := a.queue.acquire(ctx)
	waited := time.Since(start)
	defer func() { a.count(kind, waited, ans, err) }() // a panic too
	if err != nil {
		if errors.Is(err, errBusy) {
			a.log.Warn("too many questions at once", "kind", kind, "waited", waited.Round(time.Millisecond))
		}
		return index.Answer{}, err
	}
	defer done()
	limit := a.timeout
	if end, ok := ctx.Deadline(); ok {
		limit = min(limit, time.Until(end)-sendReserve)
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	start = time.Now()
	q.Waiting = a.queue.waiting()
	ans, err = a.asker.Ask(ctx, q)
	if err == nil && ans.Question == "" {
		ans.Question = q.Text
	}
	if err == nil && ans.Outcome == index.Other {
		err = errNothing
		if ans.Reason == index.AnotherLanguage {
			err = languageError{message.LanguageRead(q.Text)}
		}
	}
	line := []any{"kind", kind, "chars", message.Length(q.Text), "took", time.Since(start).Round(time.Microsecond)}
	if expected(err) {
		a.log.Info("ask", append(line, "quotes", len(ans.Quotes))...)
	} else {
		a.log.Error("ask", append(line, "err", withoutWordsOf(err, q.Text))...)
	}
	return ans, err
}

// next shows the quotes behind those of an answer. Where the articles have changed since
// then, the order may be another, so that none is shown twice; where a quote itself is
// gone, so is what came behind it.
func (a *answerer) next(ctx context.Context, kind string, about message.State, v message.View) (message.Message, error) {
	if len(a.quotes(about.Quotes)) < len(about.Quotes) {
		return message.Note(v.Lang.OtherCorpus, v.Private), nil
	}
	v.Skip = about.Skip + len(about.Quotes)
	ans, err := a.ask(ctx, kind, about.Next())
	if about.Corpus != message.CorpusTag(v.Corpus) {
		shown := func(q index.Quote) bool { return slices.Contains(about.Quotes, q.ID) }
		ans.Quotes, ans.Nearest = slices.DeleteFunc(ans.Quotes, shown), slices.DeleteFunc(ans.Nearest, shown)
	}
	return message.Answer(ans, v), err
}

// expected says whether an error needs no line in the log of its own.
func expected(err error) bool {
	return err == nil || asksNothing(err) || errors.Is(err, errBusy) || errors.Is(err, index.ErrTooLong)
}

// asksNothing says whether an error means that a text asks nothing that articles
// answer.
func asksNothing(err error) bool {
	return errors.Is(err, index.ErrEmptyQuestion) || errors.As(err, new(languageError))
}

// userMessage is what a person reads when err kept them from an answer.
func userMessage(err error, t *message.Language) string {
	var other languageError
	switch {
	case errors.Is(err, index.ErrEmptyQuestion):
		return t.Empty
	case errors.As(err, &other):
		return message.OtherLanguage(t, other.read)
	case errors.Is(err, index.ErrTooLong):
		return t.TooLong
	case errors.Is(err, errBusy):
		return message.WaitNote(t, busyPause)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return t.Slow
	}
	return t.Broke
}

// refusal says why there is no answer, or what to ask where nothing was asked.
func (a *answerer) refusal(err error, t *message.Language) message.Message {
	switch {
	case errors.Is(err, errNothing):
		return message.NothingAsked(a.example(), t)
	case errors.Is(err, index.ErrEmptyQuestion):
		return message.Prompt(a.example(), t)
	}
	return message.Note(userMessage(err, t), false)
}

// example is a question that the corpus answers, or "".
func (a *answerer) example() string {
	if s := a.asker.Suggest("", 1); len(s) > 0 {
		return s[0]
	}
	return ""
}

// help says what can be asked.
func (a *answerer) help(t *message.Language) message.Message {
	return message.Help(a.asker.Suggest("", 5), a.version, t)
}

// wrongLimits checks what a question is limited to, and completes a source's
// name. It returns what to tell the person, or "".
func (a *answerer) wrongLimits(v *message.View) string {
	for _, d := range []string{v.From, v.To} {
		if _, err := time.Parse(time.DateOnly, d); d != "" && err != nil {
			return v.Lang.BadDate
		}
	}
	if v.From != "" && v.To != "" && v.From > v.To {
		return v.Lang.WithNames(v.Lang.BadRange)
	}
	if v.Source == "" {
		return ""
	}
	for _, n := range a.asker.SourceNames() {
		if strings.EqualFold(n, v.Source) {
			v.Source = n
			return ""
		}
	}
	return v.Lang.BadSource
}

// sourcesPage is a page of what the answers come from.
func (a *answerer) sourcesPage(page int, p person) message.Message {
	return message.Sources(a.asker.Stats(), a.asker.SourceNames(), a.asker.Articles(), page, a.view(p.lang, p.id))
}

// view is how somebody reads what the articles say.
func (a *answerer) view(t *message.Language, owner string) message.View {
	return message.View{Lang: t, Owner: owner, Corpus: a.asker.Stats().Version}
}

// withoutWordsOf returns the text of an error that came up while a question was
// answered, for the log. The index may put what it looked for into an error, so
// whatever stands in quotation marks or is not ASCII goes, and so does each word
// that begins like one of the question: terms are stems.
func withoutWordsOf(err error, question string) string {
	s := quoted.ReplaceAllString(gateway.Redact(err.Error()), "…")
	asked := word.FindAllString(strings.ToLower(question), -1)
	return word.ReplaceAllStringFunc(s, func(w string) string {
		for _, a := range asked {
			if n := min(len(a), len(w), stemLength); strings.EqualFold(a[:n], w[:n]) {
				return "…"
			}
		}
		return w
	})
}

// stemLength is how many letters of a word stay the same in its stem and in what
// a spelling checker makes of it, mostly.
const stemLength = 4

var (
	quoted = regexp.MustCompile("\"(\\\\.|[^\"\\\\])*\"?|`[^`]*`?|[^\\x00-\\x7f]+")
	word   = regexp.MustCompile(`[A-Za-z0-9]{3,}`)
)

// quotes returns those with these ids that the articles still have.
func (a *answerer) quotes(ids []string) []index.Quote {
	var found []index.Quote
	for _, id := range ids {
		if q, ok := a.asker.Quote(id); ok {
			found = append(found, q)
		}
	}
	return found
}
