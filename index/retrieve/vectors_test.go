package retrieve

import (
	"os"
	"path/filepath"
	"testing"

	"dossier/index/bert/berttest"
)

// realEncoder is the retriever of the product.
func realEncoder(t testing.TB) *Encoder {
	t.Helper()
	w, tok := berttest.Open(t, "../weights.bin")
	enc, err := NewEncoder(w, tok)
	if err != nil {
		t.Fatal(err)
	}
	return enc
}

// TestVectorStore computes vectors, keeps them, and finds them again even
// behind a damaged and a cut-off record.
func TestVectorStore(t *testing.T) {
	texts := []string{"The films leaked.", "Snow fell in Oslo.", "Hackers stole movies."}
	dir, enc := t.TempDir(), realEncoder(t)
	open := func() *vectorStore {
		v := newVectorStore(enc, texts, nil, Options{Dir: dir, Log: quiet, Progress: func(Work, int, int) {}})
		<-v.done
		if !v.ready.Load() {
			t.Fatal("not ready when done")
		}
		return v
	}
	v := open()
	defer v.close()
	q, err := enc.Encode(t.Context(), "movies were stolen by hackers")
	if err != nil {
		t.Fatal(err)
	}
	code := NewCode(q[0])
	all, _ := v.split(len(texts))
	found := all.nearest(&code, 2, nil)
	if len(found) != 2 || found[0].i != 2 || found[1].i != 0 || found[0].cosine < found[1].cosine {
		t.Errorf("nearest = %v, want texts 2 and 0", found)
	}
	if found := all.nearest(&code, 2, func(i int) bool { return i == 1 }); len(found) != 1 || found[0].i != 1 {
		t.Errorf("nearest with a filter = %v, want text 1", found)
	}

	file := filepath.Join(dir, "vectors.bin")
	b, err := os.ReadFile(file)
	if err != nil || len(b) != 3*recordBytes {
		t.Fatalf("%d bytes, %v; want three records", len(b), err)
	}
	b[20] ^= 1               // the first record is damaged
	b = b[:2*recordBytes+17] // the last is cut off
	if err := os.WriteFile(file, b, 0o644); err != nil {
		t.Fatal(err)
	}
	again := open()
	defer again.close()
	for i := range texts {
		if v.codes[i] != again.codes[i] {
			t.Errorf("vector %d differs after damage", i)
		}
	}
	if b, err = os.ReadFile(file); err != nil || len(b) != 3*recordBytes {
		t.Errorf("%d bytes, %v; want the sound record and two new ones", len(b), err)
	}
}

// TestVectorStoreEqual: a text that stands more than once is computed once, whichever
// is asked for.
func TestVectorStoreEqual(t *testing.T) {
	v := newVectorStore(realEncoder(t), []string{"one", "two", "one", "one"}, nil, Options{Log: quiet, Progress: func(Work, int, int) {}})
	v.close() // whatever it has computed
	for i := range v.have {
		v.have[i].Store(false)
	}
	if err := v.fill(t.Context(), []int{2}); err != nil {
		t.Fatal(err)
	}
	for i, want := range []bool{true, false, true, true} {
		if v.have[i].Load() != want || v.codes[i] != v.codes[2] && want {
			t.Errorf("vector %d is there: %v, want %v", i, !want, want)
		}
	}
}

// TestVectorStoreForgets: what no article says any more leaves the disk.
func TestVectorStoreForgets(t *testing.T) {
	dir, enc := t.TempDir(), realEncoder(t)
	size := func(texts ...string) int64 {
		v := newVectorStore(enc, texts, nil, Options{Dir: dir, Log: quiet, Progress: func(Work, int, int) {}})
		defer v.close()
		<-v.done
		info, err := os.Stat(filepath.Join(dir, "vectors.bin"))
		if err != nil {
			t.Fatal(err)
		}
		return info.Size() / int64(recordBytes)
	}
	if got := size("one", "two", "three", "two", "four", "two"); got != 4 {
		t.Errorf("%d records, want 4, one of each text", got)
	}
	if err := os.WriteFile(filepath.Join(dir, "vectors.bin.new"), []byte("killed"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := size("one", "five"); got != 2 {
		t.Errorf("%d records once most texts are gone, want those of the two that are there", got)
	}
	if names, _ := filepath.Glob(filepath.Join(dir, "*")); len(names) != 1 {
		t.Errorf("%q are in the directory, want the vector file alone", names)
	}
}
