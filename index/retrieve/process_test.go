package retrieve

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dossier/index/text"
)

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
}

// child prepares such a process. What it prints can be read from out.
func child(t *testing.T, work, dir string) (cmd *exec.Cmd, in io.WriteCloser, out *bufio.Reader) {
	t.Helper()
	cmd = exec.CommandContext(t.Context(), os.Args[0])
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
	_, err := open(&stopsAt{context.Background(), n}, dir, Version(docs), docs, quiet, unseen)
	fmt.Println("built", err)
}

// TestKill kills builds in the middle. What they leave is never taken for an
// index, and the next start removes it and builds the index.
func TestKill(t *testing.T) {
	docs := someDocuments(manyDocuments)
	version := Version(docs)
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
		if got := len(left()); got != 1 {
			t.Errorf("%d killed builds left %d directories, want that of the last one", i+1, got)
		}
		if _, err := os.Stat(filepath.Join(dir, version)); !errors.Is(err, fs.ErrNotExist) {
			t.Fatalf("a build killed at %d left an index: %v", stop, err)
		}
	}
	r, err := open(t.Context(), dir, version, docs, quiet, unseen)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"number0", "number1500", "number2999"} {
		if hits := r.ask(t, word); len(hits) != 1 {
			t.Errorf("search(%q) = %v, want one document", word, hits)
		}
	}
	r.close()
	if got := left(); len(got) > 0 {
		t.Errorf("after the next start there is still %v", got)
	}
}

// sharedDocuments are what processes that share an index have.
const sharedDocuments = 30

func childShare(dir string) {
	docs := someDocuments(sharedDocuments)
	r, err := open(context.Background(), dir, Version(docs), docs, quiet, unseen)
	if err != nil {
		fmt.Println(err)
		return
	}
	for range 2 {
		hits, err := r.search(context.Background(), []string{text.Stem("part3")}, Filter{}, 10)
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
		r, err := open(t.Context(), dir, Version(docs), docs, quiet, unseen)
		if err != nil {
			t.Fatal(err)
		}
		defer r.close()
		if n == sharedDocuments {
			got = append(got, fmt.Sprint(r.ask(t, "part3"), nil))
		}
		versions = append(versions, Version(docs))
	}
	for i := range cmds {
		ins[i].Close()
		got = append(got, readLine(t, outs[i]))
		if err := cmds[i].Wait(); err != nil {
			t.Error(err)
		}
	}
	for i := range got {
		if got[i] != got[0] || len(strings.Fields(strings.Trim(got[i], "[]"))) != 5 {
			t.Errorf("the processes found different documents:\n%s", strings.Join(got, "\n"))
			break
		}
	}
	slices.Sort(versions)
	if diff := cmp.Diff(versions, namesIn(t, dir)); diff != "" {
		t.Errorf("indexes in the directory (-want +got):\n%s", diff)
	}
}
