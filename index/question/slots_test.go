package question

import (
	"slices"
	"testing"
)

// TestAskOf holds which questions can be put again with another word that asks.
func TestAskOf(t *testing.T) {
	tests := []struct{ text, how, want string }{
		{"when did amy pascal leave", "why", "why did amy pascal leave"},
		{"did amy pascal leave", "when", "when did amy pascal leave"},
		{"Was Sony hacked", "by who", "by who was Sony hacked"},
		{"who hacked sony", "how", "how was sony hacked"},
		{"who hacked the sony", "how", "how was the sony hacked"},
		{"who hacked sony and why", "how", ""},
		{"who stole it", "why", ""},
		{"how many emails leaked", "when", ""},
		{"when did amy pascal leave", "how much", ""},
		{"when did amy pascal leave", "in which country", ""},
		{"", "why", ""},
	}
	for _, tt := range tests {
		if got := read(tt.text).ask(tt.how, []string{"sony", "amy pascal"}); got != tt.want {
			t.Errorf("%q asked with %q is %q, want %q", tt.text, tt.how, got, tt.want)
		}
	}
}

func TestSubject(t *testing.T) {
	for text, want := range map[string]string{
		"what did the president say":            "the president",
		"how much did lawyers get":              "lawyers",
		"what was the christmas gift they sent": "the christmas gift",
		"was the malware named by dell":         "the malware",
		"what did sony say":                     "",
		"what did they say":                     "",
		"when":                                  "",
		"":                                      "",
	} {
		s, got := read(text), ""
		if p := s.subject(); !p.empty() {
			got = s.say(p)
		}
		if got != want {
			t.Errorf("the subject of %q is %q, want %q", text, got, want)
		}
	}
}

// TestPersons holds whom a sentence names, and of which sex.
func TestPersons(t *testing.T) {
	tests := []struct {
		sentence string
		want     []person
	}{
		{"On Monday Amy Pascal met Tom Rothman.", []person{{"amy pascal", "Amy Pascal", woman}, {"tom rothman", "Tom Rothman", man}}},
		{"It was led by Mr. Zorgon and Ms. Quux.", []person{{"zorgon", "Zorgon", man}, {"quux", "Quux", woman}}},
		{"The film has the actress Zibby Zorgon.", []person{{"zibby zorgon", "Zibby Zorgon", woman}}},
		{"Then Zibby Zorgon lost her job.", []person{{"zibby zorgon", "Zibby Zorgon", woman}}},
		{"Then Zibby Zorgon said that she knew him.", []person{{"zibby zorgon", "Zibby Zorgon", anySex}}},
		{"It was Kim Zetter of Wired.", []person{{"kim zetter", "Kim Zetter", anySex}}},
		{"In Tokyo it rained.", nil},
	}
	for _, tt := range tests {
		if got := persons(tt.sentence); !slices.Equal(got, tt.want) {
			t.Errorf("persons(%q) are %+v, want %+v", tt.sentence, got, tt.want)
		}
	}
}

// TestFirstNames holds the lists of first names to each other.
func TestFirstNames(t *testing.T) {
	for _, list := range []map[string]bool{womenNames, eitherNames} {
		for n := range list {
			if !firstNames[n] {
				t.Errorf("%q is not in first.txt", n)
			}
			if womenNames[n] && eitherNames[n] {
				t.Errorf("%q is in women.txt and in either.txt", n)
			}
		}
	}
}
