package question

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

var noon = time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)

func TestLeans(t *testing.T) {
	p := New(vocabulary(harbour))
	for text, want := range map[string]bool{
		"and who did it?":                       true,
		"when?":                                 true,
		"why":                                   true,
		"how much did that cost them":           true,
		"what about nordkai?":                   true,
		"and in oslo?":                          true,
		"who else":                              true,
		"did she apologise":                     true,
		"when did they arrest him":              true,
		"where was that":                        true,
		"what happened after that":              true,
		"by who":                                true,
		"by whom?":                              true,
		"in which country":                      true,
		"how much did it make":                  true,
		"and what did the director say":         true,
		"and what did nordkai say":              true,
		"and who attacked nordkai":              false,
		"but when did greta halvorsen leave":    false,
		"who attacked lindhaven":                false,
		"when was the port attacked":            false,
		"why did greta halvorsen step down":     false,
		"did greta halvorsen say she was sorry": false,
		"is it true that nordkai paid":          false,
		"how many emails were stolen":           false,
		"did nordkai know that it would end":    false,
		"nordkai":                               false,
		"and who is tomas brandt":               false,
		"what happened":                         false,
		"":                                      false,
	} {
		if got := p.Parse(text).Leans; got != want {
			t.Errorf("Parse(%q).Leans = %t, want %t", text, got, want)
		}
	}
}

// TestFragment tells what cannot stand alone from what only might not.
func TestFragment(t *testing.T) {
	p := New(vocabulary(harbour))
	for text, want := range map[string]bool{
		"when?": true, "why": true, "by whom?": true, "did she apologise": true, "what about nordkai?": true, "and in oslo?": true, "who did it": true,
		"did nordkai do it?": false, "and what did nordkai say": false, "who attacked lindhaven": false, "how many emails were stolen": false, "": false,
	} {
		if q := p.Parse(text); q.Fragment != want {
			t.Errorf("Parse(%q).Fragment = %t, want %t; it leans: %t", text, q.Fragment, want, q.Leans)
		}
	}
}

func TestComplete(t *testing.T) {
	p := New(vocabulary(harbour))
	tests := []struct {
		name   string
		before string // the question before, and behind | a sentence of its answer
		text   string
		shown  string
		terms  string // of the completed question
		typ    Type
	}{
		{"alone", "who attacked lindhaven|", "how many emails were stolen", "how many emails were stolen", "emails stolen", HowMany},
		{"when", "who attacked lindhaven|", "when?", "when was lindhaven attacked?", "lindhaven attacked", When},
		{"who did it", "was lindhaven attacked|", "and who did it?", "who did it? (about: was lindhaven attacked)", "did lindhaven attacked", Who},
		{"other person", "when did greta halvorsen leave|", "what about tomas brandt?", "when did tomas brandt leave?", "tomas brandt leave", When},
		{"other place", "who was arrested in oslo|", "and in lindhaven?", "who was arrested in lindhaven?", "lindhaven arrested", Who},
		{"pronoun of a person", "when did greta halvorsen leave|", "did she apologise", "did greta halvorsen apologise?", "apologise greta halvorsen", YesNo},
		{"pronoun of the answer", "who is the director of the port|The director of the port, Greta Halvorsen, stepped down.", "did she apologise", "did Greta Halvorsen apologise?", "apologise greta halvorsen", YesNo},
		{"cost", "who attacked lindhaven|", "how much did that cost them", "how much did that cost them? (about: who attacked lindhaven)", "cost attacked lindhaven", HowMuch},
		{"nothing before", "|", "when?", "when?", "", When},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var m Memory
			first, quote, _ := strings.Cut(tt.before, "|")
			m.Record("a", p.Parse(first), noon, quote)
			own := p.Parse(tt.text)
			q := m.Complete(p, "a", own, noon.Add(time.Minute))
			var got []string
			for i, x := range q.Terms {
				got = append(got, x.Word)
				if old := i >= len(q.Terms)-q.Inherited; old && x.Weight >= 1 {
					t.Errorf("the term %q from before has weight %v", x.Word, x.Weight)
				}
			}
			if g := strings.Join(got, " "); q.Plain != tt.shown || g != tt.terms || q.Type != tt.typ {
				t.Errorf("after %q, %q is shown as %q and asks %v %q, want %q, %v %q", first, tt.text, q.Plain, q.Type, g, tt.shown, tt.typ, tt.terms)
			}
			if !own.Leans && q != own {
				t.Errorf("%q stands alone and was changed", tt.text)
			}
		})
	}
}

func TestCompleteLater(t *testing.T) {
	p := New(vocabulary(harbour))
	var m Memory
	now := noon
	m.Record("a", p.Parse("who attacked lindhaven"), now)
	for _, text := range []string{"when?", "why?", "and how?"} { // each leans on the one before
		now = now.Add(9 * time.Minute)
		q := m.Complete(p, "a", p.Parse(text), now)
		if !strings.Contains(q.Text, "lindhaven") {
			t.Errorf("%q is completed to %q", text, q.Text)
		}
		m.Record("a", q, now)
	}
	if q := m.Complete(p, "a", p.Parse("when?"), now.Add(10*time.Minute)); len(q.Terms) > 0 {
		t.Errorf("after ten minutes %q is completed to %q", "when?", q.Text)
	}
}

// TestKeysApart is the promise that nothing passes from one conversation to
// another.
func TestKeysApart(t *testing.T) {
	p := New(vocabulary(harbour))
	var m Memory
	m.Record("dm/1", p.Parse("who attacked lindhaven"), noon)
	m.Record("", p.Parse("who attacked lindhaven"), noon)
	for _, key := range []string{"server/1", "", "dm/2", "dm/", "dm/1 "} {
		if q := m.Complete(p, key, p.Parse("when?"), noon); len(q.Terms) > 0 {
			t.Errorf("%q learnt %q", key, q.Text)
		}
	}
}

func TestMemoryBounded(t *testing.T) {
	p := New(vocabulary(harbour))
	q := p.Parse("who attacked lindhaven")
	var m Memory
	for i := range maxConversations + 500 {
		m.Record(fmt.Sprint(i), q, noon)
		m.Record("kept", q, noon)
	}
	if n := len(m.byKey); n != maxConversations || m.order.Len() != n {
		t.Errorf("%d conversations are kept, want %d", n, maxConversations)
	}
	if c := m.Complete(p, "kept", p.Parse("when?"), noon); len(c.Terms) == 0 {
		t.Error("the conversation that goes on was dropped")
	}
	if n := len(m.byKey["kept"].Value.(*conversation).turns); n > maxTurns {
		t.Errorf("%d questions of a conversation are kept", n)
	}
	m.Record("late", q, noon.Add(forgetAfter))
	if n := len(m.byKey); n != 1 {
		t.Errorf("%d conversations are kept after their time, want 1", n)
	}
	m.Record(strings.Repeat("k", 10_000), q, noon.Add(forgetAfter))
	if n := len(m.byKey); n != 1 {
		t.Error("an endless key is kept")
	}
}

func TestMemoryConcurrent(t *testing.T) {
	p := New(vocabulary(harbour))
	var m Memory
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for k := range 200 {
				key := fmt.Sprint((i + k) % 5)
				now := noon.Add(time.Duration(k) * time.Minute)
				m.Record(key, m.Complete(p, key, p.Parse("and who did it to lindhaven"), now), now, "Greta Halvorsen left.")
			}
		})
	}
	wg.Wait()
}
