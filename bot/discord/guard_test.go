package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/discordtest"
	"dossier/index"
)

// TestPanic lets the asker panic: the person is told, the bot goes on.
func TestPanic(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	r.asker.onAsk = func(context.Context, index.Query) (index.Answer, error) { panic("secret question") }
	if m := r.Slash(alice, channel, "ask", "question", "boom").Wait().Message; m == nil || m.Content != english.Broke || !m.Ephemeral() {
		t.Errorf("after a panic got %+v", m)
	}
	if m := r.answerTo(r.Say(alice, channel, mention+"boom")); m.Content != english.Broke {
		t.Errorf("after a panic got %q", m.Content)
	}
	r.asker.mu.Lock()
	r.asker.onAsk = nil
	r.asker.mu.Unlock()
	r.Slash(alice, channel, "ask", "question", "which films leaked?").Wait()
	if log := r.logs.String(); !strings.Contains(log, "panic") || strings.Contains(log, "secret question") {
		t.Errorf("the log says %s", log)
	}
}

// TestTwice delivers things twice: each gets one answer.
func TestTwice(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	i := r.Slash(alice, channel, "ask", "question", "which films leaked?")
	i.Again(nil)
	i.Wait()
	i.Again(nil)
	id := r.Say(alice, channel, mention+"which films leaked?")
	r.Again(id)
	r.answerTo(id)
	r.Again(id)
	r.answerTo(r.Say(bob, channel, mention+"and then?")) // everything before has been handled
	if n := len(i.Callbacks()) + i.Refused(); n != 1 {
		t.Errorf("%d responses to an interaction", n)
	}
	if n := len(r.RepliesTo(id)); n != 1 {
		t.Errorf("%d replies to a message", n)
	}
}

// TestStale delivers an interaction that nobody waits for any more.
func TestStale(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	i := r.Slash(alice, channel, "help")
	i.Wait()
	old := r.NewID(time.Now().Add(-4 * time.Second))
	i.Again(map[string]any{"id": old})
	r.Wait("a line in the log", func() bool { return strings.Contains(r.logs.String(), "too late") || tick(r) })
	if n := r.Count("POST /interactions/{}/{}/callback"); n != 1 {
		t.Errorf("%d responses", n)
	}
}

// tick makes a Wait look again soon.
func tick(r *rig) bool {
	time.Sleep(5 * time.Millisecond)
	r.Dispatch("TYPING_START", map[string]any{})
	return false
}

// TestOddEvents delivers what discordgo cannot decode, or what nobody expects.
func TestOddEvents(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	i := r.Slash(alice, channel, "help")
	i.Wait()
	id := func() string { return r.NewID(time.Now()) }
	i.Again(map[string]any{"id": id(), "data": nil})
	i.Again(map[string]any{"id": id(), "data": "text"})
	i.Again(map[string]any{"id": id(), "type": 99})
	i.Again(map[string]any{"id": id(), "member": nil})
	i.Again(map[string]any{"id": id(), "token": ""})
	i.Again(map[string]any{"id": id(), "type": 3, "data": map[string]any{"custom_id": "x", "component_type": 77}})
	i.Again(map[string]any{"id": id(), "data": map[string]any{"name": "ask", "type": 1, "options": []any{map[string]any{"name": "question", "type": 4, "value": 7}}}})
	odd := map[string]any{"id": id(), "channel_id": "1", "content": mention + "hi", "components": []any{map[string]any{"type": 99}}}
	for _, e := range []string{"MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE", "MESSAGE_DELETE_BULK", "INTERACTION_CREATE", "READY", "SOMETHING_NEW"} {
		r.Dispatch(e, odd)
		r.Dispatch(e, nil)
		r.Dispatch(e, []any{1})
	}
	r.Slash(alice, channel, "ask", "question", "which films leaked?").Wait()
	r.answerTo(r.Say(alice, channel, mention+"which films leaked?"))
	if log := r.logs.String(); strings.Contains(log, "panic") {
		t.Errorf("the log says %s", log)
	}
}

// TestNotPeople checks that bots, webhooks and system messages are ignored.
func TestNotPeople(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	for _, change := range []func(*discordtest.Message){
		func(m *discordtest.Message) { m.Author["bot"] = true },
		func(m *discordtest.Message) { m.WebhookID = "600000000000000001" },
		func(m *discordtest.Message) { m.Author["id"] = discordtest.BotID },
		func(m *discordtest.Message) { m.Author["system"] = true },
		func(m *discordtest.Message) { m.Author = nil },
		func(m *discordtest.Message) { m.Type = 6 },
	} {
		r.Say(alice, channel, mention+"which films leaked?", change)
	}
	r.Say(alice, channel, "nobody asked <@200000000000000002>")
	r.Say(alice, channel, "@everyone")
	r.answerTo(r.Say(alice, channel, mention+"which films leaked?"))
	if n := r.Count("POST /channels/{}/messages"); n != 1 {
		t.Errorf("%d messages sent", n)
	}
}

