package question

// A deed is what a question says that somebody did.
type deed struct {
	verb int     // the word of the question that is its verb
	prep string  // what stands behind the verb: "off" in "who tipped off the press"
	want []*Term // its object
}

// doer marks who does what the question says from word i on: the subject of
// its verb, or the one by whom it was done.
func (e *exact) doer(i int) []Span {
	i = e.mainVerb(i)
	if i >= len(e.asks.ts) || e.asks.ts[i].Stop || auxiliaries[e.asks.at(i)] || !e.present(i) {
		return nil
	}
	verb := base(e.asks.at(i))
	if says[verb] && (generalSay[verb] || e.asks.at(i+1) == "that") {
		return e.speaker(i)
	}
	d, from := deed{verb: i}, i+1
	if p := e.asks.at(from); preps[p] || particles[p] {
		d.prep, from = p, from+1
	}
	d.want = e.wanted(from)
	if d.want == nil && from < len(e.asks.ts) && !says[verb] {
		return nil // "who did it"
	}
	var out []mention
	for v := range e.ts {
		if e.sameVerb(i, v) && e.stated(v) {
			out = append(out, e.doers(v, d)...)
		}
	}
	return e.spans(once(out))
}

// mainVerb passes over the auxiliaries and asides before the verb of the
// question.
func (e *exact) mainVerb(i int) int {
	for haveForms[e.asks.at(i)] || asides[e.asks.at(i)] || e.asks.at(i) == "all" || e.asks.at(i) == "else" || e.asks.at(i) == "really" {
		i++
	}
	return i
}

// stated reports whether the sentence says without reserve what token v says.
func (e *exact) stated(v int) bool {
	return !e.has(hedges, 0, v) && !e.has(doubts, 0, len(e.ts))
}

// speaker marks who says something: the subject of any verb of saying, where
// the question has a general one.
func (e *exact) speaker(i int) []Span {
	general := generalSay[base(e.asks.at(i))]
	var out []mention
	for v := range e.ts {
		if (e.sameVerb(i, v) || general && says[base(e.at(v))]) && e.stated(v) {
			out = append(out, e.subject(v)...)
		}
	}
	return e.spans(once(out))
}

// doers returns who does a deed whose verb is token v.
func (e *exact) doers(v int, d deed) []mention {
	last := v
	if d.prep != "" {
		if !e.follows(v, d.prep) {
			return nil
		}
		last++
	}
	if ms := e.subject(v); ms != nil && e.takes(last, d.want) {
		return ms
	}
	if participle(e.at(v)) && e.at(v+1) == "by" && e.precedes(v, d.want) {
		return e.after(v + 2)
	}
	return nil
}

// follows reports whether a preposition or particle stands right behind v.
func (e *exact) follows(v int, prep string) bool {
	return e.at(v+1) == prep && e.gap(v+1) == " "
}

// precedes reports whether the wanted object stands right before a participle:
// "RawDisk, a commercial driver made by".
func (e *exact) precedes(v int, want []*Term) bool {
	if len(want) == 0 {
		return false
	}
	i, n := v-1, 0
	for ; i >= 0 && n < 3; i-- {
		if clauseWords[e.at(i)] && e.at(i) != "which" && e.at(i) != "that" {
			break
		}
		if !e.ts[i].Stop && !auxiliaries[e.at(i)] {
			n++
		}
	}
	for _, t := range want {
		if needed(t) && !e.stands(t, i+1, v) {
			return false
		}
	}
	return true
}
