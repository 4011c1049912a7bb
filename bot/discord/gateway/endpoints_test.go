package gateway

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/discordtest"
)

// TestUseAPI is not parallel: discordgo's addresses are variables of the
// package.
func TestUseAPI(t *testing.T) {
	for v, want := range endpoints() {
		if *v != want {
			t.Errorf("an address of discordgo is %q, not %q", *v, want)
		}
	}
	defer func() {
		for v, old := range endpoints() {
			*v = old
		}
	}()
	for _, tt := range []struct{ base, api string }{
		{"http://127.0.0.1:8080", "http://127.0.0.1:8080/api/v9"},
		{"http://[::1]:8080/", "http://[::1]:8080/api/v9"},
		{"http://localhost:8080/api/v10/", "http://localhost:8080/api/v10"},
		{"https://chat.example.org/api/v9", "https://chat.example.org/api/v9"},
	} {
		if err := useAPI(tt.base); err != nil {
			t.Fatal(err)
		}
		for v, old := range endpoints() {
			if strings.Contains(*v, "discord") {
				t.Errorf("useAPI(%s) leaves %s, which was %s", tt.base, *v, old)
			}
		}
		for got, path := range map[string]string{
			discordgo.EndpointGateway:                               "/gateway",
			discordgo.EndpointGatewayBot:                            "/gateway/bot",
			discordgo.EndpointChannelMessages("1"):                  "/channels/1/messages",
			discordgo.EndpointInteractionResponse("1", "t"):         "/interactions/1/t/callback",
			discordgo.EndpointApplicationGlobalCommands("1"):        "/applications/1/commands",
			discordgo.EndpointApplicationGuildCommands("1", "2"):    "/applications/1/guilds/2/commands",
			discordgo.EndpointWebhookMessage("1", "t", "@original"): "/webhooks/1/t/messages/@original",
			discordgo.EndpointGuildCreate:                           "/guilds",
			discordgo.EndpointOAuth2Applications:                    "/oauth2/applications",
		} {
			if got != tt.api+path {
				t.Errorf("useAPI(%s): got %s want %s", tt.base, got, tt.api+path)
			}
		}
	}
	// All of it, with nothing but the setting.
	s := discordtest.New(t)
	r := rigTo(t, s, Config{Token: "Bot " + discordtest.Token, APIURL: s.APIURL()}).run()
	if app, err := r.gateway.Application(t.Context()); err != nil || app.ID != discordtest.AppID {
		t.Errorf("application() got %+v, %v", app, err)
	}
	r.hears(r.Say(someone, somewhere, "which films leaked?"))
	if err := r.stop(); err != nil {
		t.Errorf("run() got %v", err)
	}
}

func TestCheckAPI(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{
		"http://discord.example.org", "http://10.0.0.1/api/v9", "http://127.0.0.1.example.org", "http://localhost.example.org",
		"ftp://localhost", "localhost:8080", "http://", "https://user:secret@example.org", "https://example.org/?x=1", "://", "http://%zz",
	} {
		u, err := checkAPI(bad)
		if err == nil {
			t.Errorf("checkAPI(%s) got %s", bad, u)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("checkAPI(%s) tells the password: %v", bad, err)
		}
	}
}

// TestAllEndpoints finds the variables of discordgo that endpoints misses.
func TestAllEndpoints(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "list", "-f", "{{.Dir}}", "github.com/bwmarrin/discordgo").Output()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(strings.TrimSpace(string(out)), "endpoints.go")
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, d := range f.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range g.Specs {
			v, ok := spec.(*ast.ValueSpec)
			if !ok || !strings.HasPrefix(v.Names[0].Name, "Endpoint") || len(v.Values) != 1 {
				continue
			}
			if isFunction(v.Values[0]) {
				continue // made of the others when it is called
			}
			n++
		}
	}
	if got := len(endpoints()); got != n {
		t.Errorf("discordgo has %d addresses, endpoints() knows %d", n, got)
	}
}

func isFunction(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.FuncLit:
		return true
	case *ast.Ident:
		// EndpointGuildEmbed = EndpointGuildWidget and the like
		for _, s := range []string{"EndpointOAuth2", "EndpointOAuth2Applications"} {
			if e.Name == s {
				return false
			}
		}
		return true
	}
	return false
}
