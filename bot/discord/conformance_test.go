package discord

import (
	"os"
	"testing"

	"dossier/bot/discord/discordtest"
	"dossier/bot/discord/message"
)

// TestConformance makes every kind of request that the bot makes. In this and
// in all other tests the fake Discord holds each request against Discord's own
// description of its API; a request that breaks it fails the test.
func TestConformance(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(discordtest.SpecPath()); err != nil && os.Getenv("DISCORD_OPENAPI") == "" {
		t.Skipf("Discord's API description is not there (%s): requests are not held against it; DISCORD_OPENAPI can say where it is", discordtest.SpecPath())
	}
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
