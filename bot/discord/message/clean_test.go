package message

import (
	"strings"
	"testing"
)

func TestCleanQuestion(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("word ", 80)
	tests := []struct {
		text, want string
		cut        bool
	}{
		{"  which\n films \t leaked? ", "which films leaked?", false},
		{"a\u202eb\u200bc\x00", "abc", false},
		{"", "", false},
		{long, strings.TrimSpace(long[:300]), true},
		{strings.Repeat("x", 400), strings.Repeat("x", 300), true},
		{strings.Repeat("😀", 200), strings.Repeat("😀", 150), true},
		{"\xff\xfe", "", false},
		{"who " + strings.Repeat("\u200c", 280) + "is", "who is", false},
		{"نمی\u200cدانم 👩\u200d💻 क\u200d\u200dक", "نمی\u200cدانم 👩\u200d💻 क\u200dक", false},
		{strings.Repeat("क", 299) + "\u200dक", strings.Repeat("क", 299), true},
	}
	for _, tt := range tests {
		got, cut := Clean(tt.text)
		if got != tt.want || cut != tt.cut {
			t.Errorf("Clean(%.20q) got %q, %v want %q, %v", tt.text, got, cut, tt.want, tt.cut)
		}
	}
}
