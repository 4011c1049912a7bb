package index

import (
	"regexp"
	"strings"

	"dossier/index/text"
)

// How people write messages, for Discord's Markdown and for what stands in chats
// everywhere.
var (
	quotedLines = regexp.MustCompile(`(?m)^[ \t]*>>>(?s:.*)|^[ \t]*>.*$`)
	quoteMarks  = regexp.MustCompile(`(?m)^[ \t]*>+`)
	fencedBlock = regexp.MustCompile("(?s)```(?:[a-zA-Z0-9+#-]*\n)?(.*?)```")
	namedLink   = regexp.MustCompile(`\[([^\[\]\n]+)\]\(\s*<?(?i:https?)://[^()\s]*\)`)
	addresses   = regexp.MustCompile(`(?i)<?\b(?:https?://|www\.)\S+|\S+@\S+\.\S+`)
	pictograph  = regexp.MustCompile(`<a?:\w+:\d+>|:[a-z0-9_+-]{2,}:|(?:[\p{So}\x{FE0F}\x{1F3FB}-\x{1F3FF}]\x{200D}?)+`)
	everyone    = regexp.MustCompile(`@(?:everyone|here)\b`)
	lineMark    = regexp.MustCompile(`(?m)^[ \t]*(?:(?:-#|#{1,3}|[-*•]|\d{1,2}[.)])[ \t]+)+`)
	copyTo      = regexp.MustCompile(`(?im)(?:^|[ \t])cc:?(?:[ \t]+@?[\p{L}\p{N}_.-]+){0,2}[ \t]*$`)
	labels      = regexp.MustCompile(`(?m)(^|[.?!…])(?:[ \t]*#[\p{L}\p{N}_]+)+[ \t]*$`)
	label       = regexp.MustCompile(`#(\p{L})`)
	emphasis    = regexp.MustCompile("\\*+|`+|~~|\\|\\||__+")
	underscore  = regexp.MustCompile(`(?m)(^|[ \t("'])_|_([ \t)"'?!.,;:]|$)`) // within a word it is no emphasis
	manyMarks   = regexp.MustCompile(`[?!]*\?[?!]+|!+\?`)
)

// Question takes out of a message what asks, in one line: without markup, addresses,
// pictographs, labels, and whom it is copied to. Lines and blocks that the message
// quotes are no part of the question, but may say what it is about; where there is
// nothing else, they are the question. Of a long message the last sentences count,
// and one that ends with a question mark before all.
func Question(message string) (asks, quoted string) {
	message = strings.ToValidUTF8(message, "")
	own := plain(quotedLines.ReplaceAllString(message, "\n"))
	others := plain(quoteMarks.ReplaceAllString(strings.Join(quotedLines.FindAllString(message, -1), "\n"), ""))
	switch {
	case hasWords(own):
	case hasWords(others):
		own, others = others, ""
	default:
		own = message
	}
	if len(questions(own)) == 0 {
		own = lastQuestion(own)
	}
	return oneLine(own), oneLine(lastQuestion(others))
}

func hasWords(s string) bool { return len(text.Tokens(s)) > 0 }

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// plain leaves away markup and what asks nothing, and keeps the lines.
func plain(s string) string {
	if rest := fencedBlock.ReplaceAllString(s, "\n"); hasWords(rest) {
		s = rest
	} else {
		s = fencedBlock.ReplaceAllString(s, "\n$1\n")
	}
	s = namedLink.ReplaceAllString(s, "$1")
	for _, noise := range []*regexp.Regexp{addresses, pictograph, everyone, lineMark, copyTo} {
		s = noise.ReplaceAllString(s, " ")
	}
	s = label.ReplaceAllString(labels.ReplaceAllString(s, "$1"), "$1")
	s = underscore.ReplaceAllString(emphasis.ReplaceAllString(s, ""), "$1$2")
	return manyMarks.ReplaceAllString(s, "?")
}
