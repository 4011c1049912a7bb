package corpus

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"
)

// shut is a file system in which some files and folders cannot be read.
type shut struct {
	fstest.MapFS
	names []string
}

var errShut = errors.New("input/output error")

func (s shut) ReadFile(name string) ([]byte, error) {
	if slices.Contains(s.names, name) {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errShut}
	}
	return s.MapFS.ReadFile(name)
}

func (s shut) ReadDir(name string) ([]fs.DirEntry, error) {
	if slices.Contains(s.names, name) {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: errShut}
	}
	return s.MapFS.ReadDir(name)
}

const firstPage = `<mediawiki><page><title>The quay</title><revision><text>The quay burnt.</text></revision></page>`

const oldExport = firstPage + `<page><title>The mole</title><revision><text>The mole stood.</text></revision></page></mediawiki>`

// TestReadKeeps: a file that breaks stays as it was when it could last be read, one
// that is gone does not.
func TestReadKeeps(t *testing.T) {
	good := fstest.MapFS{
		"a.md": file("The ferry sank.\n\n<!-- a comment without an end"), "b.txt": file("The mast broke."),
		"logs/c.md": file("The crew swam."), "logs/d.md": file("The buoy held."), "w.xml": file(oldExport),
	}
	tests := []struct {
		name   string
		change func(files fstest.MapFS) (cannot []string)
		want   []string // the articles
		kept   []string // files that are named
	}{
		{"nothing", func(fstest.MapFS) []string { return nil }, []string{"a", "b", "logs-c", "logs-d", "the-quay", "the-mole"}, nil},
		{"emptied", func(f fstest.MapFS) []string { f["a.md"] = file(""); return nil }, []string{"a", "b", "logs-c", "logs-d", "the-quay", "the-mole"}, []string{"a.md"}},
		{"not text", func(f fstest.MapFS) []string { f["b.txt"] = file("\x00\x01"); return nil }, []string{"a", "b", "logs-c", "logs-d", "the-quay", "the-mole"}, []string{"b.txt"}},
		{"cannot be read", func(fstest.MapFS) []string { return []string{"a.md", "logs/d.md"} }, []string{"a", "b", "logs-c", "logs-d", "the-quay", "the-mole"}, []string{"a.md", "logs/d.md"}},
		{"a folder cannot be read", func(fstest.MapFS) []string { return []string{"logs"} }, []string{"a", "b", "logs-c", "logs-d", "the-quay", "the-mole"}, []string{"logs"}},
		{"an export is cut off", func(f fstest.MapFS) []string { f["w.xml"] = file(oldExport[:len(firstPage)+30]); return nil }, []string{"a", "b", "logs-c", "logs-d", "the-quay", "the-mole"}, []string{"w.xml"}},
		{"gone", func(f fstest.MapFS) []string { delete(f, "a.md"); delete(f, "logs/c.md"); return nil }, []string{"b", "logs-d", "the-quay", "the-mole"}, nil},
		{"gone, with the folder", func(f fstest.MapFS) []string { delete(f, "logs/d.md"); delete(f, "logs/c.md"); return nil }, []string{"a", "b", "the-quay", "the-mole"}, nil},
		{"a draft again", func(f fstest.MapFS) []string { f["a.md"] = file("---\ndraft: true\n---\nThe ferry."); return nil }, []string{"b", "logs-c", "logs-d", "the-quay", "the-mole"}, nil},
		{"a page is gone", func(f fstest.MapFS) []string { f["w.xml"] = file(firstPage + "</mediawiki>"); return nil }, []string{"a", "b", "logs-c", "logs-d", "the-quay"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := Read(t.Context(), good, Options{})
			if err != nil || len(c.Articles) != 6 {
				t.Fatalf("Read: %d articles, %v", len(c.Articles), err)
			}
			files := fstest.MapFS{}
			for name, f := range good {
				files[name] = f
			}
			fsys := shut{files, tt.change(files)}
			for range 2 { // also when it was broken before
				if c, err = Read(t.Context(), fsys, Options{Before: c}); err != nil {
					t.Fatal(err)
				}
				var slugs, kept []string
				for _, a := range c.Articles {
					slugs = append(slugs, a.Slug)
				}
				for _, p := range c.Kept {
					kept = append(kept, p.File)
				}
				if !slices.Equal(slugs, tt.want) || !slices.Equal(kept, tt.kept) {
					t.Errorf("Read: %v, kept %v; want %v, %v", slugs, kept, tt.want, tt.kept)
				}
			}
		})
	}
}

// TestReadKeepsNoLink: a link whose file is gone is no file that breaks.
func TestReadKeepsNoLink(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"a.txt": "The ferry sank.", "elsewhere": "The mast broke."} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("elsewhere", filepath.Join(dir, "b.txt")); err != nil {
		t.Skip(err)
	}
	before, err := Read(t.Context(), os.DirFS(dir), Options{})
	if err != nil || len(before.Articles) != 2 {
		t.Fatalf("Read: %d articles, %v", len(before.Articles), err)
	}
	if err := os.Remove(filepath.Join(dir, "elsewhere")); err != nil {
		t.Fatal(err)
	}
	if c, err := Read(t.Context(), os.DirFS(dir), Options{Before: before}); err != nil || len(c.Articles) != 1 || len(c.Kept) > 0 {
		t.Errorf("Read: %d articles, kept %v, %v; want the one that is there", len(c.Articles), c.Kept, err)
	}
}
