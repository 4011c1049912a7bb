package question

import (
	"strings"

	term "dossier/index/text"
)

// Kinds is a set of the kinds of things that a sentence offers or a question
// wants.
type Kinds uint16

// The kinds of things that may answer a question.
const (
	Date     Kinds = 1 << iota // a day, month or year, or a feast of the calendar
	Clock                      // a time of day
	Duration                   // how long: "three weeks"
	Name                       // any proper name, persons and places too
	Person                     // a name that looks like a person's
	Place                      // a name that looks like a place's
	Number                     // a count or measure, not a date
	Money                      // an amount of money
	Percent                    // a share of something
	Reason                     // words that give a reason: "because", "in order to"
	Manner                     // words that tell how: "by guessing", "with the help of"
	Several                    // an enumeration of names: "Annie, Fury and Mr. Turner"
	Weekday                    // a date that tells the day of the week: "Monday, 24 November"
	Age                        // how old somebody or something is: "46-year-old", "aged 46"
)

// Has reports whether k has any of the kinds of other.
func (k Kinds) Has(other Kinds) bool { return k&other != 0 }

// A mention is a part of a sentence that may answer a question.
type mention struct {
	Span
	from, to int // its tokens, to exclusive
	kind     Kinds
}

// A Span is a half-open range of bytes of a sentence.
type Span struct{ Start, End int }

// mentions finds the dates, amounts and names of a sentence, in order and
// without overlap, and then the enumerations among the names.
func mentions(s string, ts []term.Token) []mention {
	var ms []mention
	r := reader{s: s, ts: ts}
	for i := 0; i < len(ts); {
		to, kind := r.date(i)
		if to == i {
			to, kind = r.amount(i)
		}
		if to == i {
			to, kind = r.name(i)
		}
		if to == i {
			i++
			continue
		}
		if kind != 0 {
			ms = append(ms, mention{Span{r.start(i, kind), r.end(to, kind)}, i, to, kind})
		}
		i = to
	}
	r.elided(ms)
	r.ages(ms)
	return append(ms, r.lists(ms)...)
}

// elided gives a number of millions whose unit is left out the unit of the
// amount before it: "8.4 million dollars for one and 6.5 million for another".
func (r *reader) elided(ms []mention) {
	money := false
	for k := range ms {
		m := &ms[k]
		bare := m.kind == Number && scales[r.at(m.to-1)] && (m.to == len(r.ts) || r.gap(m.to) != " " || r.ts[m.to].Stop && r.at(m.to) != "of")
		if bare && money {
			m.kind |= Money
		}
		money = money || m.kind.Has(Money)
	}
}

// A reader walks over the tokens of one sentence.
type reader struct {
	s  string
	ts []term.Token
}

// at returns the word at i, or "" outside of the sentence.
func (r *reader) at(i int) string {
	if i < 0 || i >= len(r.ts) {
		return ""
	}
	return r.ts[i].Word
}

// surface returns token i as it is written.
func (r *reader) surface(i int) string {
	if i < 0 || i >= len(r.ts) {
		return ""
	}
	return r.s[r.ts[i].Start:r.ts[i].End]
}

// gap returns what stands between token i-1 and token i.
func (r *reader) gap(i int) string {
	if i <= 0 || i >= len(r.ts) {
		return "\x00"
	}
	return r.s[r.ts[i-1].End:r.ts[i].Start]
}

// after returns the text behind token i.
func (r *reader) after(i int) string { return r.s[r.ts[i].End:] }

// start returns where a mention that begins with token i starts: the sign of
// a currency belongs to an amount of money.
func (r *reader) start(i int, k Kinds) int {
	start := r.ts[i].Start
	if k.Has(Money) {
		if n := currencyBefore(r.s[:start]); n > 0 {
			return start - n
		}
	}
	return start
}

// end returns where a mention that ends before token to ends, without a
// possessive and with the sign of a percentage.
func (r *reader) end(to int, k Kinds) int {
	end := r.ts[to-1].End
	if k.Has(Percent) {
		return end + percentAfter(r.s[end:])
	}
	if k.Has(Clock) && strings.HasSuffix(r.s[:end], ".m") && strings.HasPrefix(r.s[end:], ".") {
		return end + 1
	}
	if k.Has(Name) {
		return end - possessive(r.s[r.ts[to-1].Start:end])
	}
	return end
}

// possessive returns the length of a possessive ending of a word, or 0.
func possessive(w string) int {
	for _, p := range []string{"'s", "’s", "'S", "’S"} {
		if len(w) > len(p) && w[len(w)-len(p):] == p {
			return len(p)
		}
	}
	return 0
}
