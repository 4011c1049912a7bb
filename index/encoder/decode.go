package encoder

import (
	"encoding/binary"
	"fmt"
	"math"
	"unicode/utf8"
)

// A decoder reads weights. After the first error it returns zeros.
type decoder struct {
	b   string
	off int
	err error
}

func (d *decoder) fail(what string, got int) {
	if d.err == nil {
		d.err = fmt.Errorf("encoder weights: byte %d: unexpected %s: %d", d.off, what, got)
	}
}

// bytes returns the next n bytes; "" for none left.
func (d *decoder) bytes(n int) string {
	if d.err == nil && n > len(d.b)-d.off {
		d.fail("end of file, bytes wanted", n)
	}
	if d.err != nil {
		return ""
	}
	d.off += n
	return d.b[d.off-n : d.off]
}

func (d *decoder) uint32() int {
	b := d.bytes(4)
	if b == "" {
		return 0
	}
	return int(binary.LittleEndian.Uint32([]byte(b)))
}

func (d *decoder) float32() float32 { return math.Float32frombits(uint32(d.uint32())) }

func (d *decoder) float32s(n int) []float32 {
	b := []byte(d.bytes(4 * n))
	if len(b) == 0 {
		return nil
	}
	v := make([]float32, n)
	for i := range v {
		v[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return v
}

func (d *decoder) tokenizer() *tokenizer {
	n := d.uint32()
	t := &tokenizer{id: make(map[string]int32, min(n, 1<<16))}
	for i := 0; i < n && d.err == nil; i++ {
		size := d.bytes(1)
		if size == "" {
			break
		}
		s := d.bytes(int(size[0]))
		t.score = append(t.score, d.float32())
		if i >= reserved && s != "" {
			t.id[s] = int32(i)
			t.longest = max(t.longest, utf8.RuneCountInString(s))
		}
	}
	return t
}

// header reads the two numbers before a table, matrix or list of n numbers.
func (d *decoder) header(n, cols int) {
	if got := d.uint32(); got != n {
		d.fail("size", got)
	}
	if got := d.uint32(); got != cols {
		d.fail("columns", got)
	}
}

func (d *decoder) empty() {
	if n := d.uint32(); n != 0 {
		d.fail("numbers in an empty place", n)
	}
	d.uint32() // columns
}

func (d *decoder) list(n int) []float32 {
	d.header(n, 0)
	return d.float32s(n)
}

func (d *decoder) norm(n int) layerNorm { return layerNorm{d.list(n), d.list(n)} }

// table reads the token table, left as it is: one text needs few of its rows.
func (d *decoder) table(pieces int) (rows string, scale []float32) {
	n := d.uint32()
	if n%inputDim != 0 || n/inputDim < max(pieces, 1) {
		d.fail("size of the token table", n)
	}
	if c := d.uint32(); c != inputDim {
		d.fail("columns", c)
	}
	scale = d.float32s(n / inputDim)
	return d.bytes(n), scale
}

// matrix reads a matrix and its bias, and cuts it into panels.
func (d *decoder) matrix(k, m int) matrix {
	d.header(k*m, m)
	w := matrix{k: k, m: m, scale: d.float32s(m)}
	b := d.bytes(k * m)
	w.bias = d.list(m)
	if d.err != nil {
		return w
	}
	w.q = make([]byte, k*m)
	to := w.q
	for j := 0; j < m; j += panel {
		for p := j; p < k*m; p += m {
			to = to[copy(to, b[p:p+panel]):]
		}
	}
	return w
}
