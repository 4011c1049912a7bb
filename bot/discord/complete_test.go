package discord

import (
	"slices"
	"testing"
)

func TestAutocomplete(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	for _, tt := range []struct {
		option, typed string
		want          []string
	}{
		{"question", "", []string{"which films leaked?", "who is Amy Pascal?", "what is destover?", "when was the attack?", "who found the skull?"}},
		{"question", "who", []string{"who is Amy Pascal?", "who found the skull?"}},
		{"source", "w", []string{"Wired", "The New York Times", "BBC News"}},
		{"source", "zzz", nil},
		{"from", "2014", nil},
	} {
		cb := r.Type(alice, channel, "ask", tt.option, tt.typed).Wait()
		var got []string
		for _, c := range cb.Choices {
			got = append(got, c.Value)
		}
		if cb.Type != 8 || !slices.Equal(got, tt.want) {
			t.Errorf("%s %q got %q want %q", tt.option, tt.typed, got, tt.want)
		}
	}
}
