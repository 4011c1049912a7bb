package main

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestReadFeeds lets a running bot keep up with a feed.
func TestReadFeeds(t *testing.T) {
	mux := http.NewServeMux()
	for path, text := range map[string]string{
		"/feed":  `<?xml version="1.0"?><rss version="2.0"><channel><title>Log</title><item><title>Clock</title><link>/clock</link></item></channel></rss>`,
		"/clock": "<html><head><title>The clock stands still</title></head><body><article><p>The clock of the town hall has stood still since Sunday, and nobody has a key to its tower.</p></article></body></html>",
	} {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text) })
	}
	web := httptest.NewServer(mux)
	defer web.Close()
	dir := t.TempDir()
	p := &program{ctx: t.Context(), settings: settings{corpusDir: dir, feeds: []string{web.URL + "/feed"}, every: time.Hour, intranet: true}}

	r, w := io.Pipe()
	stop, err := (&runCmd{}).readFeeds(p, slog.New(slog.NewTextHandler(w, nil)))
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	b := make([]byte, 1<<10)
	for !strings.Contains(log.String(), `msg="feed read"`) {
		n, err := r.Read(b)
		if err != nil {
			t.Fatalf("the log ended: %v\n%s", err, &log)
		}
		log.Write(b[:n])
	}
	stop()
	if _, err := os.Stat(filepath.Join(dir, "incoming", "the-clock-stands-still.md")); err != nil {
		t.Errorf("%v\n%s", err, &log)
	}

	p.settings.corpusDir = ""
	if _, err := (&runCmd{}).readFeeds(p, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), "hint: set CORPUS_DIR") {
		t.Errorf("readFeeds without a directory = %v, want a hint to CORPUS_DIR", err)
	}
}
