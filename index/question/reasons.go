package question

import (
	"strings"

	"dossier/index/term"
)

// causes finds the words that give reasons or tell how something was done, and
// quotation marks.
func causes(s string, ts []term.Token) Kinds {
	var k Kinds
	if strings.ContainsAny(s, "“\"") {
		k |= Quoted
	}
	for i, t := range ts {
		next := ""
		if i+1 < len(ts) {
			next = ts[i+1].Word
		}
		switch t.Word {
		case "because", "therefore", "thus", "hence", "reason", "reasons", "motive", "motives", "caused", "revenge", "retaliation",
			"prompted", "why", "explained", "fearing", "blaming":
			k |= Reason
		case "due", "owing", "thanks", "according":
			if next == "to" && t.Word != "according" {
				k |= Reason
			}
		case "in":
			if next == "order" || next == "response" || next == "retaliation" || next == "protest" || next == "revenge" {
				k |= Reason
			}
		case "so":
			if next == "that" {
				k |= Reason
			}
		case "for":
			if next == "fear" || strings.HasSuffix(next, "ing") {
				k |= Reason
			}
		case "by", "through", "with":
			if strings.HasSuffix(next, "ing") || t.Word == "with" && (next == "stolen" || i+2 < len(ts) && ts[i+2].Word == "help") {
				k |= Manner
			}
		case "using", "via", "used":
			k |= Manner
		}
	}
	return k
}
