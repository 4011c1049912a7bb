package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestMeter: half a minute of work shows its share and the time left, in one place on
// a terminal, else as a line of the log every ten seconds; a second of it shows nothing.
func TestMeter(t *testing.T) {
	tests := []struct {
		name     string
		terminal bool
		seconds  int
		stop     int // after so many
		want     string
	}{
		{name: "short", terminal: true, seconds: 1},
		{name: "short in the log", seconds: 9},
		{name: "terminal", terminal: true, seconds: 4, want: "<milling: 50 %, 2s left><milling: 75 %, 1s left>"},
		{name: "log", seconds: 30, want: "level=INFO msg=milling done=\"33 %\" left=20s\nlevel=INFO msg=milling done=\"66 %\" left=10s\n"},
		{name: "stopped", terminal: true, seconds: 100, stop: 3, want: "<milling: 2 %, 1m38s left><milling: 3 %, 1m37s left>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var b bytes.Buffer
				m := &meter{log: slog.New(slog.NewTextHandler(&b, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
					if a.Key == slog.TimeKey {
						return slog.Attr{}
					}
					return a
				}}))}
				if tt.terminal {
					m.tty = &b
				}
				for range 2 { // the second time is as the first
					b.Reset()
					for s := range tt.seconds + 1 {
						m.progress("milling", s, tt.seconds)
						if tt.stop > 0 && s == tt.stop {
							m.stop()
						}
						time.Sleep(time.Second)
					}
					got := b.String()
					if tt.terminal { // each line is taken away before the next, and at the end
						got = strings.ReplaceAll(got, "\r"+strings.Repeat(" ", 79)+"\r", ">")
						got = strings.ReplaceAll(got, "milling", "<milling")
					}
					if got != tt.want {
						t.Errorf("got %q\nwant %q", got, tt.want)
					}
					if tt.stop > 0 {
						break
					}
				}
			})
		})
	}
}
