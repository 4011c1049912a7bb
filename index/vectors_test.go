package index

import (
	"flag"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"dossier/corpus"
	"dossier/index/encoder"
	"dossier/index/retrieve"
	"dossier/index/question"
)

var update = flag.Bool("update", false, "write golden files and builtin.vec again")

// TestBuiltinVectors keeps builtin.vec complete: a vector for every sentence
// and question of the built-in articles, by the model in the binary.
func TestBuiltinVectors(t *testing.T) {
	articles, _ := corpus.Load(corpus.Builtin())
	enc, err := encoder.Default()
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, a := range articles {
		for _, p := range a.Passages {
			for _, s := range p.Sentences {
				texts = append(texts, s.Text)
			}
		}
	}
	for _, s := range newSuggester(articles, question.New(retrieve.Cut(articles).Collection)).all {
		texts = append(texts, s.text)
	}
	known := make(map[vectorKey][]byte)
	readVectors(builtinVectors, known)
	var all []byte
	missing := 0
	for i, text := range texts {
		var code encoder.Code
		b, ok := known[keyOf(text)]
		if ok {
			code.UnmarshalBinary(b)
		}
		if ok && i%50 == 0 { // a sample is computed afresh
			vec := enc.Encode(text)
			fresh := vec.Code()
			if c := fresh.Cosine(&code); c < 0.99 {
				t.Errorf("the vector of %q has cosine %.3f with a fresh one", text, c)
			}
		}
		if !ok {
			missing++
			if *update {
				vec := enc.Encode(text)
				code = vec.Code()
			}
		}
		all = appendVector(all, keyOf(text), &code)
	}
	if *update {
		if err := os.WriteFile("builtin.vec", all, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if missing > 0 || len(all) != len(builtinVectors) {
		t.Errorf("builtin.vec lacks %d of %d texts, or has others\nrun: go test ./index -run TestBuiltinVectors -update", missing, len(texts))
	}
}

// TestVectorStore computes vectors, keeps them, and finds them again even
// behind a damaged and a cut-off record.
func TestVectorStore(t *testing.T) {
	texts := []string{"The films leaked.", "Snow fell in Oslo.", "Hackers stole movies."}
	dir := t.TempDir()
	open := func() *vectorStore {
		v, err := newVectorStore(texts, dir, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		<-v.done
		if !v.ready.Load() {
			t.Fatal("not ready when done")
		}
		return v
	}
	v := open()
	defer v.close()
	q := v.encoder.Encode("movies were stolen by hackers")
	code := q.Code()
	near := retrieve.Nearest(v.codes, &code, 2, nil)
	if len(near) != 2 || near[0].Sentence != 2 || near[1].Sentence != 0 || near[0].Cosine < near[1].Cosine {
		t.Errorf("nearest = %v, want sentences 2 and 0", near)
	}
	if near := retrieve.Nearest(v.codes, &code, 2, func(i int) bool { return i == 1 }); len(near) != 1 || near[0].Sentence != 1 {
		t.Errorf("nearest with a filter = %v, want sentence 1", near)
	}

	files, _ := filepath.Glob(filepath.Join(dir, "vectors.bin"))
	if len(files) != 1 {
		t.Fatalf("files %v, want one", files)
	}
	b, err := os.ReadFile(files[0])
	if err != nil || len(b) != 3*recordBytes {
		t.Fatalf("%d bytes, %v; want three records", len(b), err)
	}
	b[20] ^= 1               // the first record is damaged
	b = b[:2*recordBytes+17] // the last is cut off
	if err := os.WriteFile(files[0], b, 0o644); err != nil {
		t.Fatal(err)
	}
	again := open()
	defer again.close()
	for i := range texts {
		if c := v.codes[i].Cosine(&again.codes[i]); c < 0.999 {
			t.Errorf("vector %d differs after damage: cosine %v", i, c)
		}
	}
	if b, err = os.ReadFile(files[0]); err != nil || len(b) != 4*recordBytes {
		t.Errorf("%d bytes, %v; want the damaged record, the sound one and two new ones", len(b), err)
	}
}
