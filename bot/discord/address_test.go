package discord

import (
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/discordtest"
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
	roles := func(ids ...string) func(*discordgo.Message) {
		return func(m *discordgo.Message) { m.MentionRoles = ids }
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
		{"6,000 characters", mention + strings.Repeat("ab ", 2000), nil, strings.TrimSpace(strings.Repeat("ab ", 2000)), true},
		{"direct", "who?", changes{inDM}, "who?", true},
		{"direct picture", "", changes{inDM, file}, "", true},
		{"direct sticker", "", changes{inDM, sticker}, "", true},
		{"direct forward or poll", "", changes{inDM}, "", true},
		{"reply", "who?", changes{toBot, pings}, "who?", true},
		{"reply with a picture only", "", changes{toBot, pings, file}, "", false},
		{"reply with a sticker only", "", changes{toBot, pings, sticker}, "", false},
		{"reply with emoji only", "<:wow:1>", changes{toBot, pings}, "", true},
		{"reply of thanks", "thanks!", changes{toBot, pings}, "thanks!", true},
		{"reply of thanks with a mention", mention + "thanks!", changes{toBot, pings}, "thanks!", true},
		{"lines", mention + "> a quote\n\n  who?  \u200b", nil, "> a quote\nwho?", true},
		{"own role", "<@&8> who?", changes{roles("7", "8")}, "who?", true},
		{"own role, hidden", "", changes{roles("8")}, "", true},
		{"another role", "<@&7> who?", changes{roles("7")}, "", false},
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
		h, ok := address(m, self, "8")
		if ok != tt.ok || h.text != tt.want || ok && (h.conversation != "") != (m.GuildID == "") {
			t.Errorf("%s: got %+v, %v; want %q, %v", tt.name, h, ok, tt.want, tt.ok)
		}
		if want := tt.name == "reply to a command, hidden"; h.hidden != want {
			t.Errorf("%s: lost is %v", tt.name, h.hidden)
		}
		if want := tt.name == "own role, hidden"; h.roleHidden != want {
			t.Errorf("%s: a hidden role is %v", tt.name, h.roleHidden)
		}
	}
}
