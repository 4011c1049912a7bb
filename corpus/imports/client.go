package imports

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/temoto/robotstxt"
)

// Agent is how the bot names itself to sites; robots.txt knows it as robotName.
const (
	Agent     = "Dossier/1 (imports articles for its operator; follows robots.txt)"
	robotName = "dossier"
)

// Limits of what is asked of a site.
const (
	publicPause  = time.Second      // between two requests to one site
	ownPause     = time.Second / 10 // in an intranet
	longestPause = 30 * time.Second // that a robots.txt can ask for
	fetchTimeout = time.Minute
	maxRedirects = 5
	maxRobots    = 512 << 10
	robotsAge    = 24 * time.Hour // after which robots.txt is read again
)

// A Client fetches from the web. It is safe for concurrent use.
type Client struct {
	http  *http.Client
	pause time.Duration // between two requests to one site, at least

	mu    sync.Mutex
	sites map[string]*site
}

// ClientOptions say where a [Client] may go.
type ClientOptions struct {
	Intranet  bool              // to private addresses too, and through the proxy of the environment
	Transport http.RoundTripper // for tests; nil: the network
}

// NewClient returns a client that keeps no cookies and goes to public addresses only.
func NewClient(o ClientOptions) *Client {
	transport, pause := o.Transport, publicPause
	if transport == nil {
		dialer := &net.Dialer{Timeout: 10 * time.Second}
		t := &http.Transport{
			DialContext: dialer.DialContext, ForceAttemptHTTP2: true, IdleConnTimeout: 30 * time.Second,
			TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: 30 * time.Second, MaxResponseHeaderBytes: 256 << 10,
		}
		if o.Intranet {
			t.Proxy = http.ProxyFromEnvironment
			pause = ownPause
		} else {
			dialer.Control = publicOnly // of a proxy it would only see the proxy's address
		}
		transport = t
	}
	return &Client{
		http: &http.Client{
			Transport:     transport,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // each step is checked
		},
		pause: pause,
		sites: make(map[string]*site),
	}
}

// A site is one scheme, host and port.
type site struct {
	mu     sync.Mutex // held while its robots.txt is fetched
	robots *robotstxt.Group
	read   time.Time // when

	turn  sync.Mutex   // held while somebody waits
	next  time.Time    // the next request may go out
	delay atomic.Int64 // that robots.txt asks for, a [time.Duration]
}

func (c *Client) site(u *url.URL) *site {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := u.Scheme + "://" + strings.ToLower(u.Host)
	s := c.sites[key]
	if s == nil {
		s = &site{}
		c.sites[key] = s
	}
	return s
}

// wait waits until the next request to the site of an address may go out.
func (c *Client) wait(ctx context.Context, u *url.URL) error {
	s := c.site(u)
	s.turn.Lock()
	defer s.turn.Unlock()
	t := time.NewTimer(time.Until(s.next))
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
	}
	s.next = time.Now().Add(min(max(c.pause, time.Duration(s.delay.Load())), longestPause))
	return nil
}

// A validator says which version of a document one has.
type validator struct {
	ETag     string `json:"etag,omitempty"`
	Modified string `json:"last_modified,omitempty"`
}

// errSame says that a document is as it was.
var errSame = errors.New("has not changed")

// A fetchError is what kept a document from being fetched.
type fetchError struct {
	text  string
	later bool // it may come another time
}

func (e *fetchError) Error() string { return e.text }

func failed(format string, args ...any) error { return &fetchError{text: fmt.Sprintf(format, args...)} }

func failedNow(format string, args ...any) error {
	return &fetchError{text: fmt.Sprintf(format, args...), later: true}
}

// isLater reports whether trying again can help.
func isLater(err error) bool {
	fe := (*fetchError)(nil)
	return errors.As(err, &fe) && fe.later
}

// get fetches a document, unless it is the one that known says. Where nothing came, the
// error is a *fetchError, errSame or that of ctx.
func (c *Client) get(ctx context.Context, address string, known validator) (document, validator, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || !isWeb(u) {
		return document{}, validator{}, failed("is no address on the web; one begins with https://")
	}
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	for range maxRedirects + 1 {
		if u.User != nil {
			return document{}, validator{}, failed("has a user's name in it, which would be quoted with every answer; leave it away")
		}
		if err := c.allowed(inner, u); err != nil {
			return document{}, validator{}, c.explain(ctx, err)
		}
		if err := c.wait(inner, u); err != nil {
			return document{}, validator{}, c.explain(ctx, err)
		}
		resp, stop, err := c.do(inner, u, known)
		if err != nil {
			return document{}, validator{}, c.explain(ctx, err)
		}
		if next := resp.Header.Get("Location"); resp.StatusCode >= 300 && resp.StatusCode < 400 && next != "" {
			drop(resp)
			stop()
			to, err := u.Parse(next)
			if err != nil || !isWeb(to) {
				return document{}, validator{}, failed("leads on to %q, which is no address on the web", next)
			}
			u = to
			continue
		}
		d, v, err := readAnswer(resp, u)
		stop()
		if err != nil {
			return document{}, validator{}, c.explain(ctx, err)
		}
		return d, v, nil
	}
	return document{}, validator{}, failed("leads on to other addresses more than %d times", maxRedirects)
}

// do sends one request. stop ends it, its body included.
func (c *Client) do(ctx context.Context, u *url.URL, known validator) (resp *http.Response, stop func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		cancel()
		return nil, nil, err
	}
	req.Header.Set("User-Agent", Agent)
	req.Header.Set("Accept", "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5")
	if known.ETag != "" {
		req.Header.Set("If-None-Match", known.ETag)
	}
	if known.Modified != "" {
		req.Header.Set("If-Modified-Since", known.Modified)
	}
	resp, err = c.http.Do(req)
	if err != nil {
		cancel()
		return nil, nil, err
	}
	return resp, func() { _ = resp.Body.Close(); cancel() }, nil
}

