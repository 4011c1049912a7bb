package bert

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"math"
	"os"
	"runtime"
	"sync"
	"testing"
)

// tiny returns the encoder name of testdata/tiny.safetensors, with kernels k.
func tiny(t testing.TB, name string, k *kernels) *Encoder {
	t.Helper()
	data, err := os.ReadFile("testdata/tiny.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	w, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	e, err := w.Encoder(name)
	if err != nil {
		t.Fatal(err)
	}
	e.kernels = k
	return e
}

// A reference is what index/train/tiny.py says of the states of the sequences.
type reference struct {
	seqs        []Sequence
	int8, torch map[string][]float32 // by encoder
}

func readReference(t testing.TB) *reference {
	t.Helper()
	b, err := os.ReadFile("testdata/tiny.json")
	if err != nil {
		t.Fatal(err)
	}
	type states struct{ Int8, Torch string }
	var file struct {
		Sequences []struct {
			IDs      []int32
			Segments []int
		}
		Retriever, Reader states
	}
	if err := json.Unmarshal(b, &file); err != nil {
		t.Fatal(err)
	}
	ref := &reference{int8: map[string][]float32{}, torch: map[string][]float32{}}
	for _, s := range file.Sequences {
		q := Sequence{IDs: s.IDs}
		for _, v := range s.Segments {
			q.Segments = append(q.Segments, uint8(v))
		}
		ref.seqs = append(ref.seqs, q)
	}
	for name, s := range map[string]states{"retriever": file.Retriever, "reader": file.Reader} {
		b, err := base64.StdEncoding.DecodeString(s.Int8)
		if err != nil {
			t.Fatal(err)
		}
		for ; len(b) > 0; b = b[4:] {
			ref.int8[name] = append(ref.int8[name], math.Float32frombits(binary.LittleEndian.Uint32(b)))
		}
		if b, err = base64.StdEncoding.DecodeString(s.Torch); err != nil {
			t.Fatal(err)
		}
		for ; len(b) > 0; b = b[2:] {
			ref.torch[name] = append(ref.torch[name], half(binary.LittleEndian.Uint16(b)))
		}
	}
	return ref
}

func cosine(a, b []float32) float64 {
	var ab, aa, bb float64
	for i := range a {
		ab += float64(a[i]) * float64(b[i])
		aa += float64(a[i]) * float64(a[i])
		bb += float64(b[i]) * float64(b[i])
	}
	return ab / math.Sqrt(aa*bb)
}

// TestReference holds every kernel to the bits of the numpy code that shares
// nothing with this one, and that to the float32 of PyTorch.
func TestReference(t *testing.T) {
	ref := readReference(t)
	onEachKernel(t, func(t *testing.T, k *kernels) {
		for _, name := range []string{"retriever", "reader"} {
			e := tiny(t, name, k)
			s, err := e.Encode(t.Context(), ref.seqs)
			if err != nil {
				t.Fatal(err)
			}
			if !equal(s.All(), ref.int8[name]) {
				t.Errorf("%s: Encode differs from the reference in int8, cosine %v", name, cosine(s.All(), ref.int8[name]))
			}
			if c := cosine(s.All(), ref.torch[name]); c < 0.999 {
				t.Errorf("%s: Encode has cosine %v with float32", name, c)
			}
		}
	})
}

// A sequence's states are the same alone, in any company, and in parallel.
func TestEncodeAlone(t *testing.T) {
	ref := readReference(t)
	e := tiny(t, "retriever", best)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 3 {
				var seqs []Sequence
				for range 9 {
					seqs = append(seqs, ref.seqs...)
				}
				all, err := e.Encode(t.Context(), seqs)
				if err != nil {
					t.Error(err)
					return
				}
				want := ref.int8["retriever"]
				for i := range seqs {
					if i%len(ref.seqs) == 0 {
						want = ref.int8["retriever"]
					}
					if n := len(all.Sequence(i)); !equal(all.Sequence(i), want[:n]) {
						t.Errorf("sequence %d changed in company", i)
					} else {
						want = want[n:]
					}
				}
				for i := range ref.seqs {
					one, err := e.Encode(t.Context(), ref.seqs[i:i+1])
					if err != nil || !equal(one.All(), all.Sequence(i)) {
						t.Errorf("sequence %d changed alone (error %v)", i, err)
					}
				}
			}
		})
	}
	wg.Wait()
}

