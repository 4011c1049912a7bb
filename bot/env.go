package main

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A file .env is read here and not by a library: those expand $ and backslashes,
// which a token or a path may have in it, and their errors show the line.

// settingNames are the settings that there are.
var settingNames = []string{
	"DISCORD_TOKEN", "DISCORD_GUILD_ID", "DISCORD_API_URL", "CORPUS_DIR", "CORPUS_INCLUDE", "INDEX_DIR", "STATE_DIR", "LOG_LEVEL",
	"METRICS_ADDR",
	"FEEDS", "FEEDS_EVERY", "FEEDS_PUBLISH", "IMPORT_INTRANET",
}

// parseEnv reads lines of NAME=value. What is wrong with a line does not hide the
// others; a problem names the line by its number and shows nothing of a value.
func parseEnv(text []byte) (values map[string]string, problems []string) {
	values = map[string]string{}
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	switch {
	case bytes.HasPrefix(text, []byte("\xff\xfe")), bytes.HasPrefix(text, []byte("\xfe\xff")):
		return values, []string{"it is written in UTF-16; save it as UTF-8"}
	case bytes.IndexByte(text, 0) >= 0, !utf8.Valid(text):
		return values, []string{"it is not a text in UTF-8"}
	}
	for n, line := range strings.Split(lineEnds.Replace(string(text)), "\n") {
		name, value, problem := parseLine(line)
		switch {
		case problem != "":
			problems = append(problems, fmt.Sprintf("line %d: %s", n+1, problem))
		case name != "":
			values[name] = value
		}
	}
	return values, problems
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// parseLine reads one line. name is empty where it sets nothing.
func parseLine(line string) (name, value, problem string) {
	line = strings.TrimSpace(line)
	if line == "" || line[0] == '#' || line[0] == ';' {
		return "", "", ""
	}
	if rest, ok := strings.CutPrefix(line, "export"); ok && rest != strings.TrimSpace(rest) {
		line = strings.TrimSpace(rest)
	}
	name, value, ok := strings.Cut(line, "=")
	if before, after, colon := strings.Cut(line, ":"); colon && isSetting(strings.TrimSpace(before)) {
		name, value, ok = before, after, true // as in YAML
	}
	if !ok {
		return "", "", "no = in it"
	}
	name = strings.TrimSpace(name)
	if hidden := hiddenIn(name); hidden != "" {
		return "", "", "the name has " + hidden + " in it; write it anew"
	}
	if !isSetting(name) {
		if near := nearest(name); near != "" {
			return "", "", fmt.Sprintf("%s: did you mean %s?", name, near)
		}
	}
	value, problem = unquote(strings.TrimSpace(value))
	if problem != "" {
		return "", "", name + ": " + problem
	}
	return name, value, ""
}

// unquote takes the value out of its quotes, or what stands before a comment. What
// is in it stays as it stands: $, ~ and backslashes mean nothing.
func unquote(s string) (value, problem string) {
	if s == "" || s[0] == '#' {
		return "", ""
	}
	if strings.ContainsRune("\"'`", rune(s[0])) {
		value, rest, ok := strings.Cut(s[1:], s[:1])
		rest = strings.TrimSpace(rest)
		switch {
		case !ok:
			return "", "the quote " + s[:1] + " has no end"
		case rest != "" && rest[0] != '#':
			return "", "there is more after the quote's end"
		}
		return strings.TrimSpace(value), ""
	}
	for i := 1; i < len(s); i++ {
		if s[i] == '#' && (s[i-1] == ' ' || s[i-1] == '\t') {
			s = s[:i]
			break
		}
	}
	return strings.TrimSpace(s), ""
}

// wrongIn says what a value has in it that nobody typed on purpose, or "".
func wrongIn(value string) string {
	if hidden := hiddenIn(value); hidden != "" {
		return hidden + " in it; type it anew, or copy it once more"
	}
	if r, _ := utf8.DecodeRuneInString(value); strings.ContainsRune("“”„‟‘’‚‛«»‹›″′", r) {
		return fmt.Sprintf("a typographic quote (%c) before it; write plain ones, or none", r)
	}
	return ""
}

// wrongInToken says what a token has in it that no token has, or "".
func wrongInToken(token string) string {
	if wrong := wrongIn(token); wrong != "" {
		return wrong
	}
	for _, r := range token {
		switch {
		case unicode.IsSpace(r):
			return "a blank in it; copy it once more"
		case r == '\'' || r == '"' || r == '`' || unicode.In(r, unicode.Pi, unicode.Pf):
			return fmt.Sprintf("a quote (%c) in it; copy it once more", r)
		case r > unicode.MaxASCII || !unicode.IsPrint(r):
			return fmt.Sprintf("a character that no token has (U+%04X) in it; copy it once more", r)
		}
	}
	return ""
}

// hiddenIn names a character of a text that nobody sees, or "".
func hiddenIn(s string) string {
	for _, r := range s {
		if unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Cc, r) {
			return fmt.Sprintf("an invisible character (U+%04X)", r)
		}
	}
	return ""
}

func isSetting(name string) bool {
	for _, s := range settingNames {
		if s == name {
			return true
		}
	}
	return false
}

// nearest is the setting that a name was meant to be, or "": one with at most two
// other letters, and with one where it is so short that two make another word of it.
func nearest(name string) string {
	plain := strings.NewReplacer("-", "_", " ", "_", ".", "_")
	for _, s := range settingNames {
		if edits(plain.Replace(strings.ToUpper(name)), s) <= min(2, len(s)/4) {
			return s
		}
	}
	return ""
}

// edits is how many letters one has to change, add or leave away to make a of b.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			next := min(row[j], row[j+1]) + 1
			if a[i] == b[j] {
				next = min(next, corner)
			} else {
				next = min(next, corner+1)
			}
			corner, row[j+1] = row[j+1], next
		}
	}
	return row[len(b)]
}
