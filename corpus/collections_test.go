package corpus

import (
	"flag"
	"fmt"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// markupLeft is what no reader of a page sees.
var markupLeft = regexp.MustCompile(`HIDDEN|\{[{%:#.!<]|[}%]\}|\[\[|\]\]|!!!|:::|%%|==|\]\(|<[A-Za-z/!]|&(?:#\d+|[a-z]+);|\[!|\*\*|'''|\[\^|__|\{\||^\s*[-*•>#|] |:warning:|\^\w+$`)

// TestCollections reads collections of files as they are kept by ten kinds of
// tools: every file is read, what it says is clean, and nothing that its author
// has hidden comes out. HIDDEN stands wherever that is.
//
//	go test ./corpus -run TestCollections -update
func TestCollections(t *testing.T) {
	const dir = "testdata/collections"
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	collections := 0
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		collections++
		t.Run(e.Name(), func(t *testing.T) {
			c, err := Read(t.Context(), os.DirFS(path.Join(dir, e.Name())), Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range c.Refused {
				t.Errorf("refused %s", p)
			}
			if len(c.Articles) < 5 {
				t.Errorf("%d articles, want 5 or more", len(c.Articles))
			}
			var b strings.Builder
			for i := range c.Articles {
				a := &c.Articles[i]
				fmt.Fprintf(&b, "# %s | %s | %s | %s | %s | %s\n", a.Slug, a.Title, a.Date, a.Outlet, a.Author, a.URL)
				for _, p := range a.Passages {
					for _, s := range p.Sentences {
						fmt.Fprintf(&b, "%s> %s", p.Heading, strings.ReplaceAll(s.Text, "\n", "⏎"))
						for _, src := range slices.Concat(s.Sources, s.Links) {
							fmt.Fprintf(&b, " {%s}", strings.Trim(strings.Join([]string{src.Name, src.Title, src.Date, src.URL}, ", "), ", "))
						}
						b.WriteByte('\n')
						if m := markupLeft.FindString(s.Text + "\x00" + p.Heading); m != "" {
							t.Errorf("%s: %q in %q below %q", a.Slug, m, s.Text, p.Heading)
						}
					}
				}
			}
			for _, p := range c.Notes {
				fmt.Fprintf(&b, "note %s\n", p)
			}
			for _, p := range c.LeftOut {
				fmt.Fprintf(&b, "left out %s\n", p)
			}
			golden := path.Join(dir, e.Name()+".golden")
			if *update {
				if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), b.String()); diff != "" {
				t.Errorf("mismatch (-want +got):\n%s", diff)
			}
		})
	}
	if collections < 10 {
		t.Errorf("%d collections, want ten", collections)
	}
}
