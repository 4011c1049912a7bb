package index

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// A reliability says how far confidences can be believed: of the answers that were
// given one in a tenth of the range, how many were right.
type reliability [10]struct {
	n, right int
	sum      float64 // of the confidences
}

func (r *reliability) add(confidence float64, right bool) {
	b := &r[min(int(confidence*10), 9)]
	b.n++
	b.sum += confidence
	if right {
		b.right++
	}
}

// ece is the expected calibration error, in percent: by how much a confidence is
// off in the mean (Guo et al. 2017).
func (r *reliability) ece() float64 {
	off, n := 0.0, 0
	for _, b := range r {
		off += math.Abs(b.sum - float64(b.right))
		n += b.n
	}
	return 100 * off / float64(max(n, 1))
}

// String draws a bar as long as the share that was right, and a mark where it
// should end.
func (r *reliability) String() string {
	var s strings.Builder
	for i, b := range r {
		if b.n == 0 {
			continue
		}
		const width = 40
		right, said := percent(b.right, b.n), 100*b.sum/float64(b.n)
		bar := []rune(strings.Repeat("█", int(right*width/100+.5)) + strings.Repeat("·", width-int(right*width/100+.5)))
		bar[min(int(said*width/100), width-1)] = '│'
		fmt.Fprintf(&s, "  .%d-%-3s %4d  said %3.0f %%  right %3.0f %%  %s\n", i, strings.TrimPrefix(fmt.Sprintf("%.1f", float64(i+1)/10), "0"), b.n, said, right, string(bar))
	}
	fmt.Fprintf(&s, "  expected calibration error %.1f points\n", r.ece())
	return s.String()
}

func TestReliability(t *testing.T) {
	var r reliability
	for i := range 4 {
		r.add(0.75, i < 3)
		r.add(0.35, i < 1)
	}
	r.add(1, true)
	if got, want := r.ece(), 100*(0.0+0.4)/9; math.Abs(got-want) > 1e-9 {
		t.Errorf("ece = %v, want %v", got, want)
	}
	if s := r.String(); !strings.Contains(s, ".7-.8     4  said  75 %  right  75 %") {
		t.Errorf("got\n%s", s)
	}
}
