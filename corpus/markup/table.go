package markup

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// table makes each row of a table a passage of one sentence, because a cell
// says nothing without its row. The names of the columns go to the heading.
func (p *mdParser) table(t *extast.Table) {
	head, marks := p.row(t.FirstChild(), ", ")
	line := p.line(t.Pos())
	if t.ChildCount() == 1 { // no rows
		head, marks = p.row(t.FirstChild(), " | ")
		p.add(Passage{Heading: p.heading, Text: head, Whole: true, Marks: marks, Line: line})
		return
	}
	for _, m := range marks {
		if m.Key != "" {
			p.problem(m.Line, "footnote [^%s] stands on a heading; put it behind the sentence that rests on it", m.Key)
		}
	}
	heading := tableHeading(p.heading, head)
	for r := t.FirstChild().NextSibling(); r != nil; r = r.NextSibling() {
		txt, marks := p.row(r, " | ")
		p.add(Passage{Heading: heading, Text: txt, Whole: true, Marks: marks, Line: line})
	}
}

// tableHeading joins the heading above a table and the names of its columns.
func tableHeading(heading, columns string) string {
	if !hasText(columns) {
		return heading
	}
	return strings.TrimPrefix(heading+": "+columns, ": ")
}

// row gives the text of a table's row, with sep between its cells.
func (p *mdParser) row(r ast.Node, sep string) (string, []Mark) {
	var b strings.Builder
	var marks []Mark
	for c := r.FirstChild(); c != nil; c = c.NextSibling() {
		if c != r.FirstChild() {
			b.WriteString(sep)
		}
		cell, ms, _ := p.read(c)
		for _, m := range ms {
			m.At += b.Len()
			marks = append(marks, m)
		}
		b.WriteString(cell)
	}
	return strings.TrimRight(b.String(), " "), marks
}
