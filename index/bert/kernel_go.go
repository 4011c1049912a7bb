package bert

import (
	"math"
	"unsafe"
)

// plain are the kernels in Go, which say what the others have to compute.
// Every float32(a*b) is there to keep the compiler of other machines from
// fusing the product with the addition that follows.
var plain = kernels{
	name:     "go",
	panel:    panelGo,
	quantize: quantizeGo,
	gelu:     geluGo,
	softmax:  softmaxGo,
	addNorm:  addNormGo,
	mix:      mixGo,
}

func panelGo(a *panelArgs) {
	w, x := unsafe.Slice(a.w, a.k*panelCols), unsafe.Slice(a.x, a.rows*a.k)
	for i := range a.rows {
		acc := dot(x[i*a.k:(i+1)*a.k], w)
		a.finish(i, &acc)
	}
}

// finish turns the sums of row i into floats and stores them.
func (a *panelArgs) finish(i int, acc *[panelCols]int32) {
	scale, bias, sum := (*[panelCols]float32)(unsafe.Pointer(a.scale)), (*[panelCols]float32)(unsafe.Pointer(a.bias)), (*[panelCols]int32)(unsafe.Pointer(a.sum))
	rowScale, zero := unsafe.Slice(a.rowScale, a.rows)[i], unsafe.Slice(a.zero, a.rows)[i]
	out := (*[panelCols]float32)(unsafe.Add(unsafe.Pointer(a.out), i*a.stride))
	for j, v := range acc {
		f := float32(v - zero*sum[j])
		out[j] = float32(f*float32(rowScale*scale[j])) + bias[j]
	}
}

// dot returns the products of one row and a panel, four columns at a time.
func dot(x, w []byte) (acc [panelCols]int32) {
	for j := 0; j < panelCols; j += 4 {
		var a, b, c, d int32
		w := w[4*j:]
		for i := 0; i+4 <= len(x); i += 4 {
			x0, x1, x2, x3 := int32(x[i]), int32(x[i+1]), int32(x[i+2]), int32(x[i+3])
			w := w[panelCols*i:][:16:16]
			a += x0*int32(int8(w[0])) + x1*int32(int8(w[1])) + x2*int32(int8(w[2])) + x3*int32(int8(w[3]))
			b += x0*int32(int8(w[4])) + x1*int32(int8(w[5])) + x2*int32(int8(w[6])) + x3*int32(int8(w[7]))
			c += x0*int32(int8(w[8])) + x1*int32(int8(w[9])) + x2*int32(int8(w[10])) + x3*int32(int8(w[11]))
			d += x0*int32(int8(w[12])) + x1*int32(int8(w[13])) + x2*int32(int8(w[14])) + x3*int32(int8(w[15]))
		}
		acc[j], acc[j+1], acc[j+2], acc[j+3] = a, b, c, d
	}
	return acc
}

// magic is 1.5·2²³: a small number added to it is rounded to an integer, half
// to even, which then stands in its low bits.
const magic = 12582912

func round(x float32) int32 { return int32(math.Float32bits(x+magic)) - 0x4b400000 }

func quantizeGo(q []byte, x, smooth []float32) (scale float32, zero int32) {
	smooth = smooth[:len(x)]
	var lo, hi float32
	for i, v := range x {
		v *= smooth[i]
		lo, hi = min(lo, v), max(hi, v)
	}
	scale, inv, zero := step(lo, hi)
	for i, v := range x {
		q[i] = byte(min(max(round(float32(float32(v*smooth[i])*inv))+zero, 0), maxAct))
	}
	return scale, zero
}

// step spreads the numbers lo to hi, with 0 among them, over 0 to maxAct: v
// becomes round(v·inv) + zero. All zeros become zero.
func step(lo, hi float32) (scale, inv float32, zero int32) {
	spread := hi - lo
	if !(spread > 1e-30) { // 1/spread would not be finite
		return 0, 0, 0
	}
	inv = maxAct / spread
	return spread / maxAct, inv, -round(float32(lo * inv))
}

// Φ(x) is 1/2 + x·p(x²)/q(x²) to within 4e-7 where |x| is at most phiEnd, past which it
// is 0 or 1 to within 1e-7. The coefficients minimise the largest error of
// gelu; index/train/coefficients.py computes them.
const phiEnd = 5.25

