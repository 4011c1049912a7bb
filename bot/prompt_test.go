package main

import (
	"fmt"
	"testing"
)

// TestHistory goes back over what was typed, the last line first.
func TestHistory(t *testing.T) {
	var h history
	for _, line := range []string{"first", "", "second", "second", "  "} {
		h.Add(line)
	}
	if h.Len() != 2 || h.At(0) != "second" || h.At(1) != "first" {
		t.Errorf("remembers %q", h.lines)
	}
	for i := range 2 * maxHistory {
		h.Add(fmt.Sprint(i))
	}
	if h.Len() != maxHistory || h.At(0) != fmt.Sprint(2*maxHistory-1) {
		t.Errorf("remembers %d lines, the last is %s", h.Len(), h.At(0))
	}
}
