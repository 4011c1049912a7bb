package main

import (
	"bufio"
	"crypto/sha256"
	"io"
	"os"
	"slices"

	"dossier/index/encoder"
	"dossier/index/rank"
)

// vectors are the codes of texts, kept in a file between runs. Encoding a
// sentence takes milliseconds, and there are tens of thousands.
type vectors struct {
	file  string
	enc   *encoder.Encoder
	id    string
	codes map[[16]byte]*encoder.Code
	fresh bool
}

func openVectors(file, weights string) (*vectors, error) {
	v := &vectors{file: file, id: encoder.ModelID, codes: make(map[[16]byte]*encoder.Code)}
	var err error
	if weights == "" {
		v.enc, err = encoder.Default()
	} else {
		var b []byte
		if b, err = os.ReadFile(weights); err == nil {
			v.enc, err = encoder.New(string(b))
			sum := sha256.Sum256(b)
			v.id = string(sum[:])
		}
	}
	if err != nil || file == "" {
		return v, err
	}
	f, err := os.Open(file)
	if os.IsNotExist(err) {
		return v, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := bufio.NewReaderSize(f, 1<<20)
	b := make([]byte, 16+encoder.Dim)
	for {
		if _, err := io.ReadFull(r, b); err == io.EOF {
			return v, nil
		} else if err != nil {
			return nil, err
		}
		c := new(encoder.Code)
		if err := c.UnmarshalBinary(b[16:]); err != nil {
			return nil, err
		}
		v.codes[[16]byte(b[:16])] = c
	}
}

// of returns the code of a text.
func (v *vectors) of(text string) *encoder.Code {
	sum := sha256.Sum256([]byte(v.id + "\n" + text))
	key := [16]byte(sum[:16])
	c := v.codes[key]
	if c == nil {
		vec := v.enc.Encode(text)
		code := vec.Code()
		c = &code
		v.codes[key] = c
		v.fresh = true
	}
	return c
}

// close keeps what was encoded in this run.
func (v *vectors) close() error {
	if v.file == "" || !v.fresh {
		return nil
	}
	keys := make([][16]byte, 0, len(v.codes))
	for k := range v.codes {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b [16]byte) int { return slices.Compare(a[:], b[:]) })
	f, err := os.Create(v.file)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	for _, k := range keys {
		w.Write(k[:])
		b, _ := v.codes[k].MarshalBinary()
		w.Write(b)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// sentences encodes all sentences of a corpus.
func (v *vectors) sentences(c *rank.Collection) []encoder.Code {
	out := make([]encoder.Code, c.Sentences())
	for s := range out {
		out[s] = *v.of(c.Sentence(s))
	}
	return out
}