var (
	phiP = [6]float32{0.398942768573761, 0.0690448209643364, 0.006693609058856964, 0.0005068356986157596, 6.548592864419334e-06, -1.8941124224625128e-08}
	phiQ = [5]float32{1, 0.3397305905818939, 0.04841921105980873, 0.003804635489359498, 0.00017102560377679765}
)

func geluGo(x []float32) {
	for i, v := range x {
		v = max(v, -phiEnd)
		c := min(v, phiEnd)
		t := float32(c * c)
		p := float32(phiP[5]*t) + phiP[4]
		p = float32(p*t) + phiP[3]
		p = float32(p*t) + phiP[2]
		p = float32(p*t) + phiP[1]
		p = float32(p*t) + phiP[0]
		q := float32(phiQ[4]*t) + phiQ[3]
		q = float32(q*t) + phiQ[2]
		q = float32(q*t) + phiQ[1]
		q = float32(q*t) + phiQ[0]
		x[i] = float32(v * (float32(float32(c*p)/q) + 0.5))
	}
}

// expLow is where exp is taken for 0.
const expLow = -87

// exp(r) is 1 + r + r²·(expP[0] + r·expP[1] + …) to within 1e-7 for |r| ≤ ½·ln 2.
var expP = [4]float32{0.499992311000824, 0.16667114198207855, 0.041890136897563934, 0.008312538266181946}

const (
	log2e = 1.44269504
	ln2Hi = 0.693359375 // few bits, so that its product with a small integer is exact
	ln2Lo = -2.12194440e-4
)

// exp is e to the power of x, which is not above 0.
func exp(x float32) float32 {
	if !(x >= expLow) {
		return 0
	}
	f := float32(x*log2e) + magic
	n := f - magic
	r := x - float32(n*ln2Hi)
	r -= float32(n * ln2Lo)
	p := float32(expP[3]*r) + expP[2]
	p = float32(p*r) + expP[1]
	p = float32(p*r) + expP[0]
	p = float32(p*float32(r*r)) + r
	p += 1
	return math.Float32frombits(math.Float32bits(p) + math.Float32bits(f)<<23)
}

// fold adds eight lanes as vector instructions do: halves onto each other.
func fold(s *[8]float32) float32 {
	return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]))
}

func softmaxGo(x []float32) {
	top := x[0]
	for _, v := range x {
		top = max(top, v)
	}
	var lanes [8]float32
	for i, v := range x {
		x[i] = exp(v - top)
		lanes[i%8] += x[i]
	}
	inv := 1 / fold(&lanes)
	for i := range x {
		x[i] *= inv
	}
}

// epsilon keeps a row of equal numbers from a division by zero.
const epsilon = 1e-12

func addNormGo(x, y, weight, bias []float32) {
	n := float32(len(x))
	y, weight, bias = y[:len(x)], weight[:len(x)], bias[:len(x)]
	var lanes [8]float32
	for i := range x {
		x[i] += y[i]
		lanes[i%8] += x[i]
	}
	mean := fold(&lanes) / n
	lanes = [8]float32{}
	for i := range x {
		d := x[i] - mean
		x[i] = d
		lanes[i%8] += float32(d * d)
	}
	inv := deviation(fold(&lanes) / n)
	for i, d := range x {
		x[i] = float32(float32(d*inv)*weight[i]) + bias[i]
	}
}

// deviation is 1 over the root of a variance.
func deviation(variance float32) float32 {
	return 1 / float32(math.Sqrt(float64(variance+epsilon)))
}

func mixGo(m *mixArgs) {
	outStride, aStride, bStride := m.outStride/4, m.aStride/4, m.bStride/4
	out := unsafe.Slice(m.out, (m.rows-1)*outStride+m.cols)
	a := unsafe.Slice(m.a, (m.rows-1)*aStride+m.k)
	b := unsafe.Slice(m.b, (m.k-1)*bStride+m.cols)
	for i := range m.rows {
		o := out[i*outStride:][:m.cols]
		clear(o)
		for p, v := range a[i*aStride:][:m.k] {
			r := b[p*bStride:][:len(o)]
			for j := range o {
				o[j] += float32(v * r[j])
			}
		}
	}
}
