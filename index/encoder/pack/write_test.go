package main

import "testing"

func TestMissing(t *testing.T) {
	tests := []struct {
		name    string
		weights map[string][]float32
	}{
		{"none", nil},
		{"size", map[string][]float32{"a/w": {1}}},
		{"two", map[string][]float32{"a/w": {1, 2}, "b/w": {1, 2}}},
	}
	for _, tt := range tests {
		if v, err := (&model{weights: tt.weights}).weight("w", 2); err == nil {
			t.Errorf("%s: weight = %v", tt.name, v)
		}
	}
}
