package discord

import (
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"dossier/bot/discord/gateway"

	lru "github.com/hashicorp/golang-lru/v2"
)

// permissionHints say what a moderator can do where Discord refuses for want of a
// permission, by Discord's code.
var permissionHints = map[int]string{
	gateway.CodeMissingAccess: "the bot was asked in a channel that it may not see any more; allow its role View Channel there, " + inviteAgain,
	gateway.CodeMissingPermissions: "the bot may read but not write in a channel; allow its role Send Messages there (in threads: Send Messages in Threads), " +
		inviteAgain + "; if it is meant to be silent there, all is well",
	gateway.CodeNoHistory: "the bot may write but not reply in a channel; allow its role Read Message History there, " + inviteAgain,
	gateway.CodeCannotDM:  "a person wrote to the bot and takes no direct messages from it; there is nothing to do",
}

const inviteAgain = "or invite it again with the address printed at the start; it looks again after five minutes"

const (
	// hintEvery is how often the same hint is logged. A channel that is set up wrong,
	// or on purpose so that the bot is silent there, must not fill the log.
	hintEvery = time.Hour

	// leaveAlone is how long a channel is left alone where the bot may not write.
	// Each try is a refusal that Discord counts, see refusedLimit.
	leaveAlone = 5 * time.Minute
)

// mutedChannels remember where Discord does not let the bot write, and what was said
// in the log about it.
type mutedChannels struct {
	log      *slog.Logger
	foreign  bool                          // the server is not Discord itself, see DISCORD_API_URL
	channels *lru.Cache[string, time.Time] // when each refused

	mu   sync.Mutex
	said map[int]time.Time // when a hint was given last, by Discord's code
}

func newMutedChannels(log *slog.Logger, foreign bool) *mutedChannels {
	channels, err := lru.New[string, time.Time](4096)
	if err != nil {
		panic(err) // only for a size below one
	}
	return &mutedChannels{log: log, foreign: foreign, channels: channels, said: map[int]time.Time{}}
}

// closed says whether a channel is left alone.
func (m *mutedChannels) closed(channel string) bool {
	at, ok := m.channels.Get(channel)
	return ok && time.Since(at) < leaveAlone
}

// due says whether a hint may be given again, and counts on it being given.
func (m *mutedChannels) due(code int, every time.Duration) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	if at, ok := m.said[code]; ok && now.Sub(at) < every {
		return false
	}
	m.said[code] = now
	return true
}

// permitted returns err unless it is for want of a permission in the channel: that
// is no fault of the bot, and the log has a hint of it already. Where the bot may
// not write it does not try for a while.
func (m *mutedChannels) permitted(channel string, err error) error {
	var e *gateway.Error
	if !errors.As(err, &e) || e.Status != http.StatusForbidden || !e.Own && !m.foreign || e.Code == gateway.CodeBlocked {
		return err // 403 is also what stands before Discord says, of all channels
	}
	if e.Op == opSend {
		m.channels.Add(channel, time.Now())
	}
	why, ok := permissionHints[e.Code]
	if !ok {
		why = otherHint // of a server that is not Discord, or of a Discord to come
	}
	if m.due(e.Code, hintEvery) {
		m.log.Warn("not allowed to answer", "err", e.Error(), "hint", why)
	}
	return nil
}

// otherHint is for codes that the bot does not know.
const otherHint = "the bot may not write in a channel; look at the permissions of its role there, " + inviteAgain

// codeLimited stands for a limit of Discord's among the codes of hints.
const codeLimited = -429
