package discord

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/discordtest"
	"dossier/bot/discord/message"
	"dossier/bot/discord/message/messagetest"
	"dossier/index"
)

func TestMain(m *testing.M) { discordtest.Main(m) }

// fakeAsker answers from a few sentences. Its Ask can be replaced.
type fakeAsker struct {
	mu      sync.Mutex
	queries []index.Query
	onAsk   func(ctx context.Context, q index.Query) (index.Answer, error)
	quiet   bool   // do not keep the queries
	version string // of other articles
	gone    bool   // no quote is there any more
}

func (f *fakeAsker) Ask(ctx context.Context, q index.Query) (index.Answer, error) {
	f.mu.Lock()
	if !f.quiet {
		f.queries = append(f.queries, q)
	}
	onAsk := f.onAsk
	f.mu.Unlock()
	if onAsk != nil {
		return onAsk(ctx, q)
	}
	if q.Text == "" {
		return index.Answer{}, index.ErrEmptyQuestion
	}
	if strings.Contains(q.Text, "moon") {
		return index.Answer{Question: q.Text, Outcome: index.Absent, Suggestions: f.Suggest("", 5)}, nil
	}
	if strings.Contains(q.Text, "mars") {
		return index.Answer{Question: q.Text, Outcome: index.Unsure, Confidence: 0.2, Nearest: messagetest.Nearest(), More: true, Suggestions: f.Suggest("", 5)}, nil
	}
	a := index.Answer{Question: q.Text, Outcome: index.Answered, Answered: true, Confidence: 0.9}
	top := cmp.Or(q.Top, 3)
	for n := q.Skip; n < q.Skip+top && n < 8; n++ {
		quote := messagetest.Quote(n)
		quote.Score = float64(-5 * n)
		a.Quotes = append(a.Quotes, quote)
	}
	a.More = q.Skip+top < 8
	return a, nil
}

func (f *fakeAsker) asked() []index.Query {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]index.Query(nil), f.queries...)
}

func (f *fakeAsker) Quote(id string) (index.Quote, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var n int
	if _, err := fmt.Sscanf(id, "five-films.%08x", &n); err != nil || n > 20 || f.gone {
		return index.Quote{}, false
	}
	return messagetest.Quote(n), true
}

func (f *fakeAsker) Around(id string, n int) []index.Quote {
	var at int
	_, _ = fmt.Sscanf(id, "five-films.%08x", &at)
	return messagetest.Around(at, n)
}

func (f *fakeAsker) Articles() []index.ArticleRef { return messagetest.Articles() }

func (f *fakeAsker) SourceNames() []string { return messagetest.SourceNames() }

func (f *fakeAsker) Suggest(typed string, n int) []string { return messagetest.Suggest(typed, n) }

func (f *fakeAsker) Stats() index.Stats {
	st := messagetest.Stats()
	f.mu.Lock()
	defer f.mu.Unlock()
	st.Version = cmp.Or(f.version, st.Version)
	return st
}

// syncBuffer is a log that tests can read.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// A rig is a bot that runs against a fake Discord.
type rig struct {
	*discordtest.Server
	t     testing.TB
	cfg   Config
	bot   *Bot
	asker *fakeAsker
	logs  *syncBuffer
	out   *syncBuffer
	stop  func() error // ends the bot and returns what Run returned
}

// noLimits lets tests ask as often as they like.
var noLimits = Limits{User: Limit{1e6, time.Nanosecond}}

var (
	alice   = discordtest.User{ID: "200000000000000001"}
	bob     = discordtest.User{ID: "200000000000000002"}
	channel = discordtest.Place{Guild: "300000000000000001", Channel: "400000000000000001"}
	direct  = discordtest.Place{Channel: "500000000000000001"}
)

const mention = "<@" + discordtest.BotID + "> "

