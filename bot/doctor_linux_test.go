package main

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dossier/bot/discord/discordtest"
)

// TestDoctor breaks one thing at a time: it is named with the next step, the exit code
// says whether another start may help, the token is not shown, and nothing is left
// behind.
func TestDoctor(t *testing.T) {
	s := discordtest.New(t)
	s.Join(discordtest.Guild{ID: square.Guild, Name: "Library", Permissions: "8"})
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0) // it says that nobody trusts it
	secure.StartTLS()
	t.Cleanup(secure.Close)
	for name, tt := range map[string]struct {
		files map[string]string
		set   []string
		code  int
		lines []string
	}{
		"all is well": {nil, nil, 0, []string{
			"ok       settings      from the environment; there is no file .env here; set: DISCORD_TOKEN, DISCORD_API_URL, STATE_DIR",
			"ok       corpus        the built-in articles: 50 articles", "ok       index         in memory", "ok       state         ",
			"ok       network       ", "ok       gateway       ", "ok       token         accepted", "ok       permissions   all that it needs in 1 server",
		}},
		"no token":                {nil, []string{"DISCORD_TOKEN="}, 0, []string{"skipped  token         there is no DISCORD_TOKEN"}},
		"a token that is refused": {nil, []string{"DISCORD_TOKEN=not.the.token"}, 78, []string{"failed   token         Discord does not take it"}},
		"no network":              {nil, []string{"DISCORD_API_URL=" + closed.URL}, 1, []string{"failed   network       "}},
		"a certificate that nobody knows": {nil, []string{"DISCORD_API_URL=" + secure.URL}, 1, []string{
			"failed   certificates  " + strings.TrimPrefix(secure.URL, "https://") + " cannot prove that it is itself: tls: failed to verify certificate: x509: certificate signed by unknown authority; next: ",
		}},
		"a setting that is wrong": {nil, []string{"LOG_LEVEL=loud", "METRICS_ADDR=here"}, 78, []string{
			"failed   settings      LOG_LEVEL=loud: not a level; next: use debug, info, warn or error\n", `failed   settings      METRICS_ADDR: "here" is not an address`,
		}},
		"a name that nobody knows": {map[string]string{".env": "COLOUR=red\nLOG_LEVEL=info\n"}, nil, 0, []string{
			"warning  settings      .env sets what the bot does not know: COLOUR; next: ", "set: DISCORD_TOKEN, DISCORD_API_URL, STATE_DIR, LOG_LEVEL\n",
		}},
		"a token that all can read": {map[string]string{".env": "DISCORD_TOKEN=" + discordtest.Token}, nil, 78, []string{"failed   settings      .env: every user of this machine can read the token in it; next: chmod 600 .env\n"}},
		"no articles":               {nil, []string{"CORPUS_DIR=none"}, 1, []string{"failed   corpus        stat none: no such file or directory; next: name a directory of articles\n"}},
		"an article that is damaged": {map[string]string{"news/a.txt": "The ferry\n\nThe ferry ran aground on Monday.", "news/questions.jsonl": "{\n"}, []string{"CORPUS_DIR=news"}, 0, []string{
			"warning  corpus        news: 1 article, 1 file or line is not used; next: bot check news\n",
		}},
		"an index that cannot be kept": {map[string]string{"file": ""}, []string{"INDEX_DIR=file"}, 1, []string{"failed   index         INDEX_DIR=file: file is not a directory; next: let the user that runs the bot write there, or leave INDEX_DIR empty"}},
		"an index that is not there":   {nil, []string{"INDEX_DIR=a/b/c"}, 0, []string{"ok       index         INDEX_DIR=a/b/c can be written to\n"}},
		"a state that cannot be kept":  {map[string]string{"file": ""}, []string{"STATE_DIR=file/below"}, 0, []string{"warning  state         STATE_DIR=file/below: file/below: not a directory; the bot waits"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := command(t, "doctor")
			cmd.Stderr = nil
			cmd.Env = append(cmd.Env, "DISCORD_TOKEN="+discordtest.Token, "DISCORD_API_URL="+s.APIURL(), "STATE_DIR="+cmd.Dir)
			cmd.Env = append(cmd.Env, tt.set...)
			for name, text := range tt.files {
				name = filepath.Join(cmd.Dir, name)
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			before, err := os.ReadDir(cmd.Dir)
			if err != nil {
				t.Fatal(err)
			}
			out, _ := cmd.Output()
			if got := cmd.ProcessState.ExitCode(); got != tt.code {
				t.Errorf("exit code %d, want %d", got, tt.code)
			}
			for _, l := range tt.lines {
				if !strings.Contains(string(out), l) {
					t.Errorf("no %q", l)
				}
			}
			if strings.Contains(string(out), discordtest.Token) || strings.Contains(string(out), "not.the.token") {
				t.Error("the token is shown")
			}
			if after, err := os.ReadDir(cmd.Dir); err != nil || len(after) != len(before) {
				t.Errorf("%d files before, after it %v, %v", len(before), after, err)
			}
			if t.Failed() {
				t.Logf("%s", out)
			}
		})
	}
}
