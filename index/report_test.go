package index

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// A report is the tables of the evaluation.
type report struct{ rows []row }

// A row sums up questions of one set, or of one kind of it.
type row struct {
	name                    string
	answerable, unanswered  int // questions, and those that nothing answers
	words, meaning, whole   tally
	shownFirst, shown       int // right, in what a person sees
	both, sides             int // both sides shown, of the questions that have two
	nothing, unsure         int // of the answerable: nothing shown, only the nearest
	answered, near          int // of the others: shown as an answer, as the nearest
	confident, unanswerable []float64
	reliability             reliability
}

// A tally counts ranks.
type tally struct {
	n, first, three int
	reciprocal      float64
}

func (m *tally) add(rank int) {
	m.n++
	if rank == 1 {
		m.first++
	}
	if rank >= 1 && rank <= 3 {
		m.three++
	}
	if rank >= 1 && rank <= 10 {
		m.reciprocal += 1 / float64(rank)
	}
}

func (m *tally) String() string {
	return fmt.Sprintf("%5.1f %5.1f %5.1f", percent(m.first, m.n), percent(m.three, m.n), 100*m.reciprocal/float64(max(m.n, 1)))
}

func percent(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }

func (r *row) add(q *evalQuestion, e *evalResult) {
	r.reliability.add(e.confidence, e.whole == 1)
	if len(q.Gold)+len(q.Texts) == 0 {
		r.unanswered++
		r.unanswerable = append(r.unanswerable, e.confidence)
		switch e.outcome {
		case Answered:
			r.answered++
		case Unsure:
			r.near++
		}
		return
	}
	r.answerable++
	r.confident = append(r.confident, e.confidence)
	r.words.add(e.words)
	r.meaning.add(e.meaning)
	r.whole.add(e.whole)
	if e.shown == 1 {
		r.shownFirst++
	}
	if e.shown >= 1 {
		r.shown++
	}
	switch e.outcome {
	case Unsure:
		r.unsure++
	case Absent, Other:
		r.nothing++
	}
	if len(q.Sides) == 2 {
		r.sides++
		if e.sides {
			r.both++
		}
	}
}

// add adds a set: its sum, its follow-ups apart, then its kinds where it has
// several.
func (rep *report) add(name string, questions []evalQuestion, results []evalResult) {
	whole, follow := row{name: name}, row{name: "  follow-ups"}
	kinds := map[string]*row{}
	var order []string
	for i := range questions {
		q := &questions[i]
		if len(q.Before) > 0 {
			follow.add(q, &results[i])
			continue
		}
		whole.add(q, &results[i])
		if kinds[q.Kind] == nil {
			kinds[q.Kind] = &row{name: "  " + q.Kind}
			order = append(order, q.Kind)
		}
		kinds[q.Kind].add(q, &results[i])
	}
	rep.rows = append(rep.rows, whole)
	if follow.answerable+follow.unanswered > 0 {
		rep.rows = append(rep.rows, follow)
	}
	slices.Sort(order)
	for _, k := range order {
		if len(order) > 1 {
			rep.rows = append(rep.rows, *kinds[k])
		}
	}
}

func (rep *report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "P@1, hit@3 and MRR at 10 by BM25, by the retriever's cosine and by all, as if always\nanswered; then what a person sees, be it as the nearest: first right, any right, only the\nnearest, nothing; both sides where there are two.\n\n")
	fmt.Fprintf(&b, "%-22s %4s  %-17s  %-17s  %-17s  %5s %5s %6s %7s %5s\n", "answerable", "n", "BM25", "retriever", "whole", "first", "shown", "unsure", "nothing", "sides")
	for _, r := range rep.rows {
		if r.answerable == 0 {
			continue
		}
		sides := ""
		if r.sides > 0 {
			sides = fmt.Sprintf("%5.1f", percent(r.both, r.sides))
		}
		line := fmt.Sprintf("%-22s %4d  %s  %s  %s  %5.1f %5.1f %6.1f %7.1f %s", r.name, r.answerable, &r.words, &r.meaning, &r.whole,
			percent(r.shownFirst, r.answerable), percent(r.shown, r.answerable), percent(r.unsure, r.answerable), percent(r.nothing, r.answerable), sides)
		fmt.Fprintln(&b, strings.TrimRight(line, " "))
	}
	fmt.Fprintf(&b, "\nQuestions that nothing answers: shown as an answer, as the nearest; how well confidence\ntells them apart from the answerable of the set (AUROC).\n\n")
	fmt.Fprintf(&b, "%-22s %4s %8s %7s %6s\n", "", "n", "answered", "nearest", "AUROC")
	var of *row
	for i := range rep.rows {
		r := &rep.rows[i]
		if !strings.HasPrefix(r.name, " ") {
			of = r
		}
		if r.unanswered > 0 {
			fmt.Fprintf(&b, "%-22s %4d %8.1f %7.1f %6.1f\n", r.name, r.unanswered, percent(r.answered, r.unanswered), percent(r.near, r.unanswered), 100*auroc(of.confident, r.unanswerable))
		}
	}
	return b.String()
}

// plots draws how far the confidence of each set can be believed.
func (rep *report) plots() string {
	var b strings.Builder
	for _, r := range rep.rows {
		if !strings.HasPrefix(r.name, " ") {
			fmt.Fprintf(&b, "\n%s: of what was said with a confidence, how much was right\n%s", r.name, &r.reliability)
		}
	}
	return b.String()
}

// auroc is how often one of can is above one of cannot; a tie counts half.
func auroc(can, cannot []float64) float64 {
	wins := 0.0
	for _, x := range can {
		for _, y := range cannot {
			switch {
			case x > y:
				wins++
			case x == y:
				wins += 0.5
			}
		}
	}
	return wins / float64(max(len(can)*len(cannot), 1))
}

// floors hold what the sample must not fall below, whatever -update wrote: some
// points under what it measured when they were set. Raise them with the figures.
func (rep *report) floors(t *testing.T) {
	for _, f := range evalFloors {
		if !slices.ContainsFunc(rep.rows, func(r row) bool { return r.name == f.name }) {
			t.Errorf("no questions of the set %s", f.name)
		}
		for _, r := range rep.rows {
			if r.name != f.name {
				continue
			}
			if got := percent(r.whole.first, r.answerable); got < f.first {
				t.Errorf("%s: %.1f %% first right, less than %.1f", f.name, got, f.first)
			}
			if got := percent(r.whole.three, r.answerable); got < f.three {
				t.Errorf("%s: %.1f %% right in three, less than %.1f", f.name, got, f.three)
			}
			if got := percent(r.answered, r.unanswered); got > f.wrong {
				t.Errorf("%s: %.1f %% of what nothing answers is answered, more than %.1f", f.name, got, f.wrong)
			}
		}
	}
}

var evalFloors = []struct {
	name                string
	first, three, wrong float64
}{
	{"built-in, half test", 75, 85, 20},
	{"bank dev", 60, 75, 30},
	{"strangers, half test", 70, 80, 30},
	{"incidents held out", 45, 65, 40},
	{"one short article", 70, 85, 40},
}

func TestTally(t *testing.T) {
	if got := auroc([]float64{0.9, 0.5}, []float64{0.5, 0.1}); got != 0.875 {
		t.Errorf("auroc = %v, want .875: three wins and a tie of four", got)
	}
}
