package main

import (
	"syscall"
	"testing"

	"dossier/bot/discord/discordtest"
)

// TestDiscord: a bot that is told to end has done what it should; one that
// Discord refuses says so in a way that systemd understands.
func TestDiscord(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		t.Run(sig.String(), func(t *testing.T) {
			s := discordtest.New(t)
			cmd := command(t)
			cmd.Stderr = nil
			cmd.Env = append(cmd.Env, "DISCORD_TOKEN="+discordtest.Token, "DISCORD_API_URL="+s.APIURL())
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			s.WaitReady()
			if err := cmd.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			ends(t, cmd, 0)
		})
	}
	t.Run("a token that is refused", func(t *testing.T) {
		s := discordtest.New(t)
		cmd := command(t)
		cmd.Stderr = nil
		cmd.Env = append(cmd.Env, "DISCORD_TOKEN=not.the.token", "DISCORD_API_URL="+s.APIURL())
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ends(t, cmd, 2)
	})
}
