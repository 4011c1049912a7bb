package discord

import (
	"regexp"
	"strings"
	"unicode"
)

// smallTalk says whether a text asks nothing: thanks, laughter, praise, or no
// word at all. A question mark makes a question of anything.
func smallTalk(text string) bool {
	if text == "" || strings.ContainsAny(text, "?？¿") {
		return false
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	}) {
		if !pleasantries[w] && !laughter.MatchString(w) {
			return false
		}
	}
	return true
}

var laughter = regexp.MustCompile(`^(a?(ha)+h?|(he)+|(hi)+|(ja)+j?|(rs)+|lo+l|k{2,}|w+|ㅋ+|ㅎ+)$`)

// pleasantries are words that ask nothing, also together: "thank you so much".
var pleasantries = words(`
	thanks thank you u so very much thx thanx ty tysm np lmao rofl xd ok okay k kk nice cool great good awesome perfect wow bot job
	danke dankeschön vielen dank dir sehr super toll klasse krass prima gut guter
	merci beaucoup bravo génial mdr ptdr parfait bon bien
	gracias muchas muy genial vale perfecto bueno buen
	obrigado obrigada muito valeu beleza ótimo perfeito bom boa robô
	ありがとう ありがとうございます どうも すごい 笑 草 なるほど 了解 いいね
	감사합니다 감사해요 고마워 고마워요 고맙습니다 대박 오케이 좋아요 와 우와 굿`)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}
