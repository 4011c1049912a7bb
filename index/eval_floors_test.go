package index

import (
	"regexp"
	"testing"
)

// Floors are what the evaluation must not fall below, whatever -update wrote:
// some points under what it measured when they were set, so that a question
// more or less does not matter. Raise them with the figures.

// rankFloors are of the answerable questions of a kind, both halves together.
var rankFloors = []struct {
	kind                            string
	first, three, shownFirst, shown float64
}{
	{"head", 62, 80, 58, 74},
	{"lexical", 92, 97, 91, 95},
	{"paraphrase", 25, 43, 6, 13},
	{"typo", 78, 90, 72, 76},
	{"followup", 55, 74, 43, 55},
	{"list", 60, 85, 55, 78},
}

// refusedFloors are of the unanswerable questions of a kind, both halves
// together.
var refusedFloors = []struct {
	kind    string
	refused float64
}{
	{"absent", 72},
	{"offtopic", 88},
	{"hostile", 100},
}

// Floors of the half test, in percent.
const (
	absentAUROC     = 80
	offtopicAUROC   = 88
	absentAtFive    = 20
	offtopicAtThree = 30
)

// groupsRight is how many groups of rewordings, at least, have all members
// right among the first three.
const groupsRight = 25

// knownInsults is how many of those who greet or scold the bot are answered
// with an insult: "you are an idiot" gets the video of that title.
const knownInsults = 1

func atLeast(t *testing.T, what string, got, floor float64) {
	t.Helper()
	if got < floor {
		t.Errorf("%s: %.1f, less than %.1f", what, got, floor)
	}
}

func (rep *report) floors(t *testing.T) {
	for _, f := range rankFloors {
		m := rep.at("all", f.kind)
		atLeast(t, f.kind+": P@1", m.percent(m.first), f.first)
		atLeast(t, f.kind+": hit@3", m.percent(m.three), f.three)
		atLeast(t, f.kind+": shown first", m.percent(m.shownFirst), f.shownFirst)
		atLeast(t, f.kind+": shown", m.percent(m.shown), f.shown)
	}
	for _, f := range refusedFloors {
		m := rep.at("all", f.kind)
		atLeast(t, f.kind+": refused", m.percent(m.refused), f.refused)
	}
	answerable := rep.certainty["test alone"]
	atLeast(t, "AUROC against absent", auroc(answerable, rep.certainty["test absent"]), absentAUROC)
	atLeast(t, "AUROC against offtopic", auroc(answerable, rep.certainty["test offtopic"]), offtopicAUROC)
	atLeast(t, "absent refused where 5 % of the answerable are", rep.absentAtFive("test"), absentAtFive)
	atLeast(t, "offtopic refused where 3 % of the answerable are", rep.offtopicAtThree("test"), offtopicAtThree)
	atLeast(t, "groups", float64(rep.groups("all").three), groupsRight)
}

// shortFloors are the floors for one short article.
func (rep *report) shortFloors(t *testing.T) {
	can, absent := rep.at("all", "answerable"), rep.at("all", "absent")
	atLeast(t, "hit@1", can.percent(can.first), 70)
	atLeast(t, "hit@3", can.percent(can.three), 93)
	atLeast(t, "shown", can.percent(can.shown), 72)
	atLeast(t, "absent refused", absent.percent(absent.refused), 31)
	atLeast(t, "AUROC", rep.aurocAbsent(), 64)
}

// insult matches the words of the built-in articles that nobody who greets or
// scolds the bot should get in return.
var insult = regexp.MustCompile(`(?i)\b(idiot|monkey|brat|minimally talented|die|dies|died|killed)\b`)

// insulted returns the questions that are no more than a greeting or abuse and
// are answered with an insult, be it as the nearest sentence.
func (rep *report) insulted() []evalQuestion {
	var out []evalQuestion
	for i, q := range rep.questions {
		if q.Topic != "abuse" && q.Topic != "greeting" {
			continue
		}
		said := ""
		for _, quotes := range [][]Quote{rep.results[i].quotes, rep.results[i].nearest} {
			for _, quote := range quotes {
				said += quote.Text + "\n"
			}
		}
		if insult.MatchString(said) {
			out = append(out, q)
		}
	}
	return out
}

// calm holds that hostile questions get no quotes, and abuse no abuse.
func (rep *report) calm(t *testing.T) {
	for i, q := range rep.questions {
		if r := rep.results[i]; q.Kind == "hostile" && (r.answered || len(r.quotes) > 0) {
			t.Errorf("%s: answered with %d quotes", q.ID, len(r.quotes))
		}
	}
	if bad := rep.insulted(); len(bad) > knownInsults {
		for _, q := range bad {
			t.Errorf("%s %q: answered with an insult", q.ID, q.Q)
		}
	}
}
