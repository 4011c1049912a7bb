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

func (b *Bot) onMessage(m *discordgo.Message) {
	b.handle("message", func(ctx context.Context) error {
		h, ok := b.hear(m)
		if !ok || b.gateway.Now().Sub(created(m.ID)) > replayWindow {
			return nil
		}
		e, fresh := b.talk.begin(m.ID)
		if !fresh {
			return nil
		}
		return b.permitted(m.ChannelID, b.follow(ctx, m, h, e))
	}, func(ctx context.Context) { b.sorry(ctx, m) })
}

func (b *Bot) onEdit(m *discordgo.Message) {
	b.handle("edit", func(ctx context.Context) error {
		// Discord also sends updates when a link's preview has come.
		if !b.fromPerson(m) || m.EditedTimestamp == nil || b.gateway.Now().Sub(created(m.ID)) > editWindow {
			return nil
		}
		h, ok := b.hear(m)
		if !ok {
			return b.permitted(m.ChannelID, b.withdraw(ctx, m))
		}
		e, _ := b.talk.begin(m.ID)
		return b.permitted(m.ChannelID, b.follow(ctx, m, h, e))
	}, func(ctx context.Context) { b.sorry(ctx, m) })
}

// follow makes the answer to a message, or makes it anew after an edit.
func (b *Bot) follow(ctx context.Context, m *discordgo.Message, h heard, e *exchange) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	asked := maphash.String(keySeed, h.text)
	if e.gone.Load() || e.outdated(m) || e.asked == asked || e.answer == "" && b.barrier.closed(m.ChannelID) {
		return nil
	}
	if h.lost && e.answer == "" && !b.tellLost(m) {
		return nil
	}
	if wait := b.limits.wait(m.Author.ID, m.ChannelID, m.GuildID); wait > 0 {
		return b.hold(ctx, m, h, e, wait)
	}
	err := error(nil)
	if out, ok := b.reply(ctx, m, h); ok {
		err = b.put(ctx, m, e, out)
	} else {
		err = b.takeBack(ctx, m.ChannelID, e) // the answer to what stood there before an edit
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
func (b *Bot) hold(ctx context.Context, m *discordgo.Message, h heard, e *exchange, wait time.Duration) error {
	switch {
	case e.note:
		return nil
	case e.answer != "":
		b.later(wait, "edit", func(ctx context.Context) error {
			if b.gateway.Now().Sub(created(m.ID)) > 2*editWindow {
				return nil
			}
			return b.permitted(m.ChannelID, b.follow(ctx, m, h, e))
		})
		return nil
	case !b.limits.tell(m.Author.ID, m.ChannelID):
		return nil
	}
	if err := b.put(ctx, m, e, message.Note(message.WaitNote(b.people.texts(m), wait), false)); err != nil {
		return err
	}
	e.note = true
	b.later(max(wait, noteStays), "note", func(ctx context.Context) error {
		e.mu.Lock()
		defer e.mu.Unlock()
		if !e.note {
			return nil // it has become an answer
		}
		return b.permitted(m.ChannelID, b.takeBack(ctx, m.ChannelID, e))
	})
	return nil
}

// tellLost says whether somebody should be told that the bot does not see a
// reply: once under each answer and once a day to each person. Most such replies
// are meant for the people in the channel.
func (b *Bot) tellLost(m *discordgo.Message) bool {
	day := b.gateway.Now().UTC().Format(time.DateOnly)
	answer := b.seen.again("lost " + m.ReferencedMessage.ID)
	return !b.seen.again("lost "+day+" "+m.Author.ID) && !answer
}

// withdraw removes the answer to a message that is not for the bot any more
// after an edit, as if it were deleted. Another edit can make it a question
// again.
func (b *Bot) withdraw(ctx context.Context, m *discordgo.Message) error {
	e := b.talk.beginYoung(m.ID, b.gateway.Now())
	if e == nil {
		return nil
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.outdated(m) {
		return nil
	}
	e.asked = 0
	return b.takeBack(ctx, m.ChannelID, e)
}

// takeBack removes the answer, if there is one. e is locked.
func (b *Bot) takeBack(ctx context.Context, channel string, e *exchange) error {
	if e.answer == "" {
		return nil
	}
	if err := b.client.remove(ctx, channel, e.answer); err != nil {
		return err
	}
	e.lose()
	return nil
}

// reply renders what is said to a message, if anything is: a remark that the
// articles have no answer to was none of the bot's business.
func (b *Bot) reply(ctx context.Context, m *discordgo.Message, h heard) (out message.Message, ok bool) {
	t := b.people.texts(m)
	switch {
	case h.lost:
		return message.Note(t.WithNames(t.ReplyLost), false), true
	case h.text == "", h.talk == greeting:
		return message.Prompt(b.example(), t), true
	case h.talk == plea:
		out = b.help(t)
		out.Private = false // as a message cannot be
		return out, true
	}
	kind := "mention"
	if m.GuildID == "" {
		kind = "direct"
	}
	a, err := b.answer(ctx, kind, index.Query{Text: h.text, Conversation: h.conv, After: h.to.After(), Remark: h.remark})
	switch {
	case h.remark && (asksNothing(err) || err == nil && !a.Answered):
		return message.Message{}, false
	case err != nil:
		return b.failed(err, t), true
	}
	return message.Answer(a, message.View{Lang: t, Owner: m.Author.ID, Cut: h.cut}), true
}

// put sends a message as the answer to m, or edits the one that is there. e is
// locked.
func (b *Bot) put(ctx context.Context, m *discordgo.Message, e *exchange, out message.Message) error {
	if e.gone.Load() {
		return nil
	}
	for range maxPuts {
		if e.answer == "" {
			made, err := b.client.reply(ctx, m.ChannelID, m.ID, e.before, out)
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
		err := b.client.edit(ctx, m.ChannelID, e.answer, out)
		if !gateway.IsCode(err, gateway.CodeUnknownMessage) {
			return err
		}
		e.lose() // somebody has removed it
	}
	return &gateway.Error{Op: opSend, Reason: "the answer is removed again and again"}
}

// maxPuts is more than the answers that one question can have had and lost in
// the few minutes that Discord remembers a nonce.
const maxPuts = 5

// sorry tells after a panic that something broke.
func (b *Bot) sorry(ctx context.Context, m *discordgo.Message) {
	if _, ok := b.hear(m); !ok {
		return
	}
	e, _ := b.talk.begin(m.ID)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.note = false
	if err := b.permitted(m.ChannelID, b.put(ctx, m, e, message.Note(b.people.texts(m).Broke, false))); err != nil {
		b.log.Warn("not answered", "event", "message", "err", gateway.Scrub(err))
	}
}

// onDelete removes the answers to questions that were deleted.
func (b *Bot) onDelete(channel string, ids ...string) {
	b.handle("delete", func(ctx context.Context) error {
		var failed error
		for _, id := range ids {
			e := b.talk.beginYoung(id, b.gateway.Now())
			if e == nil {
				continue
			}
			e.gone.Store(true) // before the lock, for an answer that is being made
			e.mu.Lock()
			if err := b.permitted(channel, b.takeBack(ctx, channel, e)); err != nil {
				failed = err
			}
			e.mu.Unlock()
		}
		return failed
	}, nil)
}
