//go:build purego || !(amd64 || arm64)

package bert

// vector are the kernels of this machine besides plain Go, fastest first.
func vector() []*kernels { return nil }
