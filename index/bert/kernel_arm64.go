//go:build !purego

package bert

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

// vector are the kernels of this machine besides plain Go, fastest first.
func vector() []*kernels {
	if cpu.ARM64.HasASIMDDP {
		return []*kernels{&neon}
	}
	return nil
}

// neon has the sums of products in assembly, everything else in Go.
var neon = func() kernels {
	k := plain
	k.name = "neon"
	k.panel = func(a *panelArgs) {
		var acc [tileRows][panelCols]int32
		for i := 0; i < a.rows; i += tileRows {
			dotNEON(&acc, (*byte)(unsafe.Add(unsafe.Pointer(a.x), i*a.k)), a.k, a.w)
			for r := range acc {
				a.finish(i+r, &acc[r])
			}
		}
	}
	return k
}()

// dotNEON writes to acc the products of four rows of x and a panel. Activations
// are at most 127, so that they may be taken as signed.
//
//go:noescape
func dotNEON(acc *[tileRows][panelCols]int32, x *byte, k int, w *byte)
