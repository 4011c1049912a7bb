package main

import (
	"context"
	"errors"
	"log/slog"

	"dossier/corpus/imports"
)

// readFeeds keeps up with the feeds of the settings and of the directory of articles, in
// the background, until stop is called.
func (c *runCmd) readFeeds(p *program, log *slog.Logger) (stop func(), err error) {
	dir := c.directory(p)
	switch {
	case dir == "" && len(p.settings.feeds) > 0:
		return nil, errors.New("FEEDS is set, but the articles in the binary cannot be added to\nhint: set CORPUS_DIR to a directory of articles")
	case dir == "":
		return func() {}, nil
	}
	feeds := imports.Feeds{
		Dir: dir, Addresses: p.settings.feeds, Publish: p.settings.publish, Log: log,
		Client: imports.NewClient(imports.ClientOptions{Intranet: p.settings.intranet}),
	}
	ctx, cancel := context.WithCancel(p.ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		feeds.Run(ctx, p.settings.every)
	}()
	return func() { cancel(); <-ended }, nil
}
