package question

import (
	"strings"
	"testing"

	term "dossier/index/text"
)

// TestLists holds the word lists to what the code expects of them.
func TestLists(t *testing.T) {
	for name, book := range map[string]phrasebook{"slang.txt": slang, "misspelt.txt": misspellings} {
		for key, m := range book.meanings {
			if n := len(strings.Fields(key)); n == 0 || n > maxPhrase || key != term.Fold(key) || len(m.words) == 0 {
				t.Errorf("%s: %q = %v", name, key, m.words)
			}
			for _, w := range m.words {
				if again, ok := slang.meanings[w.w]; ok && !again.unknown {
					t.Errorf("%s: %q stands for %q, which stands for something itself", name, key, w.w)
				}
			}
		}
	}
	for key := range misspellings.meanings {
		if _, ok := slang.meanings[key]; ok {
			t.Errorf("misspelt.txt and slang.txt both have %q", key)
		}
	}
	for key := range noise {
		if n := len(strings.Fields(key)); n > maxPhrase || key != term.Fold(key) {
			t.Errorf("noise.txt: %q", key)
		}
		if words := strings.Fields(key); len(words) == 1 && isAsk(key) {
			t.Errorf("noise.txt drops the question word %q", key)
		}
	}
	for w, weight := range weak {
		if weight < 0 || weight >= 1 || isAsk(w) {
			t.Errorf("weak.txt: %q has weight %v", w, weight)
		}
	}
	for key, like := range likes {
		for _, l := range like {
			if l.Weight <= 0 || l.Weight >= 1 || l.Stem != term.Stem(l.Stem) && term.Stem(l.Stem) == "" || l.Stem == key {
				t.Errorf("like.txt: %q has %+v", key, l)
			}
		}
	}
	if len(firstNames) < 400 || len(places) < 300 || len(english()) < 30_000 {
		t.Errorf("%d first names, %d places, %d words of English: a list is cut short", len(firstNames), len(places), len(english()))
	}
}

func TestOrdinary(t *testing.T) {
	for word, want := range map[string]bool{"weather": true, "employees": true, "obama": false, "lindhaven": false, "": false} {
		if got := ordinary(word); got != want {
			t.Errorf("ordinary(%q) = %t, want %t", word, got, want)
		}
	}
}
