package discord

import (
	"context"
	"hash/maphash"
	"time"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/gateway"
	"dossier/bot/discord/message"
	"dossier/index"
)

const (
	// editWindow is how long after a question an edit of it is followed.
	editWindow = 5 * time.Minute

	// replayWindow is how old a message may be that comes after a break in the
	// connection.
	replayWindow = 10 * time.Minute

	// noteStays is how long a note that somebody has to wait stays at least, to be
	// read.
	noteStays = 5 * time.Second
)

// replies are the answers to what people write in channels and direct messages:
// one to each question, that follows its edits and goes when it goes.
type replies struct {
	*dispatcher
	sender  *sender
	answers *answerer
	limits  *limiter
	tracker *tracker
	locales *locales
	seen    *seen
	muted   *mutedChannels
}

// onMessage answers a message that is for the bot.
func (r *replies) onMessage(m *discordgo.Message) {
	r.handle("message", func(ctx context.Context) error {
		h, ok := address(m, r.gateway.Self())
		if !ok || r.gateway.Now().Sub(created(m.ID)) > replayWindow {
			return nil
		}
		e, fresh := r.tracker.begin(m.ID)
		if !fresh {
			return nil
		}
		return r.muted.permitted(m.ChannelID, r.follow(ctx, m, h, e))
	}, func(ctx context.Context) { r.sorry(ctx, m) })
}

// onEdit lets an answer follow an edit of its question.
func (r *replies) onEdit(m *discordgo.Message) {
	r.handle("edit", func(ctx context.Context) error {
		// Discord also sends updates when a link's preview has come.
		if !fromPerson(m, r.gateway.Self()) || m.EditedTimestamp == nil || r.gateway.Now().Sub(created(m.ID)) > editWindow {
			return nil
		}
		h, ok := address(m, r.gateway.Self())
		if !ok {
			return r.muted.permitted(m.ChannelID, r.withdraw(ctx, m))
		}
		e, _ := r.tracker.begin(m.ID)
		return r.muted.permitted(m.ChannelID, r.follow(ctx, m, h, e))
	}, func(ctx context.Context) { r.sorry(ctx, m) })
}

// follow makes the answer to a message, or makes it anew after an edit.
func (r *replies) follow(ctx context.Context, m *discordgo.Message, h request, e *exchange) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	asked := maphash.String(keySeed, h.text)
	if e.gone.Load() || e.outdated(m) || e.asked == asked || e.answer == "" && r.muted.closed(m.ChannelID) {
		return nil
	}
	if h.hidden && e.answer == "" && !r.tellHidden(m) {
		return nil
	}
	if wait := r.limits.wait(m.Author.ID, m.ChannelID, m.GuildID); wait > 0 {
		return r.hold(ctx, m, h, e, wait)
	}
	err := error(nil)
	if out, ok := r.reply(ctx, m, h); ok {
		err = r.put(ctx, m, e, out)
	} else {
		err = r.takeBack(ctx, m.ChannelID, e) // the answer to what stood there before an edit
	}
	if err != nil {
		return err
	}
	e.asked, e.note = asked, false
	return nil
}

// hold deals with a message whose asker has to wait. An answer that there is
// follows the edit when there is room again. Where there is none, a note says when
// to ask again, and goes when that time has come. e is locked.
func (r *replies) hold(ctx context.Context, m *discordgo.Message, h request, e *exchange, wait time.Duration) error {
	switch {
	case e.note:
		return nil
	case e.answer != "":
		r.later(wait, "edit", func(ctx context.Context) error {
			if r.gateway.Now().Sub(created(m.ID)) > 2*editWindow {
				return nil
			}
			return r.muted.permitted(m.ChannelID, r.follow(ctx, m, h, e))
		})
		return nil
	case !r.limits.tell(m.Author.ID, m.ChannelID):
		return nil
	}
	if err := r.put(ctx, m, e, message.Note(message.WaitNote(r.locales.of(m), wait), false)); err != nil {
		return err
	}
	e.note = true
	r.later(max(wait, noteStays), "note", func(ctx context.Context) error {
		e.mu.Lock()
		defer e.mu.Unlock()
		if !e.note {
			return nil // it has become an answer
		}
		return r.muted.permitted(m.ChannelID, r.takeBack(ctx, m.ChannelID, e))
	})
	return nil
}

