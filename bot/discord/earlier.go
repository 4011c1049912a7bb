package discord

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/message"
	"dossier/index"
)

// An earlier is what a message of the bot's is about.
type earlier struct {
	message.State
	more bool // there are further quotes, and it is known of what question
}

// earlierOf reads what a message of the bot's is about.
func earlierOf(m message.Message) (earlier, error) {
	s, err := message.ReadState(m)
	return earlier{s, s.Question != "" && !s.Partial && m.Offers(message.VerbMore)}, err
}

// known says whether there is anything to go on from.
func (e earlier) known() bool { return e.Question != "" || len(e.Quotes) > 0 || len(e.Offered) > 0 }

// goOn is what is said to a reply that asks for more of an answer, or less.
func (r *replies) goOn(ctx context.Context, m *discordgo.Message, kind string, h request) (message.Message, error) {
	e, t := h.earlier, r.locales.of(m)
	v := r.answers.view(t, m.Author.ID)
	v.Above, v.Source, v.From, v.To = true, e.Source, e.From, e.To
	quotes := r.answers.quotes(e.Quotes)
	switch n := h.follow.number; {
	case h.follow.kind == followThanks:
		return message.Note(t.Welcome, false), nil
	case h.unread != nil:
		return message.Note(t.WhyUnread(h.unread), false), nil
	case len(quotes) < len(e.Quotes) && (h.follow.kind != followNumber || n > len(e.Offered)):
		return message.Note(t.OtherCorpus, false), nil // as its buttons say
	case h.follow.kind == followSources && len(quotes) > 0:
		return public(message.Citations(quotes, v)), nil
	case h.follow.kind == followMore && e.more:
		return r.answers.next(ctx, kind, e.State, v)
	case h.follow.kind == followMore && len(quotes) > 0:
		return message.Note(t.NoMore, false), nil
	case h.follow.kind == followDoubt && e.more:
		out, err := r.answers.next(ctx, kind, e.State, v)
		if out.Offers(message.VerbContext) { // it quotes something
			out.AddSmallPrint(t.ElseSaid)
		}
		return out, err
	case h.follow.kind == followNumber && n <= len(e.Offered):
		v.Source, v.From, v.To = "", "", ""
		a, err := r.answers.ask(ctx, kind, index.Query{Text: e.Offered[n-1], Conversation: h.conversation, OnlyFragments: true})
		return message.Answer(a, v), err
	case h.follow.kind == followNumber && n <= len(quotes):
		return r.inContext(e, quotes[n-1], v), nil
	case (h.follow.kind == followPuzzled || h.follow.kind == followDoubt) && len(quotes) > 0:
		return r.inContext(e, quotes[0], v), nil
	}
	return message.Note(t.HowToGoOn, false), nil
}

func (r *replies) inContext(e earlier, q index.Quote, v message.View) message.Message {
	return public(message.Context(q, r.answers.asker.Around(q.ID, aroundQuote), e.State, v))
}

// public is a message for all to see, as one in a channel is.
func public(m message.Message) message.Message {
	m.Private = false
	return m
}
