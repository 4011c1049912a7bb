// Package discord lets people ask on Discord: events come in, answers go out. It
// knows who asked, where and when, and what has been answered already. What an
// answer is it takes from package index, what it looks like from package message,
// and the way to Discord from package gateway.
//
//	              ┌─ message   an Answer becomes text and buttons; pure
//	bot ─ discord ┤
//	              └─ gateway   discordgo made safe; knows nothing of what is said
//
// Start with bot.go, which puts the pieces together, then follow an event:
//
//   - dispatch.go runs a handler for each, lets a panic end no more than one of
//     them and those in flight finish when the bot ends.
//   - messages.go answers mentions and direct messages, and follows edits and
//     deletions. address.go says whether a message is for the bot and what it asks,
//     smalltalk.go whether it asks anything, followups.go whether it asks for more of
//     an answer, which earlier.go then gives. line.go keeps the questions of a channel
//     in order, tracker.go knows the answer to each.
//   - interactions.go handles commands and suggestions while somebody types,
//     buttons.go the clicks.
//   - answer.go puts the question to the [Asker], queue.go says when; limits.go keeps
//     one person from taking all the room.
//   - sender.go makes the requests, late.go again those that Discord does not take
//     yet; muted.go remembers the channels where Discord does not let the bot write.
//
// At the start, selfcheck.go tells the operator whether all is well (examine.go
// tells what is wrong whenever the operator asks), and
// guildcommands.go writes the commands to Discord where they differ from what is
// registered. locales.go remembers the language of people and servers, whose
// messages do not say; ids.go reads what ids say; metrics.go tells whoever watches the
// bot what became of each question.
//
// What never happens: a text or id of a person is logged or stored, an answer is
// given twice, a privileged intent is asked for, a handler blocks the end of the bot.
package discord

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"dossier/bot/discord/gateway"
	"dossier/index"
)

// An Asker answers questions. [*index.Index] is one, and [*index.Live].
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
	Version  string // of the program, in a line; empty: /help does not say

	Metrics   Metrics           // take what happens; nil: nobody watches
	Out       io.Writer         // takes the self-check; nil: nobody
	Limits    Limits            // zero fields mean the defaults
	Transport http.RoundTripper // carries the REST requests; nil: the network
	Dial      gateway.Dial      // makes the gateway's connections; nil: the network

	// Patience is how long Discord waits for the answer to a command or click; zero:
	// its three seconds. Whatever else is sent may take as long, too.
	Patience time.Duration
}

// A Bot answers questions on Discord.
type Bot struct {
	gateway      *gateway.Gateway
	log          *slog.Logger
	check        *selfCheck
	drain        *drain
	quit         chan error // takes an error that ends the bot
	replies      *replies
	interactions *interactions
}

// drainTimeout is how long answers in flight may take when the bot ends.
const drainTimeout = 5 * time.Second

