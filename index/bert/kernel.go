package bert

// Shape of the products of bytes. A panel holds panelCols output columns of a
// weight matrix, in memory [K/4][panelCols][4]: four neighbouring inputs of one
// column side by side, as VPMADDUBSW, VPDPBUSD and SDOT all want them.
const (
	panelCols = 16
	tileRows  = 4  // rows a kernel works on at once
	kMultiple = 16 // K is a multiple of it
)

// Activations are 0 to maxAct, weights -maxWeight to maxWeight. Four products
// then stay within 4·127·64 = 32512, so AVX2 may add them in 16 bits and be
// exact; every kernel gives the same bits. Activations pass for signed bytes
// too, as SDOT wants them.
//
// Weights to 127, with two products in 16 bits, lie a little nearer to float32
// (cosine 0.9981 instead of 0.9974, nearest neighbour kept for 92.1 % instead
// of 91.2 %; TestVectorsReference), but then AVX2 is a fifth slower (87 instead
// of 107 GMAC/s; BenchmarkProduct).
const (
	maxAct    = 127
	maxWeight = 64
)

// panelArgs is what a product needs to fill panelCols columns of out:
//
//	out[i][j] = float32(Σ x[i][p]·w[p][j] - zero[i]·sum[j]) · (rowScale[i]·scale[j]) + bias[j]
//
// A struct, since assembly finds its fields by name (go_asm.h).
type panelArgs struct {
	out      *float32 // the panel's first column
	stride   int      // of out, in bytes
	x        *byte    // [rows][k]
	rows     int      // a multiple of tileRows
	k        int      // a multiple of kMultiple
	w        *byte    // [k/4][panelCols][4], signed
	scale    *float32 // [panelCols]
	bias     *float32 // [panelCols]
	sum      *int32   // [panelCols]: Σ w[p][j]
	rowScale *float32 // [rows]
	zero     *int32   // [rows]
}

// A mixArgs is a product of floats, summed in the order of k without fusing:
//
//	out[i][j] = Σ a[i][p]·b[p][j]
//
// Strides are in bytes.
type mixArgs struct {
	out       *float32
	outStride int
	a         *float32
	aStride   int
	b         *float32
	bStride   int
	rows      int // more than 0
	k         int // more than 0
	cols      int // a multiple of 8
}

// kernels are the inner loops. All sets of kernels give the same bits; the
// float ones never fuse a multiplication with an addition and add in the order
// that kernel_go.go spells out.
type kernels struct {
	name string

	// panel computes one panel of a product of bytes.
	panel func(*panelArgs)

	// quantize writes round(x·smooth·s)+zero to q, for the s and zero that
	// spread the range of x·smooth and 0 over 0 to maxAct; scale is 1/s.
	// len(x) is a multiple of 8, here and below.
	quantize func(q []byte, x, smooth []float32) (scale float32, zero int32)

	// gelu replaces x by x·Φ(x).
	gelu func(x []float32)

	// softmax replaces x by exp(x-max), divided by its sum. -Inf becomes 0.
	softmax func(x []float32)

	// addNorm replaces x by the layer normalisation of x+y: mean 0, variance
	// 1, then times weight plus bias.
	addNorm func(x, y, weight, bias []float32)

	// mix is a product of floats.
	mix func(*mixArgs)
}
