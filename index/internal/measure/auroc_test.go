package measure

import "testing"

func TestAUROC(t *testing.T) {
	for _, tt := range []struct {
		neg, pos []float64
		want     float64
	}{
		{[]float64{0.5, 0.1}, []float64{0.9, 0.5}, 0.875},
		{[]float64{1}, []float64{2, 3}, 1},
		{[]float64{2, 3}, []float64{1}, 0},
		{nil, []float64{1}, 0},
	} {
		if got := AUROC(tt.neg, tt.pos); got != tt.want {
			t.Errorf("AUROC(%v, %v) = %v, want %v", tt.neg, tt.pos, got, tt.want)
		}
	}
}
