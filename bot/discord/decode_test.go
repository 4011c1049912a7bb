package discord

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"dossier/bot/discord/discordtest"
)

// shapes are members of a message that discordgo v0.29.0 does not know, or that have
// another shape than it expects, and others that came up since its release. The
// message is a question all the same.
var shapes = []struct{ name, member, value string }{
	{"component 16", "components", `[{"type":16,"id":1,"content_inventory_entry":{"id":"1"}}]`},
	{"component 18", "components", `[{"type":18,"component":{"type":21,"options":[]}}]`},
	{"component 20", "components", `[{"type":20,"id":1}]`},
	{"component 21", "components", `[{"type":1,"components":[{"type":21,"custom_id":"a"}]}]`},
	{"component of an unknown kind", "components", `[{"type":"row"},{"type":4711},null,7]`},
	{"components null", "components", `null`},
	{"components an object", "components", `{"type":1}`},
	{"reply to component 16", "referenced_message", `{"id":"1","channel_id":"1","content":"x","author":{"id":"5","username":"o"},"components":[{"type":16}]}`},
	{"reply to component 20", "referenced_message", `{"id":"1","channel_id":"1","content":"x","author":{"id":"5","username":"o"},"components":[{"type":20}]}`},
	{"reply to component 18 and 21", "referenced_message", `{"id":"1","channel_id":"1","content":"x","author":{"id":"5","username":"o"},"components":[{"type":18,"component":{"type":21}}]}`},
	{"reply to components in containers", "referenced_message", `{"id":"1","content":"","author":{"id":"5"},"components":[{"type":17,"components":[{"type":10,"content":"hi"},{"type":14},{"type":9,"components":[{"type":10,"content":"x"}],"accessory":{"type":11}}]}]}`},
	{"reply to a text", "referenced_message", `"gone"`},
	{"forward of component 20", "message_snapshots", `[{"message":{"content":"x","components":[{"type":20}]}}]`},
	{"forward of nothing", "message_snapshots", `[null,{"message":null},"x"]`},
	{"public_flags a text", "author", `{"id":"200000000000000007","username":"u","public_flags":"64"}`},
	{"public_flags beyond all", "author", `{"id":"200000000000000007","username":"u","public_flags":1e40}`},
	{"public_flags a list", "author", `{"id":"200000000000000007","username":"u","public_flags":[1,2]}`},
	{"author's id a number", "author", `{"id":200000000000000007,"username":null}`},
	{"roles an object", "member", `{"roles":{"1":true},"joined_at":null}`},
	{"roles of numbers", "member", `{"roles":[1,2,3],"flags":"x"}`},
	{"role ids of numbers", "mention_roles", `[1,2]`},
	{"role ids an object", "mention_roles", `{}`},
	{"timestamp without a zone", "timestamp", `"2026-11-30T11:00:00"`},
	{"timestamp a number", "timestamp", `1796036400123`},
	{"timestamp nonsense", "timestamp", `"yesterday"`},
	{"timestamp null", "timestamp", `null`},
	{"edited_timestamp empty", "edited_timestamp", `""`},
	{"edited_timestamp a number", "edited_timestamp", `0`},
	{"flags a text", "flags", `"4096"`},
	{"flags beyond all", "flags", `9007199254740993000`},
	{"type a text", "type", `"0"`},
	{"type null", "type", `null`},
	{"nonce a number", "nonce", `12345`},
	{"nonce an object", "nonce", `{"a":1}`},
	{"tts a text", "tts", `"no"`},
	{"mentions an object", "mentions", `{"0":{"id":"5"}}`},
	{"mentions with null", "mentions", `[null,{"id":null}]`},
	{"attachment of another size", "attachments", `[{"id":"1","filename":"a","size":"big","height":1.5,"width":null}]`},
	{"attachments null", "attachments", `null`},
	{"embed's colour a text", "embeds", `[{"type":"rich","color":"#ff0000","timestamp":"soon"}]`},
	{"embed's field not one", "embeds", `[{"fields":{"name":"a"}},null]`},
	{"sticker of an unknown format", "sticker_items", `[{"id":"1","name":"x","format_type":"webp"}]`},
	{"poll in another shape", "poll", `{"question":"x","answers":{},"expiry":7}`},
	{"interaction_metadata", "interaction_metadata", `{"id":1,"type":"2","user":null}`},
	{"reactions", "reactions", `[{"count":"1","emoji":null}]`},
	{"thread in another shape", "thread", `{"id":1,"type":"forum"}`},
	{"channel mentions", "mention_channels", `[{"id":1,"type":"voice"}]`},
	{"activity", "activity", `{"type":"3"}`},
	{"webhook_id null", "webhook_id", `null`},
	{"a call", "call", `{"participants":null,"ended_timestamp":"never"}`},
	{"member of no shape", "member", `"me"`},
	{"pinned null", "pinned", `null`},
	{"position a text", "position", `"first"`},
}

