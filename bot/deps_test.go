package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport says which packages of the module each part may import, besides
// its own. The arrows point one way: bot -> bot/discord -> index -> corpus,
// and bot -> corpus/imports -> corpus;
// within bot/discord, discord -> message and gateway, which do not know each
// other; and within index, index -> retrieve
// and reader -> bert and text.
var mayImport = map[string][]string{
	"bot": {"dossier/bot/discord", "dossier/bot/discord/discordtest", "dossier/bot/discord/message", "dossier/bot/metrics", "dossier/index", "dossier/corpus", "dossier/corpus/imports"},
	"bot/discord": {
		"dossier/bot/discord/discordtest", "dossier/bot/discord/gateway", "dossier/bot/discord/message", "dossier/bot/discord/message/messagetest",
		"dossier/bot/discord/store", "dossier/index",
	},
	"bot/discord/discordtest": {},
	"bot/discord/gateway":     {"dossier/bot/discord/discordtest", "dossier/bot/discord/store"},
	"bot/discord/message":     {"dossier/index"},
	"bot/discord/store":       {},
	"bot/metrics":             {},
	"index":                   {"dossier/corpus", "dossier/index/bert", "dossier/index/conversation", "dossier/index/reader", "dossier/index/retrieve", "dossier/index/text"},
	"index/bert":              {},
	"index/conversation":      {},
	"index/reader":            {"dossier/index/bert", "dossier/index/bert/berttest"},
	"index/retrieve":          {"dossier/corpus", "dossier/index/bert", "dossier/index/bert/berttest", "dossier/index/text"},
	"index/text":              {},
	"index/train":             {"dossier/corpus", "dossier/index", "dossier/index/bert"},
	"corpus":                  {},
	"corpus/imports":          {"dossier/corpus", "dossier/corpus/markup"},
}

// onlyIn says which parts know a library.
var onlyIn = map[string][]string{
	"github.com/blevesearch/bleve":        {"index/retrieve"},
	"github.com/blevesearch/snowballstem": {"index/text"},
	"github.com/gofrs/flock":              {"index/retrieve"},
	"github.com/bwmarrin/discordgo":       {"bot/discord", "bot/discord/gateway"},
	"github.com/gorilla/websocket":        {"bot/discord/discordtest", "bot/discord/gateway"},
	"github.com/santhosh-tekuri/jso":      {"bot/discord/discordtest"},
	"github.com/yuin/goldmark":            {"corpus"},
	"go.yaml.in/yaml":                     {"corpus", "corpus/imports"},
	"github.com/BurntSushi/toml":          {"corpus"},
	"golang.org/x/net/html":               {"corpus", "corpus/imports"},
	"codeberg.org/readeck/go-readability": {"corpus/imports"},
	"github.com/klippa-app/go-pdfium":     {"corpus/imports"},
	"github.com/mmcdole/gofeed":           {"corpus/imports"},
	"github.com/temoto/robotstxt":         {"corpus/imports"},
	"github.com/tetratelabs/wazero":       {"corpus/imports"},
	"github.com/alecthomas/kong":          {"bot"},
	"github.com/prometheus/":              {"bot/metrics"},
}

// pure are parts that read and write nothing and do not know what time it is:
// none of their files but tests may import these.
var (
	pure   = []string{"bot/discord/message"}
	impure = []string{"bufio", "context", "io", "io/fs", "log", "log/slog", "net", "net/http", "os", "os/exec", "sync", "syscall"}
)

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

// owns reports whether a package is of this part.
func owns(from, p string) bool {
	rel, ok := strings.CutPrefix(p, "dossier/")
	return ok && part(rel) == from
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
			if strings.HasPrefix(p, "dossier/") && !owns(from, p) && !slices.Contains(mayImport[from], p) {
				t.Errorf("%s imports %s; %s may import only %v", name, p, from, mayImport[from])
			}
			if slices.Contains(pure, from) && slices.Contains(impure, p) && !strings.HasSuffix(name, "_test.go") {
				t.Errorf("%s imports %s, but %s is pure", name, p, from)
			}
			for lib, homes := range onlyIn {
				if strings.HasPrefix(p, lib) && !slices.Contains(homes, from) {
					t.Errorf("%s imports %s, which only %v may know", name, p, homes)
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

// TestMethods keeps each type of bot/discord small enough to be one thing.
func TestMethods(t *testing.T) {
	const most = 15
	files, err := filepath.Glob("discord/*.go")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	methods := map[string]int{} // by the type's name
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Recv == nil || strings.HasSuffix(name, "_test.go") {
				continue
			}
			of := fn.Recv.List[0].Type
			if p, ok := of.(*ast.StarExpr); ok {
				of = p.X
			}
			if id, ok := of.(*ast.Ident); ok {
				methods[id.Name]++
			}
		}
	}
	for name, n := range methods {
		if n > most {
			t.Errorf("discord.%s has %d methods, want %d at most", name, n, most)
		}
	}
	if methods["replies"] == 0 {
		t.Error("no methods of replies; the test has lost its way")
	}
}
