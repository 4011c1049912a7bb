package retrieve

import (
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dossier/index/text"
)

var quiet = slog.New(slog.DiscardHandler)

// unseen is progress that nobody looks at.
func unseen(int, int) {}

// someDocuments returns n documents, each with a word that no other has.
func someDocuments(n int) []Document {
	docs := make([]Document, n)
	for i := range docs {
		docs[i] = Document{Text: fmt.Sprintf("The studio lost film number%d in the hack of part%d.", i, i%7), Date: "2014-12-02", Source: []string{"variety"}}
	}
	return docs
}

// ask returns the hits for one word.
func (r *wordIndex) ask(t *testing.T, word string) []int {
	t.Helper()
	hits, err := r.search(t.Context(), []string{text.Stem(word)}, Filter{}, 10)
	if err != nil {
		t.Fatalf("search(%q): %v", word, err)
	}
	return hits
}

// TestBuildAtOnce builds two indexes many times at once, where an unsound one
// may stand in the way. Each build ends with what it built.
func TestBuildAtOnce(t *testing.T) {
	for round := range 10 {
		dir := t.TempDir()
		var wg sync.WaitGroup
		for i := range 8 {
			n := 30 + i%2
			docs := someDocuments(n)
			version := Version(docs)
			if i < 2 && round%2 == 0 {
				if err := os.MkdirAll(filepath.Join(dir, version, "store"), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			wg.Go(func() {
				r, err := open(t.Context(), dir, version, docs, quiet, unseen)
				if err != nil {
					t.Error(err)
					return
				}
				defer r.close()
				hits, err := r.search(t.Context(), []string{text.Stem("number7")}, Filter{}, 10)
				if err != nil || len(hits) != 1 {
					t.Errorf("search = %v, %v; want one document", hits, err)
				}
			})
		}
		wg.Wait()
		if got := namesIn(t, dir); len(got) != 2 {
			t.Errorf("left in the directory: %v, want two indexes", got)
		}
	}
}

// TestBuildForAll: what one user has built, every user may read.
func TestBuildForAll(t *testing.T) {
	docs := someDocuments(3)
	dir := filepath.Join(t.TempDir(), Version(docs))
	if err := build(t.Context(), filepath.Dir(dir), dir, filepath.Base(dir), docs, unseen); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		want := fs.FileMode(0o644)
		if d.IsDir() {
			want = 0o755
		}
		if info.Mode().Perm() != want && runtime.GOOS != "windows" {
			t.Errorf("%s has mode %v, want %v", path, info.Mode().Perm(), want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestRemoveOld leaves alone what is not an index of ours, and what is used.
func TestRemoveOld(t *testing.T) {
	const current, used, forgotten = "fedcba9876543210", "00000000000000aa", "0123456789abcdef"
	dir := t.TempDir()
	age := func(name string, by time.Duration) {
		then := time.Now().Add(-by)
		if err := os.Chtimes(filepath.Join(dir, name), then, then); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"photos", current, used, forgotten} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name, manifestName), nil, 0o644); err != nil {
			t.Fatal(err)
		}
		age(name+"/"+manifestName, 2*unused)
		age(name, 2*unused)
	}
	age(used+"/"+manifestName, unused/2)
	for name, by := range map[string]time.Duration{"build-photos": 2 * unused, buildPrefix + "killed": 0} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
		age(name, by)
	}
	for _, name := range []string{"vectors.bin", "1111111111111111"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
		age(name, 2*unused)
	}
	expect := func(when string, want ...string) {
		t.Helper()
		removeOld(dir, current, quiet)
		if diff := cmp.Diff(want, namesIn(t, dir)); diff != "" {
			t.Errorf("left after removeOld, %s (-want +got):\n%s", when, diff)
		}
	}
	unlock, err := lock(t.Context(), dir, lockWait)
	if err != nil {
		t.Fatal(err)
	}
	expect("while somebody builds", buildPrefix+"killed", used, "1111111111111111", "build-photos", current, "photos", "vectors.bin")
	unlock()
	expect("while nobody does", used, "1111111111111111", "build-photos", current, "photos", "vectors.bin")
}

// TestIndexUsed: an index that is opened is not forgotten.
func TestIndexUsed(t *testing.T) {
	dir := t.TempDir()
	docs := someDocuments(3)
	name := filepath.Join(dir, Version(docs), manifestName)
	for range 2 {
		r, err := open(t.Context(), dir, Version(docs), docs, quiet, unseen)
		if err != nil {
			t.Fatal(err)
		}
		r.close()
		if untouched(name, unused) {
			t.Error("an index that was just opened is taken for a forgotten one")
		}
		then := time.Now().Add(-2 * unused)
		if err := os.Chtimes(name, then, then); err != nil {
			t.Fatal(err)
		}
	}
}

// namesIn returns the names in a directory in order.
func namesIn(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != lockName { // which is empty, and stays
			names = append(names, e.Name())
		}
	}
	return names
}
