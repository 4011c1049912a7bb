package discord

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"dossier/bot/discord/discordtest"
	"dossier/bot/discord/message"
)

// returned are the bot's commands as Discord returns them: with ids and versions,
// with members that the bot never sent, with null and empty where there is
// nothing.
func returned(t *testing.T, guild string) []map[string]any {
	t.Helper()
	want := message.Commands()
	if guild != "" {
		for i := range want {
			want[i].Contexts, want[i].IntegrationTypes = nil, nil
		}
	}
	b, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var list []map[string]any
	if err := json.Unmarshal(b, &list); err != nil {
		t.Fatal(err)
	}
	slices.Reverse(list)
	for _, c := range list {
		c["id"], c["application_id"], c["version"] = "990000000000000010", discordtest.AppID, "990000000000000011"
		c["default_member_permissions"], c["default_permission"], c["nsfw"] = nil, true, false
		c["name_localized"], c["description_localized"] = "x", "x"
		if guild == "" {
			c["dm_permission"], c["contexts"] = true, []any{2, 0, 1}
		} else {
			c["guild_id"], c["contexts"], c["integration_types"] = guild, nil, []any{0}
		}
		options, _ := c["options"].([]any)
		for _, o := range options {
			m := o.(map[string]any)
			for member, none := range map[string]any{"required": false, "autocomplete": false, "choices": []any{}} {
				if m[member] == nil {
					m[member] = none
				}
			}
			m["name_localized"] = "x"
		}
		if options == nil {
			c["options"] = []any{}
		}
	}
	return list
}

// TestRegistered starts with what Discord returns: nothing is written while it is
// what the bot wants, whatever else is in it, and everything when one thing that
// the bot sets differs.
func TestRegistered(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{})
	ask := func(list []map[string]any) map[string]any {
		return list[slices.IndexFunc(list, func(c map[string]any) bool { return c["name"] == "ask" })]
	}
	option := func(list []map[string]any, n int) map[string]any {
		return ask(list)["options"].([]any)[n].(map[string]any)
	}
	in := func(c map[string]any, member string) map[string]any { return c[member].(map[string]any) }
	type list = []map[string]any
	for _, tt := range []struct {
		name   string
		change func(list) list
		same   bool
		global bool // of commands for all servers only
	}{
		{"as it was", func(l list) list { return l }, true, false},
		{"null for options", func(l list) list {
			for _, c := range l {
				if c["name"] != "ask" {
					c["options"] = nil
				}
			}
			return l
		}, true, false},
		{"no options member", func(l list) list {
			for _, c := range l {
				if c["name"] != "ask" {
					delete(c, "options")
				}
			}
			return l
		}, true, false},
		{"a member of the future", func(l list) list { ask(l)["handler"] = 1; return l }, true, false},
		{"for administrators", func(l list) list { ask(l)["default_member_permissions"] = "8"; return l }, true, false},
		{"one less", func(l list) list { return l[1:] }, false, false},
		{"none", func(list) list { return list{} }, false, false},
		{"one more", func(l list) list {
			return append(l, map[string]any{"name": "old", "description": "x", "type": 1})
		}, false, false},
		{"a user command", func(l list) list { ask(l)["type"] = 2; return l }, false, false},
		{"name", func(l list) list { ask(l)["name"] = "query"; return l }, false, false},
		{"description", func(l list) list { ask(l)["description"] = "x"; return l }, false, false},
		{"name in German", func(l list) list { in(ask(l), "name_localizations")["de"] = "x"; return l }, false, false},
		{"no name in German", func(l list) list { delete(in(ask(l), "name_localizations"), "de"); return l }, false, false},
		{"no names in other languages", func(l list) list { ask(l)["name_localizations"] = nil; return l }, false, false},
		{"description in Korean", func(l list) list { in(ask(l), "description_localizations")["ko"] = "x"; return l }, false, false},
		{"a language too many", func(l list) list { in(ask(l), "description_localizations")["it"] = "x"; return l }, false, false},
		{"contexts", func(l list) list { ask(l)["contexts"] = []any{0, 1}; return l }, false, true},
		{"null for contexts", func(l list) list { ask(l)["contexts"] = nil; return l }, false, true},
		{"integration types", func(l list) list { ask(l)["integration_types"] = []any{0}; return l }, false, true},
		{"no options", func(l list) list { ask(l)["options"] = []any{}; return l }, false, false},
		{"an option less", func(l list) list { ask(l)["options"] = ask(l)["options"].([]any)[:4]; return l }, false, false},
		{"options in another order", func(l list) list { slices.Reverse(ask(l)["options"].([]any)); return l }, false, false},
		{"type of an option", func(l list) list { option(l, 1)["type"] = 3; return l }, false, false},
		{"name of an option", func(l list) list { option(l, 1)["name"] = "x"; return l }, false, false},
		{"name of an option in French", func(l list) list { in(option(l, 1), "name_localizations")["fr"] = "x"; return l }, false, false},
		{"description of an option", func(l list) list { option(l, 1)["description"] = "x"; return l }, false, false},
		{"description of an option in Japanese", func(l list) list { in(option(l, 1), "description_localizations")["ja"] = "x"; return l }, false, false},
		{"not required", func(l list) list { option(l, 0)["required"] = false; return l }, false, false},
		{"required", func(l list) list { option(l, 1)["required"] = true; return l }, false, false},
		{"no autocomplete", func(l list) list { delete(option(l, 0), "autocomplete"); return l }, false, false},
		{"autocomplete", func(l list) list { option(l, 3)["autocomplete"] = true; return l }, false, false},
		{"max_length", func(l list) list { option(l, 0)["max_length"] = 6000; return l }, false, false},
		{"no max_length", func(l list) list { delete(option(l, 0), "max_length"); return l }, false, false},
	} {
		for _, guild := range []string{"", channel.Guild} {
			b, err := json.Marshal(tt.change(returned(t, guild)))
			if err != nil {
				t.Fatal(err)
			}
			put := "PUT /applications/{}/commands"
			if guild != "" {
				put = "PUT /applications/{}/guilds/{}/commands"
			}
			r.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
				switch {
				case req.Method != "GET":
					return nil
				case guild != "" && !strings.Contains(req.Path, "/guilds/"):
					return &discordtest.Reply{Status: 200, Body: "[]"} // none for all servers besides
				}
				return &discordtest.Reply{Status: 200, Body: string(b)}
			})
			before := r.Count(put)
			r.bot.check.commands.guildID = guild
			reg, err := r.bot.check.commands.register(t.Context(), discordtest.AppID)
			if err != nil {
				t.Fatal(err)
			}
			same := tt.same || tt.global && guild != ""
			if wrote := r.Count(put) > before; reg.written == same || wrote == same {
				t.Errorf("%s, server %q: written %v, want %v", tt.name, guild, wrote, !same)
			}
		}
	}
}

