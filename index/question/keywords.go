package question

import (
	"slices"
	"strings"

	term "dossier/index/text"
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

// What people say to an answer that asks nothing of the articles: remarks, and
// nouns that are one only as a question or in a conversation, for alone they may
// be looked for.
var (
	remarks = []string{
		"says who", "sure", "are you sure", "you sure", "really", "for real", "seriously", "is that so", "is that true", "is it true",
		"more", "tell me more", "go on", "continue", "source for that", "sources for that", "proof of that", "citation needed",
	}
	readers = set(`you your yours yourself`)
	demands = []string{"source", "sources", "proof", "evidence", "citation", "link", "links"}
)

// Remarks reports whether a text says something to the answer before it, or to
// whoever gave it, and asks nothing of the articles: "source?", "how are you".
func (q *Question) Remarks() bool {
	main, _ := cutAbout(q.Plain)
	if heavy(q) == 0 && slices.ContainsFunc(term.Tokens(main), func(t term.Token) bool { return readers[t.Word] }) {
		return true
	}
	said := strings.ToLower(unmarked(main))
	for _, lead := range []string{"got a ", "got any ", "got ", "any ", "your ", "a "} {
		if rest, ok := strings.CutPrefix(said, lead); ok {
			said = rest
			break
		}
	}
	return slices.Contains(remarks, said) || slices.Contains(demands, strings.TrimSuffix(said, " for that")) && (q.mark != "" || q.main != "")
}

// Babbles reports whether a text says the same few words over and over, which
// is no question whatever they are.
func (q *Question) Babbles() bool {
	return len(term.Tokens(q.Plain)) > 16+8*len(q.Terms)
}
