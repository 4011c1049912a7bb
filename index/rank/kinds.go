package rank

import (
	"strings"

	term "dossier/index/text"
)

// A kind is what a token may be as part of an answer.
type kind uint8

const (
	kindNone kind = iota
	kindNumber
	kindDate
	kindPercent
	kindMoney
	kindMeasure // a number with a unit
	kindName
	kindPerson // a name that looks like a person's
	kindPlace  // a name behind a preposition of place
	kindQuoted
	kindReason // because, due, led ...
	kindMethod // by or through, with a verb
	kinds
)

// isName reports whether k is any sort of name.
func (k kind) isName() bool { return k == kindName || k == kindPerson || k == kindPlace }

// annotate marks in toks what words of a sentence may be as answers. The
// rules are rough: they only have to be right often enough to be worth a
// weight.
func annotate(text string, words []term.Token, toks []token) {
	for i := 0; i < len(words); i++ {
		w := &words[i]
		k, end := kindNone, i+1
		switch {
		case w.Number:
			k = numeral(text, words, i)
		case w.Capital && months[w.Word] && !(w.Word == "may" && i == 0), days[w.Word]:
			k = kindDate
		case reasons[w.Word]:
			k = kindReason
		case w.Word == "using", methods[w.Word] && i+1 < len(words) && strings.HasSuffix(words[i+1].Word, "ing"):
			k = kindMethod
		case w.Capital && !w.Stop:
			k, end = name(text, words, i)
		case quoted(text, w.Start):
			k = kindQuoted
		}
		if k == kindNone {
			continue
		}
		toks[i] |= begin
		for ; i < end; i++ {
			toks[i] = toks[i].withKind(k)
		}
		i--
	}
}

func wordAt(words []term.Token, i int) string {
	if i < 0 || i >= len(words) {
		return ""
	}
	return words[i].Word
}

// numeral tells what a number counts.
func numeral(text string, words []term.Token, i int) kind {
	w := &words[i]
	before, after := text[:w.Start], text[w.End:]
	prev, next := wordAt(words, i-1), wordAt(words, i+1)
	scale := next == "million" || next == "billion" || next == "thousand" || next == "hundred" || next == "trillion"
	if scale {
		next = wordAt(words, i+2)
	}
	switch {
	case strings.HasPrefix(after, "%"), next == "percent", next == "per" && wordAt(words, i+2) == "cent":
		return kindPercent
	case strings.HasSuffix(before, "$"), strings.HasSuffix(before, "£"), strings.HasSuffix(before, "€"), strings.HasSuffix(before, "¥"), currencies[next]:
		return kindMoney
	case isYear(w.Word), months[next], months[prev] && words[i-1].Capital,
		next == "century", next == "centuries", next == "bc", next == "ad", next == "bce":
		return kindDate
	case units[next]:
		return kindMeasure
	}
	return kindNumber
}

// isYear reports whether s is a year from 1000 to 2099, or a decade of them.
func isYear(s string) bool {
	if len(s) == 5 && s[4] == 's' {
		s = s[:4]
	}
	if len(s) != 4 || s[0] != '1' && (s[0] != '2' || s[1] != '0') {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// name returns the sort and the end of the name that starts at word i.
func name(text string, words []term.Token, i int) (kind, int) {
	end, capitals := i+1, 1
	for end < len(words) && joined(text, &words[end-1], &words[end]) {
		w := &words[end]
		switch {
		case w.Capital && !w.Stop && !w.Number:
			capitals++
		case particles[w.Word] && end+1 < len(words) && words[end+1].Capital && joined(text, w, &words[end+1]):
		default:
			goto done
		}
		end++
	}
done:
	prev := wordAt(words, i-1)
	if prev == "the" {
		prev = wordAt(words, i-2)
	}
	switch {
	case honorifics[prev], honorifics[words[i].Word]:
		return kindPerson, end
	case prepositions[prev]:
		return kindPlace, end
	case capitals >= 2 && capitals <= 4 && end-i == capitals:
		return kindPerson, end
	}
	return kindName, end
}

// joined reports whether nothing but a blank or a hyphen parts two words.
func joined(text string, a, b *term.Token) bool {
	switch text[a.End:b.Start] {
	case " ", "-", ". ", "–", " \"", " “":
		return true
	}
	return false
}

func quoted(text string, at int) bool {
	return strings.HasSuffix(text[:at], "\"") || strings.HasSuffix(text[:at], "“")
}

// settleNames takes back the names that are only the first words of
// sentences: "Hackers stole" is none, "Sony said" is one.
func (c *Collection) settleNames(parts []*part) {
	s := 0
	for _, p := range parts {
		for _, opener := range p.opener {
			toks := c.of(s)
			s++
			if len(toks) == 0 || !toks[0].kind().isName() {
				continue
			}
			w := c.words[opener]
			longer := len(toks) > 1 && toks[1].kind().isName() && toks[1]&begin == 0
			switch often := ratio(w); {
			case often >= 0.5 || longer && often >= 0.1:
			case longer:
				toks[1] |= begin
				fallthrough
			default:
				toks[0] = toks[0].withKind(kindNone) &^ begin
			}
		}
	}
}

// ratio is how often a word has a capital letter inside sentences. Of a word
// that is never inside one nothing is known.
func ratio(w word) float64 {
	if w.inside == 0 {
		return 0.3
	}
	return float64(w.capital) / float64(w.inside)
}
