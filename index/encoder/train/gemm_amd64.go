//go:build !purego

package main

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

var avx2 = cpu.X86.HasAVX2 && cpu.X86.HasFMA

//go:noescape
func tileAVX2(a, b *float32, k int, c *float32, ldc int)

//go:noescape
func dotAVX2(a, b *float32, n int) float32

//go:noescape
func axpyAVX2(alpha float32, x, y *float32, n int)

func tile(a, b *float32, k int, c *float32, ldc int) {
	if avx2 {
		tileAVX2(a, b, k, c, ldc)
		return
	}
	tileGo(unsafe.Slice(a, k*tileRows), unsafe.Slice(b, k*tileCols), k,
		unsafe.Slice(c, (tileRows-1)*ldc/4+tileCols), ldc/4)
}

// dot is the inner product; the length is a multiple of 16.
func dot(a, b []float32) float32 {
	if avx2 {
		return dotAVX2(&a[0], &b[:len(a)][0], len(a))
	}
	return dotGo(a, b)
}

// axpy adds alpha·x to y; the length is a multiple of 16.
func axpy(alpha float32, x, y []float32) {
	if avx2 {
		axpyAVX2(alpha, &x[0], &y[:len(x)][0], len(x))
		return
	}
	axpyGo(alpha, x, y)
}
