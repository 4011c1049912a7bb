package encoder

import "math"

// attend writes to out, rows of l.width, what each of n tokens takes from the
// others. s.wide has per token its query, key and value, heads side by side.
func (l *layer) attend(out []float32, s *scratch, n int) {
	d, h := l.width, l.width/heads
	at := func(token, part, head int) []float32 {
		i := token*3*d + part*d + head*h
		return s.wide[i : i+h : i+h]
	}
	for head := range heads {
		for i := 0; i < n; i += 3 { // padded rows make the last three whole
			x, y, z := at(i, 0, head), at(i+1, 0, head), at(i+2, 0, head)
			w := &s.weight
			for j := 0; j < n; j += 2 {
				w[0][j], w[1][j], w[2][j], w[0][j+1], w[1][j+1], w[2][j+1] = dot3x2(x, y, z, at(j, 1, head), at(j+1, 1, head))
			}
			for r := range min(3, n-i) {
				weight := w[r][:n]
				softmax(weight, l.scale)
				o := out[(i+r)*d+head*h:][:h]
				clear(o)
				for j := 0; j < n; j += 4 {
					if n-j < 4 { // leftovers past n may be anything, even NaN
						for ; j < n; j++ {
							axpy(o, at(j, 2, head), weight[j])
						}
						break
					}
					axpy4(o, at(j, 2, head), at(j+1, 2, head), at(j+2, 2, head), at(j+3, 2, head), weight[j:])
				}
			}
		}
	}
}

// softmax turns scores into weights that add up to 1.
func softmax(w []float32, scale float32) {
	top := w[0]
	for _, v := range w {
		top = max(top, v)
	}
	var sum float32
	for i, v := range w {
		w[i] = float32(math.Exp(float64(scale * (v - top))))
		sum += w[i]
	}
	for i := range w {
		w[i] /= sum
	}
}

// axpy adds w·x to o.
func axpy(o, x []float32, w float32) {
	o = o[:len(x)]
	for i, v := range x {
		o[i] += w * v
	}
}

// axpy4 adds w[0]·a + w[1]·b + w[2]·c + w[3]·d to o.
func axpy4(o, a, b, c, d, w []float32) {
	n := len(o)
	a, b, c, d = a[:n], b[:n], c[:n], d[:n]
	w0, w1, w2, w3 := w[0], w[1], w[2], w[3]
	for i := range o {
		o[i] += w0*a[i] + w1*b[i] + w2*c[i] + w3*d[i]
	}
}
