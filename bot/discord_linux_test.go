package main

import (
	"os"
	"os/exec"
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
	for name, spoil := range map[string]func(t *testing.T, cmd *exec.Cmd){
		"an output that is full": func(t *testing.T, cmd *exec.Cmd) {
			full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
			if err != nil {
				t.Skip(err)
			}
			t.Cleanup(func() { _ = full.Close() })
			cmd.Stdout = full
		},
	} {
		t.Run(name+" may mend itself", func(t *testing.T) {
			s := discordtest.New(t)
			cmd := command(t)
			cmd.Stderr = nil
			cmd.Env = append(cmd.Env, "DISCORD_TOKEN="+discordtest.Token, "DISCORD_API_URL="+s.APIURL(), "STATE_DIR="+cmd.Dir)
			spoil(t, cmd)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			ends(t, cmd, 1)
		})
	}
	for name, set := range map[string]string{
		"a token that is refused": "DISCORD_TOKEN=not.the.token",
		"a setting that is wrong": "DISCORD_GUILD_ID=my server",
	} {
		t.Run(name, func(t *testing.T) {
			s := discordtest.New(t)
			cmd := command(t)
			cmd.Stderr = nil
			cmd.Env = append(cmd.Env, "DISCORD_TOKEN="+discordtest.Token, "DISCORD_API_URL="+s.APIURL(), set)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			ends(t, cmd, exitFinal)
		})
	}
}
