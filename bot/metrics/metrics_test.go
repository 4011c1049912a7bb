package metrics

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func get(t *testing.T, h http.Handler, path string) (status int, body string) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	return w.Code, w.Body.String()
}

// TestMetrics: what was counted is what is read.
func TestMetrics(t *testing.T) {
	read := time.Date(2026, 3, 4, 5, 6, 7, 0, time.FixedZone("", 3600))
	st := Status{LoginsLeft: -1}
	m := New(func() Status { return st })
	_, body := get(t, m.Handler(), "/metrics")
	for _, line := range []string{"dossier_gateway_connected 0\n", "dossier_index_ready 0\n", "go_goroutines "} {
		if !strings.Contains(body, "\n"+line) {
			t.Errorf("at first there is no %q in\n%s", line, body)
		}
	}
	for _, name := range []string{"dossier_logins_left", "dossier_corpus_info"} {
		if strings.Contains(body, "\n"+name) {
			t.Errorf("%s is there before anybody knows it", name)
		}
	}
	st = Status{Connected: true, LoginsLeft: 399, IndexReady: true, Corpus: Corpus{"abc", 3, 40, read}}
	m.Asked("slash", "answered")
	m.Asked("slash", "answered")
	m.Asked("direct", "absent")
	m.Took("reading", 40*time.Millisecond)
	m.Read(8)
	m.Limited("route")
	_, body = get(t, m.Handler(), "/metrics")
	for _, line := range []string{
		"dossier_gateway_connected 1", "dossier_logins_left 399", "dossier_index_ready 1",
		`dossier_corpus_info{articles="3",read="2026-03-04T04:06:07Z",sentences="40",version="abc"} 1`,
		`dossier_questions_total{outcome="answered",way="slash"} 2`,
		`dossier_questions_total{outcome="absent",way="direct"} 1`,
		`dossier_stage_seconds_bucket{stage="reading",le="0.025"} 0`,
		`dossier_stage_seconds_bucket{stage="reading",le="0.05"} 1`,
		`dossier_reader_depth_sum 8`,
		`dossier_rate_limits_total{limit="route"} 1`,
	} {
		if !strings.Contains(body, "\n"+line+"\n") {
			t.Errorf("no %q in\n%s", line, body)
		}
	}
}

// TestReady: the program is healthy from the start, and ready when it is connected
// and the index is.
func TestReady(t *testing.T) {
	held := Corpus{Version: "abc"}
	for _, tt := range []struct {
		st     Status
		status int
		body   string
	}{
		{Status{}, 503, "the articles are being read\n"},
		{Status{Corpus: held}, 503, "the meaning of new articles is being computed; not connected to Discord\n"},
		{Status{Corpus: held, IndexReady: true}, 503, "not connected to Discord\n"},
		{Status{Corpus: held, Connected: true}, 503, "the meaning of new articles is being computed\n"},
		{Status{Corpus: held, IndexReady: true, Connected: true}, 200, "ok\n"},
	} {
		h := New(func() Status { return tt.st }).Handler()
		if status, body := get(t, h, "/readyz"); status != tt.status || body != tt.body {
			t.Errorf("/readyz of %+v: %d %q, want %d %q", tt.st, status, body, tt.status, tt.body)
		}
		if status, body := get(t, h, "/healthz"); status != 200 || body != "ok\n" {
			t.Errorf("/healthz of %+v: %d %q", tt.st, status, body)
		}
	}
}

func TestAddress(t *testing.T) {
	for setting, want := range map[string]string{
		"9090": "127.0.0.1:9090", ":9090": "127.0.0.1:9090", "0": "127.0.0.1:0", "[::1]:9090": "[::1]:9090",
		"0.0.0.0:9090": "0.0.0.0:9090", "localhost:9090": "localhost:9090", "[::]:9090": "[::]:9090",
		"": "", "here": "", "here:there": "", "1.2.3.4": "", "99999": "", "-1": "", "http://localhost:9090": "", "9090/metrics": "", "::1": "",
	} {
		got, err := Address(setting)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("Address(%q) = %q, %v; want %q", setting, got, err, want)
		}
	}
}

// TestServe: what other machines can reach comes with a warning, and the server ends
// with its context.
func TestServe(t *testing.T) {
	for addr, warns := range map[string]bool{"127.0.0.1:0": false, "localhost:0": false, "0.0.0.0:0": true} {
		var logged bytes.Buffer
		log := slog.New(slog.NewTextHandler(&logged, nil))
		ctx, cancel := context.WithCancel(t.Context())
		l, err := Listen(ctx, addr, log)
		if err != nil {
			t.Fatal(err)
		}
		var serving sync.WaitGroup
		serving.Go(func() { New(func() Status { return Status{} }).Serve(ctx, l, log) })
		client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
		_, port, _ := net.SplitHostPort(l.Addr().String())
		resp, err := client.Get("http://" + net.JoinHostPort("127.0.0.1", port) + "/healthz")
		if err != nil {
			t.Fatal(err)
		}
		if body, err := io.ReadAll(resp.Body); string(body) != "ok\n" {
			t.Errorf("%s answers %q, %v", addr, body, err)
		}
		resp.Body.Close()
		cancel()
		serving.Wait()
		if got := strings.Contains(logged.String(), "other machines can read the metrics"); got != warns {
			t.Errorf("%s: the log says %q", addr, &logged)
		}
	}
}
