package discord

import (
	"context"
	"strings"
	"testing"
	"time"

	"dossier/bot/discord/discordtest"
	"dossier/bot/discord/gateway"
	"dossier/index"
)

// TestPanic lets the asker panic: the person is told, the bot goes on.
func TestPanic(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	r.asker.onAsk = func(context.Context, index.Query) (index.Answer, error) { panic("secret question") }
	if m := r.Slash(alice, channel, "ask", "question", "boom").Wait().Message; m == nil || m.Content != inEnglish.Broke || !m.Ephemeral() {
		t.Errorf("after a panic got %+v", m)
	}
	if m := r.answerTo(r.Say(alice, channel, mention+"boom")); m.Content != inEnglish.Broke {
		t.Errorf("after a panic got %q", m.Content)
	}
	r.asker.mu.Lock()
	r.asker.onAsk = nil
	r.asker.mu.Unlock()
	r.Slash(alice, channel, "ask", "question", "which films leaked?").Wait()
	if log := r.logs.String(); !strings.Contains(log, "panic") || strings.Contains(log, "secret question") {
		t.Errorf("the log says %s", log)
	}
}

// TestTwice delivers things twice: each gets one answer.
func TestTwice(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	i := r.Slash(alice, channel, "ask", "question", "which films leaked?")
	i.Again(nil)
	i.Wait()
	i.Again(nil)
	id := r.Say(alice, channel, mention+"which films leaked?")
	r.Again(id)
	r.answerTo(id)
	r.Again(id)
	r.answerTo(r.Say(bob, channel, mention+"and then?")) // everything before has been handled
	if n := len(i.Callbacks()) + i.Refused(); n != 1 {
		t.Errorf("%d responses to an interaction", n)
	}
	if n := len(r.RepliesTo(id)); n != 1 {
		t.Errorf("%d replies to a message", n)
	}
}

// TestStale delivers an interaction that nobody waits for any more.
func TestStale(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	i := r.Slash(alice, channel, "help")
	i.Wait()
	old := r.NewID(time.Now().Add(-discordtest.Guard))
	i.Again(map[string]any{"id": old})
	r.Wait("a line in the log", func() bool { return strings.Contains(r.logs.String(), "too late") || tick(r) })
	if n := r.Count("POST /interactions/{}/{}/callback"); n != 1 {
		t.Errorf("%d responses", n)
	}
}

// tick makes a Wait look again soon.
func tick(r *rig) bool {
	time.Sleep(5 * time.Millisecond)
	r.Dispatch("TYPING_START", map[string]any{})
	return false
}

// TestOddEvents delivers what discordgo cannot decode, or what nobody expects.
func TestOddEvents(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	i := r.Slash(alice, channel, "help")
	i.Wait()
	id := func() string { return r.NewID(time.Now()) }
	i.Again(map[string]any{"id": id(), "data": nil})
	i.Again(map[string]any{"id": id(), "data": "text"})
	i.Again(map[string]any{"id": id(), "type": 99})
	i.Again(map[string]any{"id": id(), "member": nil})
	i.Again(map[string]any{"id": id(), "token": ""})
	i.Again(map[string]any{"id": id(), "type": 3, "data": map[string]any{"custom_id": "x", "component_type": 77}})
	i.Again(map[string]any{"id": id(), "data": map[string]any{"name": "ask", "type": 1, "options": []any{map[string]any{"name": "question", "type": 4, "value": 7}}}})
	odd := map[string]any{"id": id(), "channel_id": "1", "content": mention + "hi", "components": []any{map[string]any{"type": 99}}}
	for _, e := range []string{"MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE", "MESSAGE_DELETE_BULK", "INTERACTION_CREATE", "READY", "SOMETHING_NEW"} {
		r.Dispatch(e, odd)
		r.Dispatch(e, nil)
		r.Dispatch(e, []any{1})
	}
	r.Slash(alice, channel, "ask", "question", "which films leaked?").Wait()
	r.answerTo(r.Say(alice, channel, mention+"which films leaked?"))
	if log := r.logs.String(); strings.Contains(log, "panic") {
		t.Errorf("the log says %s", log)
	}
}

// TestNotPeople checks that bots, webhooks and system messages are ignored.
func TestNotPeople(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	for _, change := range []func(*discordtest.Message){
		func(m *discordtest.Message) { m.Author["bot"] = true },
		func(m *discordtest.Message) { m.WebhookID = "600000000000000001" },
		func(m *discordtest.Message) { m.Author["id"] = discordtest.BotID },
		func(m *discordtest.Message) { m.Author["system"] = true },
		func(m *discordtest.Message) { m.Author = nil },
		func(m *discordtest.Message) { m.Type = 6 },
	} {
		r.Say(alice, channel, mention+"which films leaked?", change)
	}
	r.Say(alice, channel, "nobody asked <@200000000000000002>")
	r.Say(alice, channel, "@everyone")
	r.answerTo(r.Say(alice, channel, mention+"which films leaked?"))
	if n := r.Count("POST /channels/{}/messages"); n != 1 {
		t.Errorf("%d messages sent", n)
	}
}

