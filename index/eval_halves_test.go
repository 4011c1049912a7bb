package index

import (
	"strings"
	"testing"

	term "dossier/index/text"
)

// sharingGold returns the answerable questions of the half test that have a
// gold sentence in common with one of the half tune.
func sharingGold(questions []evalQuestion) map[string]bool {
	tuned := make(map[string]bool)
	for _, q := range questions {
		for _, id := range q.Gold {
			if q.Half == "tune" {
				tuned[id] = true
			}
		}
	}
	shared := make(map[string]bool)
	for _, q := range questions {
		for _, id := range q.Gold {
			if q.Half == "test" && tuned[id] {
				shared[q.ID] = true
			}
		}
	}
	return shared
}

// contentWords returns the stems of the words of a question that say
// something, and of the questions before it.
func (q *evalQuestion) contentWords() map[string]bool {
	words := make(map[string]bool)
	for _, t := range term.Tokens(strings.Join(append([]string{q.Q}, q.Before...), " ")) {
		if !t.Stop && t.Word != "sony" && t.Word != "hack" { // they are in half of the questions
			words[term.Stem(t.Word)] = true
		}
	}
	return words
}

// TestEvalHalves holds that what is measured on was not tuned on: no question
// of the half test has a gold sentence and most of its words in common with
// one of tune, a group is in one half, and all questions differ.
func TestEvalHalves(t *testing.T) {
	questions := readEval(t)
	gold := make(map[string][]*evalQuestion) // the questions of the half tune by gold sentence
	group := make(map[string]string)
	seen := make(map[string]string)
	for i := range questions {
		q := &questions[i]
		if q.Half != "tune" && q.Half != "test" {
			t.Errorf("%s: half %q", q.ID, q.Half)
		}
		if g := group[q.Group]; q.Group != "" && g != "" && g != q.Half {
			t.Errorf("%s: group %s is in both halves", q.ID, q.Group)
		}
		group[q.Group] = q.Half
		key := strings.Join(words(q.Q+" "+strings.Join(q.Before, " ")), " ")
		if key != "" && seen[key] != "" {
			t.Errorf("%s and %s are the same", q.ID, seen[key])
		}
		seen[key] = q.ID
		if q.Half == "tune" {
			for _, id := range q.Gold {
				gold[id] = append(gold[id], q)
			}
		}
	}
	for i := range questions {
		q := &questions[i]
		if q.Half != "test" {
			continue
		}
		mine := q.contentWords()
		told := make(map[string]bool)
		for _, id := range q.Gold {
			for _, other := range gold[id] {
				theirs, common := other.contentWords(), 0
				for w := range mine {
					if theirs[w] {
						common++
					}
				}
				if 2*common > len(mine) && !told[other.ID] {
					told[other.ID] = true
					t.Errorf("%s %q (test) and %s %q (tune) have gold in common, and most words of the first", q.ID, q.Q, other.ID, other.Q)
				}
			}
		}
	}
}
