package corpus

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// table makes each row of a table a passage of one sentence, because a cell
// says nothing without its row. The names of the columns go to the heading.
func (p *mdParser) table(t *extast.Table) {
	head, marks := p.row(t.FirstChild(), ", ")
	if t.ChildCount() == 1 { // no rows
		head, marks = p.row(t.FirstChild(), " | ")
		p.add(Passage{Heading: p.heading, Text: head}, wholeSpan(head), marks)
		return
	}
	p.onHeading(marks)
	heading := strings.TrimPrefix(p.heading+": "+head, ": ")
	for r := t.FirstChild().NextSibling(); r != nil; r = r.NextSibling() {
		txt, marks := p.row(r, " | ")
		p.add(Passage{Heading: heading, Text: txt}, wholeSpan(txt), marks)
	}
}

func wholeSpan(s string) []span { return []span{{skipSpace(s, 0), len(s)}} }

// row gives the text of a table's row, with sep between its cells.
func (p *mdParser) row(r ast.Node, sep string) (string, []mark) {
	var b strings.Builder
	var marks []mark
	for c := r.FirstChild(); c != nil; c = c.NextSibling() {
		if c != r.FirstChild() {
			b.WriteString(sep)
		}
		cell, ms := p.read(c)
		for _, m := range ms {
			m.at += b.Len()
			marks = append(marks, m)
		}
		b.WriteString(cell)
	}
	return strings.TrimRight(b.String(), " "), marks
}
