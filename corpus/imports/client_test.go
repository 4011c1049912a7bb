package imports

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A web is the network of a test: sites by the hosts of their patterns.
type web struct {
	http.ServeMux
	asked []string // addresses, each with the seconds since the first request
	start time.Time
}

func (w *web) RoundTrip(r *http.Request) (*http.Response, error) {
	if w.start.IsZero() {
		w.start = time.Now()
	}
	w.asked = append(w.asked, fmt.Sprintf("%v %s", time.Since(w.start).Seconds(), r.URL))
	rec := httptest.NewRecorder()
	w.ServeHTTP(rec, r)
	if r.Context().Err() != nil {
		return nil, r.Context().Err()
	}
	resp := rec.Result()
	resp.Request = r
	return resp, nil
}

// page serves a text at an address without its scheme.
func (w *web) page(address, contentType, body string) {
	w.HandleFunc(address, func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", contentType)
		_, _ = rw.Write([]byte(body))
	})
}

func (w *web) status(address string, code int) {
	w.HandleFunc(address, func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(code) })
}

// inBubble runs a test in which waiting takes no time.
func inBubble(t *testing.T, f func(t *testing.T, w *web, c *Client)) {
	synctest.Test(t, func(t *testing.T) {
		w := &web{}
		f(t, w, NewClient(ClientOptions{Transport: w}))
	})
}

func TestClientWaits(t *testing.T) {
	inBubble(t, func(t *testing.T, w *web, c *Client) {
		w.page("slow.example/robots.txt", "text/plain", "User-agent: *\nCrawl-delay: 10\n")
		w.page("rude.example/robots.txt", "text/plain", "User-agent: *\nCrawl-delay: 9999\n")
		w.page("/", "text/html", "<p>a page")
		w.status("quick.example/robots.txt", 404)
		for _, a := range []string{"https://quick.example/1", "https://quick.example/2", "https://slow.example/1", "https://slow.example/2", "https://quick.example/3", "https://rude.example/1", "https://rude.example/2"} {
			if _, _, err := c.get(t.Context(), a, validator{}); err != nil {
				t.Errorf("get(%s): %v", a, err)
			}
		}
		want := []string{
			"0 https://quick.example/robots.txt", "1 https://quick.example/1", "2 https://quick.example/2",
			"2 https://slow.example/robots.txt", "3 https://slow.example/1", "13 https://slow.example/2", "13 https://quick.example/3",
			"13 https://rude.example/robots.txt", "14 https://rude.example/1", "44 https://rude.example/2",
		}
		if diff := cmp.Diff(want, w.asked); diff != "" {
			t.Errorf("requests (-want +got):\n%s", diff)
		}
	})
}

func TestClientStopsWaiting(t *testing.T) {
	inBubble(t, func(t *testing.T, w *web, c *Client) {
		w.page("/", "text/html", "<p>a page")
		ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
		defer cancel()
		if _, _, err := c.get(ctx, "https://a.example/1", validator{}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("get = %v, want the error of the context", err)
		}
	})
}

