package encoder

import (
	"fmt"
	"math"
)

// Dim is how many numbers a vector has.
const Dim = 512

// A Vector is the meaning of a text: a direction. Texts that say similar things
// point in similar directions.
type Vector [Dim]float32

// Cosine is the similarity of two vectors of unit length: 1 for the same
// direction, near 0 for unrelated ones.
func (v *Vector) Cosine(w *Vector) float32 {
	var a, b, c, d float32
	for i := 0; i < Dim; i += 4 {
		a += v[i] * w[i]
		b += v[i+1] * w[i+1]
		c += v[i+2] * w[i+2]
		d += v[i+3] * w[i+3]
	}
	return a + b + c + d
}

// A Code is a Vector in a quarter of the space, for keeping and for searching
// among many. Cosines of codes are within 0.005 of those of their vectors.
type Code struct {
	q   [Dim]int8
	inv float32 // 1/|q|, or 0 for the zero vector
}

// Code rounds v.
func (v *Vector) Code() Code {
	var top float32
	for _, x := range v {
		top = max(top, x, -x)
	}
	var c Code
	if top == 0 {
		return c
	}
	for i, x := range v {
		c.q[i] = int8(math.RoundToEven(float64(x / top * 127)))
	}
	c.measure()
	return c
}

func (c *Code) measure() {
	c.inv = 0
	if sq := c.dot(c); sq > 0 {
		c.inv = float32(1 / math.Sqrt(float64(sq)))
	}
}

// Cosine is the similarity of the two codes' vectors.
func (c *Code) Cosine(d *Code) float32 { return float32(c.dot(d)) * c.inv * d.inv }

func (c *Code) dot(d *Code) int32 {
	if avx2 {
		return dotAVX2(&c.q[0], &d.q[0])
	}
	return dotGo(&c.q, &d.q)
}

func dotGo(a, b *[Dim]int8) int32 {
	var s, t int32
	for x, y := a[:], b[:]; len(x) >= 8 && len(y) >= 8; x, y = x[8:], y[8:] {
		s += int32(x[0])*int32(y[0]) + int32(x[1])*int32(y[1]) + int32(x[2])*int32(y[2]) + int32(x[3])*int32(y[3])
		t += int32(x[4])*int32(y[4]) + int32(x[5])*int32(y[5]) + int32(x[6])*int32(y[6]) + int32(x[7])*int32(y[7])
	}
	return s + t
}

// AppendBinary appends the Dim bytes of the code to b. The error is nil.
func (c *Code) AppendBinary(b []byte) ([]byte, error) {
	for _, x := range c.q {
		b = append(b, byte(x))
	}
	return b, nil
}

// MarshalBinary returns the Dim bytes of the code. The error is nil.
func (c *Code) MarshalBinary() ([]byte, error) { return c.AppendBinary(make([]byte, 0, Dim)) }

// UnmarshalBinary reads a code from the Dim bytes of b, of which any will do.
func (c *Code) UnmarshalBinary(b []byte) error {
	if len(b) != Dim {
		return fmt.Errorf("encoder: a code has %d bytes, not %d", Dim, len(b))
	}
	for i, x := range b {
		c.q[i] = int8(x)
	}
	c.measure()
	return nil
}
