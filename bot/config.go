package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"runtime"
	"strings"
	"time"

	"dossier/bot/metrics"
)

// envFile is the file of settings, in the directory that the program is started in.
const envFile = ".env"

// settings are what the operator sets, in the environment or in a file .env
// in the directory that the program is started in (env.go). .env.example explains
// each.
type settings struct {
	token     string   // DISCORD_TOKEN
	guildID   string   // DISCORD_GUILD_ID
	apiURL    string   // DISCORD_API_URL
	corpusDir string   // CORPUS_DIR
	include   []string // CORPUS_INCLUDE
	indexDir  string   // INDEX_DIR
	stateDir  string   // STATE_DIR
	logLevel  slog.Level

	metricsAddr string        // METRICS_ADDR, as host:port; empty: none
	feeds       []string      // FEEDS
	every       time.Duration // FEEDS_EVERY
	publish     bool          // FEEDS_PUBLISH
	intranet    bool          // IMPORT_INTRANET
}

// readSettings reads the environment first and then the file, which may be
// missing. With an error it returns what could be read all the same, for
// commands that need no token.
func readSettings(env func(string) (string, bool), file string) (settings, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err != nil {
		err = fmt.Errorf("%w\nhint: make it a file that you can read, with lines of NAME=value as in .env.example", err)
	}
	fromFile, problems := parseEnv(text)
	if len(problems) > 0 {
		err = errors.Join(err, fmt.Errorf("%s: %s\nhint: compare it with .env.example", file, strings.Join(problems, "; ")))
	}
	value := func(name string) string {
		v, ok := env(name)
		if !ok {
			v = fromFile[name]
		} else if v = strings.TrimSpace(v); len(v) > 1 && v[0] == v[len(v)-1] && strings.ContainsRune("\"'`", rune(v[0])) {
			v = v[1 : len(v)-1] // docker run --env-file leaves quotes where they are
		}
		v = strings.TrimSpace(v)
		wrong := wrongIn(v)
		if name == "DISCORD_TOKEN" {
			wrong = wrongInToken(strings.TrimPrefix(v, "Bot "))
		}
		if wrong != "" {
			err = errors.Join(err, fmt.Errorf("%s has %s", name, wrong))
		}
		return v
	}
	s := settings{
		token:     strings.TrimPrefix(value("DISCORD_TOKEN"), "Bot "),
		guildID:   value("DISCORD_GUILD_ID"),
		apiURL:    value("DISCORD_API_URL"),
		corpusDir: value("CORPUS_DIR"),
		include:   list(value("CORPUS_INCLUDE")),
		indexDir:  value("INDEX_DIR"),
		stateDir:  value("STATE_DIR"),
		logLevel:  slog.LevelInfo,
		feeds:     list(value("FEEDS")),
		every:     time.Hour,
	}
	onOff := func(name string) bool {
		switch v := value(name); strings.ToLower(v) {
		case "on", "true", "yes", "1":
			return true
		case "", "off", "false", "no", "0":
		default:
			err = errors.Join(err, fmt.Errorf("%s=%s: neither on nor off\nhint: use on or off", name, v))
		}
		return false
	}
	s.publish, s.intranet = onOff("FEEDS_PUBLISH"), onOff("IMPORT_INTRANET")
	if v := value("FEEDS_EVERY"); v != "" {
		d, parseErr := time.ParseDuration(v)
		if parseErr != nil || d < minEvery {
			err = errors.Join(err, fmt.Errorf("FEEDS_EVERY=%s: not a time of %v or more\nhint: write 30m or 2h", v, minEvery))
		} else {
			s.every = d
		}
	}
	if v := value("METRICS_ADDR"); v != "" {
		var wrong error
		if s.metricsAddr, wrong = metrics.Address(v); wrong != nil {
			err = errors.Join(err, fmt.Errorf("METRICS_ADDR: %w", wrong))
		}
	}
	if v := value("LOG_LEVEL"); v != "" {
		if s.logLevel.UnmarshalText([]byte(v)) != nil {
			err = errors.Join(err, fmt.Errorf("LOG_LEVEL=%s: not a level\nhint: use debug, info, warn or error", v))
		}
	}
	if fromFile["DISCORD_TOKEN"] != "" {
		if info, statErr := os.Stat(file); statErr == nil && readableByAll(info.Mode(), runtime.GOOS) {
			err = errors.Join(err, fmt.Errorf("%s: every user of this machine can read the token in it\nhint: chmod 600 %s", file, file))
		}
	}
	return s, err
}

// minEvery keeps sites from being asked more often than they like.
const minEvery = 10 * time.Minute

func list(v string) []string {
	return strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == ' ' })
}

// readableByAll reports whether every user of the machine can read a file. Windows has no
// such bits; Go makes them up there, and they say nothing.
func readableByAll(mode fs.FileMode, goos string) bool {
	return goos != "windows" && mode.Perm()&0o004 != 0
}

// warn says what is wrong with the settings where a command can do without
// them.
func (p *program) warn() {
	if p.settingsErr != nil {
		fmt.Fprintln(p.stderr, "warning:", p.settingsErr)
	}
}
