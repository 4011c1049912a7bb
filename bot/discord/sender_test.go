package discord

import (
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"dossier/bot/discord/discordtest"
	"dossier/bot/discord/message"
)

// TestFullOfQuestions answers 25 messages of one channel, of which Discord takes
// five in five seconds: all arrive, and only what went out before the first response
// is tried in vain.
func TestFullOfQuestions(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, Config{}, discordtest.InMemory(), discordtest.RateLimits())
		start := time.Now()
		var all sync.WaitGroup
		for n := range 25 {
			all.Go(func() {
				id := r.NewID(time.Now())
				if _, err := r.bot.replies.sender.reply(t.Context(), channel.Channel, id, 0, message.Message{Content: fmt.Sprint(n)}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if d := time.Since(start); d > 26*time.Second {
			t.Errorf("25 messages took %s", d)
		}
		if n, refused := len(r.Messages(channel.Channel)), r.RateLimited(); n != 25 || refused > 20 {
			t.Errorf("%d messages arrived, %d tries were refused", n, refused)
		} else {
			t.Logf("%d tries were refused", refused)
		}
		r.bot.gateway.Close()
	})
}
