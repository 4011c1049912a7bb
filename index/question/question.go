// Package question reads what a question asks for.
//
// A [Parser] turns what a person types into a [Question]: its type, its terms
// with what may stand for them, its names, and what was repaired. A [Memory]
// completes a question that leans on the ones before it, and [Exact] marks the
// part of a sentence that answers.
//
// Everything here is words in, words out: the package reads no file but its
// own embedded lists, starts nothing, and treats a question as text whatever it
// says.
package question

// A Question is one question as it was understood.
type Question struct {
	Text  string // with spelling repaired and completed from the conversation
	Plain string // Text in plain words: without greetings, with chat language spelt out
	Terms []Term // what it is about, in order, each stem once
	Type  Type
	Focus string // the stem of the noun that is asked for: "film" in "which films leaked", or empty
	List  bool   // it asks for several: "which films", "list the", "who were"
	Wants Kinds  // what a sentence should offer to answer it; 0 where that is not clear

	Entities  []string // the names in it, folded: "seth rogen"
	Repairs   []Repair // words that were read as others
	Inherited int      // how many of the terms, the last ones, come from the conversation
	Leans     bool     // it seems to lean on the question before it: "and when?"
	Fragment  bool     // and nothing in it could stand alone: it names nobody and nothing, or only what takes a place

	mark   string   // the question mark that it was typed with
	cut    bool     // it was part of a longer message
	main   string   // Plain without what it is about, where it was completed
	about  []string // what it is about, where main does not say
	hollow bool     // main says nothing without it: "when"
}

// Understood returns the question in the words that it was typed in, with
// repairs and what completes it, where that differs from what was typed; else
// an empty string.
func (q *Question) Understood() string {
	switch {
	case q.main != "": // completed
		return q.Text
	case len(q.Repairs) > 0 || q.cut:
		return unmarked(q.Text) + q.mark
	}
	return ""
}

// A Term is one word of a question that says what it is about.
type Term struct {
	Word, Stem string
	Entity     bool    // part of a name
	Number     bool    // a number or a date's part
	Weight     float64 // 1; less for words that hardly matter, as "movie" in "the movie The Interview"
	Like       []Like  // other stems that may stand for it
}

// A Like is a stem that may stand for a term, and how much it counts, 0 to 1.
type Like struct {
	Stem   string
	Weight float64
}

// A Repair is a word that was read as another.
type Repair struct{ From, To string }

// A Type is the kind of answer that a question asks for.
type Type int

// The types of questions.
const (
	Other Type = iota
	Who
	When
	Where
	HowMany // counts, measures, shares and durations
	HowMuch // money
	Why
	How
	YesNo
	Which // what or which, with a noun as its focus
	What  // what, without one
)

// String returns the name of t, as "who".
func (t Type) String() string {
	return [...]string{"other", "who", "when", "where", "how many", "how much", "why", "how", "yes or no", "which", "what"}[t]
}

// A Vocabulary knows the words of a corpus.
type Vocabulary interface {
	DF(stem string) int                            // in how many sentences it stands
	Sentences() int                                // how many sentences there are
	Words(yield func(word string, count int) bool) // every word, folded, with its count
	IsName(word string) bool                       // it is mostly written with a capital letter inside sentences
}

// Parse reads a question as it stands, without repairing its spelling. Use a
// [Parser] for what people type.
func Parse(text string, v Vocabulary) *Question {
	return (&Parser{v: v}).Parse(text)
}
