package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestHealth is a container's health check.
func TestHealth(t *testing.T) {
	t.Parallel()
	ready := true
	bot := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path != "/readyz":
			http.NotFound(w, r)
		case !ready:
			http.Error(w, "not connected", http.StatusServiceUnavailable)
		}
	}))
	defer bot.Close()
	ask := func(addr string) (string, error) {
		var out strings.Builder
		err := run(t.Context(), []string{"health"}, func(name string) (string, bool) {
			return addr, name == "METRICS_ADDR"
		}, strings.NewReader(""), &out, &out)
		return out.String(), err
	}
	addr := strings.TrimPrefix(bot.URL, "http://")
	if out, err := ask(addr); out != "ready\n" || err != nil {
		t.Errorf("of a bot that is ready got %q and %v", out, err)
	}
	ready = false
	for addr, want := range map[string]string{
		addr:       "the bot is not ready: 503 Service Unavailable: not connected",
		"":         "METRICS_ADDR is not set",
		"no place": "METRICS_ADDR: \"no place\" is not an address",
	} {
		if _, err := ask(addr); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("at %q got %v want %q", addr, err, want)
		}
	}
	bot.Close()
	if _, err := ask(addr); err == nil || !strings.HasPrefix(err.Error(), "no bot answers at "+addr) {
		t.Errorf("of no bot got %v", err)
	}
}
