package main

import (
	"os"
	"regexp"
	"slices"
	"strconv"
	"testing"
)

// TestService: the unit sets settings that there are, and knows the exit code after
// which another start is of no use. .ci/unit has systemd look at the rest.
func TestService(t *testing.T) {
	unit, err := os.ReadFile("dossier.service")
	if err != nil {
		t.Fatal(err)
	}
	var set []string
	for _, m := range regexp.MustCompile(`(?m)^ExecStart=.*$`).FindAllString(string(unit), -1) {
		for _, name := range regexp.MustCompile(` ([A-Z_]+)=`).FindAllStringSubmatch(m, -1) {
			set = append(set, name[1])
			if !slices.Contains(settingNames, name[1]) {
				t.Errorf("there is no setting %s", name[1])
			}
		}
	}
	if !slices.Contains(set, "STATE_DIR") || !slices.Contains(set, "INDEX_DIR") {
		t.Errorf("it sets %v; without STATE_DIR and INDEX_DIR a user without a home keeps nothing", set)
	}
	m := regexp.MustCompile(`(?m)^RestartPreventExitStatus=(.*)$`).FindStringSubmatch(string(unit))
	if m == nil || m[1] != strconv.Itoa(exitFinal) {
		t.Errorf("it does not start again after %v, want %d", m, exitFinal)
	}
	if exitFinal == 1 || exitFinal == 2 {
		t.Errorf("%d is also the exit code of other errors or of a panic", exitFinal)
	}
}
