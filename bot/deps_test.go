package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// mayImport says which packages of the module each part may import. The
// arrows point one way: bot -> bot/discord -> index -> corpus.
var mayImport = map[string][]string{
	"bot":         {"dossier/bot/discord", "dossier/index", "dossier/corpus"},
	"bot/discord": {"dossier/index"},
	"index":       {"dossier/corpus", "dossier/index"},
	"corpus":      {},
}

// onlyIn says which libraries only one part knows.
var onlyIn = map[string]string{
	"github.com/blevesearch/bleve":   "index",
	"github.com/bwmarrin/discordgo":  "bot/discord",
	"github.com/yuin/goldmark":       "corpus",
	"github.com/peterh/liner":        "bot",
	"github.com/alecthomas/kong":     "bot",
	"github.com/gorilla/websocket":   "bot/discord",
	"github.com/santhosh-tekuri/jso": "bot/discord",
}

// part returns the part of the tree that a package directory belongs to.
func part(dir string) string {
	best := ""
	for p := range mayImport {
		if (dir == p || strings.HasPrefix(dir, p+"/")) && len(p) > len(best) {
			best = p
		}
	}
	return best
}

func under(p string, allowed []string) bool {
	for _, a := range allowed {
		if p == a || strings.HasPrefix(p, a+"/") {
			return true
		}
	}
	return false
}

// TestImports holds every package, tests included, to the arrows.
func TestImports(t *testing.T) {
	checked := 0
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && d.Name() != ".." {
			return filepath.SkipDir
		}
		if d.IsDir() || path.Ext(name) != ".go" {
			return nil
		}
		rel, err := filepath.Rel("..", filepath.Dir(name))
		if err != nil {
			return err
		}
		from := part(filepath.ToSlash(rel))
		if from == "" {
			t.Errorf("%s is in no known part of the tree", name)
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		checked++
		for _, spec := range f.Imports {
			p, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			own := under(p, []string{"dossier/" + from})
			if strings.HasPrefix(p, "dossier/") && !own && !under(p, mayImport[from]) {
				t.Errorf("%s imports %s; %s may import only %v", name, p, from, mayImport[from])
			}
			for lib, home := range onlyIn {
				if strings.HasPrefix(p, lib) && from != home {
					t.Errorf("%s imports %s, which only %s may know", name, p, home)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if checked < 20 {
		t.Errorf("checked %d files; the walk has lost its way", checked)
	}
}
