package corpus

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences cuts text into its sentences: slices of text, in order, never
// rewritten. White space between them is dropped.
//
// A sentence ends at a full stop, an exclamation or question mark or an
// ellipsis, unless what stands around it says otherwise, at a mark like 。 and
// always at a blank line. Quotes and brackets that close after the mark, and
// footnote marks like [12], stay with the sentence, and a short quotation stays
// in one. The rules are for English news. Where they cannot tell ("he left the
// U.S. Sony followed"), two sentences stay one, so a quote has more than it
// needs and not less; but none is longer than maxSentence.
func Sentences(text string) []string {
	var sentences []string
	spans, _ := sentenceSpans(context.Background(), text)
	for _, s := range spans {
		sentences = append(sentences, text[s.start:s.end])
	}
	return sentences
}

// A span is a half-open range of bytes.
type span struct{ start, end int }

// work, where a test sets it, is told how many bytes are looked at.
var work func(bytes int)

// sentenceSpans returns the sentences of text as ranges; those before the end
// of ctx, if that comes first. It counts those that were too long and are in pieces.
func sentenceSpans(ctx context.Context, text string) (spans []span, cut int) {
	head := 0 // the first letter or digit of the sentence
	for start := skipSpace(text, 0); start < len(text) && ctx.Err() == nil; {
		if head <= start {
			head = skip(text, start, func(r rune) bool { return !isAlnum(r) })
		}
		end := sentenceEnd(text, start, head)
		n := len(spans) + 1
		if spans = cutLong(text, spans, span{start, end}); len(spans) > n {
			cut++
		}
		start = skipSpace(text, end)
	}
	return spans, cut
}

// maxSentence is the longest sentence, in characters. No message shows a longer
// one, and what has no stop for so long is no sentence but a log or a table.
const maxSentence = 1000

// cutLong appends a sentence to spans, in pieces where it is too long: cut
// behind the last clause, else the last word, that fits.
func cutLong(text string, spans []span, s span) []span {
	for s.end-s.start > maxSentence {
		limit, n := s.start, 0
		for limit < s.end && n < maxSentence {
			_, size := utf8.DecodeRuneInString(text[limit:])
			limit += size
			n++
		}
		if limit >= s.end {
			break
		}
		if work != nil {
			work(limit - s.start)
		}
		cut := clauseEnd(text, s.start+(limit-s.start)/2, limit)
		if end := trimSpace(text, s.start, cut); end > s.start {
			spans = append(spans, span{s.start, end})
		}
		s.start = min(skipSpace(text, cut), s.end)
	}
	if s.start < s.end {
		spans = append(spans, s)
	}
	return spans
}

// clauseEnd returns where text is best cut between from and limit.
func clauseEnd(text string, from, limit int) int {
	part := text[from:limit]
	for _, marks := range []string{"\n", ";；", ":：", "–—", ",，、", " \t\u00a0\u3000"} {
		for i := strings.LastIndexAny(part, marks); i >= 0; i = strings.LastIndexAny(part[:i], marks) {
			r, n := utf8.DecodeRuneInString(part[i:])
			end := from + i + n
			next, _ := utf8.DecodeRuneInString(text[min(end, len(text)):])
			if r < utf8.RuneSelf && !unicode.IsSpace(r) && !unicode.IsSpace(next) {
				continue // inside a number or an address
			}
			return end
		}
	}
	for from < limit && !utf8.RuneStart(text[limit]) {
		limit--
	}
	return limit
}

// sentenceEnd returns where the sentence ends that begins at start and has its
// first letter or digit at head.
func sentenceEnd(text string, start, head int) int {
	i := start
	if work != nil {
		defer func() { work(i - start) }()
	}
	var q quotation
	for i < len(text) {
		switch b := text[i]; {
		case b == '\n':
			if isBlank(text[i+1:]) {
				return trimSpace(text, start, i)
			}
		case b == '"':
			q.read(text, i)
		case b == '.' || b == '!' || b == '?' || b >= utf8.RuneSelf:
			if i > head {
				if end := eastEnd(text, i, q); end > i {
					if !q.goesOn(text, i, end) && !saidBehind(text, end) {
						return end
					}
					for ; i < end; i++ {
						q.read(text, i)
					}
					continue
				}
			}
			s := readStop(text, i)
			if s.end == i {
				q.read(text, i)
				break
			}
			if i > head && s.ends(text, head) && !q.goesOn(text, i, s.end) {
				return s.end
			}
			for ; i < s.end; i++ {
				q.read(text, i)
			}
			continue
		}
		i++
	}
	return trimSpace(text, start, i)
}

// A stop is a place where a sentence may end.
type stop struct {
	start, end int  // from the first mark to after the last, with what closes there
	dots       int  // how many full stops it has; an ellipsis has three
	strong     bool // it has an exclamation or question mark
	closed     bool // it has a closing quote or bracket
}

