package store

import (
	"os"
	"path/filepath"
	"testing"
)

// TestReplace writes a file twice: the second text stands there, only its owner can
// read it, and nothing is left beside it.
func TestReplace(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "state")
	for _, text := range []string{"a longer text", "short"} {
		if err := Replace(file, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != text {
			t.Errorf("after Replace(%q) the file has %q, %v", text, got, err)
		}
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %v, %v", info.Mode(), err)
	}
	if err := Replace(filepath.Join(dir, "none", "state"), nil); err == nil {
		t.Error("Replace in a folder that is not there got no error")
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("in the folder there is %v", left)
	}
}
