package message

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// screenColumns is about how many letters a line of a phone holds.
const screenColumns = 42

// Screen is a text as a phone shows it: without the marks of Markdown and the
// addresses of links, in lines of 42 columns.
func Screen(content string) []string {
	var screen []string
	for _, line := range strings.Split(content, "\n") {
		indent := ""
		switch {
		case strings.HasPrefix(line, "> "):
			line, indent = line[2:], "▎ "
		case strings.HasPrefix(line, smallPrint):
			line = line[len(smallPrint):]
		}
		for _, l := range wrap(unmark(line), screenColumns-utf8.RuneCountInString(indent)) {
			screen = append(screen, indent+l)
		}
	}
	return screen
}

var timeMark = regexp.MustCompile(`<t:\d+:f>`)

var maskedLink = regexp.MustCompile(`\[((?:[^\]\\]|\\.)*)\]\(<[^>]*>\)`)

// unmark returns a line without marks.
func unmark(line string) string {
	line = maskedLink.ReplaceAllString(line, "$1")
	line = timeMark.ReplaceAllString(line, "November 30, 2026 9:40 PM") // as long as any
	var b strings.Builder
	escaped := false
	for _, r := range line {
		switch {
		case escaped:
			b.WriteRune(r)
			escaped = false
		case r == '\\':
			escaped = true
		case r == '*' || r == '_' || r == '`':
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// wrap breaks a line at blanks, and where there are none, as in Japanese, anywhere.
func wrap(line string, columns int) []string {
	var lines []string
	var current strings.Builder
	width := 0
	breakLine := func() {
		lines = append(lines, strings.TrimRight(current.String(), " "))
		current.Reset()
		width = 0
	}
	for _, word := range strings.SplitAfter(line, " ") {
		n := 0
		for _, r := range strings.TrimRight(word, " ") {
			n += columnsOf(r)
		}
		if width > 0 && width+n > columns && n <= columns {
			breakLine()
		}
		for _, r := range word {
			if width+columnsOf(r) > columns && r != ' ' {
				breakLine()
			}
			current.WriteRune(r)
			width += columnsOf(r)
		}
	}
	breakLine()
	return lines
}

// columnsOf is 2 for the letters of Chinese, Japanese and Korean and for emoji.
func columnsOf(r rune) int {
	if r >= 0x1100 && r <= 0x115F || r >= 0x2E80 && r <= 0xA4CF || r >= 0xAC00 && r <= 0xD7A3 ||
		r >= 0xF900 && r <= 0xFAFF || r >= 0xFE30 && r <= 0xFE6F || r >= 0xFF00 && r <= 0xFF60 || r >= 0x1F300 && r <= 0x1FAFF {
		return 2
	}
	return 1
}