func TestClientRobots(t *testing.T) {
	const no = "the site's robots.txt does not let programs read it; save the page in your browser and import the file"
	for _, tt := range []struct {
		name, robots string
		status       int
		path, want   string
		later        bool
	}{
		{"none", "", 404, "/a", "", false},
		{"all", "User-agent: *\nDisallow: /\n", 200, "/a", no, false},
		{"another program", "User-agent: somebot\nDisallow: /\n", 200, "/a", "", false},
		{"this program", "User-agent: Dossier\nDisallow: /private\n\nUser-agent: *\nDisallow: /\n", 200, "/a", "", false},
		{"this program's folder", "User-agent: Dossier\nDisallow: /private\n", 200, "/private/a", no, false},
		{"query", "User-agent: *\nDisallow: /*?print=\n", 200, "/a?print=1", no, false},
		{"a page instead", "<html><body>Not found</body></html>", 200, "/a", "", false},
		{"out of order", "", 503, "/a", "the site's robots.txt cannot be read now (503); try again later", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, w *web, c *Client) {
				w.HandleFunc("a.example/robots.txt", func(rw http.ResponseWriter, _ *http.Request) {
					rw.WriteHeader(tt.status)
					_, _ = rw.Write([]byte(tt.robots))
				})
				w.page("/", "text/html", "<p>a page")
				_, _, err := c.get(t.Context(), "https://a.example"+tt.path, validator{})
				if got := errText(err); got != tt.want || isLater(err) != tt.later {
					t.Errorf("get = %q, later %v; want %q, %v", got, isLater(err), tt.want, tt.later)
				}
			})
		})
	}
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// TestClientRefuses holds that each thing that can go wrong has a sentence that says it, and
// whether trying again can help.
func TestClientRefuses(t *testing.T) {
	for _, tt := range []struct {
		address, want string
		later         bool
	}{
		{"https://a.example/gone", "there is no such page (404); check the address", false},
		{"https://a.example/login", "the site does not give it to programs (403); save the page in your browser and import the file", false},
		{"https://a.example/busy", "the site cannot answer now (429); try again later", true},
		{"https://a.example/broken", "the site cannot answer now (500); try again later", true},
		{"https://a.example/teapot", "the site answers with 418; open the page in your browser, save it and import the file", false},
		{"https://a.example/picture", "is image/png; what can be imported are web pages, feeds, PDFs and plain text", false},
		{"https://a.example/huge", "has more than the 16 MB that are read", false},
		{"https://a.example/silent", "the site did not answer in time; try again later", true},
		{"https://a.example/loop", "leads on to other addresses more than 5 times", false},
		{"https://a.example/file", `leads on to "file:///etc/passwd", which is no address on the web`, false},
		{"https://b.example/to-forbidden", "the site's robots.txt does not let programs read it; save the page in your browser and import the file", false},
		{"https://me:secret@a.example/", "has a user's name in it, which would be quoted with every answer; leave it away", false},
		{"ftp://a.example/", "is no address on the web; one begins with https://", false},
		{"https://", "is no address on the web; one begins with https://", false},
	} {
		t.Run(tt.address, func(t *testing.T) {
			inBubble(t, func(t *testing.T, w *web, c *Client) {
				w.status("a.example/robots.txt", 404)
				w.status("b.example/robots.txt", 404)
				w.page("forbidden.example/robots.txt", "text/plain", "User-agent: *\nDisallow: /")
				for path, code := range map[string]int{"gone": 404, "login": 403, "busy": 429, "broken": 500, "teapot": 418} {
					w.status("a.example/"+path, code)
				}
				w.page("a.example/picture", "image/png", "x")
				w.page("a.example/huge", "text/html", strings.Repeat("x", maxPage+1))
				w.Handle("a.example/loop", http.RedirectHandler("/loop", http.StatusFound))
				w.Handle("a.example/file", http.RedirectHandler("file:///etc/passwd", http.StatusFound))
				w.Handle("b.example/to-forbidden", http.RedirectHandler("https://forbidden.example/", http.StatusMovedPermanently))
				w.HandleFunc("a.example/silent", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
				_, _, err := c.get(t.Context(), tt.address, validator{})
				if got := errText(err); got != tt.want || isLater(err) != tt.later {
					t.Errorf("get = %q, later %v; want %q, %v", got, isLater(err), tt.want, tt.later)
				}
			})
		})
	}
}

func TestClientRequests(t *testing.T) {
	inBubble(t, func(t *testing.T, w *web, c *Client) {
		w.status("a.example/robots.txt", 404)
		w.HandleFunc("a.example/feed", func(rw http.ResponseWriter, r *http.Request) {
			if r.Header.Get("User-Agent") != Agent || len(r.Cookies()) > 0 || r.Header.Get("Referer") != "" {
				t.Errorf("the request has the headers %v", r.Header)
			}
			http.SetCookie(rw, &http.Cookie{Name: "id", Value: "1"})
			rw.Header().Set("ETag", `"v1"`)
			rw.Header().Set("Last-Modified", "Mon, 02 Mar 2020 10:00:00 GMT")
			if r.Header.Get("If-None-Match") == `"v1"` && r.Header.Get("If-Modified-Since") == "Mon, 02 Mar 2020 10:00:00 GMT" {
				rw.WriteHeader(http.StatusNotModified)
			}
		})
		_, v, err := c.get(t.Context(), "https://a.example/feed", validator{})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err = c.get(t.Context(), "https://a.example/feed", v); !errors.Is(err, errSame) {
			t.Errorf("the second get = %v, want %v", err, errSame)
		}
	})
}

func TestIsPublic(t *testing.T) {
	for addr, want := range map[string]bool{
		"93.184.215.14": true, "2606:2800:21f::1": true, "::ffff:93.184.215.14": true,
		"127.0.0.1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false, "169.254.169.254": false, "100.64.0.1": false,
		"0.0.0.0": false, "255.255.255.255": false, "224.0.0.1": false, "198.18.0.1": false,
		"::1": false, "::": false, "fe80::1": false, "fd00::1": false, "::ffff:127.0.0.1": false, "64:ff9b::7f00:1": false, "2002:7f00:1::": false, "2001:0:1::": false, "::7f00:1": false, "fec0::1": false,
	} {
		if got := isPublic(netip.MustParseAddr(addr)); got != want {
			t.Errorf("isPublic(%s) = %v, want %v", addr, got, want)
		}
	}
}

// TestClientPublic goes through the real network of this machine, to this machine.
func TestClientPublic(t *testing.T) {
	var asked []string
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked = append(asked, r.URL.Path) }))
	defer s.Close()
	port := s.URL[strings.LastIndexByte(s.URL, ':'):]
	c := NewClient(ClientOptions{})
	c.pause = 0
	real := c.http.Transport
	redirect := &web{}
	redirect.Handle("public.example/", http.RedirectHandler(s.URL+"/inner", http.StatusFound))
	c.http.Transport = roundTripper(func(r *http.Request) (*http.Response, error) {
		if r.URL.Host == "public.example" {
			return redirect.RoundTrip(r)
		}
		return real.RoundTrip(r)
	})
	for _, a := range []string{s.URL + "/page", "http://localhost" + port + "/page", "http://public.example/page"} {
		_, _, err := c.get(t.Context(), a, validator{})
		if !strings.Contains(errText(err), "which is no public address and is not fetched; IMPORT_INTRANET=on allows it") || isLater(err) {
			t.Errorf("get(%s) = %v, want that it is no public address", a, err)
		}
	}
	if len(asked) > 0 {
		t.Errorf("the private server was asked for %v", asked)
	}
	inside := NewClient(ClientOptions{Intranet: true})
	inside.pause = 0
	if _, _, err := inside.get(t.Context(), s.URL+"/page", validator{}); err != nil || !slices.Contains(asked, "/page") {
		t.Errorf("get in an intranet = %v, want no error", err)
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
