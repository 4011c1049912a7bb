package bert

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

// A tensor is one named block of the weights file.
type tensor struct {
	DType   string   `json:"dtype"`
	Shape   []int    `json:"shape"`
	Offsets []uint64 `json:"data_offsets"`

	data []byte
}

// sizes says how many bytes a number of each dtype takes that this package reads.
var sizes = map[string]int{"U8": 1, "I8": 1, "F16": 2, "I32": 4, "F32": 4}

// readTensors cuts a file in the safetensors format into its tensors, which
// share memory with data, and its metadata. Nothing larger than the header is
// allocated.
func readTensors(data []byte) (map[string]*tensor, map[string]string, error) {
	if len(data) < 8 {
		return nil, nil, errors.New("no header")
	}
	n := binary.LittleEndian.Uint64(data)
	if n > uint64(len(data)-8) {
		return nil, nil, fmt.Errorf("header of %d bytes in a file of %d", n, len(data))
	}
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(data[8:8+n], &parts); err != nil {
		return nil, nil, fmt.Errorf("header: %w", err)
	}
	data = data[8+n:]
	tensors := make(map[string]*tensor, len(parts))
	var meta map[string]string
	for name, raw := range parts {
		if name == "__metadata__" {
			if err := json.Unmarshal(raw, &meta); err != nil {
				return nil, nil, fmt.Errorf("metadata: %w", err)
			}
			continue
		}
		t := new(tensor)
		if err := json.Unmarshal(raw, t); err != nil {
			return nil, nil, fmt.Errorf("tensor %q: %w", name, err)
		}
		if err := t.find(data); err != nil {
			return nil, nil, fmt.Errorf("tensor %q: %w", name, err)
		}
		tensors[name] = t
	}
	return tensors, meta, nil
}

// find points t at its bytes in data.
func (t *tensor) find(data []byte) error {
	size, ok := sizes[t.DType]
	if !ok {
		return fmt.Errorf("unknown dtype %q", t.DType)
	}
	for _, n := range t.Shape {
		if n <= 0 || size > math.MaxInt32/n {
			return fmt.Errorf("shape %v", t.Shape)
		}
		size *= n
	}
	if len(t.Offsets) != 2 || t.Offsets[0] > t.Offsets[1] || t.Offsets[1] > uint64(len(data)) {
		return fmt.Errorf("offsets %d in %d bytes", t.Offsets, len(data))
	}
	t.data = data[t.Offsets[0]:t.Offsets[1]:t.Offsets[1]]
	if len(t.data) != size {
		return fmt.Errorf("%d bytes for %s %v", len(t.data), t.DType, t.Shape)
	}
	return nil
}

// floats returns the numbers of an F32 or F16 tensor, all of them finite.
func (t *tensor) floats() ([]float32, error) {
	var out []float32
	switch t.DType {
	case "F32":
		out = make([]float32, len(t.data)/4)
		for i := range out {
			out[i] = math.Float32frombits(binary.LittleEndian.Uint32(t.data[4*i:]))
		}
	case "F16":
		out = make([]float32, len(t.data)/2)
		for i := range out {
			out[i] = half(binary.LittleEndian.Uint16(t.data[2*i:]))
		}
	default:
		return nil, fmt.Errorf("dtype %s, want F32 or F16", t.DType)
	}
	for i, v := range out {
		if v-v != 0 {
			return nil, fmt.Errorf("number %d is %v", i, v)
		}
	}
	return out, nil
}

// half widens an IEEE 754 binary16.
func half(h uint16) float32 {
	sign, exp, frac := uint32(h>>15)<<31, uint32(h>>10&31), uint32(h&1023)
	switch exp {
	case 0: // zero and subnormal: frac · 2⁻²⁴, exact in float32
		return math.Float32frombits(sign | math.Float32bits(float32(frac)/(1<<24)))
	case 31:
		return math.Float32frombits(sign | 0x7f800000 | frac<<13)
	}
	return math.Float32frombits(sign | (exp+112)<<23 | frac<<13)
}

// int32s returns the numbers of an I32 tensor.
func (t *tensor) int32s() ([]int32, error) {
	if t.DType != "I32" {
		return nil, fmt.Errorf("dtype %s, want I32", t.DType)
	}
	out := make([]int32, len(t.data)/4)
	for i := range out {
		out[i] = int32(binary.LittleEndian.Uint32(t.data[4*i:]))
	}
	return out, nil
}
