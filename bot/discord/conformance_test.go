package discord

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"dossier/bot/discord/discordtest"
	"dossier/bot/discord/message"
)

// TestConformance makes every kind of request that the bot makes. In this and
// in all other tests the fake Discord holds each request against Discord's own
// description of its API; a request that breaks it fails the test.
func TestConformance(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	for _, l := range message.Locales {
		u := discordtest.User{ID: alice.ID, Locale: l}
		m := r.Slash(u, channel, "ask", "question", "which films leaked?").Wait().Message
		for _, b := range m.Buttons() {
			r.Click(u, *m, b.CustomID).Wait()
		}
		for _, c := range []string{"sources", "help", "privacy"} {
			r.Slash(u, channel, c).Wait()
		}
	}
	r.Type(alice, channel, "ask", "question", "").Wait()
	id := r.Say(alice, channel, mention+"which films leaked?")
	m := r.answerTo(id)
	r.Edit(id, mention+"who landed on the moon?")
	r.Wait("an edited answer", func() bool { got, _ := r.Message(m.ID); return got.Edits == 1 })
	r.Delete(id)
	r.Wait("a removed answer", func() bool { got, _ := r.Message(m.ID); return got.Deleted })
	for _, route := range []string{
		"GET /applications/@me", "GET /applications/{}/commands", "PUT /applications/{}/commands", "GET /gateway",
		"POST /interactions/{}/{}/callback", "DELETE /webhooks/{}/{}/messages/@original",
		"POST /channels/{}/messages", "PATCH /channels/{}/messages/{}", "DELETE /channels/{}/messages/{}",
	} {
		if r.Count(route) == 0 {
			t.Errorf("no request %s", route)
		}
	}
}

// TestSpoiled spoils what the bot sends, as a mistake in it would: the fake Discord
// tells of each, with nothing but what is checked in.
func TestSpoiled(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, want string
		spoil      func(message map[string]any)
	}{
		{"no allowed_mentions", "allowed_mentions", func(m map[string]any) { delete(m, "allowed_mentions") }},
		{"allowed_mentions null", "allowed_mentions", func(m map[string]any) { m["allowed_mentions"] = nil }},
		{"parse null", "allowed_mentions", func(m map[string]any) { m["allowed_mentions"] = map[string]any{"parse": nil} }},
		{"a misspelt member", "unknown member", func(m map[string]any) { m["alowed_mentions"] = 1 }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, Config{})
			cfg := r.cfg
			cfg.Transport = transportFunc(func(req *http.Request) (*http.Response, error) {
				spoilMessage(t, req, tt.spoil)
				return r.Transport().RoundTrip(req)
			})
			var err error
			if r.bot, err = New(cfg, r.asker, discardLog); err != nil {
				t.Fatal(err)
			}
			r.run()
			for what, do := range map[string]func(){
				"a reply": func() { r.answerTo(r.Say(alice, channel, mention+"which films leaked?")) },
				"an edit": func() {
					id := r.Say(alice, channel, mention+"which films leaked?")
					m := r.answerTo(id)
					r.Edit(id, mention+"who landed on the moon?")
					r.Wait("an edited answer", func() bool { got, _ := r.Message(m.ID); return got.Edits == 1 })
				},
				"a command": func() { r.Slash(alice, channel, "ask", "question", "which films leaked?").Wait() },
			} {
				do()
				if got := fmt.Sprint(r.Problems()); !strings.Contains(got, tt.want) {
					t.Errorf("%s: got %q, want something about %s", what, got, tt.want)
				}
			}
		})
	}
}

// spoilMessage changes the message in a request, if there is one.
func spoilMessage(t *testing.T, req *http.Request, spoil func(map[string]any)) {
	if req.Body == nil || !strings.Contains(req.URL.Path, "/messages") && !strings.HasSuffix(req.URL.Path, "/callback") {
		return
	}
	b, err := io.ReadAll(req.Body)
	if err != nil {
		t.Error(err)
	}
	var m map[string]any
	if json.Unmarshal(b, &m) == nil {
		if data, ok := m["data"].(map[string]any); ok {
			spoil(data)
		} else {
			spoil(m)
		}
		if b, err = json.Marshal(m); err != nil {
			t.Error(err)
		}
	}
	req.Body, req.ContentLength = io.NopCloser(bytes.NewReader(b)), int64(len(b))
}
