package discord

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"dossier/bot/discord/discordtest"
	"dossier/bot/discord/message/messagetest"
	"dossier/index"
)

// TestNothingLogged goes through everything that can go wrong and looks for
// secrets in what was logged, at every level.
func TestNothingLogged(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	var n atomic.Int32
	r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
		if strings.HasSuffix(req.Path, "/@me") {
			return nil // after a 401; the token is good
		}
		switch n.Add(1) % 6 {
		case 0:
			return &discordtest.Reply{Drop: true}
		case 1:
			return &discordtest.Reply{Status: 400, Body: string(req.Body)}
		case 2:
			return &discordtest.Reply{Status: 429, Body: page429}
		case 3:
			return &discordtest.Reply{Status: 404, Body: `{"code":10062,"message":"` + discordtest.Token + `"}`}
		case 4:
			return &discordtest.Reply{Status: 401, Body: `{"message":"which films leaked?"}`}
		}
		return &discordtest.Reply{Status: 200, Body: "not JSON which films leaked?"}
	})
	r.asker.onAsk = func(_ context.Context, q index.Query) (index.Answer, error) {
		if strings.Contains(q.Text, "error") {
			return index.Answer{}, fmt.Errorf("cannot answer %q", q.Text)
		}
		if strings.Contains(q.Text, "panic") {
			panic(q.Text)
		}
		return messagetest.Answer(q.Text, messagetest.Quote(1)), nil
	}
	for _, text := range []string{"which films leaked?", "an error, which films leaked?", "a panic, which films leaked?"} {
		for range 6 {
			r.Slash(alice, channel, "ask", "question", text)
			id := r.Say(alice, channel, mention+text)
			r.Edit(id, mention+text+" now")
			r.Delete(id)
			r.Type(alice, channel, "ask", "question", text)
		}
	}
	r.SendAll(9, false)
	r.DropAll()
	r.OnRequest(nil)
	r.WaitReady()
	r.answerTo(r.Say(bob, direct, "a normal question"))
	if err := r.stop(); err != nil {
		t.Errorf("Run() got %v", err)
	}
	for _, secret := range []string{discordtest.Token, "secret", "films", "normal", alice.ID, bob.ID, channel.Channel, channel.Guild, direct.Channel, "callback", "Sentence"} {
		if at := strings.Index(r.logs.String(), secret); at >= 0 {
			t.Errorf("the log has %q: %.300s", secret, r.logs.String()[max(0, at-200):])
		}
	}
	if strings.Contains(r.out.String(), discordtest.Token) {
		t.Error("the self-check has the token")
	}
	r.Problems()
}
