package question

import (
	"math"
	"slices"
)

// A candidate is a word that an unknown one may have been meant to be.
type candidate struct {
	spelled
	cost  float64 // of the edits
	score float64 // less is better
}

// Of two words that lie equally near, the more frequent one is meant, a name
// rather than another word, and anything rather than a word that says nothing.
const (
	frequent  = 0.08 // for each power of e that the corpus has a word
	nameBonus = 0.15
	askMalus  = 0.15 // a word that only questions use
	stopMalus = 0.3
)

// best returns the word of a kind that w was most likely meant to be. Any kind
// will do where that is nil.
func (s *speller) best(w string, kind func(spelled) bool) (candidate, bool) {
	limit := allowed(w)
	if limit == 0 || len(w) > maxSpelled {
		return candidate{}, false
	}
	var found candidate
	var tried []int32
	var buf [64]uint64
	for _, h := range deletions(buf[:0], w) {
		h &^= math.MaxUint32
		i, _ := slices.BinarySearch(s.forms, h)
		for ; i < len(s.forms) && s.forms[i]&^math.MaxUint32 == h; i++ {
			id := int32(s.forms[i] & math.MaxUint32)
			if slices.Contains(tried, id) || len(tried) > 400 {
				continue
			}
			tried = append(tried, id)
			x := s.words[id]
			if len(x.word) > len(w)+2 || len(x.word) < len(w)-2 || kind != nil && !kind(x) {
				continue
			}
			cost := distance(w, x.word, limit)
			if cost > limit || !plausible(w, x, cost) {
				continue
			}
			score := cost - x.likely()
			if found.word == "" || score < found.score || score == found.score && x.word < found.word {
				found = candidate{x, cost, score}
			}
		}
	}
	return found, found.word != ""
}

// likely is how much more likely a word is meant than one that stands once.
func (x spelled) likely() float64 {
	bonus := frequent * math.Log1p(float64(x.count))
	switch {
	case x.stop:
		return min(bonus, frequent) - stopMalus
	case x.count == 0:
		return -askMalus
	case x.name:
		return bonus + nameBonus
	}
	return bonus
}

func (x spelled) isName() bool { return x.name }

// allowed is how much the edits of a word may cost, by its length: short
// words have too many neighbours.
func allowed(w string) float64 {
	switch {
	case len(w) < 4:
		return 0
	case len(w) < 6:
		return 1
	case len(w) < 7:
		return 1.5
	}
	return 2
}

// plausible tells typing errors from other words that look alike.
func plausible(w string, x spelled, cost float64) bool {
	if len(w) == 4 && cost > 0.8 && !x.name {
		return false
	}
	if len(x.word) < 4 && !(x.name && cost <= 0.6) {
		return false
	}
	if w[0] == x.word[0] {
		return true
	}
	switch { // the first letter is seldom wrong
	case w[0] == x.word[1] && w[1] == x.word[0]: // osny
		return cost <= 1
	case w[1:] == x.word || w == x.word[1:]: // ssony, ascal
		return len(w) >= 5
	case soundsAlike(w[0], x.word[0]), adjacent(w[0], x.word[0]):
		return len(w) >= 5 && cost <= 1 || x.name && cost <= 0.8
	}
	return false
}
