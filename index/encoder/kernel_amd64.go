//go:build !purego

package encoder

import "golang.org/x/sys/cpu"

// avx2 selects the assembly. It is a variable so that tests and benchmarks can
// run both ways on one machine.
var avx2 = cpu.X86.HasAVX2 && cpu.X86.HasFMA

// tileAVX2 computes a tile of tileRows x panel numbers:
//
//	out[i][j] = scale[j]·Σ x[i][p]·w[p][j] + bias[j]
//
// x has rows of k float32, w is one panel of [k][panel]int8, and the rows of
// out are m float32 apart.
//
//go:noescape
func tileAVX2(out *float32, m int, x *float32, k int, w *byte, scale, bias *float32)

// dotAVX2 is Σ a[i]·b[i] over Dim numbers.
//
//go:noescape
func dotAVX2(a, b *int8) int32
