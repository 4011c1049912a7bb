package index

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// TestManifest holds that the weights in the tree are those that the manifest of
// the training names, and so are the questions that they were made from.
func TestManifest(t *testing.T) {
	b, err := os.ReadFile("train/manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Weights struct{ File, SHA256 string }
		Own     map[string]string
	}
	if err := json.Unmarshal(b, &manifest); err != nil {
		t.Fatal(err)
	}
	same := func(name, want string) {
		t.Helper()
		b, err := os.ReadFile(name)
		if err != nil {
			t.Error(err)
			return
		}
		if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != want {
			t.Errorf("%s is not what index/train/manifest.json names; after a training run index/train/manifest.py", name)
		}
	}
	same(manifest.Weights.File, manifest.Weights.SHA256)
	if got := WeightsSHA256(); got != manifest.Weights.SHA256 {
		t.Errorf("the weights in the binary are %s, index/train/manifest.json names %s", got, manifest.Weights.SHA256)
	}
	for name, want := range manifest.Own {
		same(filepath.Join("testdata", name), want)
	}
	if len(manifest.Own) < 10 {
		t.Errorf("the manifest names only %d files", len(manifest.Own))
	}
}
