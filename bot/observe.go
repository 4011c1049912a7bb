package main

import (
	"context"
	"fmt"
	"log/slog"
	"sync"

	"dossier/bot/discord"
	"dossier/bot/metrics"
	"dossier/index"
)

// An observer tells whoever watches the bot how it is, from before it has articles
// until it ends.
type observer struct {
	mu   sync.Mutex
	live *index.Live // nil: there are no articles yet, or no longer
	bot  *discord.Bot
}

// answersFrom says that there are articles; nil: that they go.
func (o *observer) answersFrom(live *index.Live) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.live = live
}

func (o *observer) runs(bot *discord.Bot) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.bot = bot
}

func (o *observer) status() metrics.Status {
	o.mu.Lock()
	defer o.mu.Unlock()
	st := metrics.Status{LoginsLeft: -1}
	if o.bot != nil {
		st.Connected, st.LoginsLeft = o.bot.Connected(), o.bot.LoginsLeft()
	}
	if o.live != nil {
		held := o.live.Stats()
		st.Corpus = metrics.Corpus{Version: held.Version, Articles: held.Articles, Sentences: held.Sentences, Read: held.Read}
		select {
		case <-o.live.Ready():
			st.IndexReady = true
		default:
		}
	}
	return st
}

// serve serves metrics at METRICS_ADDR, if that is set, until the end, which stop
// waits for.
func (o *observer) serve(p *program, log *slog.Logger) (m *metrics.Metrics, stop func(), err error) {
	m = metrics.New(o.status)
	if p.settings.metricsAddr == "" {
		return m, func() {}, nil
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(p.ctx)) // a bot that ends is still watched
	l, err := metrics.Listen(ctx, p.settings.metricsAddr, log)
	if err != nil {
		cancel()
		return nil, nil, fmt.Errorf("METRICS_ADDR=%s: %w\nhint: name an address of this machine that no other program listens on", p.settings.metricsAddr, err)
	}
	log.Info("serving /metrics, /healthz and /readyz", "addr", l.Addr().String())
	var serving sync.WaitGroup
	serving.Go(func() { m.Serve(ctx, l, log) })
	return m, func() { cancel(); serving.Wait() }, nil
}
