package index

import (
	"fmt"
	"slices"
	"strings"
)

// A report is what the evaluation found.
type report struct {
	questions []evalQuestion
	results   []evalResult
	tallies   map[string]*tally    // by half and kind, "test lexical"; and by kind of both halves, "all lexical"
	certainty map[string][]float64 // confidences, likewise
	shared    map[string]bool      // questions of the half test that share a gold sentence with one of tune
}

var halves = []string{"tune", "test"}

func newReport(questions []evalQuestion, results []evalResult) *report {
	rep := &report{questions, results, make(map[string]*tally), make(map[string][]float64), sharingGold(questions)}
	for i := range questions {
		q, r := &questions[i], &results[i]
		rows := []string{q.Kind}
		switch {
		case len(q.Gold) > 0:
			rows = append(rows, "answerable")
			if q.Half == "test" && !rep.shared[q.ID] {
				rows = append(rows, "answerable, gold not shared")
			}
		case q.Near:
			rows = append(rows, q.Kind+", near in words")
		}
		if q.Topic == "greeting" || q.Topic == "abuse" {
			rows = append(rows, "offtopic, "+q.Topic)
		}
		if standsAlone[q.Kind] {
			rows = append(rows, "alone")
		}
		for _, half := range []string{q.Half, "all"} {
			for _, row := range rows {
				rep.at(half, row).see(r)
				rep.certainty[half+" "+row] = append(rep.certainty[half+" "+row], r.confidence)
			}
			if q.Clean != "" {
				rep.at(half, "typo, spelt right").add(r.clean, false)
			}
		}
	}
	return rep
}

// standsAlone are the kinds of answerable questions that refusals are weighed
// against: those that need nothing but themselves.
var standsAlone = map[string]bool{"head": true, "lexical": true, "paraphrase": true, "typo": true}

func (rep *report) at(half, row string) *tally {
	key := half + " " + row
	if rep.tallies[key] == nil {
		rep.tallies[key] = new(tally)
	}
	return rep.tallies[key]
}

// summary is the tables.
func (rep *report) summary() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Answerable: the first right quote among %d if it were always answered; then what a\nperson sees: the first quote right, any shown right, refused with one of the nearest\nright, refused.\n\n", evalDepth)
	fmt.Fprintf(&b, "%-33s %4s %6s %6s %6s  %11s %6s %8s %8s\n", "", "n", "P@1", "hit@3", "MRR", "shown first", "shown", "nearest", "refused")
	for _, half := range halves {
		for _, kind := range []string{"head", "lexical", "paraphrase", "typo", "followup", "list", "answerable", "answerable, gold not shared"} {
			if m := rep.at(half, kind); m.n > 0 {
				fmt.Fprintf(&b, "%-33s %4d %6.1f %6.1f %6.1f  %11.1f %6.1f %8.1f %8.1f\n", half+" "+kind, m.n,
					m.percent(m.first), m.percent(m.three), m.mrr(), m.percent(m.shownFirst), m.percent(m.shown), m.percent(m.near), m.percent(m.refused))
			}
		}
	}

	fmt.Fprintf(&b, "\nUnanswerable: quotes shown as an answer, the nearest sentences shown as none, neither.\n\n")
	fmt.Fprintf(&b, "%-33s %4s %8s %8s %8s\n", "", "n", "quotes", "nearest", "neither")
	for _, half := range halves {
		for _, kind := range []string{"absent", "absent, near in words", "offtopic", "offtopic, near in words", "offtopic, greeting", "offtopic, abuse", "hostile"} {
			if m := rep.at(half, kind); m.n > 0 {
				fmt.Fprintf(&b, "%-33s %4d %8.1f %8.1f %8.1f\n", half+" "+kind, m.n, m.percent(m.n-m.refused), m.percent(m.nearest), m.percent(m.refused-m.nearest))
			}
		}
	}

	if bad := rep.insulted(); len(bad) > 0 {
		fmt.Fprintf(&b, "\nGreetings and abuse that are answered with an insult: %d, the first %s.\n", len(bad), bad[0].ID)
	}

	fmt.Fprintf(&b, "\nConfidence: answerable are here head, lexical, paraphrase and typo.\n\n%-62s", "")
	row := func(name string, value func(half string) float64) {
		fmt.Fprintf(&b, "\n%-62s", name)
		for _, half := range halves {
			fmt.Fprintf(&b, " %6.1f", value(half))
		}
	}
	for _, half := range halves {
		fmt.Fprintf(&b, " %6s", half)
	}
	for _, kind := range []string{"absent", "offtopic"} {
		row("AUROC, answerable against "+kind, func(half string) float64 {
			return auroc(rep.certainty[half+" alone"], rep.certainty[half+" "+kind])
		})
	}
	row("absent refused where 5 % of the answerable are", rep.absentAtFive)
	row("offtopic refused where 3 % of the answerable are", rep.offtopicAtThree)
	for _, kind := range []string{"alone", "absent", "offtopic"} {
		name := strings.Replace(kind, "alone", "answerable", 1)
		row(fmt.Sprintf("%s refused at the threshold, %.2f", name, threshold), func(half string) float64 {
			return below(rep.certainty[half+" "+kind], threshold)
		})
	}
	for _, kind := range []string{"alone", "absent"} {
		name := strings.Replace(kind, "alone", "answerable", 1)
		row(name+" refused where 5 % of the answerable of tune are", func(half string) float64 {
			return below(rep.certainty[half+" "+kind], atRate(rep.certainty["tune alone"], 0.05))
		})
	}

	typo, clean := rep.at("all", "typo"), rep.at("all", "typo, spelt right")
	fmt.Fprintf(&b, "\n\nTypos, both halves (%d): hit@3 %.1f, spelt right %.1f, so %.1f points are lost.\n", typo.n,
		typo.percent(typo.three), clean.percent(clean.three), clean.percent(clean.three)-typo.percent(typo.three))

	fmt.Fprintf(&b, "\nRewordings: groups all of whose members have a right quote\n\n%-33s %6s %12s %17s %6s %12s\n", "", "groups", "in the first", "among the first 3", "shown", "shown first")
	for _, half := range halves {
		g := rep.groups(half)
		fmt.Fprintf(&b, "%-33s %6d %12d %17d %6d %12d\n", half, g.n, g.first, g.three, g.shown, g.shownFirst)
	}
	fmt.Fprintf(&b, "\n%d answerable questions of the half test share a gold sentence with one of the half tune.\n", len(rep.shared))
	return b.String()
}

