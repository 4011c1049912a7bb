package text

import "strings"

// stopWords are words that say how a sentence is built and not what it is
// about. Question words are among them.
var stopWords = Set(`
	a an the this that these those some any each every both either neither no nor not
	i me my mine myself you your yours yourself he him his himself she her hers herself
	it its itself we us our ours ourselves they them their theirs themselves one ones
	who whom whose which what when where why how whoever whatever
	am is are was were be been being do does did doing done have has had having
	can could may might must shall should will would ought cannot
	aren't can't couldn't didn't doesn't don't hadn't hasn't haven't he'd he'll i'd i'll i'm i've
	isn't it'd it'll let's mustn't shan't she'd she'll shouldn't that'd they'd they'll they're they've
	wasn't we'd we'll we're we've weren't who'd who'll won't wouldn't you'd you'll you're you've
	dont didnt doesnt isnt wasnt werent cant couldnt wouldnt im ive whos whats
	and or but if because as until while so than too very just only also then there here
	of at by for with about against between into through during before after above below
	to from up down in out on off over under again further once such own same other more most
	s t d ll ve re
`)

var numberWords = Set(`
	two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
	sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
	hundred hundreds thousand thousands million millions billion billions trillion
	dozen dozens half third quarter twice
`)

const people = `he she him her his hers they them their theirs`

var (
	// People are the pronouns that stand for persons.
	People = Set(people)
	// Pronouns are the words that stand for somebody or something named before.
	Pronouns = Set(people + ` it its this that these those such`)
)

// Impersonal are the words behind "it is" that make it stand for nothing:
// "it is not clear", "it was reported".
var Impersonal = Set(`not clear unclear possible likely unlikely said reported known unknown`)

// Set returns the words of a list with blanks between them.
func Set(words string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
