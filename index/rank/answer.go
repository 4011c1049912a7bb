package rank

import (
	"math"
	"strings"
)

// answer fills what the sentence offers of what the question asks for.
func (e *extractor) answer() {
	x, m := e.x, e.m
	toks := e.c.of(e.s)
	var count [kinds]float64
	near := 0.0
	for i := 0; i < len(toks); i++ {
		if toks[i]&begin == 0 {
			continue
		}
		k, end := toks[i].kind(), i+1
		for end < len(toks) && toks[end]&begin == 0 && toks[end].kind() == k {
			end++
		}
		if !e.novel(toks[i:end], k) {
			continue // a name from the question is no answer to it
		}
		count[k]++
		if x.accept[k] || x.open && (k.isName() || k == kindQuoted) {
			near = max(near, e.nearness(int32(i)))
		}
	}
	names := count[kindName] + count[kindPerson] + count[kindPlace]
	numerals := count[kindNumber] + count[kindPercent] + count[kindMoney] + count[kindMeasure] + count[kindDate]
	e.set(sigNames, math.Log1p(names))
	e.set(sigNumerals, math.Log1p(numerals))
	e.set(sigDates, math.Log1p(count[kindDate]))
	e.set(sigQuoted, min(1, count[kindQuoted]))
	e.hits(&count)

	e.set(sigPersonPerson, is(x.ask == askPerson && count[kindPerson] > 0))
	e.set(sigPlacePlace, is(x.ask == askPlace && count[kindPlace] > 0))
	e.set(sigNumberMeasure, is(x.ask == askNumber && count[kindMeasure] > 0))
	e.set(sigPercent, is(x.percent)*(is(count[kindPercent] > 0)-0.5))
	e.set(sigMoneyMoney, is(x.money)*(is(count[kindMoney] > 0)-0.5))
	e.set(sigThingNames, is(x.open)*math.Log1p(names))
	e.set(sigThingQuoted, is(x.open)*min(1, count[kindQuoted]))
	e.set(sigNearTerms, near/(x.sum+tiny))
	e.set(sigTypedTerms, is(!x.open)*near/(x.sum+tiny))
	if k := x.focus; k >= 0 {
		own := float64(m.has[k])
		around := 0.0
		for _, s := range []int{e.s - 1, e.s + 1} {
			if e.c.sameArticle(s, e.s) {
				if n := e.st.of(s); n != nil {
					around = max(around, float64(n.has[k]))
				}
			}
		}
		e.set(sigFocus, own)
		e.set(sigFocusNear, is(own == 0)*around)
		e.set(sigFocusMiss, is(own == 0 && around == 0))
	}
	e.phrasing(toks, names)
}

// novel reports whether a span says something that the question does not.
func (e *extractor) novel(span []token, k kind) bool {
	if k == kindReason || k == kindMethod {
		return true
	}
	for _, t := range span {
		if t&stopWord == 0 {
			if _, w := e.x.table.get(t.term()); w == 0 {
				return true
			}
		}
	}
	return false
}

// nearness is how near to the matched terms a token stands, each term
// counting by its idf.
func (e *extractor) nearness(token int32) float64 {
	sum := 0.0
	for k, t := range e.x.terms {
		if e.m.has[k] == 0 {
			continue
		}
		d := int32(99)
		for _, p := range e.m.at {
			if int(p.term) == k {
				d = min(d, max(p.token-token, token-p.token))
			}
		}
		sum += t.idf / (1 + float64(d)/6)
	}
	return sum
}

// hits fills, for the sort of answer that is asked for, whether it is there.
func (e *extractor) hits(count *[kinds]float64) {
	hit := false
	for k, n := range count {
		hit = hit || n > 0 && e.x.accept[k]
	}
	var at signal
	switch e.x.ask {
	case askPerson:
		at = sigPersonHit
	case askDate:
		at = sigDateHit
	case askNumber:
		at = sigNumberHit
	case askMoney:
		at = sigMoneyHit
	case askPlace:
		at = sigPlaceHit
	case askReason:
		at = sigReasonHit
	case askManner:
		at = sigMannerHit
	default:
		return
	}
	if !hit {
		at++ // each is followed by its miss
	}
	e.set(at, 1)
}

// phrasing fills the turns of phrase that go with some questions.
func (e *extractor) phrasing(toks []token, names float64) {
	x := e.x
	if x.naming {
		for _, t := range toks {
			if e.c.special.naming[t.term()] {
				e.set(sigNaming, 1)
			}
		}
	}
	if x.defines && len(e.m.at) > 0 {
		for i := 1; i < min(6, len(toks)); i++ {
			if e.c.special.copula[toks[i].term()] && int(e.m.at[0].token) < i {
				e.set(sigDefines, 1)
			}
		}
	}
	if x.list {
		text := e.c.Sentence(e.s)
		items := float64(strings.Count(text, ", ")) + is(strings.Contains(text, " and "))
		e.set(sigList, math.Log1p(items))
		if names >= 2 {
			e.set(sigListNames, math.Log1p(names))
		}
	}
}
