package question

import (
	"strings"
	"testing"
)

func TestKeywords(t *testing.T) {
	p := New(vocabulary(studio))
	for text, want := range map[string]bool{
		"seth rogen":                           true,
		"the interview":                        true,
		"Seth Rogen and the hack":              true,
		"who is seth rogen":                    false,
		"you are seth rogen":                   false,
		"hack":                                 false,
		"seth rogen hack film leak money mail": false,
		"":                                     false,
	} {
		if got := p.Parse(text).Keywords(); got != want {
			t.Errorf("Keywords(%q) = %v, want %v", text, got, want)
		}
	}
}

func TestBabbles(t *testing.T) {
	p := New(vocabulary(studio))
	for text, want := range map[string]bool{
		"seth rogen":                      false,
		strings.Repeat("seth rogen ", 50): true,
		"so anyway what I would like to know from you all is who on earth it was that the hackers are said to have been after": false,
		"": false,
	} {
		if got := p.Parse(text).Babbles(); got != want {
			t.Errorf("Babbles(%q) = %v, want %v", text, got, want)
		}
	}
}

func TestRemarks(t *testing.T) {
	p := New(vocabulary(harbour))
	for text, want := range map[string]bool{
		"source?": true, "Are you sure?": true, "tell me more": true, "any proof?": true, "got a source?": true, "source for that?": true, "is that true?": true, "proof": false, "sources": false, "lol really?": true,
		"how are you": true, "how r u?": true, "what's your name": true, "how old are you": true, "do you know who attacked the port": false, "can you tell me why": false,
		"what is the source": false, "tell me more about the port": false, "is it true that the port burned": false, "evidence of the attack": false,
	} {
		if got := p.Parse(text).Remarks(); got != want {
			t.Errorf("%q remarks: %v, want %v", text, got, want)
		}
	}
}
