package bert

import (
	"math/rand/v2"
	"testing"
)

// benchEachKernel runs f with every set of kernels that this machine has.
func benchEachKernel(b *testing.B, f func(b *testing.B, k *kernels)) {
	for _, k := range append(vector(), &plain) {
		b.Run(k.name, func(b *testing.B) { f(b, k) })
	}
}

// standard returns an encoder of the size in use, with random weights.
func standard(k *kernels) *Encoder {
	const vocab, hidden, feed, positions = 30522, 384, 1536, 256
	r := rand.New(rand.NewPCG(1, 1))
	norm := func() layerNorm { return layerNorm{randomFloats(r, hidden, 1), randomFloats(r, hidden, 1)} }
	e := &Encoder{
		Hidden: hidden, MaxTokens: positions, heads: 12, words: make([]byte, vocab*hidden), wordScale: randomFloats(r, vocab, 0.01),
		position: randomFloats(r, positions*hidden, 1), segment: randomFloats(r, 2*hidden, 1), norm: norm(), layers: make([]layer, 6), kernels: k,
	}
	for i := range e.words {
		e.words[i] = byte(r.Uint32())
	}
	for i := range e.layers {
		e.layers[i] = layer{
			qkv: *randomMatrix(r, hidden, 3*hidden), attention: *randomMatrix(r, hidden, hidden), attentionNorm: norm(),
			up: *randomMatrix(r, hidden, feed), down: *randomMatrix(r, feed, hidden), outputNorm: norm(),
		}
	}
	e.scratch.New = func() any { return newScratch(e) }
	return e
}

func BenchmarkEncode(b *testing.B) {
	for _, bb := range []struct {
		name      string
		n, tokens int
	}{{"1x12", 1, 12}, {"12x60", 12, 60}, {"24x70", 24, 70}, {"64x35", 64, 35}} {
		b.Run(bb.name, func(b *testing.B) {
			benchEachKernel(b, func(b *testing.B, k *kernels) {
				e, seqs := standard(k), make([]Sequence, bb.n)
				for i := range seqs {
					for j := range bb.tokens {
						seqs[i].IDs = append(seqs[i].IDs, int32(1000+i*100+j))
					}
				}
				n := 0.0
				for b.Loop() {
					if _, err := e.Encode(b.Context(), seqs); err != nil {
						b.Fatal(err)
					}
					n += float64(bb.n * bb.tokens)
				}
				b.ReportMetric(n/b.Elapsed().Seconds(), "tokens/s")
				b.ReportMetric(n*6*(4*384*384+2*384*1536)/float64(b.Elapsed().Nanoseconds()), "GMAC/s")
			})
		})
	}
}

// Product is one of the products of the network, for the tokens of a sequence.
func BenchmarkProduct(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, bb := range []struct {
		name          string
		rows, in, out int
	}{{"12x384x1536", 12, 384, 1536}, {"64x384x1536", 64, 384, 1536}, {"64x1536x384", 64, 1536, 384}} {
		b.Run(bb.name, func(b *testing.B) {
			benchEachKernel(b, func(b *testing.B, k *kernels) {
				m, x, out := randomMatrix(r, bb.in, bb.out), randomFloats(r, bb.rows*bb.in, 1), make([]float32, bb.rows*bb.out)
				s := &scratch{quant: make([]byte, bb.rows*bb.in), scale: make([]float32, bb.rows), zero: make([]int32, bb.rows)}
				n := 0
				for b.Loop() {
					s.multiply(k, out, x, m)
					n++
				}
				b.ReportMetric(float64(n)*float64(bb.rows*bb.in*bb.out)/float64(b.Elapsed().Nanoseconds()), "GMAC/s")
			})
		})
	}
}