// TestREST scripts what goes wrong between the bot and the REST API.
func TestREST(t *testing.T) {
	t.Parallel()
	const callback, create = "POST /interactions/{}/{}/callback", "POST /channels/{}/messages"
	first := func(route string, reply discordtest.Reply) func(*discordtest.Request) *discordtest.Reply {
		return func(r *discordtest.Request) *discordtest.Reply {
			if r.Route == route && r.Nth == 1 {
				return &reply
			}
			return nil
		}
	}
	tests := []struct {
		name  string
		fault func(*discordtest.Request) *discordtest.Reply
	}{
		{"callback 500", first(callback, discordtest.Reply{Status: 500})},
		{"callback done, then 502", first(callback, discordtest.Reply{Status: 502, Done: true})},
		{"callback cut off", first(callback, discordtest.Reply{Drop: true})},
		{"callback done, then cut off", first(callback, discordtest.Reply{Drop: true, Done: true})},
		{"callback 429", first(callback, discordtest.Reply{Status: 429, Body: `{"retry_after":0.2,"global":false}`})},
		{"message 503", first(create, discordtest.Reply{Status: 503, Body: "<html>"})},
		{"message done, then 502", first(create, discordtest.Reply{Status: 502, Done: true})},
		{"message done, then cut off", first(create, discordtest.Reply{Drop: true, Done: true})},
		{"message 429", first(create, discordtest.Reply{Status: 429, Body: `{"retry_after":0.3,"global":false}`, Header: map[string]string{"Retry-After": "1"}})},
		{"message 429 as a page", first(create, discordtest.Reply{Status: 429, Body: page429, Header: map[string]string{"Retry-After": "1", "Content-Type": "text/html"}})},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := rigged(t)
			r.OnRequest(tt.fault)
			i := r.Slash(alice, channel, "ask", "question", "which films leaked?")
			id := r.Say(alice, direct, "which films leaked?")
			i.Wait()
			r.answerTo(id)
			if err := r.stop(); err != nil {
				t.Fatal(err)
			}
			if n := len(i.Callbacks()); n != 1 {
				t.Errorf("%d responses", n)
			}
			if n := len(r.RepliesTo(id)); n != 1 {
				t.Errorf("%d replies", n)
			}
			if log := r.logs.String(); strings.Contains(log, "not answered") {
				t.Errorf("the log says %s", log)
			}
		})
	}
}

// TestForbidden cannot write in a channel: one line says what to do, and the channel
// is left alone for a while. Others are not.
func TestForbidden(t *testing.T) {
	t.Parallel()
	for code, body := range map[int]string{
		codeMissingPermissions: `{"code":50013,"message":"Missing Permissions"}`,
		codeMissingAccess:      `{"code":50001,"message":"Missing Access"}`,
		codeNoHistory:          `{"code":160002,"message":"Cannot reply without permission to read message history"}`,
	} {
		r := rigged(t)
		r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
			if req.Method == "POST" && strings.Contains(req.Path, channel.Channel) {
				return &discordtest.Reply{Status: 403, Body: body}
			}
			return nil
		})
		elsewhere := discordtest.Place{Guild: channel.Guild, Channel: "400000000000000002"}
		r.Say(alice, channel, mention+"which films leaked?")
		r.Wait("a line in the log", func() bool { return strings.Contains(r.logs.String(), "invite it again") || tick(r) })
		for range 20 {
			r.Say(alice, channel, mention+"which films leaked?")
		}
		r.answerTo(r.Say(bob, elsewhere, mention+"which films leaked?"))
		r.Slash(alice, channel, "ask", "question", "which films leaked?").Wait()
		if err := r.stop(); err != nil {
			t.Fatal(err)
		}
		if n := r.Count("POST /channels/{}/messages"); n != 2 || len(r.asker.asked()) != 3 {
			t.Errorf("code %d: %d messages sent, %d questions looked up", code, n, len(r.asker.asked()))
		}
		if log := r.logs.String(); strings.Count(log, permissionHints[code]) != 1 || strings.Contains(log, "not answered") {
			t.Errorf("code %d: the log says %s", code, log)
		}
	}
}

