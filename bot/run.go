package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"dossier/bot/discord"
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
	log := newLog(p, slog.LevelDebug)
	ix, err := c.open(p, log)
	if p.ctx.Err() != nil {
		return nil // stopped before it began
	}
	if err != nil {
		return err
	}
	defer ix.Close()
	state, err := stateDir(p.settings.stateDir)
	if err != nil {
		return err
	}
	bot, err := discord.New(discord.Config{
		Token:    p.settings.token,
		GuildID:  p.settings.guildID,
		APIURL:   p.settings.apiURL,
		StateDir: state,
		Out:      p.stdout,
	}, ix, log)
	if err != nil {
		return finalError{err} // a setting is wrong
	}
	if err = bot.Run(p.ctx); errors.Is(err, discord.ErrRefused) {
		return finalError{err}
	}
	return err
}

// stateDir returns the directory to keep state in, which it makes if need be.
func stateDir(dir string) (string, error) {
	if dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return "", fmt.Errorf("STATE_DIR is empty and there is no cache directory: %w\nhint: set STATE_DIR to a directory that the bot may write to", err)
		}
		dir = filepath.Join(cache, "dossier")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("STATE_DIR=%s: %w\nhint: set STATE_DIR to a directory that the bot may write to", dir, err)
	}
	return dir, nil
}
