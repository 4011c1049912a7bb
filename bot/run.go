package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
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
	watched := &observer{}
	figures, stopServing, err := watched.serve(p, log)
	if err != nil {
		return err
	}
	defer stopServing()
	ctx, stop := context.WithCancel(p.ctx)
	defer stop()
	p.ctx = ctx
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP) // which Windows does not have: there it never comes
	defer signal.Stop(hangup)
	library := &library{corpusFlag: c.corpusFlag, p: p, log: log}
	ix, err := library.open(&meter{log: log})
	if p.ctx.Err() != nil {
		return nil // stopped before it began
	}
	if err != nil {
		return err
	}
	live := index.NewLive(ix)
	defer live.Close()
	watched.answersFrom(live)
	defer watched.answersFrom(nil)
	defer library.follow(live, hangup, stop)()
	stopFeeds, err := c.readFeeds(p, log)
	if err != nil {
		return finalError{err}
	}
	defer stopFeeds()
	bot, err := discord.New(discord.Config{
		Token:    p.settings.token,
		GuildID:  p.settings.guildID,
		APIURL:   p.settings.apiURL,
		StateDir: stateDir(p.settings.stateDir, log),
		Out:      out,
		Version:  v.String(),
		Metrics:  figures,
	}, live, log)
	if err != nil {
		return finalError{err} // a setting is wrong
	}
	watched.runs(bot)
	if err = bot.Run(p.ctx); errors.Is(err, discord.ErrRefused) {
		return finalError{err}
	}
	return err
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
