package imports

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A piece is a run of text in one font, with its place on a page in points. The foot of
// the page is 0.
type piece struct {
	text                     string
	left, top, right, bottom float64
	size                     float64
	bold                     bool
}

// A line is what stands side by side.
type line struct {
	piece
	letters int // in bold, less those that are not
}

func newLine(p piece) line {
	l := line{piece: p}
	l.weigh(p)
	return l
}

func (l *line) weigh(p piece) {
	if n := utf8.RuneCountInString(strings.TrimSpace(p.text)); p.bold {
		l.letters += n
	} else {
		l.letters -= n
	}
	l.bold = l.letters > 0
}

// takes reports whether a piece goes on in the line: it stands at the same height, right of
// it, and not a column away.
func (l *line) takes(p piece) bool {
	overlap := min(l.top, p.top) - max(l.bottom, p.bottom)
	height := min(l.top-l.bottom, p.top-p.bottom)
	size := max(l.size, p.size, 1)
	return overlap > height/3 && p.left >= l.right-size/2 && p.left-l.right < 4*size
}

func (l *line) add(p piece) {
	if p.left-l.right > max(l.size, 1)/6 && !strings.HasSuffix(l.text, " ") && !strings.HasPrefix(p.text, " ") {
		l.text += " "
	}
	l.text += p.text
	l.right = max(l.right, p.right)
	if utf8.RuneCountInString(p.text) > 3 { // a raised number is no measure
		l.top, l.bottom = max(l.top, p.top), min(l.bottom, p.bottom)
		l.size = max(l.size, p.size)
	}
	l.weigh(p)
}

// A paragraph is what is read of a PDF.
type paragraph struct {
	text          string
	heading, item bool
	size          float64
	page          int
}

// layOut makes paragraphs of the lines of all pages, without what stands at the head or
// foot of each. A paragraph goes on over the end of a column or page; a word that is parted
// at the end of a line is whole again.
func layOut(pages [][]line) []paragraph {
	dropRunning(pages)
	body := bodySize(pages)
	step := lineStep(pages)
	words := wordsOf(pages)
	var out []paragraph
	var before line
	for n, lines := range pages {
		for i, l := range lines {
			if l.text = strings.Join(strings.Fields(l.text), " "); !hasText(l.text) || leaders.MatchString(l.text) {
				continue
			}
			heading := isHeading(l, body)
			item := bullet.MatchString(l.text)
			goesOn := len(out) > 0 && !item && out[len(out)-1].heading == heading
			if goesOn {
				last := out[len(out)-1]
				switch {
				case i == 0 || before.top <= l.top: // another page or column
					goesOn = !heading && !endsSentence(last.text)
				case heading:
					goesOn = math.Abs(before.size-l.size) < .5 && before.bottom-l.top < l.size
				default:
					goesOn = follows(before, l, last, step, rightOf(lines, before))
				}
			}
			if goesOn {
				p := &out[len(out)-1]
				p.text = join(p.text, l.text, words)
			} else {
				out = append(out, paragraph{text: bullet.ReplaceAllString(l.text, ""), heading: heading, item: item, size: l.size, page: n})
			}
			before = l
		}
	}
	for i := range out {
		out[i].text = oneLine(strings.ReplaceAll(out[i].text, softHyphen, ""))
	}
	return out
}

// leaders are the dots of a table of contents.
var leaders = regexp.MustCompile(`(?:\.\s?){5,}\s*[\divxlc]*$`)

var bullet = regexp.MustCompile(`^(?:[•◦▪●○■□‣⁃*]|[–—-] |\x{F0B7})\s*`)

// follows reports whether a line goes on in the paragraph of the one above it.
// right is where the column ends.
func follows(before, l line, p paragraph, step, right float64) bool {
	size := max(l.size, 1)
	gap := before.bottom - l.bottom
	switch {
	case gap > 1.35*step && gap > 1.35*size:
		return false
	case l.left-before.left > .8*size && !p.item: // indented
		return false
	case before.left-l.left > .8*size && p.item: // behind a list
		return false
	case before.right < l.right-6*size && endsSentence(before.text): // a short last line
		return false
	case before.right-before.left < .6*(right-before.left): // as in verses and code
		return false
	}
	return true
}

// rightOf is where most of the lines end that stand above and below l.
func rightOf(lines []line, l line) float64 {
	var ends []float64
	for _, o := range lines {
		if o.left < l.right && o.right > l.left && math.Abs(o.size-l.size) < 1 {
			ends = append(ends, o.right)
		}
	}
	if len(ends) == 0 { // l is of the page before
		return l.right
	}
	slices.Sort(ends)
	return ends[len(ends)/2]
}

