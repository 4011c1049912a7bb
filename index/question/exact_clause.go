package question

import (
	"strings"

	term "dossier/index/text"
)

var (
	// leads open a clause of their own.
	clauseWords = set(`after before until while because but although though who whom whose which when where that whether if since
		unless whereas so`)
	// hedges before a deed take it back, or make it somebody's claim.
	hedges = set(`not never neither nor no nobody none whether if might may could would should alleged allegedly reportedly claimed
		claim claims theory suspected supposed disputed denied denies deny doubt doubted unless without
		probably perhaps possibly possible likely unproven false wrongly mistake accused accuse accuses rejected cannot
		can't didn't wasn't isn't nothing instead believe believes believed`)
	// plans beside an amount or a date say what did not have to come
	plans = set(`expected expect expects planned plan plans hoped hope wanted tried try meant target estimated estimate`)
	// denials before an amount or a date take back what it is said of
	denials = set(`denied denies deny rejected refused accused accuse accuses acquitted never neither whether`)
	// doubts are the words of sentences that give several figures, and decide
	// for none.
	doubts = set(`others disputed dispute differ differs differently disagree disagrees unclear unknown settled unresolved corrected
		varies vary timelines mistake wrong wrongly hoax false incorrect inaccurate although either`)
	asides = set(`also first later once then already even just now still again both each ever soon finally only twice thus
		therefore nevertheless however too well`)
	beForms     = set(`is are was were be been being`)
	haveForms   = set(`has have had`)
	determining = set(`the a an its his her their this that these those`)
	// inTime are words that stand beside dates
	inTime = set(`on in by at about around since from of the early late mid later earlier after before days day weeks week months
		month hours hour night evening morning afternoon end beginning middle pacific eastern local time gmt utc until to
		time and also one two three shortly just`)
)

// cut numbers the clauses of the sentence. A date at its start belongs to the
// main clause, and commas within an enumeration part nothing.
func (e *exact) cut(numbers bool) []int {
	out := make([]int, len(e.ts))
	lead := e.lead()
	n := 0
	for i := range e.ts {
		if i > lead && e.parts(i, numbers) {
			n++
		}
		out[i] = n
	}
	return out
}

// lead returns the token behind the dates that the sentence starts with.
func (e *exact) lead() int {
	i := 0
	for i < len(e.ts) {
		if m, ok := e.timeAt(i); ok {
			i = m.to
		} else if inTime[e.at(i)] {
			i++
		} else {
			break
		}
	}
	if i == 0 && strings.HasPrefix(e.gap(1), ",") && !clauseWords[e.at(0)] {
		return 1 // "Worldwide, it took"
	}
	return i
}

// parts reports whether a clause starts at token i; with numbers, a second
// amount has a clause of its own.
func (e *exact) parts(i int, numbers bool) bool {
	for _, m := range e.ms {
		if m.from < i && i < m.to {
			return false
		}
	}
	if e.sameTime(i) {
		return false
	}
	w := e.at(i)
	if strings.ContainsAny(e.gap(i), ",;:()–—") {
		return true
	}
	switch {
	case clauseWords[w]:
		return true
	case w == "and" || w == "or":
		_, name := e.mentionAt(i + 1)
		return name || e.finite(i+1) || strings.Contains(e.gap(i), ",") || auxiliaries[e.at(i+1)] ||
			determining[e.at(i+1)] && e.verbSoon(i+2) || numbers && e.amountSoon(i+1)
	case numbers && w == "as" && e.at(i+1) != "many" && e.at(i-1) != "many" && e.amountSoon(i+1):
		return true
	}
	return false
}

// sameTime reports whether a time at token i goes on with the date before it:
// "24 November, at 7 a.m."
func (e *exact) sameTime(i int) bool {
	if i == 0 || e.gap(i) != ", " {
		return false
	}
	if _, ok := e.timeAt(i - 1); !ok {
		return false
	}
	for n := i; n < min(len(e.ts), i+3); n++ {
		if m, ok := e.timeAt(n); ok {
			return m.kind.Has(Clock) || n == i
		}
		if !inTime[e.at(n)] {
			break
		}
	}
	return false
}

