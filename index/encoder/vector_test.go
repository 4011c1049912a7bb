package encoder

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestCode(t *testing.T) {
	e := encoder(t)
	var vs []Vector
	for _, r := range references(t) {
		vs = append(vs, e.Encode(r.Text))
	}
	vs = append(vs, Vector{}, Vector{7: -1})
	onEachPath(t, func(t *testing.T) {
		var worst float64
		for i := range vs {
			for j := range vs {
				a, b := vs[i].Code(), vs[j].Code()
				worst = max(worst, math.Abs(float64(a.Cosine(&b)-vs[i].Cosine(&vs[j]))))
			}
		}
		t.Logf("largest difference %.5f", worst)
		if worst > 0.005 {
			t.Errorf("cosines of codes are off by %.4f", worst)
		}
	})
}

func TestDot(t *testing.T) {
	random := func() (c Code) {
		for i := range c.q {
			c.q[i] = int8(rand.Uint32())
		}
		return c
	}
	var lowest Code
	for i := range lowest.q {
		lowest.q[i] = -128
	}
	codes := []Code{{}, lowest, random(), random(), random()}
	onEachPath(t, func(t *testing.T) {
		for _, a := range codes {
			for _, b := range codes {
				var want int32
				for i := range a.q {
					want += int32(a.q[i]) * int32(b.q[i])
				}
				if got := a.dot(&b); got != want {
					t.Errorf("dot = %d, want %d", got, want)
				}
			}
		}
	})
}

func TestCodeBinary(t *testing.T) {
	v := encoder(t).Encode("who found the red skull?")
	code := v.Code()
	b, _ := code.MarshalBinary()
	var got Code
	if err := got.UnmarshalBinary(b); err != nil {
		t.Fatal(err)
	}
	if got != code {
		t.Errorf("code changed on the way through %d bytes", len(b))
	}
	if err := got.UnmarshalBinary(b[1:]); err == nil {
		t.Error("a short code was read")
	}
}
