package encoder

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
)

func encoder(t testing.TB) *Encoder {
	t.Helper()
	e, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// A reference is what others make of a text. The tokens are from the tokenizer
// of the original, npm package @energetic-ai/embeddings@0.2.0. The vector is from
// the float32 network in train/, which shares no code with this one:
//
//	go run ./index/encoder/train -weights index/encoder/use8.bin -reference index/encoder/testdata/reference.json
//
// With the original weights, that network and the npm package agree on these
// texts to a cosine of 0.9993.
type reference struct {
	Text   string
	Tokens []int32
	Vector []byte // little-endian float32, base64 in the file
}

func references(t testing.TB) []reference {
	t.Helper()
	b, err := os.ReadFile("testdata/reference.json")
	if err != nil {
		t.Fatal(err)
	}
	var refs []reference
	if err := json.Unmarshal(b, &refs); err != nil {
		t.Fatal(err)
	}
	return refs
}

func (r *reference) vector() (v Vector) {
	for i := range v {
		v[i] = math.Float32frombits(binary.LittleEndian.Uint32(r.Vector[4*i:]))
	}
	return v
}

// onEachPath runs f with the kernels of this machine and in plain Go.
func onEachPath(t *testing.T, f func(t *testing.T)) {
	if avx2 {
		t.Run("avx2", f)
	}
	t.Run("go", func(t *testing.T) { plainGo(t); f(t) })
}

func TestModelID(t *testing.T) {
	if want := fmt.Sprintf("1-%.6x", sha256.Sum256([]byte(use8))); ModelID != want {
		t.Errorf("ModelID = %q, but use8.bin asks for %q", ModelID, want)
	}
}

func TestReference(t *testing.T) {
	onEachPath(t, func(t *testing.T) {
		e := encoder(t)
		for _, r := range references(t) {
			got, want := e.Encode(r.Text), r.vector()
			if c := got.Cosine(&want); c < 0.999 {
				t.Errorf("Encode(%q) has cosine %.5f with the reference", r.Text, c)
			}
			if n := got.Cosine(&got); math.Abs(float64(n)-1) > 1e-5 {
				t.Errorf("Encode(%q) has squared length %f", r.Text, n)
			}
		}
	})
}

func TestSimilar(t *testing.T) {
	e := encoder(t)
	tests := []struct{ text, near, far string }{
		{"How old are you?", "What is your age?", "How are you?"},
		{"did anyone get fired?", "Three executives lost their jobs.", "The film opened in March."},
		{"when did it happen", "The attack was discovered on Monday.", "Its chairman is a lawyer."},
		{"The chief executive resigned after the loss.", "The company's boss stepped down.", "It will rain in the north tomorrow."},
	}
	for _, tt := range tests {
		v, near, far := e.Encode(tt.text), e.Encode(tt.near), e.Encode(tt.far)
		if n, f := v.Cosine(&near), v.Cosine(&far); n <= f {
			t.Errorf("Cosine(%q, …): %.3f for %q, %.3f for %q", tt.text, n, tt.near, f, tt.far)
		}
	}
}

func TestEncodeAnything(t *testing.T) {
	e := encoder(t)
	tests := []struct {
		name, text string
		zero       bool
	}{
		{"empty", "", true},
		{"space", " \t\r\n\u00a0\u200b", true},
		{"control", "\x00\x01\x7f\ufeff", true},
		{"bytes", "\xff\xfe\x80", false},
		{"emoji", "🤷🏽‍♀️", false},
		{"long word", strings.Repeat("x", 1<<20), false},
		{"long text", strings.Repeat("all work and no play ", 1<<16), false},
		{"marks", "\u0301" + strings.Repeat("\u0301", 1<<12), false},
	}
	for _, tt := range tests {
		v := e.Encode(tt.text)
		want := 1.0
		if tt.zero {
			want = 0
		}
		if n := v.Cosine(&v); math.Abs(float64(n)-want) > 1e-5 {
			t.Errorf("%s: squared length %v, want %v", tt.name, n, want)
		}
	}
}

// Rows past the text keep what a longer text left there.
func TestEncodeRepeats(t *testing.T) {
	onEachPath(t, func(t *testing.T) {
		e := encoder(t)
		refs := references(t)[12:18] // of many lengths
		var want []Vector
		for _, r := range refs {
			want = append(want, e.Encode(r.Text))
		}
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				for i, r := range slices.Backward(refs) {
					if e.Encode(r.Text) != want[i] {
						t.Errorf("Encode(%q) changed", r.Text)
					}
				}
			})
		}
		wg.Wait()
	})
}

func TestNewDamaged(t *testing.T) {
	change := func(at int, b string) string { return use8[:at] + b + use8[at+len(b):] }
	tests := []struct{ name, weights string }{
		{"empty", ""},
		{"no pieces", "\x00\x00\x00\x00"},
		{"many pieces", change(0, "\xff\xff\xff\xff")},
		{"end in pieces", use8[:1000]},
		{"end in table", use8[:1<<20]},
		{"end in matrix", use8[:5<<20]},
		{"end", use8[:len(use8)-1]},
		{"more", use8 + "\x00"},
		{"a head", change(len(use8)-8, "\x01")},
	}
	for _, tt := range tests {
		if _, err := New(tt.weights); err == nil {
			t.Errorf("%s: no error", tt.name)
		} else if testing.Verbose() {
			t.Logf("%s: %v", tt.name, err)
		}
	}
}

func ExampleEncoder_Encode() {
	e, err := Default()
	if err != nil {
		panic(err)
	}
	question := e.Encode("did anyone get fired?")
	for _, s := range []string{"Three executives lost their jobs.", "The film opened in March."} {
		v := e.Encode(s)
		fmt.Printf("%.2f %s\n", question.Cosine(&v), s)
	}
	// Output:
	// 0.59 Three executives lost their jobs.
	// 0.18 The film opened in March.
}