// isHeading reports whether a line is larger or bolder than the text and no sentence.
func isHeading(l line, body float64) bool {
	large := l.size > 1.12*body
	return (large || l.bold && l.size > .95*body) && len(l.text) <= 120 && !strings.HasSuffix(l.text, ".") && !strings.HasSuffix(l.text, ",") && !bullet.MatchString(l.text)
}

// bodySize is the size of the font that most letters have.
func bodySize(pages [][]line) float64 {
	letters := make(map[float64]int)
	for _, lines := range pages {
		for _, l := range lines {
			letters[math.Round(2*l.size)/2] += len(l.text)
		}
	}
	best, most := 0.0, 0
	for size, n := range letters {
		if n > most || n == most && size < best {
			best, most = size, n
		}
	}
	return best
}

// lineStep is how far below each other two lines of a paragraph mostly stand.
func lineStep(pages [][]line) float64 {
	var steps []float64
	for _, lines := range pages {
		for i := 1; i < len(lines); i++ {
			if d := lines[i-1].bottom - lines[i].bottom; d > 1 && d < 4*max(lines[i].size, 1) {
				steps = append(steps, d)
			}
		}
	}
	if len(steps) == 0 {
		return 0
	}
	slices.Sort(steps)
	return steps[len(steps)/2]
}

// dropRunning takes the lines at the head and foot of pages out that stand on several at
// the same height and differ in their numbers alone, and page numbers.
func dropRunning(pages [][]line) {
	if len(pages) < 2 {
		return
	}
	type edge struct {
		text   string
		height int
	}
	seen := make(map[edge]int)
	edges := func(lines []line, each func(i int, e edge)) {
		byHeight := make([]int, 0, len(lines))
		for i := range lines {
			byHeight = append(byHeight, i)
		}
		slices.SortFunc(byHeight, func(i, j int) int { return cmp.Compare(lines[j].bottom, lines[i].bottom) })
		for k, i := range byHeight {
			if k < edgeLines || k >= len(byHeight)-edgeLines {
				each(i, edge{digits.ReplaceAllString(strings.ToLower(oneLine(lines[i].text)), "#"), int(math.Round(lines[i].bottom / 4))})
			}
		}
	}
	for _, lines := range pages {
		edges(lines, func(_ int, e edge) {
			seen[e]++
		})
	}
	for n, lines := range pages {
		gone := make(map[int]bool)
		edges(lines, func(i int, e edge) {
			near := seen[e] + seen[edge{e.text, e.height - 1}] + seen[edge{e.text, e.height + 1}]
			gone[i] = near > 2 || near == 2 && (len(pages) <= 4 || pageNumber.MatchString(e.text))
		})
		kept := lines[:0:0]
		for i, l := range lines {
			if !gone[i] {
				kept = append(kept, l)
			}
		}
		pages[n] = kept
	}
}

// edgeLines is how many lines at the head and at the foot can be running ones.
const edgeLines = 2

var (
	digits     = regexp.MustCompile(`\d+|\b[ivxl]+$`)
	pageNumber = regexp.MustCompile(`^\W*(?:page|seite|p\.)?\W*#(?:\W*(?:of|von|/)?\W*#)?\W*$`)
)

// softHyphen is how PDFium marks a hyphen at the end of a line.
const softHyphen = "\x02"

// join puts the next line of a paragraph behind its text. A hyphen between them goes if
// the PDF has the whole word elsewhere, or has not got it with the hyphen.
func join(text, next string, words map[string]bool) string {
	head, ok := strings.CutSuffix(text, softHyphen)
	for _, h := range []string{"-", "\u2010", "\u00ad"} {
		if !ok {
			head, ok = strings.CutSuffix(text, h)
		}
	}
	first, _ := utf8.DecodeRuneInString(next)
	last, _ := utf8.DecodeLastRuneInString(head)
	if !ok || !unicode.IsLetter(last) || !unicode.IsLetter(first) && !unicode.IsDigit(first) {
		return strings.TrimSuffix(text, softHyphen) + " " + next
	}
	a, b := lastWord(head), firstPart(next)
	if unicode.IsLower(first) && (words[strings.ToLower(a+b)] || !words[strings.ToLower(a+"-"+b)]) {
		return head + next
	}
	return head + "-" + next
}

func lastWord(s string) string {
	return s[strings.LastIndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })+1:]
}

func firstPart(s string) string {
	if i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }); i >= 0 {
		return s[:i]
	}
	return s
}

var word = regexp.MustCompile(`\p{L}+(?:-\p{L}+)*`)

// wordsOf are the words that stand inside lines.
func wordsOf(pages [][]line) map[string]bool {
	words := make(map[string]bool)
	for _, lines := range pages {
		for _, l := range lines {
			for _, w := range word.FindAllString(strings.ToLower(l.text), -1) {
				words[w] = true
			}
		}
	}
	return words
}
