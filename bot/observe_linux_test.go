package main

import (
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"dossier/bot/discord/discordtest"
)

// fetch reads a page of a program that serves it; the status is 0 where there is none.
func fetch(t *testing.T, url string) (status int, body string) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		return 0, err.Error()
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

// TestWatched: a bot on Discord becomes ready, counts what it is asked, and serves
// nothing that anybody wrote.
func TestWatched(t *testing.T) {
	s := discordtest.New(t)
	cmd := command(t)
	var log screen
	cmd.Stderr = &log
	cmd.Env = append(cmd.Env, "DISCORD_TOKEN="+discordtest.Token, "DISCORD_API_URL="+s.APIURL(), "STATE_DIR="+cmd.Dir, "METRICS_ADDR=0")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	log.await(t, "serving /metrics", 1)
	base := "http://" + regexp.MustCompile(`addr=(\S+)`).FindStringSubmatch(log.String())[1]
	if status, body := fetch(t, base+"/healthz"); status != 200 {
		t.Errorf("/healthz: %d %s", status, body)
	}
	s.WaitReady()
	id := s.Say(ann, square, toBot+"which films leaked?")
	s.Wait("an answer", func() bool { return len(s.RepliesTo(id)) == 1 })
	status, body := 0, ""
	for end := time.Now().Add(patience); status != 200 && time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		status, body = fetch(t, base+"/readyz")
	}
	if status != 200 {
		t.Errorf("/readyz: %d %s", status, body)
	}
	_, body = fetch(t, base+"/metrics")
	for _, like := range []string{
		`dossier_gateway_connected 1\n`, `dossier_logins_left 399\n`, `dossier_index_ready 1\n`,
		`dossier_corpus_info{articles="50",read="20\d\d-[^"]+Z",sentences="\d+",version="[0-9a-f]{16}"} 1\n`,
		`dossier_questions_total{outcome="answered",way="mention"} 1\n`, `dossier_reader_depth_count 1\n`,
		`dossier_stage_seconds_count{stage="reading"} 1\n`, `dossier_stage_seconds_count{stage="sending"} 1\n`,
	} {
		if !regexp.MustCompile(like).MatchString(body) {
			t.Errorf("no %s in\n%s", like, body)
		}
	}
	for _, private := range []string{"films", ann.ID, square.Channel, square.Guild, discordtest.Token} {
		if strings.Contains(body, private) {
			t.Errorf("the metrics have %q in them", private)
		}
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	ends(t, cmd, 0)
}

// TestWatchedInVain: an address that another program has is named.
func TestWatchedInVain(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	cmd := command(t)
	var log screen
	cmd.Stderr = &log
	cmd.Env = append(cmd.Env, "DISCORD_TOKEN="+discordtest.Token, "METRICS_ADDR="+l.Addr().String())
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ends(t, cmd, 1)
	if want := "bot: METRICS_ADDR=" + l.Addr().String() + ": listen tcp"; !strings.Contains(log.String(), want) || !strings.Contains(log.String(), "\nhint: ") {
		t.Errorf("it says %q, want %q and a hint", log.String(), want)
	}
}
