package bert

// A matrix multiplies rows of in numbers; weights are bytes with a scale for
// each output.
type matrix struct {
	in, out int
	smooth  []float32 // [in]: multiplies the inputs, see index/train/int8.py
	w       []byte    // [out/panelCols][in/4][panelCols][4], signed
	scale   []float32 // [out]
	bias    []float32 // [out]
	sum     []int32   // [out]: of the column's weights
}

// scratch is the memory of one job.
type scratch struct {
	wide   []float32 // queries, keys and values; the inside of feed-forward
	mixed  []float32 // [rows][Hidden]
	keys   []float32 // of one head, transposed
	scores []float32 // of one head

	quant []byte    // rows as bytes
	scale []float32 // [rows]
	zero  []int32   // [rows]
}

func newScratch(e *Encoder) *scratch {
	rows := tiles(max(jobTokens, e.MaxTokens))
	up := e.layers[0].up.out
	cols := (e.MaxTokens + 7) &^ 7
	return &scratch{
		wide:   make([]float32, max(rows*3*e.Hidden, feedBlock*up)),
		mixed:  make([]float32, max(rows, feedBlock)*e.Hidden),
		keys:   make([]float32, e.Hidden/e.heads*cols),
		scores: make([]float32, e.MaxTokens*cols),
		quant:  make([]byte, max(rows*e.Hidden, feedBlock*up)),
		scale:  make([]float32, max(rows, feedBlock)),
		zero:   make([]int32, max(rows, feedBlock)),
	}
}

// tiles rounds a number of rows up to whole tiles.
func tiles(rows int) int { return (rows + tileRows - 1) / tileRows * tileRows }

// multiply writes x·m to out, which has room for whole tiles: rows past those of
// x may be overwritten with anything.
func (s *scratch) multiply(k *kernels, out, x []float32, m *matrix) {
	rows := len(x) / m.in
	for i := range rows {
		s.scale[i], s.zero[i] = k.quantize(s.quant[i*m.in:(i+1)*m.in], x[i*m.in:(i+1)*m.in], m.smooth)
	}
	args := panelArgs{
		stride: 4 * m.out, x: &s.quant[0], rows: tiles(rows), k: m.in,
		rowScale: &s.scale[0], zero: &s.zero[0],
	}
	for j := 0; j < m.out; j += panelCols {
		args.out, args.w = &out[j], &m.w[j*m.in]
		args.scale, args.bias, args.sum = &m.scale[j], &m.bias[j], &m.sum[j]
		k.panel(&args)
	}
}