func TestStates(t *testing.T) {
	s := &States{Hidden: 2, rows: []float32{3, 0, 0, 4, 1, 1}, start: []int{0, 2, 3}}
	if s.Len() != 2 || !equal(s.Sequence(1), []float32{1, 1}) || !equal(s.Token(0, 1), []float32{0, 4}) {
		t.Errorf("Len, Sequence(1), Token(0, 1) = %d, %v, %v", s.Len(), s.Sequence(1), s.Token(0, 1))
	}
	if got := s.Mean(0); math.Abs(float64(got[0])-0.6) > 1e-6 || math.Abs(float64(got[1])-0.8) > 1e-6 {
		t.Errorf("Mean(0) = %v, want [0.6 0.8]", got)
	}
	zero := &States{Hidden: 1, rows: []float32{1, -1}, start: []int{0, 2}}
	if got := zero.Mean(0); got[0] != 0 {
		t.Errorf("Mean of 1 and -1 = %v, want 0", got)
	}
}

func TestEncodeBad(t *testing.T) {
	e := tiny(t, "retriever", best)
	long := make([]int32, e.MaxTokens+1)
	tests := []struct {
		name string
		seq  Sequence
	}{
		{"empty", Sequence{}},
		{"long", Sequence{IDs: long}},
		{"negative", Sequence{IDs: []int32{-1}}},
		{"unknown word", Sequence{IDs: []int32{1 << 30}}},
		{"few segments", Sequence{IDs: []int32{1, 2}, Segments: []uint8{0}}},
		{"third segment", Sequence{IDs: []int32{1}, Segments: []uint8{2}}},
	}
	for _, tt := range tests {
		if _, err := e.Encode(t.Context(), []Sequence{{IDs: []int32{1}}, tt.seq}); err == nil {
			t.Errorf("%s: no error", tt.name)
		}
	}
	if s, err := e.Encode(t.Context(), nil); err != nil || s.Len() != 0 {
		t.Errorf("Encode of nothing: %v, %v", s, err)
	}
	if _, err := e.Encode(t.Context(), []Sequence{{IDs: long[1:]}}); err != nil {
		t.Errorf("longest sequence: %v", err)
	}
}

// afterCalls is a context that ends when it was asked n times.
type afterCalls struct {
	context.Context
	mu sync.Mutex
	n  int
}

func (c *afterCalls) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n--; c.n < 0 {
		return context.Canceled
	}
	return nil
}

// Encode asks before each job and before each layer, and once at the end.
func TestEncodeCancel(t *testing.T) {
	ref := readReference(t)
	e := tiny(t, "retriever", best)
	for n := range 4 {
		ctx := &afterCalls{Context: t.Context(), n: n}
		if s, err := e.Encode(ctx, ref.seqs[:1]); !errors.Is(err, context.Canceled) || s != nil {
			t.Errorf("ended at question %d: Encode = %v, %v, want context.Canceled", n, s, err)
		}
	}
}

// underRace is set by race_test.go: then sync.Pool drops things at random.
var underRace bool

// What a call allocates is its result, not its scratch.
func TestEncodeAllocs(t *testing.T) {
	if underRace {
		t.Skip("sync.Pool drops things under the race detector")
	}
	ref := readReference(t)
	e := tiny(t, "retriever", best)
	const calls = 50
	var before, after runtime.MemStats
	for i := range calls + 1 {
		if i == 1 {
			runtime.ReadMemStats(&before)
		}
		if _, err := e.Encode(t.Context(), ref.seqs); err != nil {
			t.Fatal(err)
		}
	}
	runtime.ReadMemStats(&after)
	result := uint64(len(ref.int8["retriever"]) * 4)
	if got := (after.TotalAlloc - before.TotalAlloc) / calls; got > 2*result+16384 {
		t.Errorf("Encode allocates %d bytes for a result of %d", got, result)
	}
}
