package discord

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"dossier/bot/discord/discordtest"
)

// TestExamine goes through what can be wrong, one thing at a time: it is named with
// the next step, the rest is as it should be, and the token is in no line.
func TestExamine(t *testing.T) {
	t.Parallel()
	reply := func(route string, reply discordtest.Reply) func(*discordtest.Server, *Config) {
		return func(s *discordtest.Server, _ *Config) {
			s.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
				if req.Route != route {
					return nil
				}
				reply := reply
				return &reply
			})
		}
	}
	app := func(members string) func(*discordtest.Server, *Config) {
		return reply("GET /applications/@me", discordtest.Reply{Status: 200, Body: `{"id":"1","name":"Dossier",` + members + `}`})
	}
	clock := func(by time.Duration) func(*discordtest.Server, *Config) {
		return func(s *discordtest.Server, cfg *Config) {
			reply("GET /gateway", discordtest.Reply{
				Status: 200, Body: `{"url":"ws` + strings.TrimPrefix(s.URL(), "http") + `"}`,
				Header: map[string]string{"Date": time.Now().Add(by).UTC().Format(http.TimeFormat)},
			})(s, cfg)
		}
	}
	fails := func(err error) func(*discordtest.Server, *Config) {
		return func(_ *discordtest.Server, cfg *Config) {
			cfg.Transport = transportFunc(func(*http.Request) (*http.Response, error) { return nil, err })
		}
	}
	const unreached = "skipped token: Discord is not reached"
	for name, tt := range map[string]struct {
		spoil func(*discordtest.Server, *Config)
		lines []string // "state what: said; next: next", each a part of a line
		final bool
	}{
		"all is well": {nil, []string{
			"ok network: discord.com answers", "skipped certificates: ", "ok clock: ", "ok gateway: 127.0.0.1:", "ok token: accepted, the bot is Dossier",
			"ok intents: no privileged ones", "ok setup", "ok permissions: all that it needs in 1 server,",
		}, false},
		"no token": {func(_ *discordtest.Server, cfg *Config) { cfg.Token = "" }, []string{
			"ok network", "ok gateway", "skipped token: there is no DISCORD_TOKEN", "skipped intents", "skipped permissions",
		}, false},
		"another token": {func(_ *discordtest.Server, cfg *Config) { cfg.Token = "another.token" }, []string{
			`failed token: Discord does not take it: read application: HTTP 401 ("401: Unauthorized"); next: copy the current one`, "skipped permissions",
		}, true},
		"no shape of a token": {func(_ *discordtest.Server, cfg *Config) { cfg.Token = "two words" }, []string{
			"failed token: DISCORD_TOKEN is empty or not a token", "skipped intents",
		}, true},
		"no shape of a server": {func(_ *discordtest.Server, cfg *Config) { cfg.GuildID = "my server" }, []string{
			"failed settings: DISCORD_GUILD_ID is not the id of a server", "ok token",
		}, true},
		"no address": {func(_ *discordtest.Server, cfg *Config) { cfg.APIURL = "http://example.org" }, []string{
			"failed network: DISCORD_API_URL: ",
		}, true},
		"refused at the edge": {
			reply("GET /applications/@me", discordtest.Reply{Status: 403, Body: `{"code":40333,"message":"internal network error of Njg3OTk0MTIzNDU2Nzg5MDEy.abc.a-secret"}`}),
			[]string{`failed token: Discord does not say whether it takes it: read application: HTTP 403, code 40333 ("internal network error of [redacted]"); next: `},
			false,
		},
		"something else answers": {reply("GET /gateway", discordtest.Reply{Status: 403, Body: "<html>no"}), []string{
			"failed network: discord.com answers, but not as Discord does: open gateway: HTTP 403; next: this is not an answer of Discord's API", "ok clock", unreached,
		}, false},
		"a clock that is slow": {clock(10*time.Minute + 30*time.Second), []string{"warning clock: this machine is 10m", "behind Discord; next: ", "ok token"}, false},
		"a clock that is fast": {clock(-time.Hour - 30*time.Second), []string{"warning clock: this machine is 1h0m", "ahead of Discord; next: "}, false},
		"no network": {fails(errors.New("no route to host")), []string{
			"failed network: discord.com does not answer: no route to host; next: look at the network", "skipped certificates", "skipped clock", "skipped gateway", unreached,
		}, false},
		"a certificate that nobody knows": {fails(x509.UnknownAuthorityError{}), []string{
			"ok network: discord.com is there", "failed certificates: discord.com cannot prove that it is itself: x509: certificate signed by unknown authority; next: set this machine's clock", unreached,
		}, false},
		"a gateway behind a wall": {func(s *discordtest.Server, cfg *Config) {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			gone := l.Addr().String()
			_ = l.Close()
			reply("GET /gateway", discordtest.Reply{Status: 200, Body: `{"url":"wss://` + gone + `"}`})(s, cfg)
		}, []string{"failed gateway: 127.0.0.1:", "cannot be connected to: ", "next: let this machine out", "ok token"}, false},
		"intents that it does not need": {app(`"flags":786432`), []string{"warning intents: privileged ones that the bot does not need: Message Content; next: untick"}, false},
		"an endpoint of its own": {app(`"flags":0,"interactions_endpoint_url":"https://example.org/x"`), []string{
			"failed setup: commands and clicks go to a web address and not to the bot; next: empty Interactions Endpoint URL",
		}, true},
		"a code grant": {app(`"flags":0,"bot_require_code_grant":true`), []string{"warning setup: servers cannot add the bot with its link; next: untick"}, false},
		"no servers":   {reply("GET /users/@me/guilds", discordtest.Reply{Status: 200, Body: "[]"}), []string{"warning permissions: the bot is in no server yet; next: open https://discord.com/oauth2/"}, false},
		"a server that gives too little": {func(s *discordtest.Server, _ *Config) {
			s.Join(discordtest.Guild{ID: "300000000000000002", Name: "Reading \x1b[31m room", Permissions: strconv.Itoa(274878024768 &^ (1<<14 | 1<<6))},
				discordtest.Guild{ID: "300000000000000003", Name: "Attic", Permissions: "0"}, discordtest.Guild{ID: "300000000000000004", Name: "Cellar", Permissions: "8"})
		}, []string{`warning permissions: "Reading \\x1b[31m room" does not give the bot Embed Links, Add Reactions; some are missing in 1 server more, too; next: give them to its role there`}, false},
		"another server": {func(_ *discordtest.Server, cfg *Config) { cfg.GuildID = "300000000000000009" }, []string{
			"warning permissions: the bot is not in the server of DISCORD_GUILD_ID; next: unset it",
		}, false},
		"servers that are not told": {reply("GET /users/@me/guilds", discordtest.Reply{Status: 403, Body: `{"code":50001,"message":"Missing Access"}`}), []string{
			`failed permissions: Discord does not say in which servers the bot is: read servers: HTTP 403, code 50001 ("Missing Access")`,
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := discordtest.New(t)
			s.Join(discordtest.Guild{ID: channel.Guild, Name: "Library", Permissions: permissions})
			cfg := Config{Token: discordtest.Token, Transport: s.Transport()}
			if tt.spoil != nil {
				tt.spoil(s, &cfg)
			}
			var all strings.Builder
			final, wrong := false, 0
			Examine(t.Context(), cfg, func(f Finding) {
				fmt.Fprintf(&all, "%s %s: %s; next: %s\n", f.State, f.What, f.Said, f.Next)
				final = final || f.Final
				if f.State == Failed || f.State == Warning {
					wrong++
				}
			})
			for _, l := range tt.lines {
				if !strings.Contains(all.String(), l) {
					t.Errorf("no %q in\n%s", l, &all)
				}
			}
			if want := strings.Count(strings.Join(tt.lines, "\n"), "failed ") + strings.Count(strings.Join(tt.lines, "\n"), "warning "); wrong != want || final != tt.final {
				t.Errorf("%d lines of something wrong, want %d; final: %v\n%s", wrong, want, final, &all)
			}
			if strings.Contains(all.String(), discordtest.Token) || strings.Contains(all.String(), "two words") {
				t.Errorf("the token is shown\n%s", &all)
			}
			for _, req := range s.Requests("") {
				if req.Method != http.MethodGet {
					t.Errorf("it makes a request of %s", req.Route)
				}
			}
		})
	}
}

// TestExamineManyServers: they come in pages.
func TestExamineManyServers(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	for n := range 450 {
		s.Join(discordtest.Guild{ID: strconv.Itoa(300000000000000000 + n), Name: "x", Permissions: permissions})
	}
	var said string
	Examine(t.Context(), Config{Token: discordtest.Token, Transport: s.Transport()}, func(f Finding) {
		if f.What == "permissions" {
			said = f.Said
		}
	})
	if !strings.Contains(said, "in 450 servers") || s.Count("GET /users/@me/guilds") != 3 {
		t.Errorf("%d requests, and it says %q", s.Count("GET /users/@me/guilds"), said)
	}
}

// permissions are those that the bot needs, as Discord counts them: ADD_REACTIONS |
// VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | ATTACH_FILES | READ_MESSAGE_HISTORY |
// SEND_MESSAGES_IN_THREADS.
const permissions = "274878024768"

// TestNeeded: the invitation asks for what the bot needs, and no more.
func TestNeeded(t *testing.T) {
	if got := InviteURL("1"); !strings.Contains(got, "&permissions="+permissions+"&") {
		t.Errorf("the invitation is %s, want permissions %s", got, permissions)
	}
}