// drop reads the rest of a short answer, so that its connection can be used again.
func drop(resp *http.Response) {
	_, _ = io.CopyN(io.Discard, resp.Body, 4<<10)
}

// readAnswer returns what an answer holds.
func readAnswer(resp *http.Response, u *url.URL) (document, validator, error) {
	switch code := resp.StatusCode; {
	case code == http.StatusNotModified:
		return document{}, validator{}, errSame
	case code == http.StatusNotFound || code == http.StatusGone:
		return document{}, validator{}, failed("there is no such page (%d); check the address", code)
	case code == http.StatusUnauthorized || code == http.StatusForbidden || code == http.StatusPaymentRequired || code == http.StatusUnavailableForLegalReasons:
		return document{}, validator{}, failed("the site does not give it to programs (%d); save the page in your browser and import the file", code)
	case code == http.StatusTooManyRequests || code >= 500:
		return document{}, validator{}, failedNow("the site cannot answer now (%d); try again later", code)
	case code != http.StatusOK:
		return document{}, validator{}, failed("the site answers with %d; open the page in your browser, save it and import the file", code)
	}
	contentType := resp.Header.Get("Content-Type")
	media, _, _ := strings.Cut(strings.ToLower(contentType), ";")
	media = strings.TrimSpace(media)
	kind, _, _ := strings.Cut(media, "/")
	if kind == "image" || kind == "audio" || kind == "video" || kind == "font" || media == "application/zip" || media == "application/javascript" || media == "text/css" {
		return document{}, validator{}, failed("is %s; what can be imported are web pages, feeds, PDFs and plain text", media)
	}
	limit := int64(maxPage)
	if media == "application/pdf" || media == "application/octet-stream" {
		limit = maxPDF
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if err != nil {
		return document{}, validator{}, err
	}
	if int64(len(body)) > limit {
		return document{}, validator{}, failed("has more than the %d MB that are read", limit>>20)
	}
	name := u.Path[strings.LastIndexByte(u.Path, '/')+1:]
	return document{body: body, contentType: contentType, name: name, at: u},
		validator{ETag: resp.Header.Get("ETag"), Modified: resp.Header.Get("Last-Modified")}, nil
}

// allowed asks the robots.txt of a site.
func (c *Client) allowed(ctx context.Context, u *url.URL) error {
	s := c.site(u)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.robots == nil || time.Since(s.read) > robotsAge {
		robots, err := c.robots(ctx, u)
		if err != nil {
			return err
		}
		s.robots, s.read = robots.FindGroup(robotName), time.Now()
		s.delay.Store(int64(s.robots.CrawlDelay))
	}
	path := cmp.Or(u.EscapedPath(), "/")
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	if !s.robots.Test(path) {
		return failed("the site's robots.txt does not let programs read it; save the page in your browser and import the file")
	}
	return nil
}

// robots fetches a robots.txt. Without one, all is allowed (RFC 9309, section 2.3.1).
func (c *Client) robots(ctx context.Context, u *url.URL) (*robotstxt.RobotsData, error) {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	for range maxRedirects + 1 {
		if err := c.wait(ctx, at); err != nil {
			return nil, err
		}
		resp, stop, err := c.do(ctx, at, validator{})
		if err != nil {
			return nil, err
		}
		code, next := resp.StatusCode, resp.Header.Get("Location")
		if code >= 300 && code < 400 && next != "" {
			drop(resp)
			stop()
			if at, err = at.Parse(next); err != nil || !isWeb(at) {
				break
			}
			continue
		}
		body, err := io.ReadAll(io.LimitReader(resp.Body, maxRobots))
		stop()
		if err != nil {
			return nil, err
		}
		if code == http.StatusTooManyRequests || code >= 500 {
			return nil, failedNow("the site's robots.txt cannot be read now (%d); try again later", code)
		}
		if code != http.StatusOK {
			body = nil
		}
		robots, err := robotstxt.FromBytes(body)
		if err != nil { // one that is no robots.txt forbids nothing
			return robotstxt.FromBytes(nil)
		}
		return robots, nil
	}
	return robotstxt.FromBytes(nil)
}

// explain says in a sentence what went wrong, with the next step.
func (c *Client) explain(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if fe := (*fetchError)(nil); errors.As(err, &fe) || errors.Is(err, errSame) {
		return err
	}
	if pe := (*privateError)(nil); errors.As(err, &pe) {
		return failed("%s", pe)
	}
	if dns := (*net.DNSError)(nil); errors.As(err, &dns) {
		if dns.IsNotFound {
			return failedNow("there is no site of the name %s; check the address", dns.Name)
		}
		return failedNow("the name of the site cannot be looked up now; check the connection to the internet and try again")
	}
	if ne := net.Error(nil); errors.Is(err, context.DeadlineExceeded) || errors.As(err, &ne) && ne.Timeout() {
		return failedNow("the site did not answer in time; try again later")
	}
	if ce := (*tls.CertificateVerificationError)(nil); errors.As(err, &ce) {
		return failed("the site's certificate cannot be trusted (%v); save the page in your browser and import the file", ce.Err)
	}
	if ue := (*url.Error)(nil); errors.As(err, &ue) {
		err = ue.Err
	}
	return failedNow("cannot be fetched: %v; try again later", err)
}