func TestRegistration(t *testing.T) {
	t.Parallel()
	for _, guild := range []string{"", channel.Guild} {
		put := "PUT /applications/{}/commands"
		if guild != "" {
			put = "PUT /applications/{}/guilds/{}/commands"
		}
		r := newRig(t, Config{GuildID: guild})
		r.run()
		if r.Count(put) != 1 || len(r.Commands(guild)) != 4 {
			t.Fatalf("registered %d times, %d commands", r.Count(put), len(r.Commands(guild)))
		}
		if !strings.Contains(r.out.String(), "commands     written") || !strings.Contains(r.out.String(), InviteURL(discordtest.AppID)) {
			t.Errorf("the self-check says %s", r.out)
		}
		if err := r.stop(); err != nil {
			t.Fatal(err)
		}
		if reg, err := r.bot.check.commands.register(t.Context(), discordtest.AppID); err != nil || reg.written {
			t.Errorf("what is registered already was written again: %v, %v", reg.written, err)
		}
		if guild != "" && len(r.Commands("")) != 0 {
			t.Error("commands for one server went to all")
		}
	}
}

// TestRegistrationCompare changes what is registered in every way that matters.
func TestRegistrationCompare(t *testing.T) {
	t.Parallel()
	for n, change := range []func([]message.Command) []message.Command{
		func(c []message.Command) []message.Command { return c[1:] },
		func(c []message.Command) []message.Command { return append(c, c[0]) },
		func(c []message.Command) []message.Command { c[0].Description += "x"; return c },
		func(c []message.Command) []message.Command { c[0].NameIn["de"] = "x"; return c },
		func(c []message.Command) []message.Command { c[0].Options[0].Autocomplete = false; return c },
		func(c []message.Command) []message.Command { c[0].Options[1].DescriptionIn["ja"] = ""; return c },
		func(c []message.Command) []message.Command { c[0].Contexts = c[0].Contexts[:1]; return c },
		func(c []message.Command) []message.Command { c[0].IntegrationTypes = nil; return c },
	} {
		b, err := json.Marshal(message.Commands())
		if err != nil {
			t.Fatal(err)
		}
		var have []message.Command
		if err := json.Unmarshal(b, &have); err != nil {
			t.Fatal(err)
		}
		if !sameCommands(have, message.Commands(), false) {
			t.Fatal("the same commands differ")
		}
		if sameCommands(change(have), message.Commands(), false) {
			t.Errorf("change %d goes unnoticed", n)
		}
	}
}
