package discord

import (
	"hash/maphash"
	"strconv"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

// created is when Discord made an id:
// https://discord.com/developers/docs/reference#snowflakes
func created(id string) time.Time {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(int64(n>>22) + 1420070400000)
}

// isID says whether a text is one of Discord's ids.
func isID(s string) bool {
	_, err := strconv.ParseUint(s, 10, 64)
	return err == nil
}

// seen remembers the last interactions, since Discord may deliver one twice.
type seen struct {
	ids *lru.Cache[string, struct{}]
}

func newSeen() *seen {
	ids, err := lru.New[string, struct{}](8192)
	if err != nil {
		panic(err) // only for a size below one
	}
	return &seen{ids}
}

// again says whether an id has come before.
func (s *seen) again(id string) bool {
	known, _ := s.ids.ContainsOrAdd(id, struct{}{})
	return known
}

var keySeed = maphash.MakeSeed()

// conversation makes a key for questions that may refer to each other. It says
// nothing about who asked or where, and means nothing after a restart.
func conversation(parts ...string) string {
	var h maphash.Hash
	h.SetSeed(keySeed)
	for _, p := range parts {
		_, _ = h.WriteString(p)
		_ = h.WriteByte(0)
	}
	return strconv.FormatUint(h.Sum64(), 36)
}