// readStop reads the stop at start. It is empty where there is none.
func readStop(text string, start int) stop {
	s := stop{start: start, end: start}
	for s.end < len(text) {
		r, n := utf8.DecodeRuneInString(text[s.end:])
		switch {
		case r == '.':
			s.dots++
		case r == '…':
			s.dots += 3
		case r == '!' || r == '?':
			s.strong = true
		case s.end == start:
			return s
		case strings.ContainsRune(closers, r):
			s.closed = true
		case s.dots > 0 && isSpacedDot(text[s.end:]):
			s.dots++
			n = len(" .")
		default:
			if n = footnoteMark(text[s.end:]); n == 0 {
				return s
			}
		}
		s.end += n
	}
	return s
}

// ends reports whether a sentence ends at s, with more text to come. The first
// letter or digit of the sentence is at head.
func (s stop) ends(text string, head int) bool {
	next := skipSpace(text, s.end)
	if next == s.end {
		return false // inside a number, an address or a name: 44.5, example.com
	}
	next = skip(text, next, isBetween)
	first, _ := utf8.DecodeRuneInString(text[next:])
	word := text[next:skip(text, next, isWordPart)]
	switch {
	case next == len(text):
		return false
	case strings.ContainsRune(continuers, first), startsLower(word):
		return false
	case s.strong && s.closed:
		return starters[strings.ToLower(word)] || !isAttribution(text[next:])
	case s.strong:
		return !shoutingNames[lastWord(text, head, s.start)] || isStarter(text, next, word)
	case s.dots == 3:
		return !s.isOmission(text)
	case s.dots > 1:
		return true
	}
	last := lastWord(text, head, s.start)
	if last == text[head:s.start] && isListMarker(last) {
		return false
	}
	if s.closed && !strings.Contains(last, ".") {
		return true
	}
	switch endingOf(last) {
	case neverEnds:
		return false
	case endsBeforeWord:
		return !unicode.IsDigit(first)
	case endsBeforeStarter:
		return isStarter(text, next, word) && !opensWithTime(text[head:s.start])
	}
	return true
}

// An ending says when a full stop after a word ends the sentence.
type ending int

const (
	alwaysEnds        ending = iota
	neverEnds                // Mr.
	endsBeforeWord           // No., but not before a number
	endsBeforeStarter        // Inc. or U.S., before a word that begins a sentence
)

// endingOf returns the ending of a word that is given without its full stop.
func endingOf(word string) ending {
	lower := strings.ToLower(word)
	first, n := utf8.DecodeRuneInString(word)
	isCapital := unicode.IsUpper(first)
	switch {
	case word == "":
		return alwaysEnds
	case isCapital && n == len(word): // an initial
		return endsBeforeStarter
	case isCapital && titles[lower], neverLast[lower]:
		return neverEnds
	case beforeNumbers[lower]:
		return endsBeforeWord
	case maybeLast[lower], isDotted(word):
		return endsBeforeStarter
	}
	return alwaysEnds
}

// isOmission reports whether s, an ellipsis of three, stands for words left out
// inside a sentence: in brackets, or with spaces around each of its dots.
func (s stop) isOmission(text string) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:s.start])
	spaced := unicode.IsSpace(before) && text[s.start:s.end] == ". . ."
	return spaced || before == '[' || before == '('
}

// isStarter reports whether word, at i in text, is likely to begin a sentence.
// Before a full stop it is not: the A of "A. Hobson", the No of "No. 1".
func isStarter(text string, i int, word string) bool {
	lower := strings.ToLower(word)
	return courtesyTitles[lower] || starters[lower] && !strings.HasPrefix(text[i+len(word):], ".")
}

// isAttribution reports whether text begins with a name and a verb of saying,
// as after a quoted question: "Why now?" Ms. Pascal asked.
func isAttribution(text string) bool {
	const longest = 60 // bytes of a name and its verb
	for i, word := range strings.Fields(text[:min(len(text), longest)]) {
		if speechVerbs[strings.TrimRight(word, ".,:")] {
			return i > 0
		}
		if r, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(r) {
			return false
		}
	}
	return false
}

// opensWithTime reports whether a sentence that begins with text has said no
// more than when: "At 5 a.m" Mr. Smith left.
func opensWithTime(text string) bool {
	const longest = 24 // bytes of "Around 10:30 p.m" and the like
	if len(text) > longest {
		return false
	}
	words := strings.Fields(strings.ToLower(text))
	return len(words) == 3 && timePrepositions[words[0]] && (words[2] == "a.m" || words[2] == "p.m")
}

// isListMarker reports whether word, before the first full stop of a sentence,
// counts an item of a list: 1. or a.
func isListMarker(word string) bool {
	if utf8.RuneCountInString(word) == 1 {
		return true
	}
	return len(word) <= 3 && strings.Trim(word, "0123456789") == ""
}

// isDotted reports whether word, without its last full stop, is an acronym or
// initials: U.S, Ph.D, J.R.R.
func isDotted(word string) bool {
	if !strings.Contains(word, ".") {
		return false
	}
	for part := range strings.SplitSeq(word, ".") {
		if utf8.RuneCountInString(part) > 2 || strings.ContainsFunc(part, unicode.IsDigit) {
			return false
		}
	}
	return true
}

