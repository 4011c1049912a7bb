package main

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestParseEnv reads what people write into a file .env, and what their editors make
// of it.
func TestParseEnv(t *testing.T) {
	const token = "DISCORD_TOKEN"
	tests := []struct {
		name, text string
		want       map[string]string
		problem    string // a part of it
	}{
		{"plain", "DISCORD_TOKEN=abc.def\nINDEX_DIR=/x\n", map[string]string{token: "abc.def", "INDEX_DIR": "/x"}, ""},
		{"no end of line", "DISCORD_TOKEN=abc.def", map[string]string{token: "abc.def"}, ""},
		{"nothing", "", nil, ""},
		{"BOM", "\uFEFFDISCORD_TOKEN=abc.def\n", map[string]string{token: "abc.def"}, ""},
		{"CRLF", "DISCORD_TOKEN=abc.def\r\nINDEX_DIR=/x\r\n", map[string]string{token: "abc.def", "INDEX_DIR": "/x"}, ""},
		{"BOM and CRLF", "\uFEFF# x\r\n\r\nDISCORD_TOKEN=abc.def\r\n", map[string]string{token: "abc.def"}, ""},
		{"CR alone", "DISCORD_TOKEN=abc.def\rINDEX_DIR=/x\r", map[string]string{token: "abc.def", "INDEX_DIR": "/x"}, ""},
		{"export", "export DISCORD_TOKEN=abc.def\nexport\tINDEX_DIR=/x", map[string]string{token: "abc.def", "INDEX_DIR": "/x"}, ""},
		{"a name that begins so", "exported=1", map[string]string{"exported": "1"}, ""},
		{"double quotes", `DISCORD_TOKEN="abc.def"`, map[string]string{token: "abc.def"}, ""},
		{"single quotes", `DISCORD_TOKEN='abc.def'`, map[string]string{token: "abc.def"}, ""},
		{"backquotes", "DISCORD_TOKEN=`abc.def`", map[string]string{token: "abc.def"}, ""},
		{"empty quotes", `DISCORD_TOKEN=""`, map[string]string{token: ""}, ""},
		{"quotes and a comment", `DISCORD_TOKEN="abc.def" # mine`, map[string]string{token: "abc.def"}, ""},
		{"a comment sign in quotes", `CORPUS_DIR="/a # b"`, map[string]string{"CORPUS_DIR": "/a # b"}, ""},
		{"the other quote in quotes", `CORPUS_DIR="/it's"`, map[string]string{"CORPUS_DIR": "/it's"}, ""},
		{"a quote in the middle", `CORPUS_DIR=/it's`, map[string]string{"CORPUS_DIR": "/it's"}, ""},
		{"blanks around", "  DISCORD_TOKEN  =  abc.def  ", map[string]string{token: "abc.def"}, ""},
		{"no-break spaces around", "DISCORD_TOKEN=\u00a0abc.def\u00a0", map[string]string{token: "abc.def"}, ""},
		{"a comment behind", "DISCORD_TOKEN=abc.def # mine", map[string]string{token: "abc.def"}, ""},
		{"a comment after nothing", "DISCORD_GUILD_ID= # my server", map[string]string{"DISCORD_GUILD_ID": ""}, ""},
		{"a comment at once", "DISCORD_GUILD_ID=# my server", map[string]string{"DISCORD_GUILD_ID": ""}, ""},
		{"no comment", "DISCORD_TOKEN=abc#def", map[string]string{token: "abc#def"}, ""},
		{"dollar", "INDEX_DIR=$HOME/${x}", map[string]string{"INDEX_DIR": "$HOME/${x}"}, ""},
		{"dollar in quotes", `INDEX_DIR="$HOME/x"`, map[string]string{"INDEX_DIR": "$HOME/x"}, ""},
		{"tilde", "INDEX_DIR=~/x", map[string]string{"INDEX_DIR": "~/x"}, ""},
		{"backslashes", `CORPUS_DIR="C:\news\table"`, map[string]string{"CORPUS_DIR": `C:\news\table`}, ""},
		{"an equals sign", "INDEX_DIR=/a=b", map[string]string{"INDEX_DIR": "/a=b"}, ""},
		{"as in YAML", "DISCORD_TOKEN: abc.def", map[string]string{token: "abc.def"}, ""},
		{"a colon in a value", "DISCORD_API_URL=http://127.0.0.1:9", map[string]string{"DISCORD_API_URL": "http://127.0.0.1:9"}, ""},
		{"twice", "DISCORD_TOKEN=old\nDISCORD_TOKEN=abc.def", map[string]string{token: "abc.def"}, ""},
		{"comments", "# a\n; b\n   # c\nDISCORD_TOKEN=abc.def", map[string]string{token: "abc.def"}, ""},
		{"another program's", "POSTGRES_PASSWORD=x\nDISCORD_TOKEN=abc.def", map[string]string{"POSTGRES_PASSWORD": "x", token: "abc.def"}, ""},
		{"another program's, and short", "SEED=42\nDISCORD_TOKEN=abc.def", map[string]string{"SEED": "42", token: "abc.def"}, ""},
		{"misspelt and short", "FEED=https://example.org/feed", nil, "FEED: did you mean FEEDS?"},
		{"no equals sign", "# a\nDISCORD_TOKEN=abc.def\n\nthis secret is no line", map[string]string{token: "abc.def"}, "line 4: no = in it"},
		{"misspelt", "DISCORD_TOKN=abc.def", nil, "line 1: DISCORD_TOKN: did you mean DISCORD_TOKEN?"},
		{"a letter twice", "DISCORDD_TOKEN=abc.def", nil, "DISCORDD_TOKEN: did you mean DISCORD_TOKEN?"},
		{"small letters", "discord_token=abc.def", nil, "discord_token: did you mean DISCORD_TOKEN?"},
		{"hyphens", "DISCORD-TOKEN=abc.def", nil, "DISCORD-TOKEN: did you mean DISCORD_TOKEN?"},
		{"a blank in the name", "DISCORD TOKEN=abc.def", nil, "did you mean DISCORD_TOKEN?"},
		{"invisible in the name", "DISCORD_\u200bTOKEN=abc.def", nil, "U+200B"},
		{"a quote without an end", "INDEX_DIR=/x\nDISCORD_TOKEN=\"abc.def", map[string]string{"INDEX_DIR": "/x"}, `line 2: DISCORD_TOKEN: the quote " has no end`},
		{"more after a quote", `DISCORD_TOKEN="abc" def`, nil, "more after the quote"},
		{"UTF-16", "\xff\xfeD\x00I\x00S\x00", nil, "UTF-16"},
		{"NUL", "DISCORD_TOKEN=abc.\x00def", nil, "not a text"},
		{"Latin-1", "CORPUS_DIR=/caf\xe9", nil, "not a text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, problems := parseEnv([]byte(tt.text))
			if !maps.Equal(got, tt.want) {
				t.Errorf("parseEnv(%q) got %q want %q", tt.text, got, tt.want)
			}
			told := strings.Join(problems, "; ")
			if (told == "") != (tt.problem == "") || !strings.Contains(told, tt.problem) {
				t.Errorf("parseEnv(%q) says %q want %q", tt.text, told, tt.problem)
			}
			for _, secret := range []string{"abc", "secret"} {
				if strings.Contains(told, secret) {
					t.Errorf("%q shows a value", told)
				}
			}
		})
	}
}

