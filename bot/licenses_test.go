package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// systems are those that .ci/release builds for; a module may be needed on one alone.
var systems = []string{"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64"}

// A module is a part of the program that others wrote.
type module struct {
	name, version string
	texts         []string // of its licence and notices
}

// TestLicenses holds that licenses.txt has the notices of what is built, no more and
// no less, and that all are of licences that let anybody use and pass on the program.
func TestLicenses(t *testing.T) {
	want := notices(t, modules(t))
	if *update {
		if err := os.WriteFile("licenses.txt", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if licenses == want {
		return
	}
	have := strings.Split(licenses, "\n")
	for line := range strings.Lines(want) {
		if line = strings.TrimSuffix(line, "\n"); !slices.Contains(have, line) {
			t.Errorf("bot/licenses.txt lacks %q", line)
			break
		}
	}
	t.Error("bot/licenses.txt is not what the program is made of\nrun: go test ./bot -run TestLicenses -update")
}

// modules returns the modules that the program is built from on any system.
func modules(t *testing.T) []module {
	t.Helper()
	found := make(map[string]module)
	for _, system := range systems {
		goos, goarch, _ := strings.Cut(system, "/")
		cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-json=Dir,Module", ".")
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+goos, "GOARCH="+goarch)
		var said strings.Builder
		cmd.Stderr = &said
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s: %v\n%s", cmd, err, said.String())
		}
		for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
			var p struct {
				Dir    string
				Module *struct {
					Path, Version, Dir string
					Main               bool
				}
			}
			if err := dec.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			if p.Module == nil || p.Module.Main { // the standard library, or this one
				continue
			}
			m := found[p.Module.Path]
			m.name, m.version = p.Module.Path, p.Module.Version
			for _, text := range textsOf(t, p.Dir, p.Module.Dir) {
				if !slices.Contains(m.texts, text) {
					m.texts = append(m.texts, text)
				}
			}
			found[m.name] = m
		}
	}
	return slices.SortedFunc(maps.Values(found), func(a, b module) int { return strings.Compare(a.name, b.name) })
}

// notice matches the names of files that must be passed on.
var notice = regexp.MustCompile(`(?i)^(licen[sc]e|copying|notice)`)

// textsOf returns the notices that a package's directory and those above it have,
// down from its module's.
func textsOf(t *testing.T, dir, root string) (texts []string) {
	t.Helper()
	if dir != root {
		texts = textsOf(t, filepath.Dir(dir), root)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !e.IsDir() && notice.MatchString(e.Name()) && !strings.HasSuffix(e.Name(), ".go") {
			texts = append(texts, readText(t, filepath.Join(dir, e.Name())))
		}
	}
	return texts
}

// readText reads a file, the same whatever ends its lines.
func readText(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var s strings.Builder
	for line := range strings.Lines(string(b)) {
		s.WriteString(strings.TrimRight(line, " \t\r\n\f") + "\n")
	}
	return strings.Trim(s.String(), "\n") + "\n"
}

// known tells licences by words that no other has, without commas.
var known = []struct{ name, words string }{
	{"Apache-2.0", "Apache License Version 2.0"},
	{"MPL-2.0", "Mozilla Public License version 2.0"},
	{"BSD-3-Clause", "may be used to endorse or promote products"},
	{"BSD-2-Clause", "Redistributions in binary form must reproduce"},
	{"MIT", "Permission is hereby granted free of charge to any person obtaining a copy"},
	{"ISC", "Permission to use copy modify and/or distribute this software"},
}

// licencesOf returns the names of the licences in texts. A text may hold several; one
// that holds none that is known is a notice, which goes with a licence beside it.
func licencesOf(texts []string) []string {
	var names []string
	for _, text := range texts {
		text = strings.ReplaceAll(strings.Join(strings.Fields(text), " "), ",", "")
		for _, l := range known {
			if strings.Contains(text, l.words) && !slices.Contains(names, l.name) &&
				!(l.name == "BSD-2-Clause" && slices.Contains(names, "BSD-3-Clause")) {
				names = append(names, l.name)
			}
		}
	}
	return names
}

// notices returns what licenses.txt has to say of these modules.
func notices(t *testing.T, mods []module) string {
	t.Helper()
	var list strings.Builder
	var texts []string              // each once, in order
	owners := map[string][]string{} // by text
	add := func(name string, of ...string) {
		for _, text := range of {
			if owners[text] == nil {
				texts = append(texts, text)
			}
			owners[text] = append(owners[text], name)
		}
	}
	for _, m := range mods {
		licences := licencesOf(m.texts)
		if len(licences) == 0 {
			t.Errorf("%s %s has no licence that is known here: read it, and name it in known or do without the module", m.name, m.version)
		}
		fmt.Fprintf(&list, "%s %s (%s)\n", m.name, m.version, strings.Join(licences, ", "))
		add(m.name, m.texts...)
		if m.name == "golang.org/x/sys" { // whose text is Go's own, which not every installation of Go has
			add("Go, its standard library and runtime", m.texts...)
		}
	}
	add("all-MiniLM-L6-v2 and BERT's word list (see above)", readText(t, "../index/LICENSE"))

	rule := strings.Repeat("=", 72) + "\n"
	var s strings.Builder
	s.WriteString("Dossier is under this licence, but for what is named below it:\n\n" + readText(t, "../LICENSE"))
	s.WriteString("\n" + rule + "\n" + readText(t, "../index/NOTICE"))
	s.WriteString("\n" + rule + "\nThe program is built with Go (BSD-3-Clause) and these modules. The name of a\n" +
		"module is the address where its source can be had. The texts of all licences follow.\n\n" + list.String())
	for _, text := range texts {
		s.WriteString("\n" + rule + "\n" + strings.Join(owners[text], "\n") + "\n\n" + text)
	}
	return s.String()
}

// TestTrainingNotices holds that index/NOTICE names all that the networks were
// trained on, with its licence.
func TestTrainingNotices(t *testing.T) {
	b, err := os.ReadFile("../index/train/manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Public map[string]struct{ Licence, Published string }
	}
	if err := json.Unmarshal(b, &manifest); err != nil {
		t.Fatal(err)
	}
	// A set is a paragraph: its name, a colon, who made it; address; licence.
	licence := make(map[string]string)
	for p := range strings.SplitSeq(readText(t, "../index/NOTICE"), "\n\n") {
		if name, rest, ok := strings.Cut(strings.Join(strings.Fields(p), " "), ": "); ok && strings.Contains(rest, "https://") {
			licence[name] = rest
		}
	}
	for id, set := range manifest.Public {
		found := false
		for name, rest := range licence {
			if strings.HasPrefix(set.Published, name) {
				found = true
				for l := range strings.SplitSeq(set.Licence, ", articles ") {
					if !strings.Contains(rest, l) {
						t.Errorf("index/NOTICE does not say that %s is under %s", name, l)
					}
				}
			}
		}
		if !found {
			t.Errorf("index/NOTICE does not name %s (%s)", id, set.Published)
		}
	}
	if len(manifest.Public) < 10 {
		t.Errorf("the manifest names only %d sets", len(manifest.Public))
	}
}
