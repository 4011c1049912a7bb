package message

import (
	"strings"
	"unicode"
)

// LanguageRead names the language of a text that is not English, in that language, as
// far as a script or some common words tell; "" where they do not. It names what the
// index found out, and decides nothing: a script of several languages is not named.
func LanguageRead(text string) string {
	han := false
	for _, r := range text {
		for _, s := range scripts {
			if unicode.Is(s.table, r) {
				return s.name
			}
		}
		han = han || unicode.Is(unicode.Han, r)
	}
	if han {
		return "中文"
	}
	found := map[string]int{}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		for name, common := range commonWords {
			if common[w] {
				found[name]++
			}
		}
	}
	best, most, tie := "", 0, false
	for name, n := range found {
		switch {
		case n > most:
			best, most, tie = name, n, false
		case n == most:
			tie = true
		}
	}
	if tie {
		return ""
	}
	return best
}

// scripts are those of one language each. Japanese has Chinese characters too.
var scripts = []struct {
	table *unicode.RangeTable
	name  string
}{
	{unicode.Hiragana, "日本語"},
	{unicode.Katakana, "日本語"},
	{unicode.Hangul, "한국어"},
	{unicode.Greek, "ελληνικά"},
	{unicode.Hebrew, "עברית"},
	{unicode.Thai, "ไทย"},
}

// commonWords tell languages of the Latin script apart. Tried on the questions in
// another language of index/testdata/kinds and index/testdata/messages: see
// TestLanguageRead.
var commonWords = func() map[string]map[string]bool {
	lists := map[string]map[string]bool{}
	for name, list := range map[string]string{
		"Deutsch":    `wer was warum wann wie wo wieso welche welcher welches ist sind war der die das dem den ein eine einen hat haben und nicht bei von zu mit wurde wurden gab gibt es ich du auf im`,
		"français":   `qui quoi pourquoi quand où est sont le la les des une un dans c ce cette quel quelle quels quelles combien il elle sur du et été pas au aux que qu`,
		"español":    `quién quien quiénes qué que cuándo cuánto cuántos cómo dónde por el la los las una un con fue del le al y se lo es en cual cuál quienes pasó hay`,
		"português":  `quem o os as um uma do da dos das no na nos nas não foi por que qual quais quando onde como quanto quantos são você é e se em pra foram ao`,
		"italiano":   `chi che cosa perché quando quanto quanti come dove è il lo gli una un della del dei delle stato stata sono ha hanno di cos nel sul e`,
		"Nederlands": `wie wat waarom wanneer hoe waar is het de een van er niet zit achter heeft hebben zijn dat en op met voor`,
	} {
		lists[name] = map[string]bool{}
		for _, w := range strings.Fields(list) {
			lists[name][w] = true
		}
	}
	return lists
}()
