package discord

import (
	"context"
	"errors"
	"hash/maphash"
	"time"

	"github.com/bwmarrin/discordgo"
	lru "github.com/hashicorp/golang-lru/v2"

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
	lines   *lines
	signs   *signs
	roles   *ownRoles
	recent  *lru.Cache[string, earlier] // the last answer in each direct conversation
}

// address finds out whether a message is for the bot and what it asks.
func (r *replies) address(ctx context.Context, m *discordgo.Message) (request, bool) {
	self := r.gateway.Self()
	return address(m, self, r.roles.of(ctx, m, self))
}

// onMessage answers a message that is for the bot.
func (r *replies) onMessage(m *discordgo.Message) {
	r.handle("message", func(ctx context.Context) error {
		h, ok := r.address(ctx, m)
		if !ok || r.gateway.Now().Sub(created(m.ID)) > replayWindow {
			return nil
		}
		e, fresh := r.tracker.begin(m.ID)
		if !fresh {
			return nil
		}
		return r.answer(ctx, m, h, e)
	}, func(ctx context.Context) { r.sorry(ctx, m) })
}

// onEdit lets an answer follow an edit of its question.
func (r *replies) onEdit(m *discordgo.Message) {
	r.handle("edit", func(ctx context.Context) error {
		// Discord also sends updates when a link's preview has come.
		if !fromPerson(m, r.gateway.Self()) || m.EditedTimestamp == nil || r.gateway.Now().Sub(created(m.ID)) > editWindow {
			return nil
		}
		h, ok := r.address(ctx, m)
		if !ok {
			return r.muted.permitted(m.ChannelID, r.withdraw(ctx, m))
		}
		e, _ := r.tracker.begin(m.ID)
		return r.answer(ctx, m, h, e)
	}, func(ctx context.Context) { r.sorry(ctx, m) })
}

// follow makes the answer to a message, or makes it anew after an edit. What asks
// nothing gets a sign that it was seen.
func (r *replies) follow(ctx context.Context, m *discordgo.Message, h request, e *exchange) error {
	wordless, err := r.admit(ctx, m, h, e)
	if wordless && err == nil {
		r.signs.make(ctx, m.ChannelID, m.ID)
	}
	return err
}

// admit answers a message when its turn has come, if its asker need not wait. wordless
// says that a sign is all it gets.
func (r *replies) admit(ctx context.Context, m *discordgo.Message, h request, e *exchange) (wordless bool, err error) {
	asked := maphash.String(keySeed, h.text)
	if ok, err := r.enter(ctx, m, h, e, asked); !ok {
		return false, err
	}
	if !h.wordless {
		defer r.signs.later(ctx, m.ChannelID, m.ID)()
	}
	start := time.Now()
	leave, err := r.lines.wait(ctx, m.ChannelID, m.ID)
	r.answers.metrics.Took(stageLine, time.Since(start))
	if err != nil {
		return false, err
	}
	defer leave()
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.gone.Load() || e.outdated(m) || e.asked == asked {
		return false, nil
	}
	out, ok := r.reply(ctx, m, h)
	if ok {
		err = r.sender.put(ctx, m, e, out)
	} else {
		err = r.sender.takeBack(ctx, m.ChannelID, e) // the answer to what stood there before an edit
	}
	if err != nil {
		return false, err
	}
	e.asked, e.note = asked, false
	if was, err := earlierOf(out); m.GuildID == "" && err == nil && was.known() {
		r.recent.Add(m.ChannelID, was)
	}
	return !ok, nil
}

// enter says whether a message is to be answered now, and deals with one whose asker
// has to wait.
func (r *replies) enter(ctx context.Context, m *discordgo.Message, h request, e *exchange, asked uint64) (ok bool, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.gone.Load() || e.outdated(m) || e.asked == asked || e.answer == "" && r.muted.closed(m.ChannelID) {
		return false, nil
	}
	if h.hidden && e.answer == "" && !r.tellHidden(m) {
		return false, nil
	}
	if e.let == asked {
		return true, nil
	}
	if wait := r.limits.wait(m.Author.ID); wait > 0 {
		return false, r.hold(ctx, m, h, e, wait)
	}
	e.let = asked
	return true, nil
}

