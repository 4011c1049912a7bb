package discord

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/gateway"
)

// lateFor is how long after a question its answer is of use. A limit of Discord's
// that lasts longer is not waited for.
const lateFor = 2 * time.Hour

// answer makes the answer to a message. Where Discord takes no message there for a
// while, the answer comes when it does: nobody is left without a word.
func (r *replies) answer(ctx context.Context, m *discordgo.Message, h request, e *exchange) error {
	err := r.muted.permitted(m.ChannelID, r.follow(ctx, m, h, e))
	wait, ok := gateway.IsLimited(err)
	if !ok || r.gateway.Now().Add(wait).Sub(created(m.ID)) > lateFor {
		return err
	}
	if r.muted.due(codeLimited, time.Minute) {
		r.log.Warn("Discord takes no message in a channel for a while; the answers come then", "err", gateway.Scrub(err), "for", wait.Round(time.Second))
	}
	// Those who waited do not all come at once.
	r.later(max(wait, time.Second)+rand.N(time.Second), "late answer", func(ctx context.Context) error {
		return r.answer(ctx, m, h, e)
	})
	return nil
}
