package main

import (
	"bufio"
	"encoding/json"
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
	Top           int           `help:"How many quotes to print." default:"3"`
	MinConfidence *float64      `help:"Answer from this confidence on (0 to 1); 0 always answers with the best sentences found." placeholder:"P"`
	Conversation  bool          `help:"Treat the questions of standard input as one conversation: a question may refer to those before it."`
	Explain       bool          `help:"Show the signals behind each quote."`
	Wait          time.Duration `help:"How long to wait for the meaning of new articles to be computed; until then only words count." default:"20s"`
	Question      []string      `arg:"" optional:"" help:"The question; without one, questions are read from standard input, one a line."`
}

// Validate is called by kong.
func (c *askCmd) Validate() error {
	switch {
	case c.Top < 1 || c.Top > 50:
		return errors.New("--top takes a number from 1 to 50")
	case c.MinConfidence != nil && !(*c.MinConfidence >= 0 && *c.MinConfidence <= 1):
		return errors.New("--min-confidence takes a number from 0 to 1")
	}
	return nil
}

// Run answers the question, or the questions on standard input in order.
func (c *askCmd) Run(p *program) error {
	ix, err := c.open(p, newLog(p, warnOnly))
	if err != nil {
		return err
	}
	defer ix.Close()
	select {
	case <-ix.Ready():
	case <-time.After(c.Wait):
		fmt.Fprintln(p.stderr, "the meaning of all sentences is not computed yet; set INDEX_DIR to keep it between runs")
	case <-p.ctx.Done():
		return nil
	}
	if len(c.Question) > 0 {
		return c.answer(p, ix, strings.Join(c.Question, " "))
	}
	lines := bufio.NewScanner(p.stdin)
	lines.Buffer(nil, maxLine)
	for lines.Scan() {
		if p.ctx.Err() != nil {
			return nil // interrupted
		}
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		if err := c.answer(p, ix, lines.Text()); err != nil {
			return err
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return fmt.Errorf("a line of standard input has more than %d bytes\nhint: put one question on each line", maxLine)
	}
	return lines.Err()
}

// maxLine is the longest line that is read; any question fits in it.
const maxLine = 1 << 20

// answer prints the answer to one question. A question that cannot be asked is
// answered by saying so, and counts as not answered.
func (c *askCmd) answer(p *program, ix *index.Index, text string) error {
	start := time.Now()
	q := index.Query{Text: text, Top: c.Top, MinConfidence: c.MinConfidence, Explain: c.Explain}
	if c.Conversation {
		q.Conversation = conversation
	}
	a, err := ix.Ask(p.ctx, q)
	took := time.Since(start)
	if err != nil {
		if p.ctx.Err() != nil {
			return nil // interrupted
		}
		fmt.Fprintln(p.stderr, userMessage(err))
		if c.JSON {
			return writeJSON(p.stdout, index.Answer{Question: a.Question}, took)
		}
		return nil
	}
	if c.JSON {
		return writeJSON(p.stdout, a, took)
	}
	newPage(p.stdout).answer(a)
	return nil
}

// userMessage is what a person reads when err kept them from an answer.
func userMessage(err error) string {
	switch {
	case errors.Is(err, index.ErrEmptyQuestion):
		return "Ask me something, for example: which films leaked?"
	case errors.Is(err, index.ErrTooLong):
		return fmt.Sprintf("That is too long. Please ask in at most %d characters.", index.MaxQuestion)
	default:
		return "That did not work: " + err.Error()
	}
}

// The JSON of an answer is a public interface: see the README.
type (
	jsonAnswer struct {
		Question    string      `json:"question"`
		Answered    bool        `json:"answered"`
		Confidence  float64     `json:"confidence"`
		Quotes      []jsonQuote `json:"quotes"`
		Suggestions []string    `json:"suggestions"`
		TookMS      float64     `json:"took_ms"`
	}
	jsonQuote struct {
		ID      string       `json:"id"`
		Text    string       `json:"text"`
		Before  string       `json:"before"`
		After   string       `json:"after"`
		Score   float64      `json:"score"`
		Article jsonArticle  `json:"article"`
		Sources []jsonSource `json:"sources"`
	}
	jsonArticle struct {
		Slug   string `json:"slug"`
		Title  string `json:"title"`
		Date   string `json:"date"`
		Outlet string `json:"outlet"`
		URL    string `json:"url"`
	}
	jsonSource struct {
		Name  string `json:"name"`
		Title string `json:"title"`
		Date  string `json:"date"`
		URL   string `json:"url"`
	}
)

func writeJSON(w io.Writer, a index.Answer, took time.Duration) error {
	out := jsonAnswer{
		Question: a.Question, Answered: a.Answered, Confidence: round(a.Confidence),
		Quotes: []jsonQuote{}, Suggestions: append([]string{}, a.Suggestions...),
		TookMS: float64(took.Round(10*time.Microsecond)) / float64(time.Millisecond),
	}
	for _, q := range a.Quotes {
		j := jsonQuote{
			ID: q.ID, Text: q.Text, Before: q.Before, After: q.After, Score: round(q.Score),
			Article: jsonArticle{q.Article.Slug, q.Article.Title, q.Article.Date, q.Article.Outlet, q.Article.URL},
			Sources: []jsonSource{},
		}
		for _, s := range q.Sources {
			j.Sources = append(j.Sources, jsonSource(s))
		}
		out.Quotes = append(out.Quotes, j)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}

// round keeps four digits behind the point.
func round(x float64) float64 { return float64(int64(x*1e4+0.5)) / 1e4 }
