package discord

import (
	"hash/maphash"
	"strconv"
)

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
