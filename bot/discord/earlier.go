package discord

import (
	"context"
	"slices"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/message"
	"dossier/index"
)

// An earlier is what a message of the bot's is about, as far as a reply to it needs.
type earlier struct {
	asked   string      // the question
	before  []string    // the earlier questions that it leaned on, the oldest first
	quotes  []string    // the ids of those that it shows
	offered []string    // the questions that it suggests, in their order
	more    bool        // there are further quotes
	next    index.Query // asks for them
	source  string      // what it was limited to, as a button holds it
}

// earlierOf reads what a message of the bot's is about.
func earlierOf(m message.Message) earlier {
	was := message.ParseQuestion(m)
	e := earlier{asked: was.Asked, before: was.Before(), quotes: message.Quotes(m)}
	answer := false // and no page of a quote in context
	for _, b := range slices.Concat(m.Rows...) {
		a, err := message.ParseID(b.ID)
		answer = answer || err == nil && a.Verb != message.VerbContext
		switch {
		case err != nil:
		case a.Verb == message.VerbAsk:
			e.offered = append(e.offered, a.Text)
		case a.Verb == message.VerbMore:
			e.more, e.source = e.asked != "", a.Source
			e.next = index.Query{Text: e.asked, Before: e.before, Skip: a.Page, From: a.From, To: a.To}
		}
	}
	if !answer {
		return earlier{}
	}
	return e
}

// known says whether there is anything to go on from.
func (e earlier) known() bool { return e.asked != "" || len(e.quotes) > 0 || len(e.offered) > 0 }

// after is what a question that replies to the message may lean on.
func (e earlier) after() []string {
	if e.asked == "" {
		return nil
	}
	return append(slices.Clone(e.before), e.asked)
}

// goOn is what is said to a reply that asks for more of an answer, or less.
func (r *replies) goOn(ctx context.Context, m *discordgo.Message, kind string, h request) (message.Message, error) {
	e, t := h.earlier, r.locales.of(m)
	v := message.View{Lang: t, Owner: m.Author.ID, From: e.next.From, To: e.next.To}
	v.Source, _ = r.answers.sourceNamed(message.Action{Source: e.source})
	quotes := r.answers.quotes(e.quotes)
	switch n := h.follow.number; {
	case h.follow.kind == followThanks:
		return message.Note(t.Welcome, false), nil
	case h.follow.kind == followSources && len(quotes) > 0:
		return public(message.Citations(quotes, v)), nil
	case h.follow.kind == followMore && e.more:
		return r.next(ctx, kind, e, v)
	case h.follow.kind == followMore && len(quotes) > 0:
		return message.Note(t.NoMore, false), nil
	case h.follow.kind == followDoubt && e.more:
		out, err := r.next(ctx, kind, e, v)
		if note := "\n-# " + t.ElseSaid; err == nil && message.Length(out.Content)+message.Length(note) <= maxContent {
			out.Content += note
		}
		return out, err
	case h.follow.kind == followNumber && n <= len(e.offered):
		v.Source, v.From, v.To = "", "", ""
		a, err := r.answers.ask(ctx, kind, index.Query{Text: e.offered[n-1], Conversation: h.conversation, OnlyFragments: true})
		return message.Answer(a, v), err
	case h.follow.kind == followNumber && n <= len(quotes):
		return r.inContext(e, quotes[n-1], v), nil
	case (h.follow.kind == followPuzzled || h.follow.kind == followDoubt) && len(quotes) > 0:
		return r.inContext(e, quotes[0], v), nil
	}
	return message.Note(t.HowToGoOn, false), nil
}

// maxContent is how long a message can be.
const maxContent = 2000

// next shows the quotes behind those of an answer.
func (r *replies) next(ctx context.Context, kind string, e earlier, v message.View) (message.Message, error) {
	q := e.next
	q.Source, v.Skip = v.Source, q.Skip
	a, err := r.answers.ask(ctx, kind, q)
	return message.Answer(a, v), err
}

func (r *replies) inContext(e earlier, q index.Quote, v message.View) message.Message {
	return public(message.Context(q, r.answers.asker.Around(q.ID, aroundQuote), e.quotes, v))
}

// public is a message for all to see, as one in a channel is.
func public(m message.Message) message.Message {
	m.Private = false
	return m
}
