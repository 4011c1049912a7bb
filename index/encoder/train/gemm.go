package main

// Matrix product on one core, blocked for the caches in the usual way: B is
// packed into panels of 16 columns, A into panels of 6 rows, and a small
// kernel keeps a 6x16 tile of C in registers.

const (
	tileRows = 6
	tileCols = 16
	blockK   = 256
	blockM   = 192 // rows of A packed at once, a multiple of tileRows
	blockN   = 512 // columns of B packed at once
)

// A matrix is a row-major view; t reads it transposed.
type matrix struct {
	v          []float32
	rows, cols int // as read, after any transposition
	ld         int
	t          bool
}

func mat(v []float32, rows, cols int) matrix { return matrix{v, rows, cols, cols, false} }

func (a matrix) transposed() matrix { return matrix{a.v, a.cols, a.rows, a.ld, !a.t} }

var packA, packB [blockN * blockK]float32

// mulAdd adds a·b to the row-major c of a.rows x b.cols. b.cols is a multiple of 16.
func mulAdd(c []float32, a, b matrix) {
	n, k, m := a.rows, a.cols, b.cols
	var edge [tileRows * tileCols]float32
	for p := 0; p < k; p += blockK {
		kc := min(blockK, k-p)
		for j := 0; j < m; j += blockN {
			nc := min(blockN, m-j)
			packCols(b, p, kc, j, nc)
			for i := 0; i < n; i += blockM {
				mc := min(blockM, n-i)
				packRows(a, i, mc, p, kc)
				for jj := 0; jj < nc; jj += tileCols {
					pb := &packB[jj*kc]
					for ii := 0; ii < mc; ii += tileRows {
						pa := &packA[ii*kc]
						if mc-ii >= tileRows {
							tile(pa, pb, kc, &c[(i+ii)*m+j+jj], m*4)
							continue
						}
						clear(edge[:])
						tile(pa, pb, kc, &edge[0], tileCols*4)
						for r := range mc - ii {
							add(c[(i+ii+r)*m+j+jj:][:tileCols], edge[r*tileCols:][:tileCols])
						}
					}
				}
			}
		}
	}
}

func add(y, x []float32) {
	for i, v := range x {
		y[i] += v
	}
}

// packCols lays rows p.. and columns j.. of b out as panels of 16 columns.
func packCols(b matrix, p, kc, j, nc int) {
	for jj := 0; jj < nc; jj += tileCols {
		d := packB[jj*kc:][: kc*tileCols : kc*tileCols]
		if !b.t {
			for q := range kc {
				copy(d[q*tileCols:][:tileCols], b.v[(p+q)*b.ld+j+jj:][:tileCols])
			}
			continue
		}
		for r := range tileCols {
			src := b.v[(j+jj+r)*b.ld+p:][:kc]
			for q, v := range src {
				d[q*tileCols+r] = v
			}
		}
	}
}

// packRows lays rows i.. and columns p.. of a out as panels of 6 rows, zeros below the last.
func packRows(a matrix, i, mc, p, kc int) {
	for ii := 0; ii < mc; ii += tileRows {
		d := packA[ii*kc:][: kc*tileRows : kc*tileRows]
		rows := min(tileRows, mc-ii)
		if rows < tileRows {
			clear(d)
		}
		if a.t {
			for q := range kc {
				copy(d[q*tileRows:][:rows], a.v[(p+q)*a.ld+i+ii:][:rows])
			}
			continue
		}
		for r := range rows {
			src := a.v[(i+ii+r)*a.ld+p:][:kc]
			for q, v := range src {
				d[q*tileRows+r] = v
			}
		}
	}
}

// tileGo is the kernel where there is no AVX2: c[6][16] += a·b, with rows ld apart.
func tileGo(a, b []float32, k int, c []float32, ld int) {
	for q := range k {
		w := b[q*tileCols:][:tileCols]
		for r := range tileRows {
			x := a[q*tileRows+r]
			o := c[r*ld:][:tileCols]
			for j, v := range w {
				o[j] += x * v
			}
		}
	}
}

func dotGo(a, b []float32) float32 {
	var s float32
	for i, v := range a {
		s += v * b[i]
	}
	return s
}

func axpyGo(alpha float32, x, y []float32) {
	for i, v := range x {
		y[i] += alpha * v
	}
}
