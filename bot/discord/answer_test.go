package discord

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

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
		if _, got := b.interactions.answers.ask(t.Context(), "slash", index.Query{Text: question}); !errors.Is(got, err) {
			t.Errorf("messagetest.Answer() got %v want %v", got, err)
		}
		if !strings.Contains(log.String(), `"err":"`+want+`"`) || strings.Count(log.String(), "\n") != 1 {
			t.Errorf("%v: logged %s want %s", err, log.String(), want)
		}
	}
}
