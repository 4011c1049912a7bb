package index

import (
	"bytes"
	"os"
	"testing"
)

// TestBuiltinVectors keeps builtin.vec complete: a vector for every sentence and
// known question of the built-in articles, by the network in the binary.
func TestBuiltinVectors(t *testing.T) {
	ix := builtin(t)
	want := ix.retriever.Vectors()
	if *update {
		if err := os.WriteFile("builtin.vec", want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(want, builtinVectors) {
		t.Errorf("builtin.vec is not that of the articles and the network\nrun: go test ./index -run TestBuiltinVectors -update")
	}
}
