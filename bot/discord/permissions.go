package discord

import (
	"errors"
	"sync"
	"time"
)

// permissionHints say what a moderator can do where Discord refuses for want of a
// permission, by Discord's code.
var permissionHints = map[int]string{
	codeMissingAccess: "the bot was asked in a channel that it may not see any more; allow its role View Channel there, " + inviteAgain,
	codeMissingPermissions: "the bot may read but not write in a channel; allow its role Send Messages there (in threads: Send Messages in Threads), " +
		inviteAgain + "; if it is meant to be silent there, all is well",
	codeNoHistory: "the bot may write but not reply in a channel; allow its role Read Message History there, " + inviteAgain,
}

const inviteAgain = "or invite it again with the address printed at the start"

// hintEvery is how often the same hint is logged. A channel that is set up wrong,
// or on purpose so that the bot is silent there, must not fill the log.
const hintEvery = time.Hour

// A hinted keeps when a hint was given last, by Discord's code.
type hinted struct {
	mu   sync.Mutex
	last map[int]time.Time
}

// due says whether a hint may be given again, and counts on it being given.
func (h *hinted) due(code int) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now()
	if at, ok := h.last[code]; ok && now.Sub(at) < hintEvery {
		return false
	}
	if h.last == nil {
		h.last = map[int]time.Time{}
	}
	h.last[code] = now
	return true
}

// permitted returns err unless it is for want of a permission: that is no fault
// of the bot, and the log has a hint of it already.
func (b *Bot) permitted(err error) error {
	var e *apiError
	if !errors.As(err, &e) || permissionHints[e.Code] == "" {
		return err
	}
	if b.hinted.due(e.Code) {
		b.log.Warn("not allowed to answer", "err", e.Error(), "hint", permissionHints[e.Code])
	}
	return nil
}
