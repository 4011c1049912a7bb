package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A quotation is the one that is open at some place of a sentence, if any.
type quotation struct {
	start int    // one more than the byte of its opening mark, or 0
	ends  string // the marks that close it
}

// quoteEnds are the marks that close what each mark opens.
var quoteEnds = map[rune]string{
	'"': `"`, '“': "”", '„': "“”", '«': "»", '「': "」", '『': "』", '《': "》",
}

// maxQuotation is the longest quotation that is kept in one sentence, in bytes:
// a longer one is a speech, and each of its sentences can stand alone.
const maxQuotation = 300

// read takes in what stands at byte i.
func (q *quotation) read(text string, i int) {
	r, n := utf8.DecodeRuneInString(text[i:])
	if q.start > 0 && strings.ContainsRune(q.ends, r) {
		*q = quotation{}
		return
	}
	ends, opens := quoteEnds[r]
	if !opens || q.start > 0 {
		return
	}
	if r == '"' { // 5" is a length
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+n:])
		if isAlnum(before) || unicode.IsSpace(after) || i+n == len(text) {
			return
		}
	}
	*q = quotation{i + 1, ends}
}

// goesOn reports whether a stop at text[from:end] stands inside a quotation
// that goes on behind it, and is not too long.
func (q quotation) goesOn(text string, from, end int) bool {
	if q.start == 0 || strings.ContainsAny(text[from:end], q.ends) {
		return false
	}
	limit := min(q.start+maxQuotation, len(text))
	if end >= limit {
		return false
	}
	ahead := text[end:limit]
	if work != nil {
		work(len(ahead))
	}
	i := strings.IndexAny(ahead, q.ends)
	if i < 0 || strings.Contains(ahead[:i], "\n\n") {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(ahead[:i])
	return q.ends != `"` || !unicode.IsSpace(before) // else it opens the next one
}

// Marks that end a sentence in scripts that put no blank behind them.
const (
	eastStops   = "。！？｡؟۔।॥"
	eastClosers = "」』）】〉》｝］”’\"')"
)

// eastEnd returns the end of such a mark at byte i, with what closes there; or i.
// A mark " closes only where it has opened.
func eastEnd(text string, i int, q quotation) int {
	end := i
	for end < len(text) {
		r, n := utf8.DecodeRuneInString(text[end:])
		if r == '"' && q.ends != `"` {
			break
		}
		if !strings.ContainsRune(eastStops, r) && (end == i || !strings.ContainsRune(eastClosers, r)) {
			break
		}
		end += n
	}
	return end
}

// saidBehind reports whether what follows a closed quotation says who said it,
// so that the sentence goes on: 「火事だ。」と言った。
func saidBehind(text string, end int) bool {
	last, _ := utf8.DecodeLastRuneInString(text[:end])
	if !strings.ContainsRune(eastClosers, last) {
		return false
	}
	for _, word := range []string{"と", "って", "、", "，", "，", "などと", "라고", "라며"} {
		if strings.HasPrefix(text[end:], word) {
			return true
		}
	}
	return false
}
