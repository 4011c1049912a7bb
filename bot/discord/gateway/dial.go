package gateway

import (
	"bufio"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/gorilla/websocket"
)

const handshakeTimeout = 15 * time.Second

// dialer makes gateway connections that [conn] can look into. It does TLS and
// proxies itself, because gorilla/websocket would put TLS on top of it.
func (l *session) dialer() *websocket.Dialer {
	return &websocket.Dialer{
		NetDialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			return l.dial(ctx, network, addr, false)
		},
		NetDialTLSContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			return l.dial(ctx, network, addr, true)
		},
		ReadBufferSize: 16 << 10,
	}
}

func (l *session) dial(ctx context.Context, network, addr string, secure bool) (net.Conn, error) {
	if err := l.ctx.Err(); err != nil {
		return nil, err
	}
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	if !secure && !isLoopback(host) {
		return nil, errors.New("an unencrypted gateway is accepted on this machine only")
	}
	ctx, cancel := context.WithTimeout(ctx, handshakeTimeout)
	defer cancel()
	stop := context.AfterFunc(l.ctx, cancel)
	defer stop()

	conn, err := l.connect(ctx, network, addr, secure)
	if err != nil {
		return nil, err
	}
	if secure {
		if conn, err = encrypt(ctx, conn, host); err != nil {
			return nil, err
		}
	}
	// gorilla/websocket removes the deadline when its own handshake is done.
	if err := conn.SetDeadline(time.Now().Add(handshakeTimeout)); err != nil {
		_ = conn.Close()
		return nil, err
	}
	w := newConn(conn, l.login)
	w.event, w.unreadable, w.sequence = l.event, l.unreadable, &l.sequence
	l.setConn(w)
	return w, nil
}

// A cancelable transport gives requests up when ctx ends.
type cancelable struct {
	ctx  context.Context
	base http.RoundTripper
}

func (t *cancelable) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancel(req.Context())
	stop := context.AfterFunc(t.ctx, cancel)
	end := func() { stop(); cancel() }
	resp, err := t.base.RoundTrip(req.WithContext(ctx))
	if err != nil {
		end()
		return nil, err
	}
	resp.Body = &endingBody{resp.Body, end}
	return resp, nil
}

// An endingBody tells when it has been read.
type endingBody struct {
	io.ReadCloser
	end func()
}

func (b *endingBody) Close() error {
	defer b.end()
	return b.ReadCloser.Close()
}

// dialProxied connects to addr, through the proxy of the environment where
// there is one.
func dialProxied(ctx context.Context, network, addr string, secure bool) (net.Conn, error) {
	var d net.Dialer
	scheme := "http"
	if secure {
		scheme = "https"
	}
	proxy, err := http.ProxyFromEnvironment(&http.Request{URL: &url.URL{Scheme: scheme, Host: addr}})
	if err != nil {
		return nil, errors.New("the proxy of the environment is not an address")
	}
	if proxy == nil {
		return d.DialContext(ctx, network, addr)
	}
	if proxy.Scheme != "http" {
		return nil, fmt.Errorf("the gateway cannot be reached through a proxy of the kind %q, only http", proxy.Scheme)
	}
	host := proxy.Host
	if proxy.Port() == "" {
		host = net.JoinHostPort(proxy.Hostname(), "80")
	}
	conn, err := d.DialContext(ctx, network, host)
	if err != nil {
		return nil, err
	}
	if err := tunnel(ctx, conn, proxy, addr); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return conn, nil
}

// tunnel asks an HTTP proxy for a connection to addr.
func tunnel(ctx context.Context, conn net.Conn, proxy *url.URL, addr string) error {
	if deadline, ok := ctx.Deadline(); ok {
		_ = conn.SetDeadline(deadline)
	}
	req := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: addr}, Host: addr, Header: http.Header{}}
	if u := proxy.User; u != nil {
		pass, _ := u.Password()
		req.Header.Set("Proxy-Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(u.Username()+":"+pass)))
	}
	if err := req.Write(conn); err != nil {
		return err
	}
	r := bufio.NewReader(io.LimitReader(conn, maxHead))
	resp, err := http.ReadResponse(r, req)
	if err != nil {
		return err
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK || r.Buffered() > 0 {
		return fmt.Errorf("the proxy answered %d", resp.StatusCode)
	}
	return conn.SetDeadline(time.Time{})
}

// isLoopback says whether a host is this machine.
func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
