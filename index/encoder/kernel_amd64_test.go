//go:build !purego

package encoder

import "testing"

// plainGo switches the assembly off for the rest of the test.
func plainGo(t testing.TB) {
	old := avx2
	avx2 = false
	t.Cleanup(func() { avx2 = old })
}