// TestOutage lets Discord take no messages for three seconds, and then for longer
// than an answer waits: the question can be asked again by an edit of it.
func TestOutage(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	back := time.Now().Add(3 * time.Second)
	r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
		if req.Route == "POST /channels/{}/messages" && time.Now().Before(back) {
			return &discordtest.Reply{Status: 503, Body: "<html>"}
		}
		return nil
	})
	r.answerTo(r.Say(alice, direct, "which films leaked?"))
	r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
		if req.Route == "POST /channels/{}/messages" && req.Nth%2 == 0 {
			return &discordtest.Reply{Status: 400, Body: `{"code":50035}`}
		}
		return nil
	})
	n := 0
	for lost := false; !lost; n++ {
		id := r.Say(alice, direct, "which films leaked?")
		r.Wait("an answer or a line in the log", func() bool {
			lost = strings.Contains(r.logs.String(), "not answered")
			return lost || len(r.RepliesTo(id)) > 0 || tick(r)
		})
		if lost {
			r.Edit(id, "which films leaked? ")
			r.answerTo(id)
		}
	}
}

// TestTokenReset lets the token be reset while the bot runs: it ends, and says what to
// do.
func TestTokenReset(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{})
	ended := make(chan error, 1)
	go func() { ended <- r.bot.Run(t.Context()) }()
	r.WaitReady()
	// A refusal that is not Discord's last word.
	r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
		if req.Route == "POST /channels/{}/messages" && req.Nth == 1 {
			return &discordtest.Reply{Status: 401, Body: `{"message":"401: Unauthorized"}`}
		}
		return nil
	})
	r.Say(alice, direct, "which films leaked?")
	r.Wait("a second look", func() bool { return r.Count("GET /applications/@me") == 2 })
	r.answerTo(r.Say(alice, direct, "which films leaked?"))
	r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
		return &discordtest.Reply{Status: 401, Body: `{"message":"401: Unauthorized"}`}
	})
	r.Say(alice, direct, "which films leaked?")
	select {
	case err := <-ended:
		if !errors.Is(err, errBadToken) || !errors.Is(err, ErrRefused) {
			t.Errorf("Run() got %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Error("the bot goes on without a token")
	}
}

// TestCleanEnd ends a bot that has nothing to do.
func TestCleanEnd(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	if err := r.stop(); err != nil {
		t.Errorf("Run() got %v", err)
	}
	if log := r.logs.String(); strings.Contains(log, "level=WARN") {
		t.Errorf("a clean end got a warning: %s", log)
	}
}

// TestShutdown ends the bot while answers are being made: they arrive, and
// nothing new is begun. It deletes no commands.
func TestShutdown(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	begun := make(chan struct{}, 2)
	release := make(chan struct{})
	r.asker.onAsk = func(ctx context.Context, q index.Query) (index.Answer, error) {
		begun <- struct{}{}
		<-release
		return index.Answer{Question: q.Text, Quotes: []index.Quote{testQuote(1)}}, nil
	}
	i := r.Slash(alice, channel, "ask", "question", "which films leaked?")
	id := r.Say(alice, direct, "which films leaked?")
	<-begun
	<-begun
	stopped := make(chan error, 1)
	go func() { stopped <- r.stop() }()
	r.Wait("a closed intake", func() bool {
		if r.bot.intake.enter() {
			r.bot.intake.busy.Done()
			return tick(r)
		}
		return true
	})
	late := r.Say(bob, direct, "too late?")
	close(release)
	if err := <-stopped; err != nil {
		t.Errorf("Run() got %v", err)
	}
	if len(i.Callbacks()) != 1 || len(r.RepliesTo(id)) != 1 {
		t.Error("an answer in flight was lost")
	}
	if len(r.RepliesTo(late)) != 0 {
		t.Error("a question was taken after the end")
	}
	if len(r.Commands("")) != 4 || r.Count("PUT /applications/{}/commands") != 1 {
		t.Error("the end changed the commands")
	}
}

// TestShutdownStuck ends the bot while an answer never ends, and while Discord
// takes no answer and does not say goodbye: it is given up.
func TestShutdownStuck(t *testing.T) {
	t.Parallel()
	const atMost = drainTimeout + 3*time.Second
	ends := func(t *testing.T, r *rig) {
		t.Helper()
		start := time.Now()
		if err := r.stop(); err != nil {
			t.Errorf("Run() got %v", err)
		}
		if d := time.Since(start); d < drainTimeout || d > atMost {
			t.Errorf("Run() ended after %s, want %s or a little more", d, drainTimeout)
		}
		if r.bot.intake.enter() {
			t.Error("a closed intake lets something in")
		}
	}
	t.Run("answer", func(t *testing.T) {
		t.Parallel()
		r := rigged(t)
		begun, release := make(chan struct{}), make(chan struct{})
		r.asker.mu.Lock()
		r.asker.onAsk = func(context.Context, index.Query) (index.Answer, error) {
			close(begun)
			<-release // whatever ctx says
			return index.Answer{}, nil
		}
		r.asker.mu.Unlock()
		r.Say(alice, direct, "which films leaked?")
		<-begun
		ends(t, r)
		close(release)
		r.bot.intake.busy.Wait()
	})
	t.Run("Discord", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, Config{}, discordtest.Beat(200*time.Millisecond))
		r.run()
		release := make(chan struct{})
		defer close(release)
		hangs := make(chan struct{}, 100)
		r.OnStep(func(s discordtest.Step) *discordtest.Action {
			hangs <- struct{}{}
			<-release
			return nil
		})
		<-hangs // the gateway
		r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
			hangs <- struct{}{}
			<-release
			return nil
		})
		r.Say(alice, direct, "which films leaked?")
		<-hangs
		ends(t, r)
	})
}

