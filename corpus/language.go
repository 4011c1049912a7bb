package corpus

import (
	"maps"
	"slices"
	"strings"
	"unicode"
)

// Words that are common in one language and rare in the others.
var languageWords = map[string]map[string]bool{
	"English":    wordSet(`the of and to is in was were that with for from which had have been his her they this after`),
	"German":     wordSet(`der die das und ist nicht ein eine den dem von mit auf wurde sich auch nach bei wird`),
	"French":     wordSet(`le les des du et est une dans pour qui que pas sur au aux été par avec ont cette`),
	"Spanish":    wordSet(`el los las del y una por con para que fue se su al como más pero esta entre`),
	"Portuguese": wordSet(`o os as do da dos das e uma não com para foi em no na pelo mais são ao`),
	"Italian":    wordSet(`il gli della del di e una che non per con sono è nel alla dei è stato più`),
	"Dutch":      wordSet(`de het een van en is niet zijn op met voor dat werd door bij ook naar uit`),
}

var scripts = []struct {
	name  string
	table *unicode.RangeTable
}{
	{"Japanese", unicode.Hiragana},
	{"Japanese", unicode.Katakana},
	{"Korean", unicode.Hangul},
	{"Chinese", unicode.Han},
	{"Hebrew", unicode.Hebrew},
	{"Arabic", unicode.Arabic},
	{"Cyrillic", unicode.Cyrillic},
	{"Greek", unicode.Greek},
	{"Thai", unicode.Thai},
	{"Hindi", unicode.Devanagari},
}

// language guesses what an article is written in, from its first words: the
// name of a language, or of a script, or "other".
func language(a *Article) string {
	const enough = 3_000 // bytes
	var b strings.Builder
	for _, p := range a.Passages {
		if b.Len() > enough {
			break
		}
		b.WriteString(p.Text[:min(len(p.Text), enough)] + " ")
	}
	text := b.String()
	letters := 0
	count := make(map[string]int)
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		if r < 0x370 {
			continue
		}
		for _, s := range scripts {
			if unicode.Is(s.table, r) {
				count[s.name]++
				break
			}
		}
	}
	if count["Japanese"] > 0 { // its Han letters are no Chinese
		count["Japanese"] += count["Chinese"]
		count["Chinese"] = 0
	}
	for _, name := range slices.Sorted(maps.Keys(count)) {
		if count[name]*2 > letters {
			return name
		}
	}
	clear(count)
	words := 0
	for w := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		words++
		for name, common := range languageWords {
			if common[w] {
				count[name]++
			}
		}
	}
	best := "other"
	for _, name := range slices.Sorted(maps.Keys(count)) {
		if count[name]*20 >= words && count[name] > max(count[best], 1) {
			best = name
		}
	}
	return best
}