// hold deals with a message whose asker has to wait. An answer that there is
// follows the edit when there is room again. Where there is none, a note says when
// to ask again, and goes when that time has come. e is locked.
func (r *replies) hold(ctx context.Context, m *discordgo.Message, h request, e *exchange, wait time.Duration) error {
	switch {
	case e.note, h.wordless:
		return nil
	case e.answer != "":
		r.later(wait, "edit", func(ctx context.Context) error {
			if r.gateway.Now().Sub(created(m.ID)) > 2*editWindow {
				return nil
			}
			return r.answer(ctx, m, h, e)
		})
		return nil
	case !r.limits.tell(m.Author.ID, wait):
		return nil
	}
	if err := r.sender.put(ctx, m, e, message.Note(message.WaitNote(r.locales.of(m), wait), false)); err != nil {
		return err
	}
	e.note = true
	r.later(max(wait, noteStays), "note", func(ctx context.Context) error {
		e.mu.Lock()
		defer e.mu.Unlock()
		if !e.note {
			return nil // it has become an answer
		}
		return r.muted.permitted(m.ChannelID, r.sender.takeBack(ctx, m.ChannelID, e))
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
	return r.sender.takeBack(ctx, m.ChannelID, e)
}

// reply renders what is said to a message, if anything is: a remark that the
// articles have no answer to was none of the bot's business.
func (r *replies) reply(ctx context.Context, m *discordgo.Message, h request) (out message.Message, ok bool) {
	t := r.locales.of(m)
	kind := "mention"
	if h.toAnswer {
		kind = "reply"
	}
	if m.GuildID == "" {
		kind = "direct"
		if !h.earlier.known() {
			h.earlier, _ = r.recent.Get(m.ChannelID)
		}
	}
	switch ofOther := h.toOther && (h.text == "" || h.follow.kind == followOther); {
	case h.roleHidden:
		return message.Note(t.WithNames(t.RoleHidden), false), true
	case h.hidden:
		return message.Note(t.WithNames(t.ReplyHidden), false), true
	case h.wordless:
		return message.Message{}, false
	case ofOther && h.other == "":
		return message.Note(t.WithNames(t.OtherHidden), false), true
	case ofOther:
		h.text, h.toOther = h.other, false
	case h.follow.kind != noFollow && h.follow.kind != followOther && !h.toOther:
		out, err := r.goOn(ctx, m, kind, h)
		if err != nil {
			return r.answers.refusal(err, t), true
		}
		return out, true
	case h.text == "", h.intent == greeting:
		return message.Prompt(r.answers.example(), t), true
	case h.intent == helpRequest:
		return public(r.answers.help(t)), true
	}
	q := index.Query{Text: h.text, Conversation: h.conversation, Remark: h.remark}
	if h.toAnswer {
		q.After = h.earlier.After()
	}
	if about, _ := index.Question(h.other); h.toOther && about != "" {
		q.After = []string{about}
	}
	a, err := r.answers.ask(ctx, kind, q)
	if h.toOther && (asksNothing(err) || err == nil && a.Fragment) { // it asks something of the other message, whatever it is
		if h.other == "" {
			return message.Note(t.WithNames(t.OtherHidden), false), true
		}
		a, err = r.answers.ask(ctx, kind, index.Query{Text: h.other})
	}
	switch {
	case h.remark && (asksNothing(err) || err == nil && !a.Answered):
		return message.Message{}, false
	case h.toAnswer && errors.Is(err, index.ErrEmptyQuestion):
		return message.Note(t.HowToGoOn, false), true
	case err != nil:
		return r.answers.refusal(err, t), true
	case h.unread != nil && !a.Answered: // perhaps it leans on what cannot be read
		return message.Note(t.WhyUnread(h.unread), false), true
	}
	v := r.answers.view(t, m.Author.ID)
	v.Above = true
	return message.Answer(a, v), true
}

// sorry tells after a panic that something broke.
func (r *replies) sorry(ctx context.Context, m *discordgo.Message) {
	if _, ok := r.address(ctx, m); !ok {
		return
	}
	e, _ := r.tracker.begin(m.ID)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.note = false
	if err := r.muted.permitted(m.ChannelID, r.sender.put(ctx, m, e, message.Note(r.locales.of(m).Broke, false))); err != nil {
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
			if err := r.muted.permitted(channel, r.sender.takeBack(ctx, channel, e)); err != nil {
				failed = err
			}
			e.mu.Unlock()
		}
		return failed
	}, nil)
}
