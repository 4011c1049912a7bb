package retrieve

import (
	"fmt"
	"math"
)

// Dim is how many numbers a vector has.
const Dim = 384

// A Code is a vector of unit length in a quarter of its space: int8 numbers and
// what makes their length one again. Cosines of codes are within 0.005 of those
// of their vectors.
type Code struct {
	q   [Dim]int8
	inv float32 // 1/|q|, or 0 for the zero vector
}

// NewCode rounds a vector of Dim numbers.
func NewCode(v []float32) (c Code) {
	var top float32
	for _, x := range v[:Dim] {
		top = max(top, x, -x)
	}
	if top == 0 {
		return c
	}
	for i, x := range v[:Dim] {
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

// Cosine is the similarity of two codes: 1 for the same direction, near 0 for
// unrelated ones.
func (c *Code) Cosine(d *Code) float64 { return float64(float32(c.dot(d)) * c.inv * d.inv) }

func (c *Code) dot(d *Code) int32 {
	var s, t int32
	for x, y := c.q[:], d.q[:]; len(x) >= 8 && len(y) >= 8; x, y = x[8:], y[8:] {
		s += int32(x[0])*int32(y[0]) + int32(x[1])*int32(y[1]) + int32(x[2])*int32(y[2]) + int32(x[3])*int32(y[3])
		t += int32(x[4])*int32(y[4]) + int32(x[5])*int32(y[5]) + int32(x[6])*int32(y[6]) + int32(x[7])*int32(y[7])
	}
	return s + t
}

// bytes appends the Dim bytes of the code to b.
func (c *Code) bytes(b []byte) []byte {
	for _, x := range c.q {
		b = append(b, byte(x))
	}
	return b
}

// read takes a code from Dim bytes, of which any will do.
func (c *Code) read(b []byte) error {
	if len(b) != Dim {
		return fmt.Errorf("a vector has %d bytes, not %d", Dim, len(b))
	}
	for i, x := range b {
		c.q[i] = int8(x)
	}
	c.measure()
	return nil
}
