package discord

import (
	"encoding/json"
	"strings"
	"testing"

	"dossier/bot/discord/discordtest"
	"dossier/bot/discord/message"
)

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
		if reg, err := r.bot.register(t.Context(), discordtest.AppID); err != nil || reg.changed {
			t.Errorf("what is registered already was written again: %v, %v", reg.changed, err)
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
