package metrics

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"time"
)

// Address reads where to listen: host:port, or only a port, with or without a colon
// before it, which means this machine alone. Port 0 is any that is free.
func Address(setting string) (string, error) {
	host, port, err := net.SplitHostPort(setting)
	if err != nil {
		host, port = "", setting
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return "", fmt.Errorf("%q is not an address; use a port like 9090 for this machine alone, or host:port", setting)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port), nil
}

// Listen takes an address of [Address]. Where other machines may reach it, the log
// says so.
func Listen(ctx context.Context, addr string, log *slog.Logger) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	if a, ok := l.Addr().(*net.TCPAddr); !ok || !a.IP.IsLoopback() {
		log.Warn("other machines can read the metrics, without a password", "addr", l.Addr().String(),
			"hint", "set METRICS_ADDR to a port alone, or keep others away with a firewall")
	}
	return l, nil
}

const (
	// requestTimeout is how long a request may take: a scrape takes milliseconds.
	requestTimeout = 10 * time.Second
	// goodbyeTimeout is how long requests in flight may take when the bot ends.
	goodbyeTimeout = time.Second
)

// Serve answers requests until ctx ends.
func (m *Metrics) Serve(ctx context.Context, l net.Listener, log *slog.Logger) {
	s := &http.Server{
		Handler: m.Handler(), ReadTimeout: requestTimeout, WriteTimeout: requestTimeout, IdleTimeout: time.Minute,
		MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	ended := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(ended)
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), goodbyeTimeout)
		defer cancel()
		if s.Shutdown(end) != nil {
			_ = s.Close()
		}
	})
	err := s.Serve(l)
	if !errors.Is(err, http.ErrServerClosed) {
		log.Error("the metrics are not served any more", "err", err)
	}
	if !stop() {
		<-ended
	}
}
