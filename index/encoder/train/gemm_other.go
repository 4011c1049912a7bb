//go:build !amd64 || purego

package main

import "unsafe"

func tile(a, b *float32, k int, c *float32, ldc int) {
	tileGo(unsafe.Slice(a, k*tileRows), unsafe.Slice(b, k*tileCols), k,
		unsafe.Slice(c, (tileRows-1)*ldc/4+tileCols), ldc/4)
}

func dot(a, b []float32) float32         { return dotGo(a, b) }
func axpy(alpha float32, x, y []float32) { axpyGo(alpha, x, y) }
