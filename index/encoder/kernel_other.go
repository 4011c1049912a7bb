//go:build !amd64 || purego

package encoder

const avx2 = false

func tileAVX2(out *float32, m int, x *float32, k int, w *byte, scale, bias *float32) {
	panic("encoder: no AVX2 here")
}

func dotAVX2(a, b *int8) int32 { panic("encoder: no AVX2 here") }
