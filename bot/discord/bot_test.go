package discord

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestSlash(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	cb := r.Slash(alice, channel, "ask", "question", "which films leaked?").Wait()
	if cb.Type != 4 || cb.Message.Ephemeral() {
		t.Errorf("/ask got type %d, ephemeral %v", cb.Type, cb.Message.Ephemeral())
	}
	if !strings.Contains(cb.Message.Content, "__**Annie**__") || !strings.HasPrefix(cb.Message.Content, "-# which films leaked?\n> ") {
		t.Errorf("/ask got %q", cb.Message.Content)
	}
	if q := r.asker.asked()[0]; q.Text != "which films leaked?" || q.Conversation == "" || strings.Contains(q.Conversation, alice.ID) {
		t.Errorf("/ask asked %+v", q)
	}
}

func TestMention(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	id := r.Say(alice, channel, "hey "+mention+" which films leaked?")
	m := r.answerTo(id)
	if about(m) != "hey which films leaked?" || !strings.HasPrefix(m.Content, "> ") {
		t.Errorf("a mention got %q", m.Content)
	}
	if len(m.Buttons()) != 4 {
		t.Errorf("a mention got %d buttons", len(m.Buttons()))
	}
	if len(r.Messages(channel.Channel)) != 1 {
		t.Errorf("a mention got %d messages", len(r.Messages(channel.Channel)))
	}
}

func TestBadConfig(t *testing.T) {
	t.Parallel()
	for _, cfg := range []Config{
		{}, {Token: " "}, {Token: "a b"}, {Token: "Bot "}, {Token: `"quoted"`}, {Token: "x", GuildID: "my server"}, {Token: "x", APIURL: "http://example.org"},
	} {
		if _, err := New(cfg, &fakeAsker{}, discardLog); err == nil {
			t.Errorf("New(%+v) got no error", cfg)
		}
	}
	if at := created("175928847299117063"); at.UTC().Format(time.DateTime) != "2016-04-30 11:18:25" {
		t.Errorf("created() got %s", at)
	}
	if !created("x").IsZero() || fmt.Sprint(created("")) == "" {
		t.Error("a strange id has a time")
	}
}
