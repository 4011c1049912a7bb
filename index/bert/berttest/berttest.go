// Package berttest gives tests of other packages the weights of the product.
package berttest

import (
	"os"
	"testing"

	"dossier/index/bert"
)

// Open opens the weights in file and their tokenizer, or ends the test.
func Open(t testing.TB, file string) (*bert.Weights, *bert.Tokenizer) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	w, err := bert.Open(b)
	if err != nil {
		t.Fatal(err)
	}
	tok, err := bert.NewTokenizer(w.Vocab())
	if err != nil {
		t.Fatal(err)
	}
	return w, tok
}
