package markup

import (
	"regexp"
	"strings"
)

// Boxes of all dialects become block quotes with their title as a heading in
// them, which is what Markdown itself can say.

var (
	bang      = regexp.MustCompile(`^([ \t]*)(?:!!!|\?\?\?\+?|===[!+]?)[ \t]+(?:[\w -]+?[ \t]*)??(?:"(.*)"|'(.*)')?[ \t]*$`)
	bangPlain = regexp.MustCompile(`^([ \t]*)(?:!!!|\?\?\?\+?)[ \t]+[\w-]+(?:[ \t]+[\w-]+)*[ \t]*$`)
	colons    = regexp.MustCompile(`^[ \t]{0,3}(:{3,}|/{3,})[ \t]*\{?[ \t]*([\w.-]+)[ \t]*(.*?)[ \t]*$`)
	colonsEnd = regexp.MustCompile(`^[ \t]{0,3}(?::{3,}|/{3,})[ \t]*$`)
	callout   = regexp.MustCompile(`^([ \t]*(?:>[ \t]?)+)\[!([\w|-]+)\][+-]?[ \t]*(.*?)[ \t]*$`)
	contents  = regexp.MustCompile(`^[ \t]*(?:\[TOC\]|\[\[_?TOC_?\]\]|\{:toc\}|\$toc|@\[toc\].*)[ \t]*$`)
	include   = regexp.MustCompile(`^[ \t]*(?:-+8<-+.*|;-+8<-+.*|!include\b.*|@include\b.*|@import\b.*|!\[\[.*\]\])[ \t]*$`)
	tagsOnly  = regexp.MustCompile(`^[ \t]*#[A-Za-z][\w/-]*(?:[ \t]+#[A-Za-z][\w/-]*)*[ \t]*$`)
	abbr      = regexp.MustCompile(`^[ \t]{0,3}\*\[[^\]]+\]:.*$`)
	mdxCode   = regexp.MustCompile(`^(?:import\s.*['"];?|export\s+(?:const|default|function|let|var|async|class)\b.*)\s*$`)
	// linkNote is a comment written as an address that nothing names, [//]: # (not this):
	// right below a paragraph Markdown itself would show it.
	linkNote = regexp.MustCompile(`^[ \t]{0,3}\[(?://|[A-Za-z_#-]*)\]:[ \t]*(?:#|<>|<#>)[ \t]*(?:\(.*|".*|'.*)?$`)
	taskMark = regexp.MustCompile(`^([ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+)\[[ xX/-]\][ \t]+`)
	dataview = regexp.MustCompile(`^[ \t]*[\w -]{1,40}::[ \t].*$`)
)

// maxMark is the longest line that can be a mark of a box, in bytes.
const maxMark = 500

// maxNesting is how deep boxes may stand in each other.
const maxNesting = 8

// boxes rewrites admonitions, callouts and containers, and drops lines that are
// no text.
func boxes(lines []srcLine, mdx bool) []srcLine {
	return indented(containers(lines, mdx), 0)
}

// containers reads what stands between ::: or ///, and single lines.
func containers(lines []srcLine, mdx bool) []srcLine {
	out := make([]srcLine, 0, len(lines))
	depth := 0
	for _, l := range lines {
		prefix := strings.Repeat("> ", min(depth, maxNesting))
		if l.code || len(l.text) > maxMark {
			l.text = prefix + l.text
			out = append(out, l)
			continue
		}
		switch m := colons.FindStringSubmatch(l.text); {
		case depth > 0 && colonsEnd.MatchString(l.text):
			depth--
			l.text = strings.TrimRight(strings.Repeat("> ", min(depth, maxNesting)), " ")
		case m != nil && (m[1][0] == ':' || strings.HasPrefix(m[3], "|") || m[3] == ""):
			depth++
			title := strings.Trim(m[3], "}[]| \t")
			if strings.ContainsAny(title, `="`) {
				title = ""
			}
			l.text = prefix + "> " + heading(title)
		case contents.MatchString(l.text), include.MatchString(l.text), linkNote.MatchString(l.text), tagsOnly.MatchString(l.text),
			abbr.MatchString(l.text), dataview.MatchString(l.text), mdx && mdxCode.MatchString(l.text):
			l.text = strings.TrimRight(prefix, " ")
		default:
			l.text = taskMark.ReplaceAllString(l.text, "$1")
			if m := callout.FindStringSubmatch(l.text); m != nil {
				l.text = m[1] + heading(m[3])
			}
			if depth > 0 {
				l.text = prefix + l.text
			}
		}
		out = append(out, l)
	}
	return out
}

func heading(title string) string {
	if title == "" {
		return ""
	}
	return "###### " + title
}

// indented reads boxes whose inside is indented by four blanks.
func indented(lines []srcLine, depth int) []srcLine {
	var out []srcLine
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		var m []string
		if len(l.text) <= maxMark {
			m = bang.FindStringSubmatch(l.text)
		}
		if m == nil && len(l.text) <= maxMark && bangPlain.MatchString(l.text) {
			m = []string{"", l.text[:len(l.text)-len(strings.TrimLeft(l.text, " \t"))], "", ""}
		}
		if l.code || m == nil || depth >= maxNesting {
			out = append(out, l)
			continue
		}
		indent := m[1]
		end, last := i+1, i+1
		for end < len(lines) {
			rest, ok := strings.CutPrefix(lines[end].text, indent)
			inside := ok && (strings.HasPrefix(rest, "    ") || strings.HasPrefix(rest, "\t"))
			if !inside && strings.TrimSpace(lines[end].text) != "" {
				break
			}
			if end++; inside {
				last = end
			}
		}
		if last == i+1 && !strings.Contains(l.text, "!!!") && !strings.Contains(l.text, "???") {
			out = append(out, l) // === is the line below a heading
			continue
		}
		out = append(out, srcLine{n: l.n, text: indent + "> " + heading(m[2]+m[3])})
		inner := make([]srcLine, 0, last-i-1)
		for _, in := range lines[i+1 : last] {
			in.text = dedent(strings.TrimPrefix(in.text, indent))
			inner = append(inner, in)
		}
		for _, in := range indented(inner, depth+1) {
			in.text = strings.TrimRight(indent+"> "+in.text, " ")
			out = append(out, in)
		}
		i = last - 1
	}
	return out
}

// dedent takes one step of indentation away.
func dedent(s string) string {
	if rest, ok := strings.CutPrefix(s, "\t"); ok {
		return rest
	}
	for range 4 {
		s = strings.TrimPrefix(s, " ")
	}
	return s
}
