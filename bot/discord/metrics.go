package discord

import (
	"context"
	"errors"
	"time"

	"dossier/index"
)

// Metrics take what happens, from several goroutines, and do not block. All strings
// are constants of the program, never words of a person.
type Metrics interface {
	Asked(way, outcome string)          // a question has been put to the articles
	Read(depth int)                     // so many candidate sentences were read for it
	Took(stage string, d time.Duration) // a stage of an answer took so long
	Limited(limit string)               // a rate limit was met
}

// The stages of an answer, in their order.
const (
	stageLine          = "line"    // behind the earlier questions of the channel
	stageWaiting       = "waiting" // for a turn among all who ask
	stageUnderstanding = "understanding"
	stageRetrieving    = "retrieving"
	stageReading       = "reading"
	stageSending       = "sending" // until Discord has taken the answer
)

// limitPerson is the limit of one person; those of Discord package gateway names.
const limitPerson = "person"

// wayOf is how a question was asked, for the metrics: what the log tells apart by
// what it means for privacy and conversations is the same way of asking.
func wayOf(kind string) string {
	switch kind {
	case "private":
		return "slash"
	case "more", "suggested", "share":
		return "button"
	}
	return kind
}

// outcomeOf is what became of a question, for the metrics.
func outcomeOf(a index.Answer, err error) string {
	switch {
	case asksNothing(err), errors.Is(err, index.ErrTooLong):
		return string(index.Other)
	case errors.Is(err, errBusy):
		return "busy"
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return "slow"
	case err != nil, a.Outcome == "": // no outcome: a panic
		return "error"
	}
	return string(a.Outcome)
}

// count tells the metrics of an answer. waited is how long it was for a turn here.
func (a *answerer) count(kind string, waited time.Duration, ans index.Answer, err error) {
	m := a.metrics
	m.Asked(wayOf(kind), outcomeOf(ans, err))
	t := ans.Times
	m.Took(stageWaiting, waited+t.Waiting)
	if ans.Depth > 0 {
		m.Read(ans.Depth)
	}
	if t == (index.Times{}) {
		return // it did not come that far
	}
	m.Took(stageUnderstanding, t.Understanding)
	m.Took(stageRetrieving, t.Retrieving)
	m.Took(stageReading, t.Reading)
}

// noMetrics are taken where nobody watches.
type noMetrics struct{}

func (noMetrics) Asked(string, string)       {}
func (noMetrics) Read(int)                   {}
func (noMetrics) Took(string, time.Duration) {}
func (noMetrics) Limited(string)             {}

// Connected says whether the bot is connected to Discord's gateway.
func (b *Bot) Connected() bool { return b.gateway.Connected() }

// LoginsLeft is how often the bot may still log in today, by its own limit; below
// zero before it knows.
func (b *Bot) LoginsLeft() int { return b.gateway.LoginsLeft() }