// tellHidden says whether somebody should be told that the bot does not see a
// reply: once under each answer and once a day to each person. Most such replies
// are meant for the people in the channel.
func (r *replies) tellHidden(m *discordgo.Message) bool {
	day := r.gateway.Now().UTC().Format(time.DateOnly)
	answer := r.seen.again("lost " + m.ReferencedMessage.ID)
	return !r.seen.again("lost "+day+" "+m.Author.ID) && !answer
}

// withdraw removes the answer to a message that is not for the bot any more
// after an edit, as if it were deleted. Another edit can make it a question
// again.
func (r *replies) withdraw(ctx context.Context, m *discordgo.Message) error {
	e := r.tracker.beginYoung(m.ID, r.gateway.Now())
	if e == nil {
		return nil
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.outdated(m) {
		return nil
	}
	e.asked = 0
	return r.takeBack(ctx, m.ChannelID, e)
}

// takeBack removes the answer, if there is one. e is locked.
func (r *replies) takeBack(ctx context.Context, channel string, e *exchange) error {
	if e.answer == "" {
		return nil
	}
	if err := r.sender.remove(ctx, channel, e.answer); err != nil {
		return err
	}
	e.forgetAnswer()
	return nil
}

// reply renders what is said to a message, if anything is: a remark that the
// articles have no answer to was none of the bot's business.
func (r *replies) reply(ctx context.Context, m *discordgo.Message, h request) (out message.Message, ok bool) {
	t := r.locales.of(m)
	switch {
	case h.hidden:
		return message.Note(t.WithNames(t.ReplyHidden), false), true
	case h.text == "", h.intent == greeting:
		return message.Prompt(r.answers.example(), t), true
	case h.intent == helpRequest:
		out = r.answers.help(t)
		out.Private = false // as a message cannot be
		return out, true
	}
	kind := "mention"
	if m.GuildID == "" {
		kind = "direct"
	}
	a, err := r.answers.ask(ctx, kind, index.Query{Text: h.text, Conversation: h.conversation, After: h.earlier.After(), Remark: h.remark})
	switch {
	case h.remark && (asksNothing(err) || err == nil && !a.Answered):
		return message.Message{}, false
	case err != nil:
		return r.answers.refusal(err, t), true
	}
	return message.Answer(a, message.View{Lang: t, Owner: m.Author.ID, Cut: h.cut}), true
}

// put sends a message as the answer to m, or edits the one that is there. e is
// locked.
func (r *replies) put(ctx context.Context, m *discordgo.Message, e *exchange, out message.Message) error {
	if e.gone.Load() {
		return nil
	}
	for range maxPuts {
		if e.answer == "" {
			made, err := r.sender.reply(ctx, m.ChannelID, m.ID, e.before, out)
			if err != nil {
				return err
			}
			e.answer = made.ID
			if made.shows(out) {
				return nil
			}
			// The nonce was known: this is an answer of before a restart, or one
			// that Discord made without saying so. It becomes the new one.
		}
		err := r.sender.edit(ctx, m.ChannelID, e.answer, out)
		if !gateway.IsCode(err, gateway.CodeUnknownMessage) {
			return err
		}
		e.forgetAnswer() // somebody has removed it
	}
	return &gateway.Error{Op: opSend, Reason: "the answer is removed again and again"}
}

// maxPuts is more than the answers that one question can have had and lost in
// the few minutes that Discord remembers a nonce.
const maxPuts = 5

// sorry tells after a panic that something broke.
func (r *replies) sorry(ctx context.Context, m *discordgo.Message) {
	if _, ok := address(m, r.gateway.Self()); !ok {
		return
	}
	e, _ := r.tracker.begin(m.ID)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.note = false
	if err := r.muted.permitted(m.ChannelID, r.put(ctx, m, e, message.Note(r.locales.of(m).Broke, false))); err != nil {
		r.log.Warn("not answered", "event", "message", "err", gateway.Scrub(err))
	}
}

// onDelete removes the answers to questions that were deleted.
func (r *replies) onDelete(channel string, ids ...string) {
	r.handle("delete", func(ctx context.Context) error {
		var failed error
		for _, id := range ids {
			e := r.tracker.beginYoung(id, r.gateway.Now())
			if e == nil {
				continue
			}
			e.gone.Store(true) // before the lock, for an answer that is being made
			e.mu.Lock()
			if err := r.muted.permitted(channel, r.takeBack(ctx, channel, e)); err != nil {
				failed = err
			}
			e.mu.Unlock()
		}
		return failed
	}, nil)
}
