package discord

import (
	"bytes"
	"context"
	"crypto/sha1"
	"encoding/base64"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"dossier/bot/discord/discordtest"
	"dossier/index"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestMain(m *testing.M) {
	flag.Parse()
	// Most tests wait for discordgo, which sleeps a second whenever it closes.
	if p := flag.Lookup("test.parallel"); flag.Lookup("test.fuzz").Value.String() == "" && p.Value.String() == strconv.Itoa(runtime.GOMAXPROCS(0)) {
		_ = p.Value.Set("8")
	}
	goleak.VerifyTestMain(m,
		goleak.IgnoreCurrent(), // what other packages start when they are loaded
		// httptest leaves its connections to the runtime for a moment.
		goleak.IgnoreTopFunction("internal/poll.runtime_pollWait"))
}

// fakeAsker answers from a few sentences. Its Ask can be replaced.
type fakeAsker struct {
	mu      sync.Mutex
	queries []index.Query
	onAsk   func(ctx context.Context, q index.Query) (index.Answer, error)
	quiet   bool // do not keep the queries
}

func testQuote(n int) index.Quote {
	text := fmt.Sprintf("Sentence %d says that Annie and Fury leaked on Nov. 27.", n)
	return index.Quote{
		ID: fmt.Sprintf("five-films.%08x", n), Text: text, Before: "Five films were on pirate sites.",
		Matched: []index.Span{span(text, "leaked")}, Exact: []index.Span{span(text, "Annie"), span(text, "Fury")},
		Article: index.ArticleRef{Slug: "five-films", Title: "Five films on pirate sites", Date: "2014-12-01", Outlet: "Dossier", URL: "https://example.com/five-films", Heading: "The films"},
		Sources: []index.Source{{Name: "Variety", Title: "Sony’s New Movies Leak Online", Date: "2014-11-29", URL: "https://variety.com/2014/digital/news/leak/"}},
	}
}

// answer is one with these quotes.
func answer(question string, quotes ...index.Quote) index.Answer {
	return index.Answer{Question: question, Outcome: index.Answered, Answered: true, Confidence: 0.9, Quotes: quotes}
}

// nearest are quotes that may answer: nothing of them is marked as the answer.
func nearest() []index.Quote {
	near := []index.Quote{testQuote(1), testQuote(2), testQuote(3)}
	for i := range near {
		near[i].Exact = nil
	}
	return near
}

func span(text, part string) index.Span {
	at := strings.Index(text, part)
	return index.Span{Start: at, End: at + len(part)}
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
		return index.Answer{Question: q.Text, Outcome: index.Unsure, Confidence: 0.2, Nearest: nearest(), More: true, Suggestions: f.Suggest("", 5)}, nil
	}
	a := index.Answer{Question: q.Text, Outcome: index.Answered, Answered: true, Confidence: 0.9}
	for n := q.Skip; n < q.Skip+3 && n < 8; n++ {
		a.Quotes = append(a.Quotes, testQuote(n))
	}
	a.More = q.Skip+3 < 8
	return a, nil
}

func (f *fakeAsker) asked() []index.Query {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]index.Query(nil), f.queries...)
}

func (f *fakeAsker) Quote(id string) (index.Quote, bool) {
	var n int
	if _, err := fmt.Sscanf(id, "five-films.%08x", &n); err != nil || n > 20 {
		return index.Quote{}, false
	}
	return testQuote(n), true
}

func (f *fakeAsker) Around(id string, n int) []index.Quote {
	var at int
	_, _ = fmt.Sscanf(id, "five-films.%08x", &at)
	var list []index.Quote
	for k := max(at-n, 0); k <= at+n; k++ {
		list = append(list, testQuote(k))
	}
	return list
}

func (f *fakeAsker) Articles() []index.ArticleRef {
	var list []index.ArticleRef
	for n := range 20 {
		list = append(list, index.ArticleRef{
			Slug: fmt.Sprint("a", n), Title: fmt.Sprintf("Article %d *about* films", n), Date: "2014-12-01",
			Outlet: "Dossier", URL: fmt.Sprintf("https://example.com/%d", n),
		})
	}
	return list
}

func (f *fakeAsker) SourceNames() []string {
	return []string{"Variety", "The New York Times", "Wired", "Deadline.com", "BBC News"}
}

func (f *fakeAsker) Suggest(typed string, n int) []string {
	all := []string{"which films leaked?", "who is Amy Pascal?", "what is destover?", "when was the attack?", "who found the skull?", strings.Repeat("long ", 30)}
	var list []string
	for _, s := range all {
		if strings.Contains(s, typed) && len(list) < n {
			list = append(list, s)
		}
	}
	return list
}

func (f *fakeAsker) Stats() index.Stats {
	return index.Stats{Articles: 20, Passages: 90, Sentences: 400, From: "2014-11-24", To: "2016-02-24", Version: "3f9a1c"}
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
	bot   *Bot
	asker *fakeAsker
	logs  *syncBuffer
	out   *syncBuffer
	stop  func() error // ends the bot and returns what Run returned
}

// noLimits lets tests ask as often as they like.
var noLimits = Limits{User: Limit{1e6, time.Nanosecond}, Channel: Limit{1e6, time.Nanosecond}, Guild: Limit{1e6, time.Nanosecond}}

var (
	alice   = discordtest.User{ID: "200000000000000001"}
	bob     = discordtest.User{ID: "200000000000000002"}
	channel = discordtest.Place{Guild: "300000000000000001", Channel: "400000000000000001"}
	direct  = discordtest.Place{Channel: "500000000000000001"}
)

const mention = "<@" + discordtest.BotID + "> "

// newRig makes a bot that does not run yet.
func newRig(t testing.TB, cfg Config, opts ...discordtest.Option) *rig {
	t.Helper()
	r := &rig{Server: discordtest.New(t, opts...), t: t, asker: &fakeAsker{}, logs: &syncBuffer{}, out: &syncBuffer{}}
	if cfg.Token == "" {
		cfg.Token = discordtest.Token
	}
	if cfg.Limits == (Limits{}) {
		cfg.Limits = noLimits
	}
	cfg.Transport, cfg.Out = r.Transport(), r.out
	log := slog.New(slog.NewTextHandler(r.logs, &slog.HandlerOptions{Level: slog.LevelDebug}))
	var err error
	if r.bot, err = New(cfg, r.asker, log); err != nil {
		t.Fatal(err)
	}
	if r.InMemory() {
		r.bot.dial = func(ctx context.Context, network, addr string, _ bool) (net.Conn, error) {
			return r.Dial(ctx, network, addr)
		}
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
			case <-time.After(20 * time.Second):
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

// rigged makes a bot and waits until it is connected.
func rigged(t testing.TB, opts ...discordtest.Option) *rig {
	t.Helper()
	r := newRig(t, Config{}, opts...)
	r.run()
	return r
}

// answerTo waits for the bot's reply to a message.
func (r *rig) answerTo(id string) discordtest.Message {
	r.t.Helper()
	r.Wait("a reply", func() bool { return len(r.RepliesTo(id)) > 0 })
	return r.RepliesTo(id)[0]
}

var _ Asker = (*index.Index)(nil)

// acceptKey is the server's answer to a WebSocket key (RFC 6455, section 4.2.2).
func acceptKey(key string) string {
	sum := sha1.Sum([]byte(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	return base64.StdEncoding.EncodeToString(sum[:])
}

var discardLog = slog.New(slog.DiscardHandler)