// TestNothingLogged goes through everything that can go wrong and looks for
// secrets in what was logged, at every level.
func TestNothingLogged(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	var n atomic.Int32
	r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
		if strings.HasSuffix(req.Path, "/@me") {
			return nil // after a 401; the token is good
		}
		switch n.Add(1) % 6 {
		case 0:
			return &discordtest.Reply{Drop: true}
		case 1:
			return &discordtest.Reply{Status: 400, Body: string(req.Body)}
		case 2:
			return &discordtest.Reply{Status: 429, Body: page429}
		case 3:
			return &discordtest.Reply{Status: 404, Body: `{"code":10062,"message":"` + discordtest.Token + `"}`}
		case 4:
			return &discordtest.Reply{Status: 401, Body: `{"message":"which films leaked?"}`}
		}
		return &discordtest.Reply{Status: 200, Body: "not JSON which films leaked?"}
	})
	r.asker.onAsk = func(_ context.Context, q index.Query) (index.Answer, error) {
		if strings.Contains(q.Text, "error") {
			return index.Answer{}, fmt.Errorf("cannot answer %q", q.Text)
		}
		if strings.Contains(q.Text, "panic") {
			panic(q.Text)
		}
		return index.Answer{Question: q.Text, Quotes: []index.Quote{testQuote(1)}}, nil
	}
	for _, text := range []string{"which films leaked?", "an error, which films leaked?", "a panic, which films leaked?"} {
		for range 6 {
			r.Slash(alice, channel, "ask", "question", text)
			id := r.Say(alice, channel, mention+text)
			r.Edit(id, mention+text+" now")
			r.Delete(id)
			r.Type(alice, channel, "ask", "question", text)
		}
	}
	r.SendAll(9, false)
	r.DropAll()
	r.OnRequest(nil)
	r.WaitReady()
	r.answerTo(r.Say(bob, direct, "a normal question"))
	if err := r.stop(); err != nil {
		t.Errorf("Run() got %v", err)
	}
	for _, secret := range []string{discordtest.Token, "secret", "films", "normal", alice.ID, bob.ID, channel.Channel, channel.Guild, direct.Channel, "callback", "Sentence"} {
		if at := strings.Index(r.logs.String(), secret); at >= 0 {
			t.Errorf("the log has %q: %.300s", secret, r.logs.String()[max(0, at-200):])
		}
	}
	if strings.Contains(r.out.String(), discordtest.Token) {
		t.Error("the self-check has the token")
	}
	r.Problems()
}

// TestScrub looks at errors as discordgo makes them.
func TestScrub(t *testing.T) {
	t.Parallel()
	const url = "https://discord.com/api/v9/webhooks/990000000000000001/aW50ZXJhY3Rpb246MTIz/messages/@original"
	req, _ := http.NewRequest("GET", url, nil)
	req.Header.Set("Authorization", "Bot "+discordtest.Token)
	rest := &discordgo.RESTError{Request: req, Response: &http.Response{StatusCode: 403, Status: "403"}, ResponseBody: []byte("what I asked")}
	_, urlErr := (&http.Client{Transport: &script{answers: []func(*http.Request) (*http.Response, error){broken}}}).Get(url)
	for _, err := range []error{
		rest, fmt.Errorf("wrapped: %w", rest), urlErr,
		&discordgo.RateLimitError{RateLimit: &discordgo.RateLimit{URL: url, TooManyRequests: &discordgo.TooManyRequests{}}},
		errors.New("dial " + url), errors.New("Bot " + discordtest.Token), errors.New("user 200000000000000001"),
		asAPIError(opSend, rest), asAPIError(opSend, urlErr),
	} {
		for _, text := range []string{scrub(err), fmt.Sprintf("%+v", asAPIError(opSend, err)), asAPIError(opSend, err).Error()} {
			for _, secret := range []string{"MTIz", "aW50", "2000000", "99000000", "what I asked", "discord.com"} {
				if strings.Contains(text, secret) {
					t.Errorf("%q has %s", text, secret)
				}
			}
			if text == "" {
				t.Errorf("nothing is left of %T", err)
			}
		}
	}
}
