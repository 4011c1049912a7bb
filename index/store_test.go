package index

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"dossier/corpus"
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
	articles, _ := corpus.Load(corpus.Builtin())
	articles = articles[:3]
	answers := func(dir string) (all []Answer) {
		ix, err := New(t.Context(), articles, Options{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		defer ix.Close()
		<-ix.Ready()
		for _, a := range articles {
			all = append(all, ask(t, ix, Query{Text: a.Questions[0], MinConfidence: always}))
		}
		return all
	}
	sound := t.TempDir()
	want := answers(sound)
	for _, a := range want {
		if len(a.Quotes) == 0 {
			t.Fatalf("the sound index does not answer %q", a.Question)
		}
	}
	ix, err := New(t.Context(), articles, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()

	rng := rand.New(rand.NewSource(1))
	dir := t.TempDir()
	path := filepath.Join(dir, ix.version)
	for n := range 200 {
		os.RemoveAll(dir)
		if err := os.CopyFS(dir, os.DirFS(sound)); err != nil {
			t.Fatal(err)
		}
		what := damage(t, rng, path)
		if r, err := openVerified(path, ix.version, ix.documents()); err == nil {
			r.close()
			t.Errorf("damage %d (%s) is not noticed", n, what)
		}
		if diff := cmp.Diff(want, answers(dir)); diff != "" {
			t.Errorf("damage %d (%s) changes answers (-want +got):\n%s", n, what, diff)
		}
		if r, err := openVerified(path, ix.version, ix.documents()); err != nil {
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
	version := fingerprint(docs)
	others := make([]document, len(docs))
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
	index := func(docs []document) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			os.RemoveAll(path)
			if err := write(t.Context(), path, t.TempDir(), docs); err != nil {
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
			r, err := openOrBuild(t.Context(), dir, version, docs, quiet)
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

// TestMain lets the test's own binary be another process.
func TestMain(m *testing.M) {
	if work, ok := children[os.Getenv("TEST_CHILD")]; ok {
		work(os.Getenv("TEST_CHILD_DIR"))
		return
	}
	os.Exit(m.Run())
}

// children are what another process may do with a directory. None outlives
// its standard input.
var children = map[string]func(dir string){
	"build": childBuild,
	"share": childShare,
	"ask":   childAsk,
}

// child prepares such a process. What it prints can be read from out.
func child(t *testing.T, work, dir string, command ...string) (cmd *exec.Cmd, in io.WriteCloser, out *bufio.Reader) {
	t.Helper()
	command = append(command, os.Args[0])
	cmd = exec.CommandContext(t.Context(), command[0], command[1:]...)
	cmd.Env = append(os.Environ(), "TEST_CHILD="+work, "TEST_CHILD_DIR="+dir)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	return cmd, in, bufio.NewReader(stdout)
}

// readLine reads a line that a child prints.
func readLine(t *testing.T, out *bufio.Reader) string {
	t.Helper()
	line, err := out.ReadString('\n')
	if err != nil {
		t.Fatalf("the other process printed %q and ended: %v", line, err)
	}
	return strings.TrimSpace(line)
}

// manyDocuments are so many that they are written in two batches.
const manyDocuments = 3000

// stopsAt is a context that stops a build at the n-th time it asks whether to
// go on, which it does before each document and before the rename.
type stopsAt struct {
	context.Context
	n int
}

func (c *stopsAt) Err() error {
	if c.n--; c.n < 0 {
		fmt.Println("stopped")
		io.Copy(io.Discard, os.Stdin)
	}
	return nil
}

func childBuild(dir string) {
	n, _ := strconv.Atoi(os.Getenv("TEST_CHILD_STOP"))
	docs := someDocuments(manyDocuments)
	_, err := openOrBuild(&stopsAt{context.Background(), n}, dir, fingerprint(docs), docs, quiet)
	fmt.Println("built", err)
}

// TestKill kills builds in the middle. What they leave is never taken for an
// index, the next start builds it, and a later one cleans up.
func TestKill(t *testing.T) {
	docs := someDocuments(manyDocuments)
	version := fingerprint(docs)
	dir := t.TempDir()
	left := func() []string {
		names, err := filepath.Glob(filepath.Join(dir, buildPrefix+"*"))
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	stops := []int{0, manyDocuments / 3, manyDocuments - 1, manyDocuments}
	for i, stop := range stops {
		cmd, _, out := child(t, "build", dir)
		cmd.Env = append(cmd.Env, fmt.Sprint("TEST_CHILD_STOP=", stop))
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if got := readLine(t, out); got != "stopped" {
			t.Fatalf("the build to be killed at %d printed %q", stop, got)
		}
		cmd.Process.Kill()
		cmd.Wait()
		if got := len(left()); got != i+1 {
			t.Errorf("%d killed builds left %d directories", i+1, got)
		}
		if _, err := os.Stat(filepath.Join(dir, version)); !errors.Is(err, fs.ErrNotExist) {
			t.Fatalf("a build killed at %d left an index: %v", stop, err)
		}
	}
	r, err := openOrBuild(t.Context(), dir, version, docs, quiet)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"number0", "number1500", "number2999"} {
		if hits := r.ask(t, word); len(hits) != 1 {
			t.Errorf("search(%q) = %v, want one document", word, hits)
		}
	}
	r.close()
	if got := len(left()); got != len(stops) {
		t.Errorf("%d builds are left, want the %d young ones", got, len(stops))
	}
	for _, name := range left() {
		long := time.Now().Add(-2 * staleBuild)
		if err := os.Chtimes(name, long, long); err != nil {
			t.Fatal(err)
		}
	}
	if r, err = openOrBuild(t.Context(), dir, version, docs, quiet); err != nil {
		t.Fatal(err)
	}
	r.close()
	if len(left()) > 0 {
		t.Errorf("after an hour there is still %v", left())
	}
}

// sharedDocuments are what processes that share an index have.
const sharedDocuments = 30

func childShare(dir string) {
	docs := someDocuments(sharedDocuments)
	r, err := openOrBuild(context.Background(), dir, fingerprint(docs), docs, quiet)
	if err != nil {
		fmt.Println(err)
		return
	}
	for range 2 {
		hits, err := r.search(context.Background(), []weighted{{term.Stem("part3"), 1}}, filter{}, 10)
		fmt.Println(hits, err)
		io.Copy(io.Discard, os.Stdin)
	}
}

// TestShared lets two processes build one index at once and keep it open,
// while a third opens it and other articles are indexed in the same place.
func TestShared(t *testing.T) {
	dir := t.TempDir()
	var cmds []*exec.Cmd
	var ins []io.Closer
	var outs []*bufio.Reader
	for range 2 {
		cmd, in, out := child(t, "share", dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		cmds, ins, outs = append(cmds, cmd), append(ins, in), append(outs, out)
	}
	got := []string{readLine(t, outs[0]), readLine(t, outs[1])}

	var versions []string
	for _, n := range []int{sharedDocuments, sharedDocuments + 1} {
		docs := someDocuments(n)
		r, err := openOrBuild(t.Context(), dir, fingerprint(docs), docs, quiet)
		if err != nil {
			t.Fatal(err)
		}
		defer r.close()
		if n == sharedDocuments {
			got = append(got, fmt.Sprint(r.ask(t, "part3"), nil))
		}
		versions = append(versions, fingerprint(docs))
	}
	for i := range cmds {
		ins[i].Close()
		got = append(got, readLine(t, outs[i]))
		if err := cmds[i].Wait(); err != nil {
			t.Error(err)
		}
	}
	for i := range got {
		if got[i] != got[0] || strings.Count(got[i], "{") != 4 {
			t.Errorf("the processes found different documents:\n%s", strings.Join(got, "\n"))
			break
		}
	}
	slices.Sort(versions)
	if diff := cmp.Diff(versions, namesIn(t, dir)); diff != "" {
		t.Errorf("indexes in the directory (-want +got):\n%s", diff)
	}
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
			version := fingerprint(docs)
			if i < 2 && round%2 == 0 {
				if err := os.MkdirAll(filepath.Join(dir, version, "store"), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			wg.Go(func() {
				r, err := openOrBuild(t.Context(), dir, version, docs, quiet)
				if err != nil {
					t.Error(err)
					return
				}
				defer r.close()
				hits, err := r.search(t.Context(), []weighted{{term.Stem("number7"), 1}}, filter{}, 10)
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
	dir := filepath.Join(t.TempDir(), fingerprint(docs))
	if err := build(t.Context(), filepath.Dir(dir), dir, filepath.Base(dir), docs); err != nil {
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

// skull makes an index of one sentence.
func skull(dir string, log io.Writer) (*Index, error) {
	articles, _ := corpus.Load(fstest.MapFS{"a.txt": {Data: []byte("The red skull was found by Ada Byron.")}})
	return New(context.Background(), articles, Options{Dir: dir, Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelWarn}))})
}

func childAsk(dir string) {
	ix, err := skull(dir, os.Stdout)
	if err != nil {
		fmt.Println(err)
		return
	}
	<-ix.Ready()
	a, err := ix.Ask(context.Background(), Query{Text: "who found the red skull?", MinConfidence: always})
	fmt.Println(len(a.Quotes), "quotes", err)
	ix.Close()
}

const inMemory = "cannot keep the index on disk"

// TestIndexOnFullDisk: where no file can be written, the index is in memory.
func TestIndexOnFullDisk(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("needs a shell to limit the size of files")
	}
	for _, blocks := range []int{0, 1, 100} {
		dir := t.TempDir()
		cmd, _, out := child(t, "ask", dir, "sh", "-c", fmt.Sprintf(`ulimit -f %d; exec "$0"`, blocks))
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(out)
		if err := errors.Join(err, cmd.Wait()); err != nil {
			t.Errorf("files of %d blocks: %v", blocks, err)
		}
		if got := string(b); !strings.Contains(got, inMemory) || !strings.Contains(got, "file too large") || !strings.Contains(got, "1 quotes <nil>") {
			t.Errorf("files of %d blocks:\n%s\nwant a warning that says why, and a quote", blocks, got)
		}
		if got := namesIn(t, dir); len(got) > 0 {
			t.Errorf("files of %d blocks: left %v", blocks, got)
		}
	}
}

// TestIndexDir: a directory that cannot be written to does not stop the bot,
// one that cannot be made is a wrong setting.
func TestIndexDir(t *testing.T) {
	shut := t.TempDir()
	if err := os.Chmod(shut, 0o500); err != nil {
		t.Fatal(err)
	}
	if os.Getuid() == 0 {
		shut = "/proc/self" // where not even root may make a file
	}
	if f, err := os.CreateTemp(shut, ""); err == nil {
		f.Close()
		os.Remove(f.Name())
		t.Skip(shut, "can be written to")
	}
	var log strings.Builder
	ix, err := skull(shut, &log)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	for _, want := range []string{inMemory, "there is none yet", "cannot be built"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log says %q, want %q", log.String(), want)
		}
	}
	<-ix.Ready()
	if a := ask(t, ix, Query{Text: "who found the red skull?", MinConfidence: always}); len(a.Quotes) != 1 {
		t.Errorf("Ask = %+v, want one quote", a)
	}

	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if ix, err := skull(file, &log); err == nil {
		ix.Close()
		t.Error("New with a file for a directory: no error")
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
	for name, by := range map[string]time.Duration{"build-photos": 2 * unused, buildPrefix + "old": 2 * staleBuild, buildPrefix + "young": 0} {
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
	removeOld(dir, current, quiet)
	want := []string{buildPrefix + "young", used, "1111111111111111", "build-photos", current, "photos", "vectors.bin"}
	if diff := cmp.Diff(want, namesIn(t, dir)); diff != "" {
		t.Errorf("left after removeOld (-want +got):\n%s", diff)
	}
}

// TestIndexUsed: an index that is opened is not forgotten.
func TestIndexUsed(t *testing.T) {
	dir := t.TempDir()
	docs := someDocuments(3)
	name := filepath.Join(dir, fingerprint(docs), manifestName)
	for range 2 {
		r, err := openOrBuild(t.Context(), dir, fingerprint(docs), docs, quiet)
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
		names = append(names, e.Name())
	}
	return names
}
