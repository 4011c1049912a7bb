package discord

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dossier/bot/discord/discordtest"
	"dossier/bot/discord/gateway"
	"dossier/bot/discord/message"

	"github.com/bwmarrin/discordgo"
)

// TestShownName prints names as they are, but nothing that a terminal obeys.
func TestShownName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Bot Dossier":               "Bot Dossier",
		"the-sony-hack-dossier-bot": "the-sony-hack-dossier-bot",
		"Recherche «été» 資料 📰":      "Recherche «été» 資料 📰",
		"a\x1b[31mb\nc\u202ed":      `a\x1b[31mb\nc\u202ed`,
		"x some.secret-token":       "x [redacted]",
	} {
		if got := shownName(name, "some.secret-token"); got != want {
			t.Errorf("shownName(%q) got %q want %q", name, got, want)
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

// TestFinal ends the bot for good where Discord itself does not take the token, and
// nowhere else.
func TestFinal(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{})
	r.OnRequest(func(*discordtest.Request) *discordtest.Reply {
		return &discordtest.Reply{Status: 401, Body: `{"message":"401: Unauthorized","code":0}`}
	})
	if err := r.bot.Run(t.Context()); !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), "DISCORD_TOKEN") || strings.Contains(err.Error(), "\n") {
		t.Errorf("Run() got %v", err)
	}
	for n, d := range []time.Duration{2 * time.Second, 4 * time.Second, 8 * time.Second} {
		if got := retryCheck(n + 1); got != d {
			t.Errorf("after try %d it waits %s", n+1, got)
		}
	}
	if got := retryCheck(1000); got != 5*time.Minute {
		t.Errorf("at last it waits %s", got)
	}
}

// TestCommandsRefused lets Discord not take the commands: the log names the command
// and the member, questions are answered, and the commands are tried again.
func TestCommandsRefused(t *testing.T) {
	t.Parallel()
	second := message.Commands()[1].Name
	for _, tt := range []struct {
		route, body string
		status      int
		want        []string
	}{
		{
			"PUT /applications/{}/commands", `{"code":50035,"message":"Invalid Form Body","errors":{"1":{"description_localizations":{"pt-BR":{"_errors":[
			{"code":"BASE_TYPE_BAD_LENGTH","message":"Must be between 1 and 100 in length."}]}}}}}`, 400,
			[]string{"HTTP 400, code 50035", "Invalid Form Body", "/" + second + " description_localizations.pt-BR: BASE_TYPE_BAD_LENGTH Must be between 1 and 100 in length."},
		},
		{"GET /applications/{}/commands", `{"code":50001,"message":"Missing Access"}`, 403, []string{"code 50001", "Missing Access", "applications.commands"}},
		{"PUT /applications/{}/commands", `{"code":30034,"message":"Max number of daily application command creates has been reached (200)"}`, 400, []string{"30034", "daily application command creates"}},
		{"PUT /applications/{}/commands", `<html>`, 403, []string{"HTTP 403", "not an answer of Discord's API"}},
	} {
		t.Run(tt.body, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, Config{})
			r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
				if req.Route == tt.route {
					return &discordtest.Reply{Status: tt.status, Body: tt.body}
				}
				return nil
			})
			r.run()
			r.answerTo(r.Say(alice, channel, mention+"which films leaked?"))
			r.answerTo(r.Say(alice, direct, "which films leaked?"))
			log := r.logs.String()
			for _, want := range append(tt.want, "the commands are not registered") {
				if !strings.Contains(log, want) {
					t.Errorf("the log does not say %q: %s", want, log)
				}
			}
			if out := r.out.String(); !strings.Contains(out, "not registered yet") {
				t.Errorf("the self-check says %s", out)
			}
		})
	}
}

// TestCommandsLater lets Discord take the commands at the third try.
func TestCommandsLater(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, Config{}, discordtest.InMemory())
		r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
			if req.Route == "PUT /applications/{}/commands" && req.Nth < 3 {
				return &discordtest.Reply{Status: 403, Body: `{"code":40333,"message":"internal network error"}`}
			}
			return nil
		})
		c := r.bot.check.commands
		if reg := c.start(t.Context(), discordtest.AppID); !reg.failed {
			t.Errorf("the first try got %+v", reg)
		}
		c.retry(t.Context())
		if n := len(r.Commands("")); n != len(message.Commands()) {
			t.Errorf("%d commands are registered", n)
		}
		if log := r.logs.String(); strings.Count(log, "are not registered") != 2 || !strings.Contains(log, `again in"=2m0s`) || !strings.Contains(log, "the commands are registered") {
			t.Errorf("the log says %s", log)
		}
		r.bot.gateway.Close()
	})
}

func TestInviteURL(t *testing.T) {
	t.Parallel()
	const want = "https://discord.com/oauth2/authorize?client_id=990&permissions=274878024768&scope=bot+applications.commands"
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

// TestCheckGoesOn lets the self-check meet what stands before Discord, and what
// Discord says that is not about the token: the bot tries again, and the log names
// code and text.
func TestCheckGoesOn(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		status     int
		body, says string
	}{
		{403, "<html>error code: 1015", "not an answer of Discord"},
		{404, "<html>", "not an answer of Discord"},
		{400, "<html>", "not an answer of Discord"},
		{401, "<html>Unauthorized", "not an answer of Discord"},
		{401, "{}", "not an answer of Discord"},
		{403, `{"code":40333,"message":"internal network error"}`, `code 40333" said="internal network error"`},
		{404, `{"code":10002,"message":"Unknown Application"}`, `code 10002" said="Unknown Application"`},
		{400, `{"code":50035,"message":"Invalid Form Body"}`, "Invalid Form Body"},
		{503, "<html>", "discordstatus.com"},
	} {
		t.Run(fmt.Sprint(tt.status, tt.body), func(t *testing.T) {
			t.Parallel()
			r := newRig(t, Config{})
			r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
				if strings.HasSuffix(req.Path, "/@me") && (req.Nth == 1 || tt.status >= 500 && req.Nth <= 4 /* tries */) {
					return &discordtest.Reply{Status: tt.status, Body: tt.body}
				}
				return nil
			})
			r.start()
			r.Wait("the self-check", func() bool { return strings.Contains(r.out.String(), "invite") })
			if log := r.logs.String(); !strings.Contains(log, "trying again") || !strings.Contains(log, tt.says) {
				t.Errorf("the log says %s", log)
			}
		})
	}
}

// TestHintsNameServer names the configured server where another one than Discord is
// to be looked at.
func TestHintsNameServer(t *testing.T) {
	t.Parallel()
	const where = "https://chat.example.org/api/v9"
	away := &gateway.Error{Op: opSend, Reason: "no response"}
	for _, got := range []string{hint(away, where), reachHint(away, where), reachHint(&gateway.Error{Status: 404}, where)} {
		if !strings.Contains(got, where) || strings.Contains(got, "discordstatus") {
			t.Errorf("the hint is %q", got)
		}
	}
	if got := hint(away, ""); !strings.Contains(got, "https://discordstatus.com") {
		t.Errorf("the hint is %q", got)
	}
	if got := hint(&gateway.Error{Op: opSend, Status: 429, Wait: time.Hour}, where); strings.Contains(got, "look at") {
		t.Errorf("the hint for a rate limit is %q", got)
	}
}
