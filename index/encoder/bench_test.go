package encoder

import (
	"math/rand/v2"
	"testing"
)

const (
	question = "How many employees had their social security numbers leaked?"
	news     = "The attackers took terabytes of private data, deleted the original copies from Sony computers, " +
		"and left messages threatening to release the information if Sony did not comply with the attackers' demands."
)

// benchEachPath runs f with the kernels of this machine and in plain Go.
func benchEachPath(b *testing.B, f func(b *testing.B)) {
	if avx2 {
		b.Run("avx2", f)
	}
	b.Run("go", func(b *testing.B) { plainGo(b); f(b) })
}

func BenchmarkEncode(b *testing.B) {
	e := encoder(b)
	for _, bb := range []struct{ name, text string }{{"question", question}, {"news", news}} {
		b.Run(bb.name, func(b *testing.B) {
			benchEachPath(b, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					e.Encode(bb.text)
				}
				b.ReportMetric(float64(len(e.tok.tokens(bb.text))), "tokens")
			})
		})
	}
}

// Mul is the product that takes most of the time, for a question. The weights
// change from call to call, as they do in the network.
func BenchmarkMul(b *testing.B) {
	const n = 12
	var ws []matrix
	for range 8 {
		ws = append(ws, randomMatrix(Dim, wide))
	}
	x, out := floats(n*Dim), make([]float32, n*wide)
	benchEachPath(b, func(b *testing.B) {
		i := 0
		for b.Loop() {
			ws[i%len(ws)].mul(out, x, n)
			i++
		}
		b.ReportMetric(float64(i)*n*Dim*wide/float64(b.Elapsed().Nanoseconds()), "GMAC/s")
	})
}

func BenchmarkTokens(b *testing.B) {
	e := encoder(b)
	for b.Loop() {
		e.tok.tokens(question)
	}
}

// Search compares one code with 10,000.
func BenchmarkSearch(b *testing.B) {
	codes := make([]Code, 10_000)
	for i := range codes {
		for j := range codes[i].q {
			codes[i].q[j] = int8(rand.Uint32())
		}
		codes[i].measure()
	}
	benchEachPath(b, func(b *testing.B) {
		var best float32
		for b.Loop() {
			for i := range codes {
				best = max(best, codes[0].Cosine(&codes[i]))
			}
		}
	})
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := New(use8); err != nil {
			b.Fatal(err)
		}
	}
}
