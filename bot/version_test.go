package main

import (
	"runtime/debug"
	"strings"
	"testing"
)

func TestVersion(t *testing.T) {
	const weights = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
	const commit = "0123456789abcdef0123456789abcdef01234567"
	vcs := func(modified string) []debug.BuildSetting {
		return []debug.BuildSetting{{Key: "vcs.revision", Value: commit}, {Key: "vcs.time", Value: "2031-05-06T23:08:09Z"}, {Key: "vcs.modified", Value: modified}}
	}
	tests := []struct {
		name, version string
		settings      []debug.BuildSetting
		line          string
		text          []string
	}{
		{
			"release", "v1.2.3", vcs("false"),
			"Dossier v1.2.3, 0123456789ab of 2031-05-06, go1.99 ",
			[]string{"version  v1.2.3\n", "commit   " + commit + "\n", "date     2031-05-06\n", "go       go1.99 ", "weights  " + weights},
		},
		{
			"commit", "v0.0.0-20310506230809-0123456789ab+dirty", vcs("true"),
			"Dossier 0123456789ab of 2031-05-06, with changes, go1.99 ",
			[]string{"version  none, as this is no release\n", "commit   " + commit + ", with changes\n"},
		},
		{
			"go run", "(devel)", nil,
			"Dossier built without version control, go1.99 ",
			[]string{"commit   unknown: built without version control\n", "date     unknown: built without version control\n"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := versionOf(&debug.BuildInfo{GoVersion: "go1.99", Main: debug.Module{Version: tt.version}, Settings: tt.settings}, weights)
			if got := v.String(); !strings.HasPrefix(got, tt.line) || !strings.HasSuffix(got, ", weights 001122334455") {
				t.Errorf("String() got %q want %q and the weights", got, tt.line)
			}
			for _, want := range tt.text {
				if !strings.Contains(v.text()+"\n", want) {
					t.Errorf("text() got %q, lacks %q", v.text(), want)
				}
			}
		})
	}
}
