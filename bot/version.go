package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"dossier/index"
)

// A version says which program runs. All of it is in the binary already: the go
// command writes the commit there where it builds from a clone, and the weights are
// their own name.
type version struct {
	name    string // of the release, or the one that the go command makes of the commit
	commit  string // in full; empty: built without version control
	date    string // of the commit, 2006-01-02
	changed bool   // files were changed after the commit
	goes    string // Go's version and the system
	weights string // SHA-256, in hexadecimal
}

// thisVersion returns the version of the program that runs.
func thisVersion() version {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{GoVersion: runtime.Version()}
	}
	return versionOf(info, index.WeightsSHA256())
}

func versionOf(info *debug.BuildInfo, weights string) version {
	v := version{name: info.Main.Version, goes: info.GoVersion + " " + runtime.GOOS + "/" + runtime.GOARCH, weights: weights}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			v.commit = s.Value
		case "vcs.time":
			if t, err := time.Parse(time.RFC3339, s.Value); err == nil {
				v.date = t.UTC().Format(time.DateOnly)
			}
		case "vcs.modified":
			v.changed = s.Value == "true"
		}
	}
	return v
}

// noCommit is said where the go command knew of no commit: go run, or a copy of the
// files without .git.
const noCommit = "built without version control"

// short is how much of a hash is shown where there is little room.
const short = 12

// String is the version in a line.
func (v version) String() string {
	return fmt.Sprintf("Dossier %s, %s, weights %.*s", v.source(), v.goes, short, v.weights)
}

// source says what it was built from.
func (v version) source() string {
	if v.commit == "" {
		return noCommit
	}
	s := fmt.Sprintf("%.*s", short, v.commit)
	if v.released() {
		s = v.name + ", " + s
	}
	if v.date != "" {
		s += " of " + v.date
	}
	if v.changed {
		s += ", with changes"
	}
	return s
}

// released reports whether the version is a release: the go command names other
// commits for their date and hash, v0.0.0-20060102150405-0123456789ab, and says
// (devel) of none.
func (v version) released() bool {
	return strings.HasPrefix(v.name, "v") && !strings.ContainsAny(v.name, "-+")
}

// text is the version in full, one thing a line.
func (v version) text() string {
	name, commit := "none, as this is no release", cmp.Or(v.commit, "unknown: "+noCommit)
	if v.released() {
		name = v.name
	}
	if v.changed {
		commit += ", with changes"
	}
	return strings.Join([]string{
		"version  " + name,
		"commit   " + commit,
		"date     " + cmp.Or(v.date, "unknown: "+noCommit),
		"go       " + v.goes,
		"weights  " + v.weights,
	}, "\n")
}

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run(p *program) error {
	_, err := fmt.Fprintln(p.stdout, thisVersion().text())
	return err
}

// A versionFlag is the same as the command, for those who look for it there.
type versionFlag bool

// BeforeReset is called by kong, before it looks at what else there is.
func (versionFlag) BeforeReset(k *kong.Kong) error {
	fmt.Fprintln(k.Stdout, thisVersion().text())
	k.Exit(0)
	return nil
}
