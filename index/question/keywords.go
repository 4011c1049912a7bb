package question

import (
	"slices"
	"strings"

	"dossier/index/term"
)

// binding are the words that keywords may have between them.
var binding = set(`a an and at by for from in of on or the to vs with`)

// maxKeywords is how many terms a question of keywords has at most.
const maxKeywords = 4

// Keywords reports whether a person only typed a name, alone or with a few words,
// as into a search box: "north korea", "the annie leak".
func (q *Question) Keywords() bool {
	if q.Type != Other || len(q.Entities) == 0 || len(q.Terms) > maxKeywords {
		return false
	}
	words := term.Tokens(q.Plain)
	if len(words) > 2*maxKeywords {
		return false
	}
	for _, t := range words {
		if t.Stop && !binding[t.Word] {
			return false
		}
	}
	return true
}

// remarks are what people say to an answer that asks nothing of the articles.
var remarks = []string{
	"source", "sources", "proof", "evidence", "citation", "citation needed", "says who", "sure", "are you sure", "you sure",
	"really", "for real", "seriously", "is that so", "is that true", "is it true", "more", "tell me more", "go on", "continue",
}

// Remarks reports whether a text says something to the answer before it and asks
// nothing: "source?".
func (q *Question) Remarks() bool {
	return slices.Contains(remarks, strings.ToLower(unmarked(q.Plain)))
}

// Babbles reports whether a text says the same few words over and over, which
// is no question whatever they are.
func (q *Question) Babbles() bool {
	return len(term.Tokens(q.Plain)) > 16+8*len(q.Terms)
}
