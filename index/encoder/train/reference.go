package main

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"os"
)

// A reference is a text, the tokens that the tokenizer of the original made of
// it, and the vector of these.
type reference struct {
	Text   string  `json:"text"`
	Tokens []int32 `json:"tokens"`
	Vector []byte  `json:"vector"` // little-endian float32, base64 in the file
}

// writeReferences puts the model's vectors into a file of references. It goes by
// the tokens in the file, so nothing but the weights is what package encoder has
// too.
func (m *model) writeReferences(file string) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var refs []reference
	if err := json.Unmarshal(b, &refs); err != nil {
		return err
	}
	out := []byte("[\n")
	for i, r := range refs {
		r.Vector = nil
		for _, v := range m.encode([][]int32{r.Tokens}) {
			r.Vector = binary.LittleEndian.AppendUint32(r.Vector, math.Float32bits(v))
		}
		line, err := json.Marshal(r)
		if err != nil {
			return err
		}
		if i > 0 {
			out = append(out, ",\n"...)
		}
		out = append(out, line...)
	}
	return os.WriteFile(file, append(out, "\n]\n"...), 0o644)
}
