package discord

import (
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/discordtest"
	"dossier/bot/discord/message"
)

// TestAddress goes through the kinds of messages that there are.
func TestAddress(t *testing.T) {
	t.Parallel()
	self := discordtest.BotID
	inDM := func(m *discordgo.Message) { m.GuildID = "" }
	file := func(m *discordgo.Message) { m.Attachments = []*discordgo.MessageAttachment{{}} }
	sticker := func(m *discordgo.Message) { m.StickerItems = []*discordgo.StickerItem{{}} }
	toBot := func(m *discordgo.Message) {
		m.Type = discordgo.MessageTypeReply
		m.ReferencedMessage = &discordgo.Message{ID: "5", Author: &discordgo.User{ID: self}}
	}
	pings := func(m *discordgo.Message) { m.Mentions = []*discordgo.User{nil, {ID: self}} }
	is := func(k discordgo.MessageType) func(*discordgo.Message) {
		return func(m *discordgo.Message) { m.Type = k }
	}
	type changes = []func(*discordgo.Message)
	tests := []struct {
		name string
		text string
		with changes
		want string // what is asked, "" also where the bot says what to do
		ok   bool
	}{
		{"mention", mention + "who?", nil, "who?", true},
		{"mention only", mention, nil, "", true},
		{"mentions only", mention + "<@1> <@&2> <#3>", nil, "", true},
		{"mention of somebody else", "<@1> who?", nil, "", false},
		{"everyone", "@everyone who?", nil, "", false},
		{"mention with a picture", mention, changes{file}, "", true},
		{"6,000 characters", mention + strings.Repeat("ab ", 2000), nil, strings.TrimSpace(strings.Repeat("ab ", 100)), true},
		{"direct", "who?", changes{inDM}, "who?", true},
		{"direct picture", "", changes{inDM, file}, "", true},
		{"direct sticker", "", changes{inDM, sticker}, "", true},
		{"direct forward or poll", "", changes{inDM}, "", true},
		{"reply", "who?", changes{toBot, pings}, "who?", true},
		{"reply with a picture only", "", changes{toBot, pings, file}, "", false},
		{"reply with a sticker only", "", changes{toBot, pings, sticker}, "", false},
		{"reply with emoji only", "<:wow:1>", changes{toBot, pings}, "", false},
		{"reply of thanks", "thanks!", changes{toBot, pings}, "", false},
		{"reply of thanks with a mention", mention + "thanks!", changes{toBot, pings}, "", false},
		{"silent reply, hidden", "", changes{toBot}, "", false},
		{"reply to a command, hidden", "", changes{toBot, pings}, "", true},
		{"somebody joins", mention, changes{is(discordgo.MessageTypeGuildMemberJoin)}, "", false},
		{"thread made", mention + "who?", changes{is(discordgo.MessageTypeThreadCreated)}, "", false},
		{"thread's first message again", mention + "who?", changes{is(discordgo.MessageTypeThreadStarterMessage)}, "", false},
	}
	for _, tt := range tests {
		m := written("7", tt.text, time.Time{})
		for _, change := range tt.with {
			change(m)
		}
		h, ok := address(m, self)
		if ok != tt.ok || h.text != tt.want || ok && (h.conversation != "") != (m.GuildID == "") {
			t.Errorf("%s: got %+v, %v; want %q, %v", tt.name, h, ok, tt.want, tt.ok)
		}
		if want := tt.name == "reply to a command, hidden"; h.hidden != want {
			t.Errorf("%s: lost is %v", tt.name, h.hidden)
		}
		if want := tt.name == "6,000 characters"; h.cut != want {
			t.Errorf("%s: cut is %v", tt.name, h.cut)
		}
	}
}

// TestWithoutQuotes takes what a message quotes for no part of its question.
func TestWithoutQuotes(t *testing.T) {
	for text, want := range map[string]string{
		"> it was an inside job\nwho did it?": "who did it?",
		"who did it?\n> it was them":          "who did it?",
		"is 5 > 3?":                           "is 5 > 3?",
		"> only a quote":                      "> only a quote",
		"> a quote\n!?":                       "> a quote !?",
	} {
		if got, _ := message.Clean(withoutQuotes(text)); got != want {
			t.Errorf("of %q is left %q, want %q", text, got, want)
		}
	}
}
