package index

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"dossier/corpus"
)

// skull makes an index of one sentence.
func skull(dir string, log io.Writer) (*Index, error) {
	articles, _ := corpus.Load(fstest.MapFS{"a.txt": {Data: []byte("The red skull was found by Ada Byron.")}})
	return New(context.Background(), articles, Options{Dir: dir, Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelWarn}))})
}

const inMemory = "cannot keep the index on disk"

// TestIndexOnFullDisk: where no file can be written, the index is in memory.
func TestIndexOnFullDisk(t *testing.T) {
	if dir := os.Getenv("FULL_DISK"); dir != "" { // this is the process that may not write
		ix, err := skull(dir, os.Stdout)
		if err != nil {
			t.Fatal(err)
		}
		defer ix.Close()
		<-ix.Ready()
		fmt.Println(len(ask(t, ix, Query{Text: "who found the red skull?", MinConfidence: always}).Quotes), "quotes")
		return
	}
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("needs a shell to limit the size of files")
	}
	for _, blocks := range []int{0, 1, 100} {
		dir := t.TempDir()
		cmd := exec.CommandContext(t.Context(), "sh", "-c", fmt.Sprintf(`ulimit -f %d; exec "$0" -test.run "^$1\$"`, blocks), os.Args[0], t.Name())
		cmd.Env = append(os.Environ(), "FULL_DISK="+dir)
		b, err := cmd.CombinedOutput()
		if err != nil {
			t.Errorf("files of %d blocks: %v", blocks, err)
		}
		if got := string(b); !strings.Contains(got, inMemory) || !strings.Contains(got, "file too large") || !strings.Contains(got, "1 quotes") {
			t.Errorf("files of %d blocks:\n%s\nwant a warning that says why, and a quote", blocks, got)
		}
		if got, err := filepath.Glob(filepath.Join(dir, "[^.]*")); err != nil || len(got) > 0 {
			t.Errorf("files of %d blocks: left %v, %v", blocks, got, err)
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

// TestSpoiledWhileOpen spoils every file of an index that is open: the answers stay,
// and the next start builds it again and says so, once.
func TestSpoiledWhileOpen(t *testing.T) {
	for name, spoil := range map[string]func(f *os.File) error{
		"cut off": func(f *os.File) error { return f.Truncate(0) },
		"written over": func(f *os.File) error {
			info, err := f.Stat()
			if err == nil {
				_, err = f.WriteAt(bytes.Repeat([]byte("garbage"), int(info.Size()/7)+1), 0)
			}
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			open := func() (*Index, *strings.Builder) {
				log := new(strings.Builder)
				ix, err := New(t.Context(), pictures, Options{Dir: dir, Log: slog.New(slog.NewTextHandler(log, nil))})
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { ix.Close() })
				<-ix.Ready()
				return ix, log
			}
			check := func(ix *Index, when string) {
				t.Helper()
				for _, q := range []Query{
					{Text: "who found the red skull?"},
					{Text: "which museum bought the blue kettle?"},
					{Text: "who found the skull?", From: "2001-01-01", Source: "The Harbour Post"},
				} {
					q.MinConfidence = always
					if a := ask(t, ix, q); len(a.Quotes) == 0 {
						t.Errorf("%s %q has no answer", when, q.Text)
					}
				}
			}
			ix, _ := open()
			spoiled := 0
			err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				f, err := os.OpenFile(path, os.O_RDWR, 0)
				if err != nil {
					return err
				}
				defer f.Close()
				spoiled++
				return spoil(f)
			})
			if err != nil || spoiled < 4 {
				t.Fatalf("%d files spoiled, %v", spoiled, err)
			}
			check(ix, "after it")
			again, log := open()
			check(again, "after another start")
			if n := strings.Count(log.String(), "building the index"); n != 1 || !strings.Contains(log.String(), "damaged") && !strings.Contains(log.String(), "manifest") {
				t.Errorf("the log says %s", log)
			}
		})
	}
}

// pictures are two articles.
var pictures, _ = corpus.Load(fstest.MapFS{
	"a.md": {Data: []byte("---\ntitle: The skull\ndate: 2001-02-03\n---\n\nThe red skull was found by Ada Byron.[^1]\n\n[^1]: The Harbour Post, \"Skull found\", 2001-02-03\n")},
	"b.md": {Data: []byte("---\ntitle: The kettle\ndate: 2001-02-04\n---\n\nThe museum of Port Elm bought the blue kettle.[^1]\n\n[^1]: The Harbour Post, \"Kettle sold\", 2001-02-04\n")},
})
