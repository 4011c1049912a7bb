package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func noEnv(string) (string, bool) { return "", false }

// TestEnvExample keeps .env.example equal to the settings that are read.
func TestEnvExample(t *testing.T) {
	text, err := os.ReadFile("../.env.example")
	if err != nil {
		t.Fatal(err)
	}
	var documented []string
	for _, m := range regexp.MustCompile(`(?m)^#? ?([A-Z_]+)=`).FindAllStringSubmatch(string(text), -1) {
		documented = append(documented, m[1])
	}
	var read []string
	env := func(name string) (string, bool) {
		read = append(read, name)
		return "", false
	}
	if _, err := readSettings(env, filepath.Join(t.TempDir(), ".env")); err != nil {
		t.Fatal(err)
	}
	slices.Sort(documented)
	slices.Sort(read)
	if !slices.Equal(documented, read) {
		t.Errorf(".env.example documents %v, the bot reads %v", documented, read)
	}
	if known := slices.Sorted(slices.Values(settingNames)); !slices.Equal(known, read) {
		t.Errorf("a file may set %v, the bot reads %v", known, read)
	}
}

func TestReadSettings(t *testing.T) {
	write := func(t *testing.T, text string, mode os.FileMode) string {
		name := filepath.Join(t.TempDir(), ".env")
		if err := os.WriteFile(name, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		return name
	}
	t.Run("the environment goes before the file", func(t *testing.T) {
		name := write(t, "DISCORD_TOKEN=fromfile\nINDEX_DIR=/x\n", 0o600)
		s, err := readSettings(func(n string) (string, bool) { return "Bot fromenv", n == "DISCORD_TOKEN" }, name)
		if err != nil || s.token != "fromenv" || s.indexDir != "/x" {
			t.Errorf("readSettings = token %q, indexDir %q, %v", s.token, s.indexDir, err)
		}
	})
	t.Run("a token that all can read", func(t *testing.T) {
		_, err := readSettings(noEnv, write(t, "DISCORD_TOKEN=abc\n", 0o644))
		if err == nil || !strings.Contains(err.Error(), "chmod 600") {
			t.Errorf("readSettings: %v, want a hint to chmod", err)
		}
	})
	t.Run("a system without such modes", func(t *testing.T) {
		if readableByAll(0o666, "windows") || !readableByAll(0o644, "linux") || readableByAll(0o640, "darwin") {
			t.Error("Windows refuses every file, or another system none")
		}
	})
	t.Run("no token to read", func(t *testing.T) {
		if _, err := readSettings(noEnv, write(t, "DISCORD_TOKEN=\nLOG_LEVEL=debug\n", 0o644)); err != nil {
			t.Error(err)
		}
	})
	t.Run("what is wrong does not hide the rest", func(t *testing.T) {
		s, err := readSettings(noEnv, write(t, "DISCORD_TOKEN=abc\nCORPUS_DIR=/x\nLOG_LEVEL=loud\n", 0o644))
		if err == nil || s.corpusDir != "/x" {
			t.Errorf("readSettings = corpusDir %q, %v; want /x and an error", s.corpusDir, err)
		}
	})
	t.Run("an error never shows the token", func(t *testing.T) {
		_, err := readSettings(noEnv, write(t, "DISCORD_TOKEN='secret\n", 0o600))
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("readSettings: %v", err)
		}
	})
	t.Run("not an address", func(t *testing.T) {
		_, err := readSettings(noEnv, write(t, "METRICS_ADDR=here\n", 0o600))
		if err == nil || !strings.Contains(err.Error(), `METRICS_ADDR: "here" is not an address; use a port`) {
			t.Errorf("readSettings: %v", err)
		}
	})
	t.Run("not a level", func(t *testing.T) {
		_, err := readSettings(noEnv, write(t, "LOG_LEVEL=loud\n", 0o600))
		if err == nil || !strings.Contains(err.Error(), "debug, info, warn or error") {
			t.Errorf("readSettings: %v", err)
		}
	})
}
