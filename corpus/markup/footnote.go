package markup

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// A collector keeps the definitions of all footnotes, those too that no mark
// uses: goldmark's own transformer, which runs after it, drops them.
type collector struct{}

var collectorKey = parser.NewContextKey()

func (collector) Transform(doc *ast.Document, _ text.Reader, pc parser.Context) {
	var found []*extast.Footnote
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if fn, ok := n.(*extast.Footnote); ok && entering {
			found = append(found, fn)
		}
		return ast.WalkContinue, nil
	})
	pc.Set(collectorKey, found)
}

func collected(pc parser.Context) []*extast.Footnote {
	found, _ := pc.Get(collectorKey).([]*extast.Footnote)
	return found
}

// A note is the definition of a footnote.
type note struct {
	key    string
	source Source
	used   bool // by a mark in the text; one in another footnote does not count
}

// define reads the footnotes' sources.
func (p *mdParser) define(footnotes []*extast.Footnote) {
	defined := make(map[string]bool)
	for _, fn := range footnotes {
		key := string(fn.Ref)
		s, why := parseSource(fn, p.body)
		if fn.Index > 0 { // a mark names it
			p.notes[fn.Index] = &note{key: key, source: s}
		}
		switch {
		case defined[key]:
			p.problem(p.line(fn.Pos()), "footnote [^%s] is defined twice", key)
		case why != "":
			p.problem(p.line(fn.Pos()), "footnote [^%s] %s", key, why)
		}
		defined[key] = true
	}
}

// unused notes the footnotes that no mark in the text names.
func (p *mdParser) unused(footnotes []*extast.Footnote) {
	seen := make(map[string]bool)
	for _, fn := range footnotes {
		key := string(fn.Ref)
		if n := p.notes[fn.Index]; !seen[key] && (n == nil || !n.used) {
			p.problem(p.line(fn.Pos()), "footnote [^%s] is defined but no sentence uses it", key)
		}
		seen[key] = true
	}
}
