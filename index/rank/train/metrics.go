package main

import "fmt"

// metrics count at which rank the first right sentence came.
type metrics struct {
	n, first, three, five int
	reciprocal            float64
}

// add counts a rank; 0 is not found.
func (m *metrics) add(rank int) {
	m.n++
	if rank == 0 {
		return
	}
	m.reciprocal += 1 / float64(rank)
	if rank == 1 {
		m.first++
	}
	if rank <= 3 {
		m.three++
	}
	if rank <= 5 {
		m.five++
	}
}

func (m *metrics) String() string {
	n := float64(max(1, m.n)) / 100
	return fmt.Sprintf("%6d questions  P@1 %5.2f  hit@3 %5.2f  hit@5 %5.2f  MRR %5.2f",
		m.n, float64(m.first)/n, float64(m.three)/n, float64(m.five)/n, m.reciprocal/n)
}

// place returns the rank of the best right candidate. Of equal scores half
// are taken to come first, so that ties are worth neither more nor less than
// they are.
func place(scores []float32, right func(i int) bool) int {
	best, found := float32(0), false
	for i, s := range scores {
		if right(i) && (!found || s > best) {
			best, found = s, true
		}
	}
	if !found {
		return 0
	}
	above, equal := 0, 0
	for i, s := range scores {
		if right(i) {
			continue
		}
		if s > best {
			above++
		} else if s == best {
			equal++
		}
	}
	return 1 + above + (equal+1)/2
}
