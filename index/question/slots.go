package question

import (
	"slices"
	"strings"
	"unicode/utf8"

	term "dossier/index/text"
)

// A wording is the text of a question with its words, to put other words in
// their places.
type wording struct {
	text string
	ws   []word
}

func read(text string) wording { return wording{text, split(text)} }

func (s wording) at(i int) string {
	if i < 0 || i >= len(s.ws) {
		return ""
	}
	return s.ws[i].w
}

// A slot is a part of a wording: its words from one up to another.
type slot struct{ from, to int }

func (p slot) empty() bool { return p.from >= p.to }

// find returns where a name stands, with an article or a first name before it.
func (s wording) find(name string) slot {
	parts := strings.Fields(name)
	for i := range s.ws {
		n := 0
		for n < len(parts) && (s.at(i+n) == parts[n] || s.at(i+n) == parts[n]+"s") {
			n++
		}
		if n == len(parts) && n > 0 {
			from := i
			for from > 0 && (firstNames[s.at(from-1)] && !s.ws[from-1].stop || s.at(from-1) == "the") {
				from--
			}
			return slot{from, i + n}
		}
	}
	return slot{}
}

// say returns the words of a slot as they were typed, without a possessive.
func (s wording) say(p slot) string {
	end := s.ws[p.to-1].end
	return s.text[s.ws[p.from].start : end-possessive(s.text[s.ws[p.to-1].start:end])]
}

// put returns the text with other words in a slot. A possessive stays.
func (s wording) put(p slot, words string) string {
	start := s.ws[p.from].start
	return s.text[:start] + words + s.text[start+len(s.say(p)):]
}

// subject returns the noun of the subject behind the auxiliary, with its
// article: "the president" in "what did the president say". A name is none.
func (s wording) subject() slot {
	for i := 0; i < min(len(s.ws), 4); i++ {
		if !auxiliaries[s.at(i)] {
			continue
		}
		n := i + 1
		if s.at(n) == "the" || s.at(n) == "any" || s.at(n) == "some" {
			n++
		}
		if w := s.at(n); w == "" || s.ws[n].stop || s.ws[n].number || n == i+1 && !plural(w) {
			return slot{}
		}
		for s.at(0) == "what" && copulas[s.at(i)] && n+1 < len(s.ws) && !s.ws[n+1].stop && !strings.HasSuffix(s.at(n+1), "ed") {
			n++ // "what was the christmas gift"
		}
		return slot{i + 1, n + 1}
	}
	return slot{}
}

// noun returns where the noun that is asked for stands: "emails" in "how many
// emails were leaked".
func (s wording) noun(focus string) slot {
	for i, w := range s.ws[:min(len(s.ws), 5)] {
		if !w.stop && focus != "" && term.Stem(w.w) == focus {
			return slot{i, i + 1}
		}
	}
	return slot{}
}

// after returns a preposition and what stands behind it, as "in china", where
// that has a number or none, as the other has.
func (s wording) after(preposition string, number bool) slot {
	for i := len(s.ws) - 2; i >= 0; i-- {
		if s.at(i) != preposition {
			continue
		}
		p, has := slot{i, i + 1}, false
		for p.to < len(s.ws) && (!s.ws[p.to].stop || p.to == i+1 && determiners[s.at(p.to)]) {
			has = has || s.ws[p.to].number
			p.to++
		}
		if p.to > i+1 && has == number {
			return p
		}
	}
	return slot{}
}

// wider returns a name with the office behind it: "the nsa director".
func (s wording) wider(p slot) slot {
	for !p.empty() && p.to < len(s.ws) && personNouns[s.at(p.to)] && !possessed(s.ws[p.to-1]) {
		p.to++
	}
	return p
}

// ask returns the question that asks something else of the same: "why" of
// "when did she leave" is "why did she leave". It is empty where that takes
// more than other words in the same places.
func (s wording) ask(how string, names []string) string {
	w := strings.Fields(how)
	adverb := adverbs[how] || len(w) == 2 && linking[w[0]] && (w[1] == "who" || w[1] == "whom")
	switch {
	case !adverb || len(s.ws) < 2:
	case auxiliaries[s.at(0)]:
		return how + " " + lowerFirst(s.text)
	case adverbs[s.at(0)] && auxiliaries[s.at(1)]:
		return s.put(slot{0, 1}, how)
	case s.at(0) == "who" && strings.HasSuffix(s.at(1), "ed"): // "who hacked sony": by whom is known
		if rest := (slot{2, len(s.ws)}); slices.ContainsFunc(names, func(n string) bool { return s.find(n) == rest }) {
			return how + " was " + s.say(rest) + " " + s.at(1)
		}
	}
	return ""
}

// adverbs are the question words that ask about the whole of what happened.
var adverbs = set(`when where why how`)

func lowerFirst(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToLower(s[:n]) + s[n:]
}

// unmarked returns text without the question mark at its end.
func unmarked(text string) string { return strings.TrimRight(text, "?!. ") }
