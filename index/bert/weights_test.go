package bert

import (
	"encoding/binary"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
)

func tinyFile(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/tiny.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestWeights(t *testing.T) {
	w, err := Open(tinyFile(t))
	if err != nil {
		t.Fatal(err)
	}
	vocab, err := os.ReadFile("testdata/vocab.txt")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(w.Vocab(), vocab) {
		t.Error("Vocab is not vocab.txt")
	}
	if v, shape, err := w.Float32("reader.head.0.weight"); err != nil || !slices.Equal(shape, []int{3, 64}) || len(v) != 3*64 {
		t.Errorf("Float32 of the head: %d numbers, shape %v, error %v", len(v), shape, err)
	}
	if _, _, err := w.Float32("words"); err == nil {
		t.Error("Float32 of bytes: no error")
	}
	if _, _, err := w.Float32("none"); err == nil {
		t.Error("Float32 of nothing: no error")
	}
	if _, err := w.Encoder("none"); err == nil {
		t.Error("Encoder of nothing: no error")
	}
	if got := w.Metadata("retriever.layers"); got != "2" {
		t.Errorf("Metadata = %q, want 2", got)
	}
}

// openAll does what a program does with a file.
func openAll(data []byte) error {
	w, err := Open(data)
	if err != nil {
		return err
	}
	for _, name := range []string{"retriever", "reader"} {
		if _, err := w.Encoder(name); err != nil {
			return err
		}
	}
	_, err = NewTokenizer(w.Vocab())
	return err
}

// edit replaces text in the header of the tiny file, which stays as long.
func edit(t *testing.T, from, to string) []byte {
	data := tinyFile(t)
	n := 8 + binary.LittleEndian.Uint64(data)
	head := strings.Replace(string(data[8:n]), from, to, 1)
	if head == string(data[8:n]) {
		t.Fatalf("no %s in the header", from)
	}
	if len(to) < len(from) {
		head += strings.Repeat(" ", len(from)-len(to))
	}
	out := binary.LittleEndian.AppendUint64(nil, uint64(len(head)))
	return append(append(out, head...), data[n:]...)
}

func TestOpenBad(t *testing.T) {
	data := tinyFile(t)
	if err := openAll(data); err != nil {
		t.Fatal(err)
	}
	nan := slices.Clone(data)
	w, err := Open(nan)
	if err != nil {
		t.Fatal(err)
	}
	binary.LittleEndian.PutUint32(w.tensors["reader.segment"].data, math.Float32bits(float32(math.NaN())))
	tests := []struct {
		name string
		data []byte
	}{
		{"empty", nil},
		{"short", data[:7]},
		{"long header", append([]byte("\xff\xff\xff\xff\xff\xff\xff\xff"), data...)},
		{"no JSON", append([]byte("\x02\x00\x00\x00\x00\x00\x00\x00"), "{{"...)},
		{"cut", data[:len(data)-1]},
		{"not a number", nan},
		{"format", edit(t, "dossier-bert-1", "dossier-bert-0")},
		{"dtype", edit(t, `"F32"`, `"F64"`)},
		{"no words", edit(t, `"words"`, `"wordz"`)},
		{"no heads", edit(t, `"reader.heads":"4"`, `"reader.heads":"0"`)},
		{"odd heads", edit(t, `"reader.heads":"4"`, `"reader.heads":"3"`)},
		{"many layers", edit(t, `"reader.layers":"1"`, `"reader.layers":"2"`)},
		{"layers no number", edit(t, `"reader.layers":"1"`, `"reader.layers":"x"`)},
		{"metadata", edit(t, `"reader.layers":"1"`, `"reader.layers":1`)},
		{"negative shape", edit(t, `"shape":[64]`, `"shape":[-64]`)},
		{"huge shape", edit(t, `"shape":[64]`, `"shape":[9000000000000000000,9000000000000000000]`)},
		{"other shape", edit(t, `"shape":[64]`, `"shape":[8,8]`)},
		{"offsets", edit(t, `"data_offsets":[0,`, `"data_offsets":[-1,`)},
	}
	for _, tt := range tests {
		if err := openAll(tt.data); err == nil {
			t.Errorf("%s: no error", tt.name)
		} else if testing.Verbose() {
			t.Logf("%s: %v", tt.name, err)
		}
	}
}

func TestHalf(t *testing.T) {
	for h, want := range map[uint16]float32{
		0: 0, 0x3c00: 1, 0xc000: -2, 0x7bff: 65504, 1: 1.0 / (1 << 24), 0x0400: 1.0 / (1 << 14), 0x3555: 0.333251953125,
	} {
		if got := half(h); got != want {
			t.Errorf("half(%#x) = %v, want %v", h, got, want)
		}
	}
	if !math.IsInf(float64(half(0xfc00)), -1) || half(0x7e00) == half(0x7e00) {
		t.Error("half(0xfc00), half(0x7e00): want -Inf, NaN")
	}
}

// FuzzOpen runs what it can open: no file makes a call fail in any way but by
// an error.
func FuzzOpen(f *testing.F) {
	data := tinyFile(f)
	n := 8 + binary.LittleEndian.Uint64(data)
	f.Add(data[8:n])
	f.Add([]byte(`{"__metadata__":{"format":"dossier-bert-1"},"words":{"dtype":"I8","shape":[1,16],"data_offsets":[0,16]}}`))
	f.Fuzz(func(t *testing.T, head []byte) {
		file := binary.LittleEndian.AppendUint64(nil, uint64(len(head)))
		w, err := Open(append(append(file, head...), data[n:]...))
		if err != nil {
			return
		}
		for _, name := range []string{"retriever", "reader"} {
			if e, err := w.Encoder(name); err == nil {
				if _, err := e.Encode(t.Context(), []Sequence{{IDs: []int32{0}}}); err != nil {
					t.Error(err)
				}
			}
		}
	})
}
