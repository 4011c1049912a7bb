package main

import "math"

// attend fills ctx: each text attends to itself, head by head.
func (l *layer) attend(start []int) {
	d, h, ld := l.width, l.width/heads, 3*l.width
	l.ctx = make([]float32, start[len(start)-1]*d)
	l.att = make([][]float32, len(start)-1)
	for s := range l.att {
		n := start[s+1] - start[s]
		qkv := l.qkv[start[s]*ld : start[s+1]*ld]
		ctx := l.ctx[start[s]*d : start[s+1]*d]
		l.att[s] = make([]float32, heads*n*n)
		for head := range heads {
			for i := range n {
				q := qkv[i*ld+head*h:][:h]
				a := l.att[s][(head*n+i)*n:][:n]
				for j := range a {
					a[j] = l.scale * dot(q, qkv[j*ld+d+head*h:][:h])
				}
				softmax(a)
				for j, w := range a {
					axpy(w, qkv[j*ld+2*d+head*h:][:h], ctx[i*d+head*h:][:h])
				}
			}
		}
	}
}

// attendBack returns the gradient of qkv from that of ctx.
func (l *layer) attendBack(dctx []float32, start []int) []float32 {
	d, h, ld := l.width, l.width/heads, 3*l.width
	dqkv := make([]float32, len(l.qkv))
	da := make([]float32, maxTokens)
	for s := range l.att {
		n := start[s+1] - start[s]
		qkv, dq := l.qkv[start[s]*ld:], dqkv[start[s]*ld:]
		for head := range heads {
			for i := range n {
				g := dctx[(start[s]+i)*d+head*h:][:h]
				a := l.att[s][(head*n+i)*n:][:n]
				var sum float32
				for j, w := range a {
					v := j*ld + 2*d + head*h
					da[j] = dot(g, qkv[v:][:h])
					axpy(w, g, dq[v:][:h])
					sum += w * da[j]
				}
				for j, w := range a {
					x := l.scale * w * (da[j] - sum)
					axpy(x, qkv[j*ld+d+head*h:][:h], dq[i*ld+head*h:][:h])
					axpy(x, qkv[i*ld+head*h:][:h], dq[j*ld+d+head*h:][:h])
				}
			}
		}
	}
	return dqkv
}

// softmax turns scores into weights that add up to 1.
func softmax(a []float32) {
	top := a[0]
	for _, v := range a {
		top = max(top, v)
	}
	var sum float32
	for i, v := range a {
		a[i] = float32(math.Exp(float64(v - top)))
		sum += a[i]
	}
	for i := range a {
		a[i] /= sum
	}
}
