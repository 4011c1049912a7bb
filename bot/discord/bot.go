package discord

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"dossier/bot/discord/gateway"
	"dossier/index"
)

// An Asker answers questions. [*index.Index] is one.
type Asker interface {
	Ask(ctx context.Context, q index.Query) (index.Answer, error)
	Quote(id string) (index.Quote, bool)
	Around(id string, n int) []index.Quote
	Articles() []index.ArticleRef
	SourceNames() []string
	Suggest(typed string, n int) []string
	Stats() index.Stats
}

// A Config is what an operator can set.
type Config struct {
	Token    string // of the bot, with or without "Bot " before it
	GuildID  string // register the commands in this server only, for tests
	APIURL   string // a Discord-compatible API in place of https://discord.com/api/v9
	StateDir string // where the count of logins is kept over restarts; empty: nowhere

	Out       io.Writer         // takes the self-check; nil: nobody
	Limits    Limits            // zero fields mean the defaults
	Transport http.RoundTripper // carries the REST requests; nil: the network
	Dial      gateway.Dial      // makes the gateway's connections; nil: the network
}

// A Bot answers questions on Discord.
type Bot struct {
	cfg     Config
	ask     Asker
	log     *slog.Logger
	out     io.Writer
	gateway *gateway.Gateway
	client  *client
	intake  *intake
	limits  *limiter
	talk    *tracker
	people  *readers
	seen    *seen
	barrier *barrier
	turns   *turns
	quit    chan error // takes an error that ends the bot
}

// drainTimeout is how long answers in flight may take when the bot ends.
const drainTimeout = 5 * time.Second

// New makes a bot. It does not talk to Discord yet.
func New(cfg Config, ask Asker, log *slog.Logger) (*Bot, error) {
	token := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(cfg.Token)+" ", "Bot "))
	if token == "" || strings.ContainsAny(token, " \t\r\n\"'") {
		return nil, errors.New("DISCORD_TOKEN is empty or not a token; copy it from the Developer Portal (your application, Bot, Reset Token)")
	}
	if cfg.GuildID != "" && !isID(cfg.GuildID) {
		return nil, errors.New("DISCORD_GUILD_ID is not the id of a server; in Discord, right-click the server and choose Copy Server ID")
	}
	cfg.Token = "Bot " + token
	g, err := gateway.New(gateway.Config{
		Token: cfg.Token, APIURL: cfg.APIURL, StateDir: cfg.StateDir, Transport: cfg.Transport, Dial: cfg.Dial,
	}, log)
	if err != nil {
		return nil, err
	}
	b := &Bot{
		cfg: cfg, ask: ask, log: log, out: cfg.Out, gateway: g, client: &client{g},
		intake: newIntake(), limits: newLimiter(cfg.Limits), talk: newTracker(), people: newReaders(), seen: newSeen(),
		turns: newTurns(), barrier: newBarrier(), quit: make(chan error, 1),
	}
	if b.out == nil {
		b.out = io.Discard
	}
	return b, nil
}

// ErrRefused is what an error of [Bot.Run] is where Discord refuses the bot as it is
// set up, so that starting it again is of no use.
var ErrRefused = gateway.ErrRefused

// Run checks the setup, connects and answers until ctx ends; then it lets
// answers in flight finish, for at most five seconds, and returns nil. It
// returns an error, a sentence with the next step, where going on is of no use; it is
// an [ErrRefused] where starting again is of none either.
func (b *Bot) Run(ctx context.Context) error {
	if err := b.gateway.Open(); err != nil {
		return err
	}
	defer b.gateway.Close()
	if err := b.check(ctx); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	linkCtx, disconnect := context.WithCancel(context.WithoutCancel(ctx))
	defer disconnect()
	ended := make(chan error, 1)
	go func() {
		ended <- b.gateway.Run(linkCtx, gateway.Events{Interaction: b.onInteraction, Message: b.onMessage, Edit: b.onEdit, Delete: b.onDelete})
	}()

	var err error
	select {
	case err = <-ended:
		b.intake.close(drainTimeout)
		return err
	case err = <-b.quit:
	case <-ctx.Done():
	}
	b.intake.shut()
	disconnect() // while answers in flight finish
	b.intake.close(drainTimeout)
	select {
	case lost := <-ended:
		return cmp.Or(err, lost)
	case <-time.After(gateway.GoodbyeTimeout + time.Second):
		b.log.Warn("the connection to Discord does not end; leaving it")
	}
	return err
}
