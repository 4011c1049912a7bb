package index

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dossier/index/rank"
	"dossier/index/term"
)

var quiet = slog.New(slog.DiscardHandler)

// someDocuments returns n documents, each with a word that no other has.
func someDocuments(n int) []document {
	docs := make([]document, n)
	for i := range docs {
		docs[i] = document{Text: fmt.Sprintf("The studio lost film number%d in the hack of part%d.", i, i%7), Date: "2014-12-02", Source: []string{"variety"}}
	}
	return docs
}

// ask returns the hits for one word.
func (r *retriever) ask(t *testing.T, word string) []rank.Hit {
	t.Helper()
	hits, err := r.search(t.Context(), []weighted{{term.Stem(word), 1}}, filter{}, 10)
	if err != nil {
		t.Fatalf("search(%q): %v", word, err)
	}
	return hits
}

// TestDamage damages an index on disk in 200 ways. Each must be noticed, and
// answers afterwards be those of a sound index.
func TestDamage(t *testing.T) {
	docs := someDocuments(30)
	version := fingerprint(docs)
	sound := t.TempDir()
	r, err := openOrBuild(t.Context(), sound, version, docs, quiet)
	if err != nil {
		t.Fatal(err)
	}
	want := r.ask(t, "part3")
	if len(want) < 4 {
		t.Fatalf("the sound index finds %v", want)
	}
	r.close()

	rng := rand.New(rand.NewSource(1))
	dir := t.TempDir()
	for n := range 200 {
		os.RemoveAll(dir)
		if err := os.CopyFS(dir, os.DirFS(sound)); err != nil {
			t.Fatal(err)
		}
		what := damage(t, rng, filepath.Join(dir, version))
		if r, err := openVerified(filepath.Join(dir, version), version, docs); err == nil {
			r.close()
			t.Errorf("damage %d (%s) is not noticed", n, what)
		}
		r, err := openOrBuild(t.Context(), dir, version, docs, quiet)
		if err != nil {
			t.Fatalf("damage %d (%s): %v", n, what, err)
		}
		if diff := cmp.Diff(want, r.ask(t, "part3")); diff != "" {
			t.Errorf("damage %d (%s) changes answers (-want +got):\n%s", n, what, diff)
		}
		r.close()
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

// TestMain lets the test's own binary be the process that is killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv("TEST_BUILD_DIR"); dir != "" {
		docs := someDocuments(3000)
		_, err := openOrBuild(context.Background(), dir, fingerprint(docs), docs, quiet)
		fmt.Println("built", err)
		return
	}
	os.Exit(m.Run())
}

// TestKill kills builds in the middle. What they leave is never taken for an
// index, and the next start builds it.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("builds an index in other processes")
	}
	docs := someDocuments(3000)
	version := fingerprint(docs)
	dir := t.TempDir()
	build := func(killAfter time.Duration) (out string) {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "TEST_BUILD_DIR="+dir)
		var b strings.Builder
		cmd.Stdout = &b
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(killAfter, func() { cmd.Process.Kill() })
		cmd.Wait()
		return b.String()
	}
	for i := range 8 {
		if strings.HasPrefix(build(time.Duration(20+25*i)*time.Millisecond), "built <nil>") {
			break // too fast to be killed
		}
		if r, err := openVerified(filepath.Join(dir, version), version, docs); err == nil {
			hits := r.ask(t, "number2999")
			r.close()
			if len(hits) != 1 {
				t.Fatalf("a killed build left an index without its last document: %v", hits)
			}
			break // killed after its work was done
		}
	}
	r, err := openOrBuild(t.Context(), dir, version, docs, quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer r.close()
	for _, word := range []string{"number0", "number1500", "number2999"} {
		if hits := r.ask(t, word); len(hits) != 1 {
			t.Errorf("search(%q) = %v, want one document", word, hits)
		}
	}
}

// TestShared opens one index twice at once, and a third time while other
// articles are indexed in the same place.
func TestShared(t *testing.T) {
	docs := someDocuments(30)
	dir := t.TempDir()
	a, err := openOrBuild(t.Context(), dir, fingerprint(docs), docs, quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	b, err := openOrBuild(t.Context(), dir, fingerprint(docs), docs, quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	more := someDocuments(31)
	c, err := openOrBuild(t.Context(), dir, fingerprint(more), more, quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	for name, r := range map[string]*retriever{"first": a, "second": b, "third": c} {
		if hits := r.ask(t, "number7"); len(hits) != 1 {
			t.Errorf("%s: search = %v, want one document", name, hits)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, fingerprint(docs))); !os.IsNotExist(err) {
		t.Errorf("the index of the old articles is still there: %v", err)
	}
}

// TestRemoveOthers leaves alone what is not an index of ours.
func TestRemoveOthers(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"photos", "0123456789abcdef", "fedcba9876543210", "build-1", "build-2"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"photos", "0123456789abcdef", "fedcba9876543210"} {
		if err := os.WriteFile(filepath.Join(dir, name, manifestName), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	long := time.Now().Add(-2 * staleBuild)
	if err := os.Chtimes(filepath.Join(dir, "build-1"), long, long); err != nil {
		t.Fatal(err)
	}
	removeOthers(dir, "fedcba9876543210", quiet)
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, e := range entries {
		left = append(left, e.Name())
	}
	if diff := cmp.Diff([]string{"build-2", "fedcba9876543210", "photos"}, left); diff != "" {
		t.Errorf("left after removeOthers (-want +got):\n%s", diff)
	}
}
