package encoder

// Matrices are cut into panels of 16 columns, each laid out row after row, so
// that both kernels read memory in order.
const (
	panel    = 16
	tileRows = 6 // rows that a tile computes at once; the plain Go tile has 3
)

// A matrix is a layer's weights of k rows and m columns, a multiple of panel.
// The weight of row p and column j is scale[j]·int8.
type matrix struct {
	k, m        int
	q           []byte // [m/panel][k][panel]int8
	scale, bias []float32
}

// mul writes x·w + bias to the n rows of out, and nothing of use to the rows up
// to the next multiple of tileRows, which x and out must have too.
func (w *matrix) mul(out, x []float32, n int) {
	n = padded(n)
	x, out = x[:n*w.k], out[:n*w.m]
	for j := 0; j < w.m; j += panel {
		q := w.q[j*w.k : (j+panel)*w.k]
		if !avx2 {
			w.mulGo(out, x, q, j)
			continue
		}
		for i := 0; i < n; i += tileRows {
			tileAVX2(&out[i*w.m+j], w.m, &x[i*w.k], w.k, &q[0], &w.scale[j], &w.bias[j])
		}
	}
}

// padded is n rounded up to whole tiles.
func padded(n int) int { return (n + tileRows - 1) / tileRows * tileRows }

// mulGo computes the columns of panel q, which begins at column j, two at a
// time: they are widened once and then used for all rows. The race detector
// would make it thirty times slower; what it writes belongs to one Encode.
//
//go:norace
func (w *matrix) mulGo(out, x []float32, q []byte, j int) {
	var buf [2][wide]float32
	k := w.k
	u, v := buf[0][:k], buf[1][:k]
	for c := 0; c < panel; c, j = c+2, j+2 {
		for p := range u {
			b := q[p*panel+c : p*panel+c+2 : p*panel+c+2]
			u[p], v[p] = widen[b[0]], widen[b[1]]
		}
		su, sv := w.scale[j], w.scale[j+1]
		bu, bv := w.bias[j], w.bias[j+1]
		for i := 0; i < len(x)/k; i += 3 {
			r, o := x[i*k:], out[i*w.m+j:]
			xu, yu, zu, xv, yv, zv := dot3x2(r[:k], r[k:2*k], r[2*k:3*k], u, v)
			o[0], o[1] = xu*su+bu, xv*sv+bv
			o[w.m], o[w.m+1] = yu*su+bu, yv*sv+bv
			o[2*w.m], o[2*w.m+1] = zu*su+bu, zv*sv+bv
		}
	}
}

// widen maps the byte of an int8 to its number. Reading it is faster than the
// conversion.
var widen = func() (t [256]float32) {
	for i := range t {
		t[i] = float32(int8(i))
	}
	return t
}()

// dot3x2 multiplies three rows with two columns. Three by two is what fits:
// with four rows the compiler keeps sums in memory, at half the speed.
//
//go:norace
func dot3x2(x, y, z, u, v []float32) (xu, yu, zu, xv, yv, zv float32) {
	x, y, z, v = x[:len(u)], y[:len(u)], z[:len(u)], v[:len(u)]
	for i, a := range u {
		b := v[i]
		xu += x[i] * a
		xv += x[i] * b
		yu += y[i] * a
		yv += y[i] * b
		zu += z[i] * a
		zv += z[i] * b
	}
	return xu, yu, zu, xv, yv, zv
}
