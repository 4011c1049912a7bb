package text

import (
	"slices"
	"strings"
)

// months are their abbreviations and the words that these stand for. Where no number
// stands beside one it may be something else, as Jan, Mar and Dec.
var months = map[string]string{
	"jan": "january", "feb": "february", "mar": "march", "apr": "april", "jun": "june", "jul": "july",
	"aug": "august", "sep": "september", "sept": "september", "oct": "october", "nov": "november", "dec": "december",
}

var ordinals = []string{"st", "nd", "rd", "th"}

// sameDays gives every way to write a day the same words: "Nov. 27" and "the 27th of
// November" those of "27 November".
func sameDays(tokens []Token) {
	for i := range tokens {
		t := &tokens[i]
		if n := len(t.Word); t.Number && n > 2 && n <= 4 && slices.Contains(ordinals, t.Word[n-2:]) && isDigits(t.Word[:n-2]) {
			t.Word = t.Word[:n-2]
		}
	}
	for i := range tokens {
		long := months[tokens[i].Word]
		if long != "" && (i > 0 && isDigits(tokens[i-1].Word) || i+1 < len(tokens) && isDigits(tokens[i+1].Word)) {
			tokens[i].Word = long
		}
	}
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
