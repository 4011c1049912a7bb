package main

import "math"

// Sizes of the network.
const (
	tokenDim  = 256 // of a token in the table, the width of the first layer's input
	dim       = 512
	wide      = 1536
	heads     = 4
	maxTokens = 128
)

// A param is one tensor of the model, with its gradient and what Adam keeps of
// it. Only w is set before training.
type param struct {
	w, g  []float32
	m, v  []float32
	start []float32 // the weights that training began with and decay pulls to
}

// A model is the network in float32, with what a pass forward leaves for the
// pass back. S texts go through it at once: their N tokens are the rows of one
// matrix, those of text s from start[s] to start[s+1].
type model struct {
	tokens func(text string) []int32
	head   []byte // of the file, up to the tensors: pieces and sizes of layers

	table        *param // [8002][256]
	timing       *param // [128] frequencies of the position signal, never trained
	layers       [2]layer
	tanhW, tanhB *param // [512][512], [512]
	positions    [maxTokens][]float32

	ids   [][]int32
	start []int
	mean  []float32 // [S][512] of a text's tokens
	tanh  []float32 // [S][512]
	norm  []float32 // [S] length of tanh
	out   []float32 // [S][512] unit vectors
}

func newModel() *model {
	m := &model{table: new(param), timing: new(param), tanhW: new(param), tanhB: new(param)}
	for i := range m.layers {
		l := &m.layers[i]
		for _, p := range []**param{
			&l.normS, &l.normB, &l.qkvW, &l.qkvB, &l.outW, &l.outB, &l.resW, &l.resB,
			&l.ffnS, &l.ffnB, &l.upW, &l.upB, &l.downW, &l.downB,
		} {
			*p = new(param)
		}
	}
	return m
}

// trained returns the params that training changes.
func (m *model) trained() (ps []*param) {
	for _, t := range m.tensors() {
		if t.param != m.timing && len(t.w) > 0 {
			ps = append(ps, t.param)
		}
	}
	return ps
}

// position is the signal added to the i-th token: sines, then cosines.
func (m *model) position(i int) []float32 {
	if m.positions[i] == nil {
		freq := m.timing.w
		r := make([]float32, tokenDim)
		for j, f := range freq {
			sin, cos := math.Sincos(float64(i) * float64(f))
			r[j], r[len(freq)+j] = float32(sin), float32(cos)
		}
		m.positions[i] = r
	}
	return m.positions[i]
}

// encode returns a unit vector for each text, [S][512]; zeros for one without
// tokens.
func (m *model) encode(ids [][]int32) []float32 {
	m.ids, m.start = ids, append(m.start[:0], 0)
	n := 0
	for _, t := range ids {
		n += len(t)
		m.start = append(m.start, n)
	}
	x := make([]float32, n*tokenDim)
	for s, t := range ids {
		for i, id := range t {
			r := x[(m.start[s]+i)*tokenDim:][:tokenDim]
			copy(r, m.position(i))
			axpy(2, m.table.w[int(id)*tokenDim:][:tokenDim], r)
		}
	}
	for i := range m.layers {
		x = m.layers[i].forward(x, m.start)
	}

	S := len(ids)
	m.mean = make([]float32, S*dim)
	for s := range ids {
		for i := m.start[s]; i < m.start[s+1]; i++ {
			axpy(1/float32(len(ids[s])), x[i*dim:][:dim], m.mean[s*dim:][:dim])
		}
	}
	m.tanh = linear(m.mean, m.tanhW, m.tanhB, S)
	m.norm = make([]float32, S)
	m.out = make([]float32, S*dim)
	for s := range ids {
		if len(ids[s]) == 0 {
			continue
		}
		t := m.tanh[s*dim:][:dim]
		for j, v := range t {
			t[j] = float32(math.Tanh(float64(v)))
		}
		m.norm[s] = float32(math.Sqrt(float64(dot(t, t))))
		axpy(1/m.norm[s], t, m.out[s*dim:][:dim])
	}
	return m.out
}

// backward takes the gradient of encode's result and adds to that of all params.
func (m *model) backward(dout []float32) {
	S := len(m.ids)
	dt := make([]float32, S*dim)
	for s := range m.ids {
		if len(m.ids[s]) == 0 {
			continue
		}
		o, t, d, to := m.out[s*dim:][:dim], m.tanh[s*dim:][:dim], dout[s*dim:][:dim], dt[s*dim:][:dim]
		p := dot(o, d)
		for j := range to {
			to[j] = (d[j] - o[j]*p) / m.norm[s] * (1 - t[j]*t[j])
		}
	}
	dmean := make([]float32, S*dim)
	linearBack(dmean, m.mean, dt, m.tanhW, m.tanhB, S)
	dx := make([]float32, m.start[S]*dim)
	for s, t := range m.ids {
		for i := m.start[s]; i < m.start[s+1]; i++ {
			axpy(1/float32(len(t)), dmean[s*dim:][:dim], dx[i*dim:][:dim])
		}
	}
	for i := len(m.layers) - 1; i >= 0; i-- {
		dx = m.layers[i].backward(dx, m.start)
	}
	for s, t := range m.ids {
		for i, id := range t {
			axpy(2, dx[(m.start[s]+i)*tokenDim:][:tokenDim], m.table.g[int(id)*tokenDim:][:tokenDim])
		}
	}
}