// TestWrongValues names what is wrong with a value without showing it, wherever it
// comes from.
func TestWrongValues(t *testing.T) {
	tests := []struct{ name, setting, value, want string }{
		{"typographic quotes", "DISCORD_TOKEN", "“abc.def”", "typographic quote (“)"},
		{"low quotes", "DISCORD_TOKEN", "„abc.def“", "typographic quote („)"},
		{"guillemets around a path", "INDEX_DIR", "«/x»", "typographic quote («)"},
		{"a typographic quote behind", "DISCORD_TOKEN", "abc.def’", "a quote (’)"},
		{"zero-width space", "DISCORD_TOKEN", "abc.def\u200b", "U+200B"},
		{"byte order mark in it", "DISCORD_TOKEN", "\ufeffabc.def", "U+FEFF"},
		{"soft hyphen in a path", "CORPUS_DIR", "/a\u00adb", "U+00AD"},
		{"blank", "DISCORD_TOKEN", "abc def", "a blank"},
		{"a letter of another script", "DISCORD_TOKEN", "аbc.def", "U+0430"},
		{"half a quote", "DISCORD_TOKEN", `abc.def"x`, `a quote (")`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), ".env")
			if err := os.WriteFile(file, []byte(tt.setting+"="+tt.value+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			env := func(name string) (string, bool) { return tt.value, name == tt.setting }
			_, fromFile := readSettings(noEnv, file)
			_, fromEnv := readSettings(env, filepath.Join(t.TempDir(), ".env"))
			for where, err := range map[string]error{"file": fromFile, "environment": fromEnv} {
				if err == nil || !strings.Contains(err.Error(), tt.setting+" has") || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "def") {
					t.Errorf("%s: got %v, want something about %s", where, err, tt.want)
				}
			}
		})
	}
	// What docker run --env-file hands on.
	for _, v := range []string{`"abc.def"`, `'abc.def'`, "abc.def\n", "Bot abc.def", `"Bot abc.def"`} {
		s, err := readSettings(func(name string) (string, bool) { return v, name == "DISCORD_TOKEN" }, filepath.Join(t.TempDir(), ".env"))
		if err != nil || s.token != "abc.def" {
			t.Errorf("the environment's %q is read as %q, %v", v, s.token, err)
		}
	}
	dir := t.TempDir()
	if _, err := readSettings(noEnv, dir); err == nil || !strings.Contains(err.Error(), "hint: ") {
		t.Errorf("a folder .env got %v", err)
	}
}