// lastWord returns the word of text[start:end] that reaches to its end, with
// full stops inside it.
func lastWord(text string, start, end int) string {
	i := end
	if work != nil {
		defer func() { work(end - i + 1) }()
	}
	for i > start {
		r, n := utf8.DecodeLastRuneInString(text[start:i])
		if !isAlnum(r) && r != '.' && r != '°' {
			break
		}
		i -= n
	}
	return strings.TrimLeft(text[i:end], ".")
}

// footnoteMark returns the length of the footnote mark that text begins with,
// or 0.
func footnoteMark(text string) int {
	digits, ok := strings.CutPrefix(text, "[")
	if !ok {
		return 0
	}
	rest := strings.TrimLeft(digits, "0123456789")
	if len(rest) == len(digits) || rest == "" || rest[0] != ']' {
		return 0
	}
	return len(text) - len(rest) + len("]")
}

// isSpacedDot reports whether text goes on with an ellipsis like ". . .", and
// not with a word like ".5" or ".com".
func isSpacedDot(text string) bool {
	rest, ok := strings.CutPrefix(text, " .")
	r, _ := utf8.DecodeRuneInString(rest)
	return ok && !isAlnum(r)
}

// isBlank reports whether nothing but white space is left of text's first line,
// and another one follows.
func isBlank(text string) bool {
	i := skip(text, 0, func(r rune) bool { return r != '\n' && unicode.IsSpace(r) })
	return i < len(text) && text[i] == '\n'
}

// startsLower reports whether word cannot begin a sentence: it has a small
// first letter and no capital after it, as iPhone has.
func startsLower(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsLower(r) && !strings.ContainsFunc(word, unicode.IsUpper)
}

const (
	closers    = "\"'”’)]»}"
	openers    = "\"'“‘([«{„"
	dashes     = "-–—"
	continuers = ",;:&!?" // no sentence begins with these
)

// isBetween reports whether r may stand between a stop and the next word.
func isBetween(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(openers+closers+dashes, r)
}

// isWordPart reports whether r is part of the first word of a sentence. A
// hyphen is, because the "All" of "All-Star" begins none.
func isWordPart(r rune) bool { return r == '-' || unicode.IsLetter(r) }

func isAlnum(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// skip returns the first index at or after i with a rune that is not in set.
func skip(text string, i int, set func(rune) bool) int {
	if work != nil {
		from := i
		defer func() { work(i - from + 1) }()
	}
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !set(r) {
			break
		}
		i += n
	}
	return i
}

func skipSpace(text string, i int) int { return skip(text, i, unicode.IsSpace) }

// trimSpace returns the end of text[start:end] without white space at its end.
func trimSpace(text string, start, end int) int {
	return start + len(strings.TrimRightFunc(text[start:end], unicode.IsSpace))
}

// Words are in lower case and without their last full stop.
var (
	// titles stand before a name; with a small letter they are other words.
	titles = wordSet(`mr mrs ms mx messrs mmes dr drs prof profs rev hon fr msgr
		pres gov govs sen sens rep reps amb atty supt insp det asst
		gen lt col maj capt sgt cpl pvt pfc spc brig cmdr adm mt`)

	// courtesyTitles may be a sentence's first word even after "U.S.", where
	// "Sen." and "Gen." belong to what is before them.
	courtesyTitles = wordSet(`mr mrs ms dr`)

	// neverLast need another word after them.
	neverLast = wordSet(`v vs e.g i.e cf viz approx`)

	// beforeNumbers are abbreviations only where a number follows.
	beforeNumbers = wordSet(`no nos n° nº art arts fig figs p pp vol vols ch
		secs eq eqs par para op ver v c ca est b d r rs
		jan feb mar apr jun jul aug sep sept oct nov dec`)

	// maybeLast may end a sentence too: they do before one of starters.
	maybeLast = wordSet(`co cos corp inc ltd llc plc bros mfg assn univ dept dist
		jr sr esq al st ave blvd rd bldg ft sec
		ala ariz calif colo conn fla ga kan ky md mich minn mont neb nev okla
		tenn tex vt wis wyo`)

	// starters are likely first words of a sentence, and hardly ever the
	// second word of a name.
	starters = wordSet(`the a an this that these those there here
		i you he she it we they my your his her its our their
		in on at by for from with without to of as like about after before
		since until once during over between among near despite according
		if when while where why who what which how because although though
		however but and or so yet then now not no nor
		some many most all each every both one two three several other others
		another such none nothing everyone someone people
		is are was were do does did has have had can could would should
		please let also thus therefore instead meanwhile moreover furthermore nevertheless
		today yesterday last earlier later still even only just perhaps
		officials police authorities investigators prosecutors experts analysts
		critics researchers scientists residents witnesses`)

	// speechVerbs come after the name of who is quoted.
	speechVerbs = wordSet(`said says asked asks added adds wrote writes told tells
		replied replies shouted joked tweeted wondered demanded`)

	// timePrepositions stand before an hour.
	timePrepositions = wordSet(`at by around about before after until since from`)

	// shoutingNames end with an exclamation mark of their own. Their case counts.
	shoutingNames = wordSet(`Yahoo Jeopardy Yum`)
)

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}