// TestREST scripts what goes wrong between the bot and the REST API.
func TestREST(t *testing.T) {
	t.Parallel()
	const callback, create = "POST /interactions/{}/{}/callback", "POST /channels/{}/messages"
	first := func(route string, reply discordtest.Reply) func(*discordtest.Request) *discordtest.Reply {
		return func(r *discordtest.Request) *discordtest.Reply {
			if r.Route == route && r.Nth == 1 {
				return &reply
			}
			return nil
		}
	}
	tests := []struct {
		name  string
		fault func(*discordtest.Request) *discordtest.Reply
	}{
		{"callback 500", first(callback, discordtest.Reply{Status: 500})},
		{"callback done, then 502", first(callback, discordtest.Reply{Status: 502, Done: true})},
		{"callback cut off", first(callback, discordtest.Reply{Drop: true})},
		{"callback done, then cut off", first(callback, discordtest.Reply{Drop: true, Done: true})},
		{"callback 429", first(callback, discordtest.Reply{Status: 429, Body: `{"retry_after":0.2,"global":false}`})},
		{"message 503", first(create, discordtest.Reply{Status: 503, Body: "<html>"})},
		{"message done, then 502", first(create, discordtest.Reply{Status: 502, Done: true})},
		{"message done, then cut off", first(create, discordtest.Reply{Drop: true, Done: true})},
		{"message 429", first(create, discordtest.Reply{Status: 429, Body: `{"retry_after":0.3,"global":false}`, Header: map[string]string{"Retry-After": "1"}})},
		{"message 429 as a page", first(create, discordtest.Reply{Status: 429, Body: page429, Header: map[string]string{"Retry-After": "1", "Content-Type": "text/html"}})},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := rigged(t)
			r.OnRequest(tt.fault)
			i := r.Slash(alice, channel, "ask", "question", "which films leaked?")
			id := r.Say(alice, direct, "which films leaked?")
			i.Wait()
			r.answerTo(id)
			if err := r.stop(); err != nil {
				t.Fatal(err)
			}
			if n := len(i.Callbacks()); n != 1 {
				t.Errorf("%d responses", n)
			}
			if n := len(r.RepliesTo(id)); n != 1 {
				t.Errorf("%d replies", n)
			}
			if log := r.logs.String(); strings.Contains(log, "not answered") {
				t.Errorf("the log says %s", log)
			}
		})
	}
}

// TestForbidden cannot write in a channel: one line says what to do, and the channel
// is left alone for a while. Others are not.
func TestForbidden(t *testing.T) {
	t.Parallel()
	for code, body := range map[int]string{
		gateway.CodeMissingPermissions: `{"code":50013,"message":"Missing Permissions"}`,
		gateway.CodeMissingAccess:      `{"code":50001,"message":"Missing Access"}`,
		gateway.CodeNoHistory:          `{"code":160002,"message":"Cannot reply without permission to read message history"}`,
	} {
		r := rigged(t)
		r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
			if req.Method == "POST" && strings.Contains(req.Path, channel.Channel) {
				return &discordtest.Reply{Status: 403, Body: body}
			}
			return nil
		})
		elsewhere := discordtest.Place{Guild: channel.Guild, Channel: "400000000000000002"}
		r.Say(alice, channel, mention+"which films leaked?")
		r.Wait("a line in the log", func() bool { return strings.Contains(r.logs.String(), "invite it again") || tick(r) })
		for range 20 {
			r.Say(alice, channel, mention+"which films leaked?")
		}
		r.answerTo(r.Say(bob, elsewhere, mention+"which films leaked?"))
		r.Slash(alice, channel, "ask", "question", "which films leaked?").Wait()
		if err := r.stop(); err != nil {
			t.Fatal(err)
		}
		if n := r.Count("POST /channels/{}/messages"); n != 2 || len(r.asker.asked()) != 3 {
			t.Errorf("code %d: %d messages sent, %d questions looked up", code, n, len(r.asker.asked()))
		}
		if log := r.logs.String(); strings.Count(log, permissionHints[code]) != 1 || strings.Contains(log, "not answered") {
			t.Errorf("code %d: the log says %s", code, log)
		}
	}
}

// TestOutage lets Discord take no messages for some tries, and then none of every
// second one: the question can be asked again by an edit of it.
func TestOutage(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
		if req.Route == "POST /channels/{}/messages" && req.Nth <= 4 {
			return &discordtest.Reply{Status: 503, Body: "<html>"}
		}
		return nil
	})
	r.answerTo(r.Say(alice, direct, "which films leaked?"))
	r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
		if req.Route == "POST /channels/{}/messages" && req.Nth%2 == 0 {
			return &discordtest.Reply{Status: 400, Body: `{"code":50035}`}
		}
		return nil
	})
	n := 0
	for lost := false; !lost; n++ {
		id := r.Say(alice, direct, "which films leaked?")
		r.Wait("an answer or a line in the log", func() bool {
			lost = strings.Contains(r.logs.String(), "not answered")
			return lost || len(r.RepliesTo(id)) > 0 || tick(r)
		})
		if lost {
			r.Edit(id, "which films leaked? ")
			r.answerTo(id)
		}
	}
}
