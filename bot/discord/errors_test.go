package discord

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dossier/bot/discord/gateway"
	"dossier/index"
)

// TestAskErrorLogged looks at what is left of an error of the index: what went
// wrong, and nothing of what was asked.
func TestAskErrorLogged(t *testing.T) {
	t.Parallel()
	const question = "Which films leaked from 영화사 in 2014?"
	for err, want := range map[error]string{
		errors.New("bleve: panic in search: runtime error: index out of range [7] with length 3"): "bleve: panic in search: runtime error: index out of range [7] with length 3",
		fmt.Errorf("read /var/cache/dossier/root.bolt: %w", errors.New("input/output error")):     "read /var/cache/dossier/root.bolt: input/output error",
		errors.New("no postings for leak"):                                 "no postings for …",
		errors.New("no postings for LEAKING"):                              "no postings for …",
		fmt.Errorf("cannot parse %q at 7", "whch \"flms\""):                "cannot parse … at 7",
		fmt.Errorf("cannot parse `%s", "whch flms"):                        "cannot parse …",
		errors.New("no term 영화 of 2014"):                                   "no term … of …",
		errors.New("key MTIzNDU2Nzg5MDEyMzQ1Njc4OTA.x of https://e.com/a"): "key [redacted] of [address]",
	} {
		var log bytes.Buffer
		asker := &fakeAsker{onAsk: func(context.Context, index.Query) (index.Answer, error) { return index.Answer{}, err }}
		b, failed := New(Config{Token: "x", Transport: transportFunc(nil)}, asker, slog.New(slog.NewJSONHandler(&log, nil)))
		if failed != nil {
			t.Fatal(failed)
		}
		if _, got := b.answer(t.Context(), "slash", index.Query{Text: question}); !errors.Is(got, err) {
			t.Errorf("messagetest.Answer() got %v want %v", got, err)
		}
		if !strings.Contains(log.String(), `"err":"`+want+`"`) || strings.Count(log.String(), "\n") != 1 {
			t.Errorf("%v: logged %s want %s", err, log.String(), want)
		}
	}
}

// TestPermissionHints lets Discord refuse again and again.
func TestPermissionHints(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		b, err := New(Config{Token: "x", Transport: transportFunc(nil)}, &fakeAsker{}, slog.New(slog.NewTextHandler(&log, nil)))
		if err != nil {
			t.Fatal(err)
		}
		refuse := func() {
			for range 3 {
				for code := range permissionHints {
					if err := b.permitted("1", &gateway.Error{Op: opSend, Status: 403, Code: code}); err != nil {
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
		if !b.barrier.closed("1") || b.barrier.closed("2") {
			t.Error("the wrong channels are left alone")
		}
		time.Sleep(leaveAlone)
		if b.barrier.closed("1") {
			t.Error("a channel is left alone for ever")
		}
		for _, err := range []error{nil, errors.New("x"), &gateway.Error{Op: opSend, Status: 500}} {
			if got := b.permitted("1", err); !errors.Is(got, err) {
				t.Errorf("permitted(%v) got %v", err, got)
			}
		}
	})
}