// newRig makes a bot that does not run yet. Unless told otherwise, Discord waits long
// for the response to an interaction: a busy machine decides no test.
func newRig(t testing.TB, cfg Config, opts ...discordtest.Option) *rig {
	t.Helper()
	if cfg.Patience == 0 {
		cfg.Patience = discordtest.Guard
	}
	opts = append(opts, discordtest.Patience(cfg.Patience))
	r := &rig{Server: discordtest.New(t, opts...), t: t, asker: &fakeAsker{}, logs: &syncBuffer{}, out: &syncBuffer{}}
	if cfg.Token == "" {
		cfg.Token = discordtest.Token
	}
	if cfg.Limits == (Limits{}) {
		cfg.Limits = noLimits
	}
	cfg.Transport, cfg.Out = r.Transport(), r.out
	if r.InMemory() {
		cfg.Dial = func(ctx context.Context, network, addr string, _ bool) (net.Conn, error) {
			return r.Dial(ctx, network, addr)
		}
	}
	log := slog.New(slog.NewTextHandler(r.logs, &slog.HandlerOptions{Level: slog.LevelDebug}))
	r.cfg = cfg
	var err error
	if r.bot, err = New(cfg, r.asker, log); err != nil {
		t.Fatal(err)
	}
	return r
}

// run starts the bot and waits until it is connected.
func (r *rig) run() {
	r.t.Helper()
	r.start()
	r.WaitReady()
}

func (r *rig) start() {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- r.bot.Run(ctx) }()
	var once sync.Once
	var err error
	r.stop = func() error {
		once.Do(func() {
			cancel()
			select {
			case err = <-ended:
			case <-time.After(discordtest.Guard):
				r.t.Error("the bot does not end")
			}
		})
		return err
	}
	r.t.Cleanup(func() {
		if err := r.stop(); err != nil {
			r.t.Errorf("Run() got %v", err)
		}
		if r.t.Failed() {
			r.t.Logf("log:\n%s", r.logs)
		}
	})
}

// page429 is what Cloudflare says in place of Discord.
const page429 = "<html>error 1015 you are being rate limited</html>"

// transportFunc is Discord in one function.
type transportFunc func(*http.Request) (*http.Response, error)

func (f transportFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// rigged makes a bot and waits until it is connected.
func rigged(t testing.TB, opts ...discordtest.Option) *rig {
	t.Helper()
	r := newRig(t, Config{}, opts...)
	r.run()
	return r
}

// rigAsleep makes a bot in a bubble of testing/synctest. It has no connection, which
// cannot be closed there (see [discordtest.InMemory]); says and edits hand it events.
func rigAsleep(t testing.TB, cfg Config, opts ...discordtest.Option) *rig {
	t.Helper()
	time.Sleep(time.Until(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC))) // ids tell no time before 2015
	r := newRig(t, cfg, append(opts, discordtest.InMemory())...)
	if _, err := r.bot.gateway.Application(t.Context()); err != nil { // it tells who the bot is
		t.Fatal(err)
	}
	return r
}

// says is [discordtest.Server.Say] where there is no connection. The bot has answered
// when it returns, if it does so at once.
func (r *rig) says(u discordtest.User, at discordtest.Place, text string) (id string) {
	id = r.Say(u, at, text)
	r.bot.replies.onMessage(r.event(id))
	return id
}

// edits is [discordtest.Server.Edit] where there is no connection.
func (r *rig) edits(id, text string) {
	r.Edit(id, text)
	m, now := r.event(id), time.Now()
	m.EditedTimestamp = &now
	r.bot.replies.onEdit(m)
}

// event is a message as the gateway hands it on.
func (r *rig) event(id string) *discordgo.Message {
	m, _ := r.Message(id)
	author, _ := m.Author["id"].(string)
	return &discordgo.Message{ID: id, ChannelID: m.ChannelID, GuildID: m.GuildID, Content: m.Content, Author: &discordgo.User{ID: author}}
}

// answerTo waits for the bot's reply to a message.
func (r *rig) answerTo(id string) discordtest.Message {
	r.t.Helper()
	r.Wait("a reply", func() bool { return len(r.RepliesTo(id)) > 0 })
	return r.RepliesTo(id)[0]
}

var _ Asker = (*index.Index)(nil)

// What the bot says, to compare with.
var inEnglish, inGerman = message.LanguageOf("en-US"), message.LanguageOf("de")

var discardLog = slog.New(slog.DiscardHandler)

// about is the question that a message answers, as its buttons tell.
func about(m discordtest.Message) string {
	var row []message.Button
	for _, b := range m.Buttons() {
		row = append(row, message.Button{ID: b.CustomID})
	}
	s, err := message.ReadState(message.Message{Rows: [][]message.Button{row}})
	if err != nil {
		return err.Error()
	}
	return s.Question
}
