package retrieve

import (
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dossier/corpus"
	"dossier/index/text"
)

// TestDamage damages an index on disk in 200 ways. Each must be noticed, and
// what is found afterwards be what a sound index finds.
func TestDamage(t *testing.T) {
	articles, _ := corpus.Load(corpus.Builtin())
	c := NewCorpus(articles[:3])
	docs := c.Documents()
	version := Version(docs)
	find := func(dir string) (all [][]int) {
		r, err := open(t.Context(), dir, version, docs, quiet, unseen)
		if err != nil {
			t.Fatal(err)
		}
		defer r.close()
		for _, a := range c.Articles {
			hits, err := r.search(t.Context(), c.rarest(text.Stems(a.Questions[0])), Filter{}, 50)
			if err != nil || len(hits) == 0 {
				t.Fatalf("search(%q) = %v, %v; want some", a.Questions[0], hits, err)
			}
			all = append(all, hits)
		}
		return all
	}
	sound := t.TempDir()
	want := find(sound)

	rng := rand.New(rand.NewSource(1))
	dir := t.TempDir()
	path := filepath.Join(dir, version)
	for n := range 200 {
		os.RemoveAll(dir)
		if err := os.CopyFS(dir, os.DirFS(sound)); err != nil {
			t.Fatal(err)
		}
		what := damage(t, rng, path)
		if r, err := openVerified(path, version, docs); err == nil {
			r.close()
			t.Errorf("damage %d (%s) is not noticed", n, what)
		}
		if diff := cmp.Diff(want, find(dir)); diff != "" {
			t.Errorf("damage %d (%s) changes what is found (-want +got):\n%s", n, what, diff)
		}
		if r, err := openVerified(path, version, docs); err != nil {
			t.Errorf("damage %d (%s) is not mended: %v", n, what, err)
		} else {
			r.close()
		}
	}
}

// TestUnsound opens what is not the index it says, though every check sum is
// right.
func TestUnsound(t *testing.T) {
	docs := someDocuments(30)
	version := Version(docs)
	others := make([]Document, len(docs))
	for i := range others {
		others[i].Text = fmt.Sprintf("Lemur%d arrived.", i)
	}
	file := func(pattern string, change func([]byte) []byte) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			names, err := filepath.Glob(filepath.Join(path, pattern))
			if err != nil || len(names) != 1 {
				t.Fatalf("%s: %v, %v; want one file", pattern, names, err)
			}
			b, err := os.ReadFile(names[0])
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(names[0], change(b), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	index := func(docs []Document) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			os.RemoveAll(path)
			if err := write(t.Context(), path, t.TempDir(), docs, unseen); err != nil {
				t.Fatal(err)
			}
		}
	}
	nothing := func([]byte) []byte { return nil }
	zeros := func(b []byte) []byte { clear(b); return b }
	tests := []struct {
		name string
		make func(t *testing.T, path string)
	}{
		{"without its last document", index(docs[:29])},
		{"of other documents", index(others)},
		{"no description", file("index_meta.json", nothing)},
		{"no root", file("store/root.bolt", nothing)},
		{"a root of zeros", file("store/root.bolt", zeros)},
		{"a segment of zeros", file("store/*.zap", zeros)},
		{"no segment", file("store/*.zap", nothing)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, version)
			index(docs)(t, path)
			tt.make(t, path)
			files, err := sums(path)
			if err != nil {
				t.Fatal(err)
			}
			m, _ := manifest{version, len(docs), files}.encode()
			if err := os.WriteFile(filepath.Join(path, manifestName), m, 0o644); err != nil {
				t.Fatal(err)
			}
			if r, err := openVerified(path, version, docs); err == nil {
				r.close()
				t.Error("it is taken for the index")
			}
			r, err := open(t.Context(), dir, version, docs, quiet, unseen)
			if err != nil {
				t.Fatal(err)
			}
			defer r.close()
			if hits := r.ask(t, "number29"); len(hits) != 1 {
				t.Errorf("search = %v, want one document", hits)
			}
		})
	}
}

// damage changes one file below dir and says how.
func damage(t *testing.T, rng *rand.Rand, dir string) string {
	var files []string
	filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	})
	name := files[rng.Intn(len(files))]
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	what := ""
	switch rng.Intn(5) {
	case 0:
		i := rng.Intn(len(b))
		b[i] ^= 1 << rng.Intn(8)
		what = fmt.Sprintf("a bit of byte %d flipped", i)
	case 1:
		b = b[:rng.Intn(len(b))]
		what = fmt.Sprintf("cut to %d bytes", len(b))
	case 2:
		b = append(b, 0)
		what = "a byte added"
	case 3:
		i := rng.Intn(len(b))
		j := min(i+512, len(b))
		if strings.Trim(string(b[i:j]), "\x00") == "" {
			b[i] = 1
		}
		clear(b[i+1 : j])
		b[i] ^= 0xff
		what = fmt.Sprintf("bytes %d to %d zeroed", i, j)
	case 4:
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		return filepath.Base(name) + ": removed"
	}
	if err := os.WriteFile(name, b, 0o644); err != nil {
		t.Fatal(err)
	}
	return filepath.Base(name) + ": " + what
}
