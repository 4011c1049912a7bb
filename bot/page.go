package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"
	"golang.org/x/term"

	"dossier/corpus"
	"dossier/index"
)

// A page writes answers as text, wrapped to the width of the window, and with
// bold and dim words where it is a terminal that shows them.
type page struct {
	w      io.Writer
	tty    *os.File // the terminal behind w; nil: none
	width  int      // in columns
	height int      // of the window, in lines; 0: no window
	styled bool
}

const (
	defaultWidth = 80
	maxWidth     = 100 // longer lines are hard to read
)

// newPage returns a page for w. With NO_COLOR it is plain: bold and dim are no
// colours, but whoever sets it wants text without escape sequences (no-color.org).
func newPage(w io.Writer, env func(string) (string, bool)) *page {
	p := &page{w: w, tty: terminal(w), width: defaultWidth}
	noColor, _ := env("NO_COLOR")
	p.styled = p.tty != nil && noColor == "" && !dumb(env)
	p.measure()
	return p
}

// dumb reports whether the terminal shows plain lines and nothing else.
func dumb(env func(string) (string, bool)) bool {
	kind, _ := env("TERM")
	return kind == "dumb"
}

// measure takes the size of the window, which a person may change between two
// answers.
func (p *page) measure() {
	if p.tty == nil {
		return
	}
	if cols, rows, err := term.GetSize(int(p.tty.Fd())); err == nil && cols > 0 {
		p.width, p.height = min(cols, maxWidth), rows
	}
}

// say prints a paragraph.
func (p *page) say(text string) {
	p.measure()
	p.wrap("", "", fields(text, ""))
}

const (
	bold      = "\x1b[1m"
	underline = "\x1b[4m"
	dim       = "\x1b[2m"
	reset     = "\x1b[0m"
)

// A styled word, as wrap takes it.
type word struct{ text, style string }

// answer prints what answers, or what comes nearest, or that nothing does.
func (p *page) answer(a index.Answer) {
	p.measure()
	if u := a.Understood(); u != "" {
		p.wrap("", "", fields("Understood as: "+u, dim))
		fmt.Fprintln(p.w)
	}
	switch a.Outcome {
	case index.Answered:
		p.quotes(a.Quotes)
		for _, q := range a.Unanswered {
			p.wrap("", "", fields("The articles do not say: "+q, ""))
			fmt.Fprintln(p.w)
		}
		return
	case index.Unsure:
		said := "I am not sure; this comes nearest:"
		if a.Reason == index.AnOpinion {
			said = "I have no opinion and only quote; this comes nearest:"
		}
		p.wrap("", "", fields(said, ""))
		fmt.Fprintln(p.w)
		p.quotes(a.Nearest)
	case index.Other:
		said := "That asks nothing that the articles could answer."
		if a.Reason == index.AnotherLanguage {
			said = "I read English only. Please ask in English."
		}
		p.wrap("", "", fields(said, ""))
	default:
		p.wrap("", "", fields("The articles do not say.", ""))
	}
	if len(a.Suggestions) > 0 {
		p.wrap("", "", fields("You could ask:", ""))
		for _, s := range a.Suggestions {
			p.wrap("  - ", "    ", fields(s, ""))
		}
	}
	fmt.Fprintln(p.w)
}

// reasons prints what became of a question, how sure that is, and how the question
// was read.
func (p *page) reasons(a index.Answer) {
	p.wrap("", "", fields(fmt.Sprintf("%s: confidence %.2f, an answer needs %.2f; %d sentences read", a.Outcome, a.Confidence, a.Needed, a.Depth), dim))
	if a.Read != "" {
		p.wrap("", "", fields("read as: "+a.Read, dim))
	}
	fmt.Fprintln(p.w)
}

// quotes prints quotes with their sources, numbered.
func (p *page) quotes(quotes []index.Quote) {
	for i, q := range quotes {
		number := fmt.Sprintf("[%d] ", i+1)
		indent := strings.Repeat(" ", len(number))
		var words []word
		if q.Context {
			words = fields(q.Before, "")
		}
		p.wrap(number, indent, append(words, emphasised(q)...))
		for _, s := range q.Sources {
			p.wrap(indent+"- ", indent+"  ", fields(citation(s), dim))
		}
		p.signals(q, indent)
		fmt.Fprintln(p.w)
	}
}

// slight is the weight from which on a reason is worth a line.
const slight = 0.1

// signals prints why a quote stands where it stands: its words that the question
// has, and what set it apart from the other candidates.
func (p *page) signals(q index.Quote, indent string) {
	if len(q.Signals) == 0 {
		return
	}
	var matched []string
	for _, m := range q.Matched {
		matched = append(matched, q.Text[m.Start:m.End])
	}
	if len(matched) > 0 {
		p.wrap(indent+"matched: ", indent+"  ", fields(strings.Join(matched, ", "), dim))
	}
	for _, s := range q.Signals {
		if math.Abs(s.Weight) >= slight {
			fmt.Fprintf(p.w, "%s%+6.2f  %s (%.2f)\n", indent, s.Weight, s.Name, s.Value)
		}
	}
}

// emphasised returns the words of a quote: those that matched in bold, those
// that are the answer itself in bold and underlined.
func emphasised(q index.Quote) []word {
	var words []word
	at := 0
	for _, f := range strings.Fields(q.Text) {
		start := at + strings.Index(q.Text[at:], f)
		at = start + len(f)
		style := ""
		switch meets := func(s index.Span) bool { return s.Start < at && s.End > start }; {
		case slices.ContainsFunc(q.Exact, meets):
			style = bold + underline
		case slices.ContainsFunc(q.Matched, meets):
			style = bold
		}
		words = append(words, word{printable(f), style})
	}
	return words
}

func fields(text, style string) []word {
	var words []word
	for _, f := range strings.Fields(text) {
		words = append(words, word{printable(f), style})
	}
	return words
}

// citation is one line for a source: outlet, title, date, address.
func citation(s corpus.Source) string {
	parts := []string{s.Name}
	if s.Title != "" && s.Title != s.Name {
		parts = append(parts, s.Title)
	}
	if d := longDate(s.Date); d != "" {
		parts = append(parts, d)
	}
	if s.URL != "" {
		parts = append(parts, s.URL)
	}
	return strings.Join(parts, ", ")
}

// longDate writes 2014-12-02 as "2 December 2014".
func longDate(date string) string {
	t, layout, err := corpus.ParseDate(date)
	if err != nil {
		return date
	}
	switch layout {
	case "2006":
		return t.Format("2006")
	case "2006-01":
		return t.Format("January 2006")
	}
	return t.Format("2 January 2006")
}

// wrap prints words in lines that fit the page, the first after first and the
// others after indent. A word that is longer than a line gets one of its own.
func (p *page) wrap(first, indent string, words []word) {
	var line strings.Builder
	line.WriteString(first)
	col := runewidth.StringWidth(first)
	empty := true
	for _, w := range words {
		n := runewidth.StringWidth(w.text)
		if !empty && col+1+n > p.width {
			fmt.Fprintln(p.w, line.String())
			line.Reset()
			line.WriteString(indent)
			col, empty = runewidth.StringWidth(indent), true
		}
		if !empty {
			line.WriteByte(' ')
			col++
		}
		if p.styled && w.style != "" {
			line.WriteString(w.style + w.text + reset)
		} else {
			line.WriteString(w.text)
		}
		col, empty = col+n, false
	}
	fmt.Fprintln(p.w, line.String())
}

// printable takes out of a word what would act on a terminal instead of being
// shown: escape sequences, other controls, and marks that turn the direction
// of writing.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}
