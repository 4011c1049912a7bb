// Package measure has the measures that the evaluation and the commands that
// train share.
package measure

import (
	"slices"
	"sort"
)

// AUROC is the area under the receiver operating characteristic, 0 to 1: the
// chance that one of pos is above one of neg, where equal ones count half. It
// is 0 where there are none of one kind.
func AUROC(neg, pos []float64) float64 {
	sorted := slices.Sorted(slices.Values(neg))
	wins := 0.0
	for _, p := range pos {
		below := sort.SearchFloat64s(sorted, p)
		equal := sort.Search(len(sorted), func(i int) bool { return sorted[i] > p }) - below
		wins += float64(below) + float64(equal)/2
	}
	return wins / float64(max(len(pos)*len(neg), 1))
}
