package imports

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// filesBelow returns the paths of all files in a directory.
func filesBelow(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, path)
			names = append(names, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// A growingFeed is one that gets an entry now and then, on a site that fails at times.
type growingFeed struct {
	entries []string
	down    bool
	same    int // how often it was asked for and had not changed
}

func (g *growingFeed) serve(w *web) {
	w.status("log.example/robots.txt", 404)
	w.HandleFunc("log.example/feed", func(rw http.ResponseWriter, r *http.Request) {
		tag := `"` + strings.Join(g.entries, "-") + `"`
		rw.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			g.same++
			rw.WriteHeader(http.StatusNotModified)
			return
		}
		body := `<rss version="2.0"><channel><title>Log</title>`
		for _, e := range g.entries {
			body += "<item><title>" + e + "</title><link>https://log.example/" + e + "</link></item>"
		}
		_, _ = rw.Write([]byte(`<?xml version="1.0"?>` + body + "</channel></rss>"))
	})
	w.HandleFunc("log.example/", func(rw http.ResponseWriter, r *http.Request) {
		if g.down {
			rw.WriteHeader(http.StatusBadGateway)
			return
		}
		rw.Header().Set("Content-Type", "text/html")
		_, _ = rw.Write([]byte(news("The "+r.URL.Path[1:], "", r.URL.Path[1:])))
	})
}

func TestFeeds(t *testing.T) {
	inBubble(t, func(t *testing.T, w *web, c *Client) {
		g := &growingFeed{entries: []string{"gate", "vault"}}
		g.serve(w)
		w.page("no.example/", "text/html", "<html><p>no feed</html>")
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "feeds.txt"), []byte("# mine\nhttps://log.example/feed # a log\n\nhttps://no.example/?key=SECRET\nhttps://me:SECRET@no.example/\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		var log bytes.Buffer
		f := &Feeds{Dir: dir, Addresses: []string{"https://log.example/feed"}, Client: c, Log: slog.New(slog.NewTextHandler(&log, nil))}
		poll := func(name string, want ...string) {
			t.Helper()
			log.Reset()
			f.Poll(t.Context())
			got := slices.DeleteFunc(filesBelow(t, dir), func(n string) bool { return n == "feeds.txt" || n == stateFile })
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: files (-want +got):\n%s\n%s", name, diff, &log)
			}
		}

		poll("the first time", "incoming/the-gate.md", "incoming/the-vault.md")
		if !strings.Contains(log.String(), `msg="a feed cannot be read" feed=https://no.example/ err="is no feed; `) {
			t.Errorf("log: %s\nwant that a page is no feed", &log)
		}
		if strings.Contains(log.String(), "SECRET") {
			t.Errorf("a key to a feed is in the log: %s", &log)
		}
		poll("nothing new", "incoming/the-gate.md", "incoming/the-vault.md")
		if g.same != 1 {
			t.Errorf("the feed was known to be the same %d times, want 1", g.same)
		}

		// What somebody throws away does not come back; a site that is down is asked again.
		if err := os.Remove(filepath.Join(dir, "incoming", "the-gate.md")); err != nil {
			t.Fatal(err)
		}
		g.entries, g.down = []string{"shed", "gate", "vault"}, true
		poll("a site that is down", "incoming/the-vault.md")
		g.down = false
		poll("the site is back", "incoming/the-shed.md", "incoming/the-vault.md")

		// An article that was looked at is known where it is now.
		if err := os.Rename(filepath.Join(dir, "incoming", "the-shed.md"), filepath.Join(dir, "the-shed.md")); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(dir, stateFile)); err != nil {
			t.Fatal(err)
		}
		poll("the state is lost", "incoming/the-gate.md", "incoming/the-vault.md", "the-shed.md")

		f.Publish = true
		g.entries = []string{"barn"}
		poll("published", "incoming/the-gate.md", "incoming/the-vault.md", "the-barn.md", "the-shed.md")

		if err := os.WriteFile(filepath.Join(dir, stateFile), []byte("{"), 0o644); err != nil {
			t.Fatal(err)
		}
		poll("the state is broken", "incoming/the-gate.md", "incoming/the-vault.md", "the-barn.md", "the-shed.md")
		if !strings.Contains(log.String(), "they are read anew") {
			t.Errorf("log: %s\nwant that the state is not known", &log)
		}
	})
}

func TestFeedsRun(t *testing.T) {
	inBubble(t, func(t *testing.T, w *web, c *Client) {
		g := &growingFeed{entries: []string{"gate"}}
		g.serve(w)
		f := &Feeds{Dir: t.TempDir(), Addresses: []string{"https://log.example/feed"}, Client: c, Log: slog.New(slog.DiscardHandler)}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			f.Run(ctx, time.Hour)
		}()
		time.Sleep(3*time.Hour + time.Minute)
		cancel()
		<-ended
		synctest.Wait()
		if g.same != 3 {
			t.Errorf("in three hours the feed was read again %d times, want 3", g.same)
		}
	})
}
