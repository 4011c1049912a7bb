package bert

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"flag"
	"math"
	"os"
	"testing"
)

var (
	weightsFile = flag.String("weights", "", "file of index/train/export.py")
	vectorsFile = flag.String("vectors", "", "sentences and their vectors in float32, of index/train/check_vectors.py")
)

// TestVectorsReference says what int8 costs a model: how near its vectors are
// to those in float32, and how often a sentence keeps its nearest neighbour.
func TestVectorsReference(t *testing.T) {
	if *weightsFile == "" || *vectorsFile == "" {
		t.Skip("no -weights and -vectors")
	}
	data, err := os.ReadFile(*weightsFile)
	if err != nil {
		t.Fatal(err)
	}
	w, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	e, err := w.Encoder("retriever")
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(*vectorsFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var seqs []Sequence
	var want, got [][]float32
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		var line struct {
			IDs    []int32
			Vector []byte
		}
		if err := json.Unmarshal(s.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		var v []float32
		for b := line.Vector; len(b) > 0; b = b[4:] {
			v = append(v, math.Float32frombits(binary.LittleEndian.Uint32(b)))
		}
		seqs, want = append(seqs, Sequence{IDs: line.IDs}), append(want, v)
	}
	states, err := e.Encode(t.Context(), seqs)
	if err != nil {
		t.Fatal(err)
	}
	mean, least := 0.0, 1.0
	for i := range seqs {
		got = append(got, states.Mean(i))
		c := cosine(got[i], want[i])
		mean, least = mean+c/float64(len(seqs)), min(least, c)
	}
	same, ten := 0, 0
	for i := range seqs {
		a, b := nearest(got, i), nearest(want, i)
		if a[0] == b[0] {
			same++
		}
		for _, x := range a {
			for _, y := range b {
				if x == y {
					ten++
				}
			}
		}
	}
	n := float64(len(seqs))
	t.Logf("%d sentences: cosine with float32 %.5f, least %.5f; nearest neighbour the same for %.1f %%; of the ten nearest %.1f %%",
		len(seqs), mean, least, 100*float64(same)/n, 10*float64(ten)/n)
	if mean < 0.99 {
		t.Error("the mean cosine is below 0.99")
	}
}

// nearest returns the ten vectors nearest to vector i, nearest first.
func nearest(vectors [][]float32, i int) [10]int {
	var best [10]int
	var score [10]float32
	for j, v := range vectors {
		var s float32
		for d, x := range vectors[i] {
			s += x * v[d]
		}
		if i == j {
			continue
		}
		for at, k := 0, j; at < 10; at++ {
			if s > score[at] {
				score[at], s = s, score[at]
				best[at], k = k, best[at]
			}
		}
	}
	return best
}
