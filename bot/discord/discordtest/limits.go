package discordtest

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// RateLimits makes the server limit requests as Discord does: 50 a second in
// all, and a few in each channel. The endpoints of interactions are exempt.
// Discord's numbers for a channel are not documented and change; these are what
// its headers said for years. Without this option tests ask as fast as they like.
// https://discord.com/developers/docs/topics/rate-limits
func RateLimits() Option { return func(s *Server) { s.limits = map[string]*window{} } }

// A window counts what came since it began.
type window struct {
	began time.Time
	n     int
}

const globalLimit = 50

// RateLimited returns how many requests were refused with a 429.
func (s *Server) RateLimited() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.limited
}

// limit counts a request and sets the headers that tell of the limits. Where it
// refuses, it has answered.
func (s *Server) limit(w http.ResponseWriter, req *Request) (ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	parts := strings.Split(strings.TrimPrefix(req.Path, "/"), "/")
	if s.limits == nil || parts[0] == "interactions" || parts[0] == "webhooks" {
		return true
	}
	if left, after := s.count("", globalLimit, time.Second); left < 0 {
		w.Header().Set("X-RateLimit-Global", "true")
		s.refuse(w, "global", after)
		return false
	}
	if parts[0] != "channels" {
		return true
	}
	key, n, per := req.Method+parts[1], 5, 5*time.Second
	switch req.Method {
	case http.MethodDelete:
		per = time.Second
	case http.MethodPut: // a reaction
		n, per = 1, 250*time.Millisecond
	}
	left, after := s.count(key, n, per)
	h := w.Header()
	h.Set("X-RateLimit-Limit", strconv.Itoa(n))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(max(left, 0)))
	h.Set("X-RateLimit-Reset", seconds(time.Duration(time.Now().Add(after).UnixNano())))
	h.Set("X-RateLimit-Reset-After", seconds(after))
	h.Set("X-RateLimit-Bucket", "b"+strconv.Itoa(len(req.Method)))
	if left < 0 {
		s.refuse(w, "user", after)
		return false
	}
	return true
}

// count returns how many more may come in a window, below zero where this one
// was too many, and when the window ends. s.mu is held.
func (s *Server) count(key string, n int, per time.Duration) (left int, after time.Duration) {
	now := time.Now()
	win := s.limits[key]
	if win == nil || now.Sub(win.began) >= per {
		win = &window{began: now}
		s.limits[key] = win
	}
	win.n++
	return n - win.n, win.began.Add(per).Sub(now)
}

// refuse answers that a limit is reached. s.mu is held.
func (s *Server) refuse(w http.ResponseWriter, scope string, after time.Duration) {
	s.limited++
	h := w.Header()
	h.Set("Retry-After", strconv.Itoa(int(math.Ceil(after.Seconds()))))
	h.Set("X-RateLimit-Scope", scope)
	h.Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusTooManyRequests)
	_, _ = fmt.Fprintf(w, `{"message":"You are being rate limited.","retry_after":%s,"global":%v}`, seconds(after), scope == "global")
}

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 3, 64) }
