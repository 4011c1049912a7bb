package discord

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

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
}

// A Bot answers questions on Discord.
type Bot struct {
	cfg     Config
	ask     Asker
	log     *slog.Logger
	out     io.Writer
	http    *transport
	dial    connector // to the gateway
	client  *client
	intake  *intake
	limits  *limiter
	talk    *tracker
	people  *readers
	seen    *seen
	barrier *barrier
	turns   *turns
	quit    chan error // takes an error that ends the bot
	selfID  atomic.Pointer[string]
}

const (
	// intents are the events the bot needs; none of them is privileged.
	intents = discordgo.IntentGuildMessages | discordgo.IntentDirectMessages

	// sendTimeout is how long a message may wait for Discord's rate limits.
	sendTimeout = 30 * time.Second

	// drainTimeout is how long answers in flight may take when the bot ends.
	drainTimeout = 5 * time.Second
)

// New makes a bot. It does not talk to Discord yet.
func New(cfg Config, ask Asker, log *slog.Logger) (*Bot, error) {
	token := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(cfg.Token)+" ", "Bot "))
	if token == "" || strings.ContainsAny(token, " \t\r\n\"'") {
		return nil, errors.New("DISCORD_TOKEN is empty or not a token; copy it from the Developer Portal (your application, Bot, Reset Token)")
	}
	if cfg.GuildID != "" && !isID(cfg.GuildID) {
		return nil, errors.New("DISCORD_GUILD_ID is not the id of a server; in Discord, right-click the server and choose Copy Server ID")
	}
	if cfg.APIURL != "" {
		if err := useAPI(cfg.APIURL); err != nil {
			return nil, fmt.Errorf("DISCORD_API_URL: %w", err)
		}
	}
	cfg.Token = "Bot " + token
	b := &Bot{
		cfg: cfg, ask: ask, log: log, out: cfg.Out,
		intake: newIntake(), limits: newLimiter(cfg.Limits), talk: newTracker(), people: newReaders(), seen: newSeen(),
		turns: newTurns(), barrier: newBarrier(), quit: make(chan error, 1),
	}
	if b.out == nil {
		b.out = io.Discard
	}
	base := cfg.Transport
	if base == nil {
		t := http.DefaultTransport.(*http.Transport).Clone()
		t.MaxIdleConnsPerHost = 64
		base = t
	}
	b.http, b.dial = newTransport(base), dialProxied
	b.http.pace.onStop = func() {
		log.Error("Discord refused too many requests; for some minutes the bot answers commands and clicks only, before Discord bans its address",
			"hint", "the lines before this one say what is refused")
	}
	b.client = &client{session: b.newSession()}
	return b, nil
}

// newSession makes a session of discordgo that keeps no state, logs nothing and
// asks for what the bot needs.
func (b *Bot) newSession() *discordgo.Session {
	s, err := discordgo.New(b.cfg.Token)
	if err != nil {
		panic(err) // it has no way to fail in v0.29.0
	}
	s.Client = &http.Client{Transport: b.http, Timeout: sendTimeout + 5*time.Second}
	s.UserAgent = "DiscordBot (https://github.com/bwmarrin/discordgo, " + discordgo.VERSION + ") dossier"
	s.Identify.Intents = intents
	// Uncompressed, so that the guard can read what it has to.
	s.Identify.Compress, s.Compress = false, false
	s.StateEnabled = false // its pointers are changed under the reader
	s.ShouldReconnectOnError = false
	s.ShouldReconnectVoiceOnSessionError = false
	s.ShouldRetryOnRateLimit = false
	s.MaxRestRetries = 0
	// It would log what it sends and receives, tokens among it. Nothing of that is
	// of use: what the bot needs to say about its connection the link says.
	s.LogLevel = discordgo.LogError - 1
	return s
}

// session makes a session with the bot's handlers.
func (b *Bot) session() *discordgo.Session {
	s := b.newSession()
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.Ready) {
		if e.User != nil && e.User.ID != "" {
			b.selfID.Store(&e.User.ID)
		}
	})
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.InteractionCreate) { b.onInteraction(e.Interaction) })
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.MessageCreate) { b.onMessage(e.Message) })
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.MessageUpdate) { b.onEdit(e.Message) })
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.MessageDelete) {
		if e.Message != nil {
			b.onDelete(e.ChannelID, e.ID)
		}
	})
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.MessageDeleteBulk) { b.onDelete(e.ChannelID, e.Messages...) })
	return s
}

// Run checks the setup, connects and answers until ctx ends; then it lets
// answers in flight finish, for at most five seconds, and returns nil. It
// returns an error, a sentence with the next step, where going on is of no use; it is
// an [ErrRefused] where starting again is of none either.
func (b *Bot) Run(ctx context.Context) error {
	logins, err := openLogins(b.cfg.StateDir)
	if err != nil {
		return err
	}
	logins.warn = func(err error) {
		b.log.Warn("the logins are counted in memory only; make room in the folder for the bot's state", "err", err)
	}
	defer b.http.CloseIdleConnections()
	if err := b.check(ctx); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	linkCtx, disconnect := context.WithCancel(context.WithoutCancel(ctx))
	defer disconnect()
	l := &link{ctx: linkCtx, log: b.log, logins: logins, session: b.session, connect: b.dial, quick: quickTries(), stuck: stuckAfter}
	ended := make(chan error, 1)
	go func() { ended <- l.run() }()

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
	case <-time.After(goodbyeTimeout + time.Second):
		b.log.Warn("the connection to Discord does not end; leaving it")
	}
	return err
}

// self is the bot's own user id.
func (b *Bot) self() string {
	if p := b.selfID.Load(); p != nil {
		return *p
	}
	return ""
}
