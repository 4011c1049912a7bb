package discord

import (
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
