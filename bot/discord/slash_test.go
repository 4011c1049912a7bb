package discord

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"dossier/bot/discord/discordtest"
)

func TestSlashOptions(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	cb := r.Slash(alice, channel, "ask", "question", "which films leaked?", "private", true, "source", "variety", "from", "2014-11-24", "to", "2015-01-31").Wait()
	if !cb.Message.Ephemeral() || !strings.Contains(cb.Message.Content, "Variety, 2014-11-24 – 2015-01-31") {
		t.Errorf("got %q", cb.Message.Content)
	}
	if q := r.asker.asked()[0]; q.Source != "Variety" || q.From != "2014-11-24" || q.To != "2015-01-31" {
		t.Errorf("asked %+v", q)
	}
	for _, tt := range []struct {
		options []any
		want    string
	}{
		{[]any{"from", "24.11.2014"}, english.BadDate},
		{[]any{"to", "2014-02-30"}, english.BadDate},
		{[]any{"source", "Nobody"}, english.BadSource},
		{[]any{"from", "2015-01-31", "to", "2014-11-24"}, english.BadRange},
	} {
		cb := r.Slash(alice, channel, "ask", append([]any{"question", "x"}, tt.options...)...).Wait()
		if cb.Message.Content != tt.want || !cb.Message.Ephemeral() {
			t.Errorf("%v got %q", tt.options, cb.Message.Content)
		}
	}
	public := r.Slash(alice, channel, "ask", "question", "and when?").Wait()
	q := r.asker.asked()
	if public.Message.Ephemeral() || q[1].Conversation == q[0].Conversation {
		t.Error("a public question goes on from a private one")
	}
}

// TestEverywhere uses the commands in a server, a direct message and another
// private channel.
func TestEverywhere(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	for _, at := range []discordtest.Place{channel, direct, {Channel: "500000000000000009"}} {
		for _, c := range []string{"help", "privacy", "sources", "gone"} {
			cb := r.Slash(alice, at, c).Wait()
			if cb.Type != 4 || !cb.Message.Ephemeral() || cb.Message.Content == "" {
				t.Errorf("/%s got %+v", c, cb)
			}
		}
	}
}

func TestLocale(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	cb := r.Slash(discordtest.User{ID: alice.ID, Locale: "de"}, channel, "ask", "question", "which films leaked?").Wait()
	if b := cb.Message.Buttons(); b[0].Label != "Mehr" || !strings.Contains(cb.Message.Content, "29. November 2014") {
		t.Errorf("in German got %q, %v", cb.Message.Content, b)
	}
	if !strings.Contains(cb.Message.Content, "says that") {
		t.Error("a quote was translated")
	}
}

func TestAutocomplete(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	for _, tt := range []struct {
		option, typed string
		want          []string
	}{
		{"question", "", []string{"which films leaked?", "who is Amy Pascal?", "what is destover?", "when was the attack?", "who found the skull?"}},
		{"question", "who", []string{"who is Amy Pascal?", "who found the skull?"}},
		{"source", "w", []string{"Wired", "The New York Times", "BBC News"}},
		{"source", "zzz", nil},
		{"from", "2014", nil},
	} {
		cb := r.Type(alice, channel, "ask", tt.option, tt.typed).Wait()
		var got []string
		for _, c := range cb.Choices {
			got = append(got, c.Value)
		}
		if cb.Type != 8 || !slices.Equal(got, tt.want) {
			t.Errorf("%s %q got %q want %q", tt.option, tt.typed, got, tt.want)
		}
	}
}

func TestRegistration(t *testing.T) {
	t.Parallel()
	for _, guild := range []string{"", channel.Guild} {
		put := "PUT /applications/{}/commands"
		if guild != "" {
			put = "PUT /applications/{}/guilds/{}/commands"
		}
		r := newRig(t, Config{GuildID: guild})
		r.run()
		if r.Count(put) != 1 || len(r.Commands(guild)) != 4 {
			t.Fatalf("registered %d times, %d commands", r.Count(put), len(r.Commands(guild)))
		}
		if !strings.Contains(r.out.String(), "commands     written") || !strings.Contains(r.out.String(), InviteURL(discordtest.AppID)) {
			t.Errorf("the self-check says %s", r.out)
		}
		if err := r.stop(); err != nil {
			t.Fatal(err)
		}
		if reg, err := r.bot.register(t.Context(), discordtest.AppID); err != nil || reg.changed {
			t.Errorf("what is registered already was written again: %v, %v", reg.changed, err)
		}
		if guild != "" && len(r.Commands("")) != 0 {
			t.Error("commands for one server went to all")
		}
	}
}

// TestRegistrationCompare changes what is registered in every way that matters.
func TestRegistrationCompare(t *testing.T) {
	t.Parallel()
	for n, change := range []func([]command) []command{
		func(c []command) []command { return c[1:] },
		func(c []command) []command { return append(c, c[0]) },
		func(c []command) []command { c[0].Description += "x"; return c },
		func(c []command) []command { c[0].NameIn["de"] = "x"; return c },
		func(c []command) []command { c[0].Options[0].Autocomplete = false; return c },
		func(c []command) []command { c[0].Options[1].DescriptionIn["ja"] = ""; return c },
		func(c []command) []command { c[0].Contexts = c[0].Contexts[:1]; return c },
		func(c []command) []command { c[0].IntegrationTypes = nil; return c },
	} {
		b, err := json.Marshal(commands())
		if err != nil {
			t.Fatal(err)
		}
		var have []command
		if err := json.Unmarshal(b, &have); err != nil {
			t.Fatal(err)
		}
		if !sameCommands(have, commands(), false) {
			t.Fatal("the same commands differ")
		}
		if sameCommands(change(have), commands(), false) {
			t.Errorf("change %d goes unnoticed", n)
		}
	}
}

func TestSelfCheckErrors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		route  string
		status int
		body   string
		want   string
	}{
		{"GET /applications/@me", 401, `{}`, "DISCORD_TOKEN"},
		{"PUT /applications/{}/commands", 400, `{"code":50035}`, "bug"},
		{"GET /applications/{}/commands", 403, `{"code":50001}`, "applications.commands"},
		{"GET /applications/@me", 404, `{"code":10002}`, "discordstatus.com"},
	} {
		r := newRig(t, Config{})
		r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
			if req.Route == tt.route {
				return &discordtest.Reply{Status: tt.status, Body: tt.body}
			}
			return nil
		})
		err := r.bot.Run(t.Context())
		if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s %d: Run() got %v", tt.route, tt.status, err)
		}
	}
	// While Discord is away, the bot waits.
	r := newRig(t, Config{})
	r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
		if req.Nth <= maxTries && req.Route == "GET /applications/@me" {
			return &discordtest.Reply{Status: 503}
		}
		return nil
	})
	r.run()
}

func TestBadConfig(t *testing.T) {
	t.Parallel()
	for _, cfg := range []Config{
		{}, {Token: " "}, {Token: "a b"}, {Token: "Bot "}, {Token: `"quoted"`}, {Token: "x", GuildID: "my server"}, {Token: "x", APIURL: "http://example.org"},
	} {
		if _, err := New(cfg, &fakeAsker{}, discardLog); err == nil {
			t.Errorf("New(%+v) got no error", cfg)
		}
	}
	if at := created("175928847299117063"); at.UTC().Format(time.DateTime) != "2016-04-30 11:18:25" {
		t.Errorf("created() got %s", at)
	}
	if !created("x").IsZero() || fmt.Sprint(created("")) == "" {
		t.Error("a strange id has a time")
	}
}
