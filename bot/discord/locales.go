package discord

import (
	"hash/maphash"

	"dossier/bot/discord/message"

	"github.com/bwmarrin/discordgo"
	lru "github.com/hashicorp/golang-lru/v2"
)

// locales remember in which language people read Discord and which one their
// server prefers: a command or a click says it, a message does not. They know the
// last people and servers only, in memory, by a hash that means nothing after a
// restart.
type locales struct {
	byID *lru.Cache[uint64, *message.Language]
}

func newLocales() *locales {
	byID, err := lru.New[uint64, *message.Language](4096)
	if err != nil {
		panic(err) // only for a size below one
	}
	return &locales{byID}
}

// saw is told what language somebody or a server reads.
func (r *locales) saw(id string, t *message.Language) { r.byID.Add(maphash.String(keySeed, id), t) }

// of is the language of whoever wrote a message, else in that of the
// server, else in English.
func (r *locales) of(m *discordgo.Message) *message.Language {
	for _, id := range []string{m.Author.ID, m.GuildID} {
		if t, ok := r.byID.Get(maphash.String(keySeed, id)); ok && id != "" {
			return t
		}
	}
	return message.LanguageOf("")
}
