package main

import (
	_ "embed"
	"fmt"
)

// licenses are the notices of all that the program is made of. Written by:
// go test ./bot -run TestLicenses -update
//
//go:embed licenses.txt
var licenses string

type licensesCmd struct{}

// Run prints the notices.
func (licensesCmd) Run(p *program) error {
	_, err := fmt.Fprint(p.stdout, licenses)
	return err
}
