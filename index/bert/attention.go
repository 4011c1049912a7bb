package bert

// attend adds to x what each token takes from the tokens of its sequence, and
// normalises it. The queries already carry the factor 1/√(size of a head);
// index/train/export.py sees to that.
func (e *Encoder) attend(s *scratch, x []float32, seqs []Sequence, l *layer) {
	h := e.Hidden
	s.multiply(e.kernels, s.wide, x, &l.qkv)
	row := 0
	for i := range seqs {
		n := len(seqs[i].IDs)
		for head := range e.heads {
			e.attendHead(s, s.wide[row*3*h:(row+n)*3*h], s.mixed[row*h:(row+n)*h], n, head)
		}
		row += n
	}
	s.multiply(e.kernels, s.wide, s.mixed[:row*h], &l.attention)
	e.addNorm(x, s.wide, l.attentionNorm)
}

// attendHead fills the columns of one head in out, n rows of Hidden. wide has n
// rows of queries, keys and values, each with its heads side by side.
func (e *Encoder) attendHead(s *scratch, wide, out []float32, n, head int) {
	const float = 4
	h, size, k := e.Hidden, e.Hidden/e.heads, e.kernels
	cols := (n + 7) &^ 7 // whole vectors
	for j := range n {
		key := wide[j*3*h+h+head*size:][:size]
		for d, v := range key {
			s.keys[d*cols+j] = v
		}
	}
	for d := range size {
		clear(s.keys[d*cols+n : (d+1)*cols])
	}
	k.mix(&mixArgs{
		out: &s.scores[0], outStride: float * cols,
		a: &wide[head*size], aStride: float * 3 * h,
		b: &s.keys[0], bStride: float * cols,
		rows: n, k: size, cols: cols,
	})
	for i := range n {
		score := s.scores[i*cols:][:cols]
		for j := n; j < cols; j++ {
			score[j] = negInf
		}
		k.softmax(score)
	}
	k.mix(&mixArgs{
		out: &out[head*size], outStride: float * h,
		a: &s.scores[0], aStride: float * cols,
		b: &wide[2*h+head*size], bStride: float * 3 * h,
		rows: n, k: n, cols: size,
	})
}
