package imports

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFileName(t *testing.T) {
	for _, tt := range []struct {
		a    Article
		want string
	}{
		{Article{Title: "Fire at the depot!", Date: "2020-02-03"}, "2020-02-03-fire-at-the-depot"},
		{Article{Title: "It’s open: “now”"}, "its-open-now"},
		{Article{Title: "../../etc/passwd"}, "etc-passwd"},
		{Article{Title: "倉庫の火事", Date: "2020"}, "2020-倉庫の火事"},
		{Article{Title: "??", Date: "2020-02"}, "2020-02-article"},
		{Article{}, "article"},
		{Article{Title: strings.Repeat("long ", 50)}, strings.TrimSuffix(strings.Repeat("long-", 16), "-")},
	} {
		if got := fileName(tt.a); got != tt.want {
			t.Errorf("fileName(%q, %q) = %q, want %q", tt.a.Title, tt.a.Date, got, tt.want)
		}
	}
}

func TestFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	f, err := OpenFolder(t.Context(), dir, "", false)
	if err != nil {
		t.Fatal(err)
	}
	put := func(f *Folder, a Article) string {
		file, _, err := f.Put(t.Context(), a)
		return file + errText(err)
	}
	for _, tt := range []struct {
		a    Article
		want string
	}{
		{Article{Title: "Fire", URL: "https://www.a.example/fire/?utm_source=x", Body: "It burnt."}, "fire.md"},
		{Article{Title: "Fire", Body: "It burnt again."}, "fire-2.md"},
		{Article{Title: "Blaze", URL: "http://a.example/fire", Body: "It burnt once more."}, "is there already, with the same address: Fire"},
		{Article{Title: "Flames", Body: "It  burnt\nagain."}, "is there already, with the same text: Fire"},
		{Article{Title: "Nothing", Body: " \n"}, "has no text"},
		{Article{Title: "A: “b”\x1b[31m\n---\nc", Author: "'x': #y", Body: "Text."}, "a-b-31m-c.md"},
	} {
		if got := put(f, tt.a); got != tt.want {
			t.Errorf("Put(%q) = %q, want %q", tt.a.Title, got, tt.want)
		}
	}
	if diff := cmp.Diff([]string{"a-b-31m-c.md", "fire-2.md", "fire.md"}, filesBelow(t, dir)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}

	// Another run knows what is there, in incoming too.
	if err := os.MkdirAll(filepath.Join(dir, Incoming), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(dir, "fire.md"), filepath.Join(dir, Incoming, "fire.md")); err != nil {
		t.Fatal(err)
	}
	if f, err = OpenFolder(t.Context(), dir, Incoming, false); err != nil {
		t.Fatal(err)
	}
	if title, ok := f.Has("https://a.example/fire"); !ok || title != "Fire" {
		t.Errorf("Has = %q, %v; want Fire", title, ok)
	}

	// A directory that goes while articles come.
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	_, _, err = f.Put(t.Context(), Article{Title: "Late", Body: "Too late."})
	if fe := (*FolderError)(nil); !errors.As(err, &fe) || !strings.Contains(err.Error(), "\nhint: ") {
		t.Errorf("Put into no directory: %v, want a FolderError with a hint", err)
	}
}