// New makes a bot. It does not talk to Discord yet.
func New(cfg Config, ask Asker, log *slog.Logger) (*Bot, error) {
	token, err := readToken(cfg.Token)
	if err != nil {
		return nil, err
	}
	if cfg.GuildID != "" && !isID(cfg.GuildID) {
		return nil, errGuildID
	}
	if cfg.Metrics == nil {
		cfg.Metrics = noMetrics{}
	}
	g, err := gateway.New(gateway.Config{
		Token: "Bot " + token, APIURL: cfg.APIURL, StateDir: cfg.StateDir, Transport: cfg.Transport, Dial: cfg.Dial, Limited: cfg.Metrics.Limited,
		Timeout: max(gateway.SendTimeout, cfg.Patience),
	}, log)
	if err != nil {
		return nil, err
	}
	if cfg.Patience == 0 {
		cfg.Patience = interactionLife
	}
	if cfg.Out == nil {
		cfg.Out = io.Discard
	}
	var (
		events  = &dispatcher{gateway: g, log: log, drain: newDrain(), quit: make(chan error, 1)}
		answers = &answerer{asker: ask, log: log, queue: newQueue(), metrics: cfg.Metrics, version: cfg.Version, timeout: cfg.Patience / 2}
		send    = &sender{g, cfg.Patience, cfg.Metrics}
		limits  = newLimiter(cfg.Limits, cfg.Metrics)
		tracker = newTracker()
		locales = newLocales()
		seen    = newSeen()
	)
	recent, err := lru.New[string, earlier](4096)
	if err != nil {
		return nil, err
	}
	return &Bot{
		gateway: g, log: log, drain: events.drain, quit: events.quit,
		check: &selfCheck{
			gateway: g, asker: ask, log: log, out: cfg.Out, token: token,
			commands: &guildCommands{gateway: g, log: log, guildID: cfg.GuildID, stateDir: cfg.StateDir},
		},
		replies: &replies{
			dispatcher: events, sender: send, answers: answers, limits: limits, tracker: tracker, locales: locales, seen: seen,
			muted: newMutedChannels(log, cfg.APIURL != ""), lines: newLines(), roles: newOwnRoles(send), recent: recent,
			signs: newSigns(send.react, func(err error) { log.Debug("no reaction to a message", "err", gateway.Scrub(err)) }),
		},
		interactions: &interactions{
			dispatcher: events, sender: send, answers: answers, limits: limits, locales: locales, seen: seen, patience: cfg.Patience,
			buttons: &buttons{sender: send, answers: answers, limits: limits, tracker: tracker, seen: seen, drain: events.drain},
		},
	}, nil
}

var errGuildID = errors.New("DISCORD_GUILD_ID is not the id of a server; in Discord, right-click the server and choose Copy Server ID")

// readToken returns a token without what people copy along with it.
func readToken(setting string) (string, error) {
	token := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(setting)+" ", "Bot "))
	if token == "" || strings.ContainsAny(token, " \t\r\n\"'") {
		return "", errors.New("DISCORD_TOKEN is empty or not a token; copy it from the Developer Portal (your application, Bot, Reset Token)")
	}
	return token, nil
}

// ErrRefused is what an error of [Bot.Run] is where Discord refuses the bot as it is
// set up, so that starting it again is of no use.
var ErrRefused = gateway.ErrRefused

// Run checks the setup, connects and answers until ctx ends; then it lets
// answers in flight finish, for at most five seconds, and returns nil. It
// returns an error, a sentence with the next step, where going on is of no use; it is
// an [ErrRefused] where starting again is of none either.
func (b *Bot) Run(ctx context.Context) error {
	b.gateway.Open()
	defer b.gateway.Close()
	if err := b.check.run(ctx); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	linkCtx, disconnect := context.WithCancel(context.WithoutCancel(ctx))
	var later sync.WaitGroup
	defer later.Wait()
	defer disconnect()
	later.Go(func() { b.check.commands.retry(linkCtx) })
	ended := make(chan error, 1)
	go func() {
		ended <- b.gateway.Run(linkCtx, gateway.Events{
			Interaction: b.interactions.on, Message: b.replies.onMessage, Edit: b.replies.onEdit, Delete: b.replies.onDelete,
		})
	}()

	var err error
	select {
	case err = <-ended:
		b.drain.close(drainTimeout)
		return err
	case err = <-b.quit:
	case <-ctx.Done():
	}
	b.drain.shut()
	if n := b.drain.inside.Load(); n > 0 {
		b.log.Info("ending, as soon as the answers that are being made are sent", "answers", n, "at most", drainTimeout)
	} else {
		b.log.Info("ending")
	}
	disconnect() // while answers in flight finish
	b.drain.close(drainTimeout)
	select {
	case lost := <-ended:
		return cmp.Or(err, lost)
	case <-time.After(gateway.GoodbyeTimeout + time.Second):
		b.log.Warn("the connection to Discord does not end; leaving it")
	}
	return err
}