// aurocAbsent weighs all answerable questions against the absent ones.
func (rep *report) aurocAbsent() float64 {
	return auroc(rep.certainty["all answerable"], rep.certainty["all absent"])
}

func (rep *report) absentAtFive(half string) float64 {
	return below(rep.certainty[half+" absent"], atRate(rep.certainty[half+" alone"], 0.05))
}

func (rep *report) offtopicAtThree(half string) float64 {
	return below(rep.certainty[half+" offtopic"], atRate(rep.certainty[half+" alone"], 0.03))
}

// groups counts the groups of rewordings, and those with all members right.
func (rep *report) groups(half string) tally {
	worst := make(map[string]evalResult)
	last := func(a, b int) int { // the worse of two places
		if a == 0 || b == 0 {
			return 0
		}
		return max(a, b)
	}
	for i, q := range rep.questions {
		if q.Group == "" || half != "all" && q.Half != half {
			continue
		}
		r := rep.results[i]
		if w, ok := worst[q.Group]; ok {
			r.rank, r.shown = last(r.rank, w.rank), last(r.shown, w.shown)
		}
		worst[q.Group] = r
	}
	var m tally
	for _, r := range worst {
		m.see(&r)
	}
	return m
}

// lines is a line for every question.
func (rep *report) lines() string {
	var b strings.Builder
	ids := make([]string, 0, len(rep.shared))
	for id := range rep.shared {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	fmt.Fprintf(&b, "These questions of the half test share a gold sentence with one of the half tune:\n%s.\n\n", wrap(strings.Join(ids, ", "), 100))
	fmt.Fprintf(&b, "Each question: the rank of the first right quote among %d if it were always answered\n(- where none is), the confidence, what a person sees.\n\n", evalDepth)
	for i, q := range rep.questions {
		b.WriteString(reportLine(&q, &rep.results[i]) + "\n")
	}
	return b.String()
}

func reportLine(q *evalQuestion, r *evalResult) string {
	place := fmt.Sprint(r.rank)
	if r.rank == 0 {
		place = "-"
	}
	seen := "refused"
	switch {
	case r.shown == 1:
		seen = "first"
	case r.shown > 1:
		seen = "shown"
	case r.answered:
		seen = "answered"
	case r.near > 0:
		seen = "refused, nearest right"
	case len(r.nearest) > 0:
		seen = "refused, nearest shown"
	}
	return fmt.Sprintf("%s %s %s %.2f %s", q.ID, q.Kind, place, r.confidence, seen)
}

// wrap breaks text at blanks into lines of at most width bytes.
func wrap(text string, width int) string {
	var b strings.Builder
	col := 0
	for _, word := range strings.Fields(text) {
		switch {
		case col == 0:
		case col+1+len(word) > width:
			b.WriteByte('\n')
			col = 0
		default:
			b.WriteByte(' ')
			col++
		}
		b.WriteString(word)
		col += len(word)
	}
	return b.String()
}
