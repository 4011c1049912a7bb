package text

import "testing"

// TestPronouns: what stands for a person is a pronoun too.
func TestPronouns(t *testing.T) {
	for w := range People {
		if !Pronouns[w] {
			t.Errorf("%q stands for a person and is no pronoun", w)
		}
	}
	for w, want := range map[string]bool{"they": true, "these": true, "such": true, "both": false, "sony": false} {
		if Pronouns[w] != want {
			t.Errorf("Pronouns[%q] = %v, want %v", w, !want, want)
		}
	}
}