// lightVerbs hardly weigh as terms, but an answer needs them.
var (
	lightVerbs = set(`get give make take put come go use`)
	earning    = set(`get make take earn receive pay gross`)
)

// light reports whether the clause of token i has the verbs of the question
// that are no terms of weight: who pledged a sum did not give it.
func (e *exact) light(clauses []int, i int) bool {
	for k := range e.asks.ts {
		verb := base(e.asks.at(k))
		if !lightVerbs[verb] || participle(e.asks.at(k+1)) { // "get published"
			continue
		}
		found := false
		for n := range e.ts {
			b := base(e.at(n))
			money := e.q.Type == HowMuch && earning[verb] && (earning[b] || earning[term.Stem(b)])
			found = found || (clauses[n] == clauses[i] || money) && (b == verb || term.Stem(b) == verb || money)
		}
		if !found {
			return false
		}
	}
	return true
}

// fragment reports whether the clause of a mention has no verb, so that it is
// one of several answers to the same verb.
func (e *exact) fragment(m mention) bool {
	from, to := e.clause(m.from)
	for i := from; i < to; i++ {
		if auxiliaries[e.at(i)] || e.finite(i) && !strings.HasSuffix(e.at(i), "s") && (i < m.from || i >= m.to) {
			return false
		}
	}
	return true
}

// rivals reports whether another of several mentions is a second answer to the
// verb of m.
func (e *exact) rivals(m mention, all []mention) bool {
	for _, x := range all {
		if x.from != m.from && e.fragment(x) && !e.fragment(m) && !e.lone(x, m) {
			return true
		}
	}
	return false
}

// lone reports whether x stands in no clause beside that of m.
func (e *exact) lone(x, m mention) bool {
	d := e.clauses[x.from] - e.clauses[m.from]
	return d < 0 || d > 4 || e.clauses[x.from] == e.clauses[m.from]
}

// verbSoon reports whether a verb follows within four tokens, before anything
// that ends a noun phrase: "and the hackers published".
func (e *exact) verbSoon(i int) bool {
	for n := i; n < min(len(e.ts), i+4) && e.gap(n) == " " && !clauseWords[e.at(n)]; n++ {
		if n > i && e.finite(n) && !strings.HasSuffix(e.at(n), "s") || beForms[e.at(n)] || haveForms[e.at(n)] {
			return true
		}
	}
	return false
}

// amountSoon reports whether a number follows, at most two tokens on.
func (e *exact) amountSoon(i int) bool {
	for n := i; n < min(len(e.ts), i+3); n++ {
		if e.ts[n].Number {
			return true
		}
	}
	return false
}

// has reports whether the tokens from i to to have a word of the set that the
// question does not use itself.
func (e *exact) has(words map[string]bool, i, to int) bool {
	for ; i < to; i++ {
		if words[e.at(i)] && !e.says(e.at(i)) && (i < 0 || i >= len(e.ts) || e.at(i) != "may" || !e.capital(i)) {
			return true
		}
	}
	return false
}

// says reports whether the question has a word.
func (e *exact) says(w string) bool {
	for _, t := range e.asks.ts {
		if t.Word == w || base(t.Word) == base(w) || !t.Stop && term.Stem(t.Word) == term.Stem(w) {
			return true
		}
	}
	return false
}

// clause returns the tokens of the clause that token i is in.
func (e *exact) clause(i int) (from, to int) {
	from, to = i, i+1
	for from > 0 && e.clauses[from-1] == e.clauses[i] {
		from--
	}
	for to < len(e.ts) && e.clauses[to] == e.clauses[i] {
		to++
	}
	return from, to
}
