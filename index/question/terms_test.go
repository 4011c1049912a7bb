package question

import (
	"strconv"
	"strings"
	"testing"
)

func TestTerms(t *testing.T) {
	p := New(vocabulary(harbour))
	tests := []struct{ name, text, want string }{
		{"weights", "who are the people that attacked the port", "people:0.3 attacked port"},
		{"names", "did greta halvorsen leave", "greta* halvorsen* leave"},
		{"unknown names", "what did obama say", "obama* say:0.6"},
		{"typed with a capital", "what did Zorgon want", "zorgon* want:0.6"},
		{"capitals tell nothing", "WHAT DID GARDENERS WANT", "gardeners want:0.6"},
		{"an unknown word is a name", "what did zorgon want", "zorgon* want:0.6"},
		{"each once", "port port ports", "port"},
		{"generic beside a name", "the film deep water", "film:0.6 deep* water*"},
		{"without its apostrophe", "lindhavens cranes", "lindhaven* cranes"},
		{"numbers", "the 12000 emails of 2019", "12000# emails 2019#"},
		{"nothing", "who is it", ""},
		{"interjections", "ngl tbf who attacked the port", "attacked port"},
		{"a name before the question", "zorgon who attacked the port", "zorgon* attacked port"},
		{"the finger left the shift key", "who attacked the port!!1", "attacked port"},
		{"a year before the marks", "who attacked the port in 2011!!1", "attacked port 2011#"},
		{"an unknown word may be what is asked of", "gta was attacked", "gta attacked"},
		{"a number behind a mark", "who attacked the port? 21", "attacked port 21#"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, x := range p.Parse(tt.text).Terms {
				s := x.Word
				if x.Entity {
					s += "*"
				}
				if x.Number {
					s += "#"
				}
				if x.Weight != 1 {
					s += ":" + strings.TrimRight(strconv.FormatFloat(x.Weight, 'f', 2, 64), "0")
				}
				got = append(got, s)
			}
			if g := strings.Join(got, " "); g != tt.want {
				t.Errorf("Parse(%q) has the terms %q, want %q", tt.text, g, tt.want)
			}
		})
	}
}

func TestLike(t *testing.T) {
	p := New(vocabulary(harbour))
	tests := []struct{ text, word, like string }{
		{"which movie", "movie", "film"},
		{"was she fired", "fired", "step"},
		{"the hack", "hack", "hacker"},
		{"who did it", "did", "hacker"},
		{"staff", "staff", "employe"},
	}
	for _, tt := range tests {
		found := false
		for _, x := range p.Parse(tt.text).Terms {
			for _, l := range x.Like {
				found = found || x.Word == tt.word && l.Stem == tt.like
				if l.Weight <= 0 || l.Weight > 1 || p.v.DF(l.Stem) == 0 {
					t.Errorf("Parse(%q): %q has %+v", tt.text, x.Word, l)
				}
			}
		}
		if !found {
			t.Errorf("Parse(%q): nothing like %q for %q", tt.text, tt.like, tt.word)
		}
	}
}

func TestEntities(t *testing.T) {
	p := New(vocabulary(harbour))
	for text, want := range map[string]string{
		"did greta halvorsen know tomas brandt": "greta halvorsen|tomas brandt",
		"what is deep water about":              "deep water",
		"lindhaven's director":                  "lindhaven",
		"greta halvorsen's lindhaven":           "greta halvorsen|lindhaven",
		"the cranes":                            "",
	} {
		if got := strings.Join(p.Parse(text).Entities, "|"); got != want {
			t.Errorf("Parse(%q) has the names %q, want %q", text, got, want)
		}
	}
}