// TestShapes asks in messages that have each of them: each is answered, and nothing
// is said to be unreadable.
func TestShapes(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	places := map[string]string{}
	for n, s := range shapes {
		at := fmt.Sprint(400000000000001000 + n)
		places[at] = s.name
		m := map[string]any{
			"id": r.NewID(time.Now()), "type": 0, "channel_id": at, "guild_id": channel.Guild,
			"content": mention + "which films leaked?", "timestamp": time.Now().UTC().Format(time.RFC3339Nano), "edited_timestamp": nil,
			"author":   map[string]any{"id": "200000000000000007", "username": "u"},
			"mentions": []any{map[string]any{"id": discordtest.BotID, "username": "D", "bot": true}},
		}
		m[s.member] = json.RawMessage(s.value)
		r.Dispatch("MESSAGE_CREATE", m)
	}
	r.answerTo(r.Say(alice, channel, mention+"which films leaked?"))
	for at, name := range places {
		r.Wait("an answer to "+name, func() bool { return len(r.Messages(at)) > 0 })
	}
	if log := r.logs.String(); strings.Contains(log, "cannot be read") || strings.Contains(log, "panic") {
		t.Errorf("the log says %s", log)
	}
}

// TestOddEdits edits and deletes a question in events of other shapes: its answer
// follows.
func TestOddEdits(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	id := r.Say(alice, channel, mention+"which films leaked?")
	m := r.answerTo(id)
	edit := map[string]any{
		"id": id, "channel_id": channel.Channel, "guild_id": channel.Guild, "content": mention + "who landed on the moon?",
		"author": map[string]any{"id": alice.ID, "public_flags": "x"}, "edited_timestamp": "just now", "components": []any{map[string]any{"type": 20}},
	}
	r.Dispatch("MESSAGE_UPDATE", edit)
	r.Wait("an edited answer", func() bool { got, _ := r.Message(m.ID); return got.Edits == 1 })
	r.Dispatch("MESSAGE_DELETE", map[string]any{"id": json.Number(id), "channel_id": json.Number(channel.Channel), "guild_id": []any{}})
	r.Wait("a removed answer", func() bool { got, _ := r.Message(m.ID); return got.Deleted })
}

// TestOddInteractions uses commands and buttons in events of other shapes.
func TestOddInteractions(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	first := r.Slash(alice, channel, "ask", "question", "which films leaked?").Wait()
	odd := map[string]any{
		"entitlements": "none", "app_permissions": 7, "channel": map[string]any{"id": 1, "type": "text"}, "context": "guild",
		"authorizing_integration_owners": []any{1}, "attachment_size_limit": "big",
		"member": map[string]any{"user": map[string]any{"id": alice.ID, "public_flags": "x"}, "roles": map[string]any{}, "joined_at": "long ago", "permissions": 8},
	}
	with := func(members map[string]any) map[string]any {
		all := map[string]any{"id": r.NewID(time.Now())}
		for k, v := range odd {
			all[k] = v
		}
		for k, v := range members {
			all[k] = v
		}
		return all
	}
	n := r.Count("POST /interactions/{}/{}/callback")
	ask := map[string]any{"name": "ask", "type": "1", "resolved": []any{}, "options": []any{map[string]any{"name": "question", "type": 3, "value": "which films leaked?"}, nil, "x"}}
	i := r.Slash(alice, channel, "help")
	i.Wait()
	i.Again(with(map[string]any{"data": ask}))
	button := first.Message.Buttons()[0]
	message := map[string]any{"id": first.Message.ID, "channel_id": channel.Channel, "content": first.Message.Content, "components": []any{map[string]any{"type": 20}}, "author": map[string]any{"id": discordtest.BotID, "public_flags": "x"}}
	i.Again(with(map[string]any{"type": 3, "message": message, "data": map[string]any{"custom_id": button.CustomID, "component_type": "button", "id": "1"}}))
	r.Wait("three responses", func() bool { return r.Count("POST /interactions/{}/{}/callback") >= n+3 })
}
