package question

import (
	"strings"

	"dossier/index/term"
)

// who marks the persons, or the only other name, that a sentence adds to the
// question.
func (e *exact) who() []Span {
	if !e.tells() {
		return nil
	}
	if spans := e.enumerated(Person); len(spans) > 0 {
		for _, m := range e.ms {
			if m.kind.Has(Person) && !e.known(m) && !within(m, spans) {
				return nil // "by Dan Sterling, with Seth Rogen and Evan Goldberg"
			}
		}
		return spans
	}
	for _, k := range []Kinds{Person, Name} {
		var found []mention
		for _, m := range e.ms {
			if m.kind.Has(k) && !e.known(m) && !m.kind.Has(Several) {
				found = append(found, m)
			}
		}
		switch {
		case len(found) == 0:
			continue
		case len(found) == 1 && (k == Person || e.acts(found[0])):
			return []Span{found[0].Span}
		case k == Person && e.subject(found[0]):
			return []Span{found[0].Span}
		}
		return nil
	}
	return nil
}

// tells reports whether the question says more than a name: "who is Amy
// Pascal" asks for no name.
func (e *exact) tells() bool {
	if terms := e.q.Terms; len(terms) > 0 && terms[0].Entity && (e.q.Focus == "" || weak[e.q.Focus] > 0) &&
		(strings.HasPrefix(e.q.Plain, "who is ") || strings.HasPrefix(e.q.Plain, "who was ")) {
		return false
	}
	for _, t := range e.q.Terms {
		if !t.Entity && t.Weight >= 0.5 {
			return true
		}
	}
	return false
}

// subject reports whether a mention opens the sentence and a word of the
// question, no name, follows soon: "Will Gluck directed this remake".
func (e *exact) subject(m mention) bool {
	if m.from > 1 {
		return false
	}
	for i := m.to; i < len(e.ts) && i < m.to+4; i++ {
		if strings.ContainsAny(e.gap(i), ",;:") {
			return false
		}
		if !e.ts[i].Stop && !e.ts[i].Capital && e.inQuestion(term.Stem(e.at(i)), true) {
			return true
		}
	}
	return false
}

// acts reports whether a name that is no person's stands where somebody who
// acts is named.
func (e *exact) acts(m mention) bool {
	if m.from == 0 || m.from == 1 && e.at(0) == "the" {
		return !m.kind.Has(Place) || e.subject(m)
	}
	switch e.at(m.from - 1) {
	case "by", "itself", "themselves", "himself", "herself", "named", "called", "blamed", "blames", "accused", "accuses", "as", "behind",
		"group", "company", "firm", "agency", "studio", "newspaper", "website", "organisation", "organization":
		return true
	}
	return false
}

func within(m mention, spans []Span) bool {
	for _, s := range spans {
		if m.Start >= s.Start && m.End <= s.End {
			return true
		}
	}
	return false
}

// which marks each of the names that a question for several wants, or the
// only name beside the noun that is asked for.
func (e *exact) which() []Span {
	if spans := e.enumerated(Name); len(spans) > 0 && (e.q.List || len(spans) == 2) {
		for _, m := range e.ms {
			if m.kind.Has(Person) && !m.kind.Has(Several) && within(m, spans[:1]) {
				return nil // "which films did they joke about" wants no persons
			}
		}
		return spans
	}
	if e.q.List {
		return nil
	}
	var found []mention
	for _, m := range e.ms {
		if m.kind.Has(Name) && !m.kind.Has(Person) && !e.known(m) {
			found = append(found, m)
		}
	}
	var beside []Span
	for _, m := range found {
		near := m.from > 0 && e.isFocus(m.from-1) && e.gap(m.from) == " " // "the security firm Polarwatch"
		for i := m.to; i < min(len(e.ts), m.to+4) && e.gap(m.to) == ", "; i++ {
			near = near || e.isFocus(i) // "Nordkai, a shipping company"
		}
		if near {
			beside = append(beside, m.Span)
		}
	}
	if len(beside) == 1 {
		return beside
	}
	return nil
}

// enumerated returns the names of the only enumeration of a sentence that the
// question does not hold itself, all of them of kind k or at least one.
func (e *exact) enumerated(k Kinds) []Span {
	var lists []mention
	for _, m := range e.ms {
		if m.kind.Has(Several) {
			lists = append(lists, m)
		}
	}
	var out []Span
	for _, l := range lists {
		var spans []Span
		fits := 0
		for _, m := range e.ms {
			if m.kind.Has(Several) || m.from < l.from || m.to > l.to {
				continue
			}
			if e.known(m) {
				fits = -100
			}
			if m.kind.Has(k) {
				fits++
			}
			spans = append(spans, m.Span)
		}
		if fits < max(1, len(spans)/2) {
			continue
		}
		if out != nil {
			return nil // two enumerations: either may be meant
		}
		out = spans
	}
	return out
}

// reasons are the words that a reason follows, the longest first.
var reasons = []string{"because of", "because", "due to", "owing to", "in order to", "out of fear", "in protest against", "in response to", "in retaliation for", "in revenge for"}

// why marks a reason that is put into words, to the end of its clause.
func (e *exact) why() []Span {
	low := strings.ToLower(e.s)
	if len(low) != len(e.s) {
		return nil
	}
	for _, r := range reasons {
		i := strings.Index(low, r+" ")
		if i < 0 || i > 0 && low[i-1] != ' ' || strings.Count(low, r+" ") > 1 {
			continue
		}
		end := len(e.s)
		if n := strings.IndexAny(e.s[i:], ";:"); n > 0 {
			end = i + n
		}
		if i == 0 { // "Because of the attack, she left."
			if n := strings.Index(e.s, ","); n > 0 {
				end = n
			}
		}
		return []Span{{i, i + len(strings.TrimRight(e.s[i:end], " .!?\"”"))}}
	}
	return nil
}
