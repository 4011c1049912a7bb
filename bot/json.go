package main

import (
	"encoding/json"
	"io"
	"math"
	"time"

	"dossier/index"
)

// The JSON of an answer is a public interface: see the README.
type (
	jsonAnswer struct {
		Question    string        `json:"question"`
		Understood  string        `json:"understood,omitempty"`
		Outcome     index.Outcome `json:"outcome,omitempty"` // answered, unsure, absent or other; none with an error of another kind
		Reason      string        `json:"reason,omitempty"`  // of other, or of unsure where an opinion is asked for
		Answered    bool          `json:"answered"`
		Confidence  float64       `json:"confidence"`
		Quotes      []jsonQuote   `json:"quotes"`
		Nearest     []jsonQuote   `json:"nearest,omitempty"`    // what comes nearest, where the outcome is unsure
		Unanswered  []string      `json:"unanswered,omitempty"` // of several questions in one, those that quotes do not answer
		Suggestions []string      `json:"suggestions"`
		Depth       int           `json:"depth"`          // how many candidates were read
		Read        string        `json:"read,omitempty"` // how the question was read, with --explain
		TookMS      float64       `json:"took_ms"`
		Error       string        `json:"error,omitempty"` // why the question could not be asked
	}
	jsonQuote struct {
		ID      string       `json:"id"`
		Text    string       `json:"text"`
		Before  string       `json:"before"`
		After   string       `json:"after"`
		Context bool         `json:"context,omitempty"` // text cannot be understood without before
		Exact   [][2]int     `json:"exact,omitempty"`   // the parts of text that are the answer, in bytes
		Score   float64      `json:"score"`
		Signals []jsonSignal `json:"signals,omitempty"` // with --explain
		Article jsonArticle  `json:"article"`
		Sources []jsonSource `json:"sources"`
	}
	jsonSignal struct {
		Name   string  `json:"name"`
		Value  float64 `json:"value"`
		Weight float64 `json:"weight"`
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

// writeJSON prints an answer, or, with problem, why there is none.
func writeJSON(w io.Writer, a index.Answer, problem string, took time.Duration) error {
	out := jsonAnswer{
		Question: a.Question, Understood: a.Understood(),
		Outcome: a.Outcome, Reason: a.Reason, Answered: a.Answered, Confidence: round(a.Confidence),
		Quotes: jsonQuotes(a.Quotes), Nearest: jsonQuotes(a.Nearest), Suggestions: append([]string{}, a.Suggestions...),
		Unanswered: a.Unanswered, Depth: a.Depth, Read: a.Read,
		TookMS: float64(took.Round(10*time.Microsecond)) / float64(time.Millisecond),
		Error:  problem,
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}

func jsonQuotes(quotes []index.Quote) []jsonQuote {
	out := []jsonQuote{}
	for _, q := range quotes {
		j := jsonQuote{
			ID: q.ID, Text: q.Text, Before: q.Before, After: q.After, Context: q.Context, Score: round(q.Score),
			Article: jsonArticle{q.Article.Slug, q.Article.Title, q.Article.Date, q.Article.Outlet, q.Article.URL},
			Sources: []jsonSource{},
		}
		for _, e := range q.Exact {
			j.Exact = append(j.Exact, [2]int{e.Start, e.End})
		}
		for _, s := range q.Signals {
			j.Signals = append(j.Signals, jsonSignal{s.Name, round(s.Value), round(s.Weight)})
		}
		for _, s := range q.Sources {
			j.Sources = append(j.Sources, jsonSource(s))
		}
		out = append(out, j)
	}
	return out
}

// round keeps four digits behind the point; + 0 makes 0 of -0.
func round(x float64) float64 { return math.Round(x*1e4)/1e4 + 0 }
