package discord

import (
	"errors"
	"os"
	"strings"
	"testing"

	"dossier/bot/discord/discordtest"
	"dossier/bot/discord/gateway"
	"dossier/bot/discord/message"

	"github.com/bwmarrin/discordgo"
)

// TestShownName prints names as they are, but nothing that a terminal obeys.
func TestShownName(t *testing.T) {
	t.Parallel()
	b, err := New(Config{Token: "some.secret-token"}, &fakeAsker{}, discardLog)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"Bot Dossier":               "Bot Dossier",
		"the-sony-hack-dossier-bot": "the-sony-hack-dossier-bot",
		"Recherche «été» 資料 📰":      "Recherche «été» 資料 📰",
		"a\x1b[31mb\nc\u202ed":      `a\x1b[31mb\nc\u202ed`,
		"x some.secret-token":       "x [redacted]",
	} {
		if got := b.check.shown(name); got != want {
			t.Errorf("shown(%q) got %q want %q", name, got, want)
		}
	}
}

// TestNoDoubles tries the bot in one server, then runs it for all: the server loses
// its own commands.
func TestNoDoubles(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{GuildID: channel.Guild, StateDir: t.TempDir()})
	for _, step := range []struct {
		guild, says string
		own, all    int
		note        bool
	}{
		{channel.Guild, "written, for one server", 4, 0, false},
		{channel.Guild, "in sync, for one server", 4, 0, false},
		{"", "they are gone", 0, 4, true},
		{channel.Guild, "unset it", 0, 4, true},
		{"", "in sync, for all servers", 0, 4, false},
	} {
		r.bot.check.commands.guildID = step.guild
		before := len(r.out.String())
		if err := r.bot.check.run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if own, all := len(r.Commands(channel.Guild)), len(r.Commands("")); own != step.own || all != step.all {
			t.Errorf("with %q: %d commands of the server's own and %d for all", step.guild, own, all)
		}
		if out := r.out.String()[before:]; !strings.Contains(out, step.says) || strings.Contains(out, "note ") != step.note {
			t.Errorf("with %q the self-check says %s", step.guild, out)
		}
	}
	// The very first start, for all servers: there is nothing to mend.
	first := newRig(t, Config{StateDir: t.TempDir()})
	if err := first.bot.check.run(t.Context()); err != nil || strings.Contains(first.out.String(), "note ") {
		t.Errorf("the first start got %v and says %s", err, first.out)
	}
	// The bot was thrown out of the server that it was tried out in.
	if err := os.WriteFile(first.bot.check.commands.guildFile(), []byte(channel.Guild), 0o600); err != nil {
		t.Fatal(err)
	}
	first.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
		if strings.Contains(req.Path, "/guilds/") {
			return &discordtest.Reply{Status: 403, Body: `{"code":50001}`}
		}
		return nil
	})
	if err := first.bot.check.run(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(first.bot.check.commands.guildFile()); err == nil {
		t.Error("the server that the bot is not in is remembered")
	}
	// Commands of another version for all servers.
	old := message.Commands()[:2]
	if err := r.bot.gateway.Do(t.Context(), opRegister, "PUT", discordgo.EndpointApplicationGlobalCommands(discordtest.AppID), old, nil); err != nil {
		t.Fatal(err)
	}
	r.bot.check.commands.guildID = channel.Guild
	if err := r.bot.check.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if own := len(r.Commands(channel.Guild)); own != 4 || !strings.Contains(r.out.String(), "each twice") {
		t.Errorf("beside older commands: %d of the server's own; %s", own, r.out)
	}
}

// TestInstallNotes names what is not ticked under Installation.
func TestInstallNotes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		types string
		want  []string
	}{
		{`{"0":{},"1":{}}`, nil},
		{`{"1":{}}`, []string{"Guild Install"}},
		{`{"0":{}}`, []string{"User Install"}},
		{`{}`, []string{"Guild Install", "User Install"}},
		{`null`, nil}, // an application of before there was the choice
	} {
		r := newRig(t, Config{})
		r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
			if req.Route == "GET /applications/@me" {
				return &discordtest.Reply{Status: 200, Body: `{"id":"` + discordtest.AppID + `","name":"Dossier","integration_types_config":` + tt.types + `}`}
			}
			return nil
		})
		if err := r.bot.check.run(t.Context()); err != nil {
			t.Fatal(err)
		}
		out := r.out.String()
		if n := strings.Count(out, "note "); n != len(tt.want) {
			t.Errorf("%s: %d notes in %s", tt.types, n, out)
		}
		for _, w := range tt.want {
			if !strings.Contains(out, "tick "+w) {
				t.Errorf("%s: no note on %s in %s", tt.types, w, out)
			}
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
		final  bool
	}{
		{"GET /applications/@me", 401, `{}`, "DISCORD_TOKEN", true},
		{"PUT /applications/{}/commands", 400, `{"code":50035}`, "bug", true},
		{"GET /applications/{}/commands", 403, `{"code":50001}`, "applications.commands", true},
		{"GET /applications/@me", 404, `{"code":10002}`, "try again", false},
	} {
		r := newRig(t, Config{})
		r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
			if req.Route == tt.route {
				return &discordtest.Reply{Status: tt.status, Body: tt.body}
			}
			return nil
		})
		err := r.bot.Run(t.Context())
		if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") || errors.Is(err, ErrRefused) != tt.final {
			t.Errorf("%s %d: Run() got %v", tt.route, tt.status, err)
		}
	}
	// While Discord is away, the bot waits.
	r := newRig(t, Config{})
	r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
		if req.Nth <= 4 && req.Route == "GET /applications/@me" {
			return &discordtest.Reply{Status: 503}
		}
		return nil
	})
	r.run()
}

func TestInviteURL(t *testing.T) {
	t.Parallel()
	const want = "https://discord.com/oauth2/authorize?client_id=990&permissions=274878024704&scope=bot+applications.commands"
	if got := InviteURL("990"); got != want {
		t.Errorf("InviteURL() got %s want %s", got, want)
	}
}

func TestBadToken(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{Token: "some.other.token"})
	err := r.bot.Run(t.Context())
	if !errors.Is(err, gateway.ErrBadToken) {
		t.Errorf("Run() got %v", err)
	}
	if r.Connections() != 0 {
		t.Error("the gateway was tried with a token that REST refuses")
	}
}

// TestCheckGoesOn lets the self-check meet what stands before Discord: only
// Discord's own refusals are final.
func TestCheckGoesOn(t *testing.T) {
	t.Parallel()
	for _, status := range []int{403, 404, 400, 503} {
		r := newRig(t, Config{})
		r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
			if !strings.HasSuffix(req.Path, "/@me") {
				return nil
			}
			if req.Nth == 1 || status >= 500 && req.Nth <= 4 /* tries */ {
				return &discordtest.Reply{Status: status, Body: "<html>error code: 1015"}
			}
			return nil
		})
		r.start()
		r.Wait("the self-check", func() bool { return strings.Contains(r.out.String(), "invite") })
		if log := r.logs.String(); !strings.Contains(log, "trying again") || strings.Contains(log, "not an answer of Discord") != (status < 500) {
			t.Errorf("after HTTP %d the log says %s", status, log)
		}
	}
}
