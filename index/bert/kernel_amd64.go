//go:build !purego

package bert

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

// vector are the kernels of this machine besides plain Go, fastest first.
func vector() []*kernels {
	var sets []*kernels
	if cpu.X86.HasAVX2 && cpu.X86.HasAVX512F && cpu.X86.HasAVX512VNNI {
		vnni := avx2
		vnni.name, vnni.panel = "avx512vnni", panelVNNI
		sets = append(sets, &vnni)
	}
	if cpu.X86.HasAVX2 {
		sets = append(sets, &avx2)
	}
	return sets
}

var avx2 = kernels{
	name:  "avx2",
	panel: panelAVX2,
	quantize: func(q []byte, x, smooth []float32) (scale float32, zero int32) {
		lo, hi := rangeAVX2(&x[0], &smooth[0], len(x))
		scale, inv, zero := step(lo, hi)
		bytesAVX2(&q[0], &x[0], &smooth[0], len(x), inv, zero)
		return scale, zero
	},
	gelu:    func(x []float32) { geluAVX2(&x[0], len(x), &geluTable[0]) },
	softmax: func(x []float32) { softmaxAVX2(&x[0], len(x), &expTable[0]) },
	addNorm: func(x, y, weight, bias []float32) {
		n := float32(len(x))
		mean := sumAVX2(&x[0], &y[0], len(x)) / n
		inv := deviation(centreAVX2(&x[0], len(x), mean) / n)
		scaleAVX2(&x[0], &weight[0], &bias[0], len(x), inv)
	},
	mix: func(m *mixArgs) {
		n := *m
		for n.rows >= tileRows {
			mixAVX2(&n)
			n.skip(tileRows)
		}
		for n.rows > 0 { // the same row four times
			one := n
			one.aStride, one.outStride = 0, 0
			mixAVX2(&one)
			n.skip(1)
		}
	},
}

// skip leaves out the first rows.
func (m *mixArgs) skip(rows int) {
	if m.rows -= rows; m.rows > 0 {
		m.a = (*float32)(unsafe.Add(unsafe.Pointer(m.a), rows*m.aStride))
		m.out = (*float32)(unsafe.Add(unsafe.Pointer(m.out), rows*m.outStride))
	}
}

var (
	geluTable = curveTable(-phiEnd, phiEnd, 0.5,
		phiP[5], phiP[4], phiP[3], phiP[2], phiP[1], phiP[0], phiQ[4], phiQ[3], phiQ[2], phiQ[1], phiQ[0])
	expTable = curveTable(expLow, log2e, magic, ln2Hi, ln2Lo, expP[3], expP[2], expP[1], expP[0], 1)
)

// curveTable spreads each number over a vector.
func curveTable(numbers ...float32) [][8]float32 {
	table := make([][8]float32, len(numbers))
	for i, v := range numbers {
		table[i] = [8]float32{v, v, v, v, v, v, v, v}
	}
	return table
}

//go:noescape
func panelAVX2(a *panelArgs)

//go:noescape
func panelVNNI(a *panelArgs)

//go:noescape
func rangeAVX2(x, smooth *float32, n int) (lo, hi float32)

//go:noescape
func bytesAVX2(q *byte, x, smooth *float32, n int, inv float32, zero int32)

//go:noescape
func sumAVX2(x, y *float32, n int) float32

//go:noescape
func centreAVX2(x *float32, n int, mean float32) float32

//go:noescape
func scaleAVX2(x, weight, bias *float32, n int, inv float32)

//go:noescape
func mixAVX2(m *mixArgs)

//go:noescape
func geluAVX2(x *float32, n int, table *[8]float32)

//go:noescape
func softmaxAVX2(x *float32, n int, table *[8]float32)
