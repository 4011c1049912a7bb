package discord

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dossier/bot/discord/gateway"
)

// TestPermissionHints lets Discord refuse again and again.
func TestPermissionHints(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		m := newMutedChannels(slog.New(slog.NewTextHandler(&log, nil)), false)
		refuse := func() {
			for range 3 {
				for code := range permissionHints {
					if err := m.permitted("1", &gateway.Error{Op: opSend, Status: 403, Own: true, Code: code}); err != nil {
						t.Errorf("code %d: got %v", code, err)
					}
				}
			}
		}
		refuse()
		time.Sleep(59 * time.Minute)
		refuse()
		for _, want := range []string{"View Channel", "Send Messages there", "Read Message History"} {
			if n := strings.Count(log.String(), "its role "+want); n != 1 {
				t.Errorf("%d hints at %s within an hour: %s", n, want, &log)
			}
		}
		time.Sleep(2 * time.Minute)
		refuse()
		if n := strings.Count(log.String(), "\n"); n != 2*len(permissionHints) {
			t.Errorf("%d lines after an hour", n)
		}
		if !m.closed("1") || m.closed("2") {
			t.Error("the wrong channels are left alone")
		}
		time.Sleep(leaveAlone)
		if m.closed("1") {
			t.Error("a channel is left alone for ever")
		}
		// What a server says that is not Discord, or a Discord to come: one line.
		log.Reset()
		for range 3 {
			if err := m.permitted("3", &gateway.Error{Op: opSend, Status: 403, Own: true, Code: 4711}); err != nil || !m.closed("3") {
				t.Errorf("an unknown code got %v", err)
			}
		}
		if n := strings.Count(log.String(), "\n"); n != 1 {
			t.Errorf("%d lines about an unknown code: %s", n, &log)
		}
		for _, err := range []error{
			nil, errors.New("x"), &gateway.Error{Op: opSend, Status: 500},
			&gateway.Error{Op: opSend, Status: 403}, &gateway.Error{Op: opSend, Status: 403, Own: true, Code: gateway.CodeBlocked},
		} {
			if got := m.permitted("1", err); !errors.Is(got, err) {
				t.Errorf("permitted(%v) got %v", err, got)
			}
		}
		// A server that is not Discord has shapes of its own for a refusal.
		log.Reset()
		m = newMutedChannels(slog.New(slog.NewTextHandler(&log, nil)), true)
		for range 3 {
			if err := m.permitted("1", &gateway.Error{Op: opSend, Status: 403}); err != nil || !m.closed("1") {
				t.Errorf("another server's 403 got %v", err)
			}
		}
		if n := strings.Count(log.String(), "\n"); n != 1 {
			t.Errorf("%d lines about another server's 403: %s", n, &log)
		}
	})
}
