package discord

import (
	"hash/maphash"

	lru "github.com/hashicorp/golang-lru/v2"
)

// readers remember in which language people read Discord: a command or a click
// says it, a message does not. They know the last people only, in memory, by a
// hash that means nothing after a restart.
type readers struct {
	byPerson *lru.Cache[uint64, *texts]
}

func newReaders() *readers {
	byPerson, err := lru.New[uint64, *texts](4096)
	if err != nil {
		panic(err) // only for a size below one
	}
	return &readers{byPerson}
}

// saw is told what language somebody reads.
func (r *readers) saw(id string, t *texts) { r.byPerson.Add(maphash.String(keySeed, id), t) }

// texts are in the language of somebody, or in English where it is not known.
func (r *readers) texts(id string) *texts {
	if t, ok := r.byPerson.Get(maphash.String(keySeed, id)); ok {
		return t
	}
	return textsFor(defaultLocale)
}
