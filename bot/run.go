package main

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"dossier/bot/discord"
	"dossier/index"
)

type runCmd struct{ corpusFlag }

// Run is the bot: on Discord with a token, else in the terminal.
func (c *runCmd) Run(p *program) error {
	if p.settingsErr != nil {
		return finalError{p.settingsErr} // the token may be what cannot be read
	}
	if p.settings.token == "" {
		// On standard error, so that answers can be piped and it is seen all the same.
		newPage(p.stderr, p.env).say("No DISCORD_TOKEN is set, so this runs here in the terminal.")
		chat := chatCmd{c.corpusFlag}
		return chat.chat(p)
	}
	logs, out := newSpool(p.stderr), newSpool(p.stdout)
	defer out.close(flushTime)
	defer logs.close(flushTime)
	log := newLog(logs, p, slog.LevelDebug)
	v := thisVersion()
	log.Info("starting", "version", v.source(), "go", v.goes, "weights", v.weights[:short])
	ix, err := c.open(p, log)
	if p.ctx.Err() != nil {
		return nil // stopped before it began
	}
	if err != nil {
		return err
	}
	live := index.NewLive(ix)
	defer live.Close()
	if dir := c.directory(p); dir != "" {
		watching := make(chan struct{})
		go func() {
			defer close(watching)
			watch(p.ctx, dir, lookEvery, func() { c.renew(p, live, log) })
		}()
		defer func() { <-watching }()
	}
	bot, err := discord.New(discord.Config{
		Token:    p.settings.token,
		GuildID:  p.settings.guildID,
		APIURL:   p.settings.apiURL,
		StateDir: stateDir(p.settings.stateDir, log),
		Out:      out,
		Version:  v.String(),
	}, live, log)
	if err != nil {
		return finalError{err} // a setting is wrong
	}
	if err = bot.Run(p.ctx); errors.Is(err, discord.ErrRefused) {
		return finalError{err}
	}
	return err
}

// renew answers from the articles as they are now. Where they cannot be read, those
// before stay.
func (c *runCmd) renew(p *program, live *index.Live, log *slog.Logger) {
	err := live.Replace(func(before *index.Index) (*index.Index, error) { return c.reopen(p, log, before) })
	switch {
	case p.ctx.Err() != nil:
	case err != nil:
		log.Warn("the articles have changed, but cannot be read; answering from those before", "err", err)
	default:
		st := live.Stats()
		log.Info("answering from the changed articles", "articles", st.Articles, "sentences", st.Sentences)
	}
}

// flushTime is how long the log may take at the end.
const flushTime = time.Second

// stateDir returns the directory to keep state in. Whether it can be written to, the
// bot finds out: without it, it works all the same.
func stateDir(dir string, log *slog.Logger) string {
	if dir != "" {
		return dir
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		log.Warn("STATE_DIR is empty and there is no cache directory; the state is kept in the folder for temporary files", "err", err,
			"hint", "set STATE_DIR to a directory that the bot may write to")
		cache = os.TempDir()
	}
	return filepath.Join(cache, "dossier")
}
