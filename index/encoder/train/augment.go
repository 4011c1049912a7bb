package main

import (
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"
)

var contractions = strings.NewReplacer(
	"what is ", "what's ", "who is ", "who's ", "where is ", "where's ", "how is ", "how's ", "when is ", "when's ",
	"that is ", "that's ", "it is ", "it's ", "what did ", "what'd ", "who did ", "who'd ",
	"did not ", "didn't ", "does not ", "doesn't ", "do not ", "don't ", "is not ", "isn't ", "was not ", "wasn't ",
	"were not ", "weren't ", "are not ", "aren't ", "can not ", "can't ", "cannot ", "can't ", "could not ", "couldn't ",
	"would not ", "wouldn't ", "have not ", "haven't ", "has not ", "hasn't ",
)

var openers = []string{
	"so ", "hey ", "anyone know ", "do we know ", "any idea ", "wait ", "ok ", "tell me ", "quick question ",
}

// chatty rewrites an exam question as somebody might type it in a chat: lower
// case, no question mark, contractions, dropped articles, typing slips.
// Sometimes it also drops words that the answering sentence or the title has, so
// that the model learns to do without shared words.
func chatty(r *rand.Rand, q, gold, title string) string {
	chance := func(p float64) bool { return r.Float64() < p }
	if chance(.25) {
		return q
	}
	if chance(.8) {
		q = strings.ToLower(q)
	} else if chance(.5) {
		first, n := utf8.DecodeRuneInString(q)
		q = string(unicode.ToLower(first)) + q[n:]
	}
	if chance(.75) {
		q = strings.TrimRight(q, "?. ")
	}
	if chance(.6) {
		c := contractions.Replace(q)
		if c != q && chance(.4) {
			c = strings.ReplaceAll(c, "'", "")
		}
		q = c
	}
	articles := chance(.3)
	shared, titled := chance(.3), chance(.2)
	slip := chance(.2)
	inGold, inTitle := wordSet(gold), wordSet(title)
	words := strings.Fields(q)
	kept := words[:0]
	for i, w := range words {
		k := wordKey(w)
		switch {
		case articles && (k == "the" || k == "a" || k == "an") && chance(.8):
			continue
		case i > 0 && len(k) > 3 && shared && inGold[k] && chance(.4):
			continue
		case i > 0 && len(k) > 3 && titled && inTitle[k] && chance(.7):
			continue
		case slip && utf8.RuneCountInString(k) > 3 && chance(1.5/float64(len(words))):
			w = typo(r, w)
		}
		kept = append(kept, w)
	}
	q = strings.Join(kept, " ")
	if chance(.06) {
		q = openers[r.IntN(len(openers))] + q
	}
	return q
}

// typo swaps, drops, doubles or replaces one letter after the first.
func typo(r *rand.Rand, w string) string {
	c := []rune(w)
	i := 1 + r.IntN(len(c)-1)
	switch r.IntN(4) {
	case 0:
		if i+1 < len(c) {
			c[i], c[i+1] = c[i+1], c[i]
		}
	case 1:
		c = append(c[:i], c[i+1:]...)
	case 2:
		c = append(c[:i], append([]rune{c[i]}, c[i:]...)...)
	default:
		c[i] = rune('a' + r.IntN(26))
	}
	return string(c)
}

func wordKey(w string) string {
	return strings.ToLower(strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
}

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[wordKey(w)] = true
	}
	return m
}

// opensWithPronoun says that a sentence leans on the one before it.
func opensWithPronoun(s string) bool {
	w, _, _ := strings.Cut(s, " ")
	switch strings.ToLower(w) {
	case "he", "she", "it", "they", "this", "these", "those", "his", "her", "its", "their", "that":
		return true
	}
	return false
}
