package question

import (
	"strings"
	"testing"
	"time"
)

func TestType(t *testing.T) {
	p := &Parser{v: vocabulary(harbour)}
	tests := []struct {
		text  string
		want  Type
		focus string
		list  bool
	}{
		{"who attacked the port", Who, "", false},
		{"whos the boss of the port", Who, "boss", false},
		{"who were the suspects?", Who, "suspect", true},
		{"who else was arrested", Who, "", true},
		{"whose password did they guess", Who, "password", false},
		{"by whom was it attacked", Who, "", false},
		{"which studio boss stepped down", Who, "boss", false},
		{"what actor plays the director", Who, "actor", false},
		{"what's the name of the director", Who, "director", false},
		{"hey does anyone know who did it lol", Who, "", false},
		{"the guy who did it, who is he", Who, "", false},
		{"when did it happen", When, "", false},
		{"wen did this happen", When, "", false},
		{"what year was the attack", When, "year", false},
		{"on what date did she leave", When, "date", false},
		{"in which month were they arrested", When, "month", false},
		{"what time did it start", When, "time", false},
		{"how long ago was that", When, "", false},
		{"attack date", When, "", false},
		{"where were they arrested", Where, "", false},
		{"in which country was that", Where, "countri", false},
		{"what city is the port in", Where, "citi", false},
		{"how many emails were stolen", HowMany, "email", false},
		{"how long did the cranes stand still", HowMany, "", false},
		{"how old is the director", HowMany, "old", false},
		{"what percentage of containers was late", HowMany, "contain", false},
		{"what was the number of stolen contracts", HowMany, "contract", false},
		{"how much data was stolen", HowMany, "data", false},
		{"number of stolen emails", HowMany, "email", false},
		{"how much did it cost", HowMuch, "", false},
		{"how much ransom did they want", HowMuch, "", false},
		{"what was the cost of the attack", HowMuch, "cost", false},
		{"what did it cost them", HowMuch, "", false},
		{"they wanted how much", HowMuch, "", false},
		{"why did she leave", Why, "", false},
		{"how come she left", Why, "", false},
		{"what was the reason for the attack", Why, "reason", false},
		{"what caused the delay", Why, "", false},
		{"y did she quit", Why, "", false},
		{"how did they get in", How, "", false},
		{"do you know how they got in", How, "", false},
		{"did they catch anyone", YesNo, "", false},
		{"anyone know if they paid", YesNo, "", false},
		{"was it an insider", YesNo, "", false},
		{"i was wondering whether they got caught", YesNo, "", false},
		{"did they say who did it", YesNo, "", false},
		{"which files were released", Which, "file", true},
		{"what files did the hackers release", Which, "file", true},
		{"which files leaked", Which, "file", true},
		{"which company did tomas lead", Which, "compani", false},
		{"what kind of malware was used", Which, "malwar", false},
		{"name the films", Which, "film", true},
		{"list all files", Which, "file", true},
		{"give me the names of the files that leaked", Which, "file", true},
		{"what are the files that were released", Which, "file", true},
		{"which ones leaked", Which, "", true},
		{"name the hackers", Who, "hacker", true},
		{"what is nordkai", What, "", false},
		{"tell me about nordkai", What, "", false},
		{"whats the deal w/ nordkai", What, "", false},
		{"what happened", What, "", false},
		{"what did the police do", What, "", false},
		{"what about oslo", What, "", false},
		{"nordkai", Other, "", false},
		{"", Other, "", false},
	}
	for _, tt := range tests {
		t.Run(strings.ReplaceAll(tt.text, " ", "_"), func(t *testing.T) {
			q := p.Parse(tt.text)
			if q.Type != tt.want || q.Focus != tt.focus || q.List != tt.list {
				t.Errorf("Parse(%q) is %v, focus %q, list %t; want %v, %q, %t", tt.text, q.Type, q.Focus, q.List, tt.want, tt.focus, tt.list)
			}
		})
	}
}

func TestPlain(t *testing.T) {
	p := New(vocabulary(harbour))
	tests := []struct{ name, text, want string }{
		{"nothing to do", "Who attacked Lindhaven?", "Who attacked Lindhaven?"},
		{"greeting", "hey so lol who attacked lindhaven", "who attacked lindhaven"},
		{"politeness", "can you pls tell me who attacked lindhaven?", "can you pls tell me who attacked lindhaven?"},
		{"tell me", "can you tell me who attacked lindhaven", "who attacked lindhaven"},
		{"behind", "who attacked lindhaven btw thx", "who attacked lindhaven"},
		{"mention", "<@123456789012345678> who attacked lindhaven", "who attacked lindhaven"},
		{"name of the bot", "@dossier who attacked lindhaven", "who attacked lindhaven"},
		{"contraction", "who's behind it and what's that", "who is behind it and what is that"},
		{"slang", "did ppl pay w/ xmas money", "did people pay with christmas money"},
		{"question words", "wat did they want, y and how come", "what did they want, why and why"},
		{"known acronym stays", "R rating", "R rating"},
		{"the deal with", "whats the deal w/ nordkai", "about nordkai"},
		{"without", "done w/o money", "done without money"},
		{"state", "was nk behind it", "was north korea behind it"},
		{"nothing but noise", "lol ok thx", "lol ok thx"},
		{"control characters", "who\x00 attacked\u200b\n\tlindhaven", "who  attacked  lindhaven"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := p.Parse(tt.text).Plain; got != tt.want {
				t.Errorf("Parse(%q).Plain is %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"whos teh directr of the prot", "northkorea <@1> @x https://a.b/c?d w/ what's up with", "give me the number of the names of the", "\xff\xfe\u200b’s", "how much of the", "which two", "who is"} {
		f.Add(s, "Greta Halvorsen and Tomas Brandt left on 3 March 2019, at 7 a.m.")
	}
	p := New(vocabulary(harbour))
	f.Fuzz(func(t *testing.T, text, sentence string) {
		start := time.Now()
		q := p.Parse(text)
		if took := time.Since(start); took > 500*time.Millisecond {
			t.Errorf("Parse(%q) took %v", text, took)
		}
		if len(q.Terms) > maxTerms || q.Type.String() == "" {
			t.Errorf("Parse(%q) = %+v", text, q)
		}
		seen := map[string]bool{}
		for _, x := range q.Terms {
			if x.Weight <= 0 || x.Weight > 1 || seen[x.Stem] {
				t.Errorf("Parse(%q) has the term %+v", text, x)
			}
			seen[x.Stem] = true
		}
		var m Memory
		m.Record("k", q, start, sentence)
		c := m.Complete(p, "k", p.Parse("and he?"), start)
		for _, next := range []string{text, sentence, "why?", "what about " + text, "did it cost her", "and in " + sentence, "who did that"} {
			m.Record("k", m.Complete(p, "k", p.Parse(next), start), start, sentence, text)
			if c := m.Complete(p, "k", p.Parse("by who"), start); len(c.Terms) > maxTerms || len(c.Plain) > 3*maxText {
				t.Errorf("after %q: %+v", next, c)
			}
		}
		for _, s := range append(Exact(q, sentence), Exact(c, sentence)...) {
			if s.Start < 0 || s.End <= s.Start || s.End > len(sentence) {
				t.Errorf("Exact(%q, %q) marks %+v", text, sentence, s)
			}
		}
	})
}

// TestCapitals: capitals of a whole text tell nothing, and the encoder takes
// words in them for others.
func TestCapitals(t *testing.T) {
	p := New(vocabulary(harbour))
	for _, tt := range []struct{ text, want string }{
		{"WHO ATTACKED THE PORT?", "who attacked the port?"},
		{"Who Attacked The Port", "who attacked the port"},
		{"who attacked Lindhaven", "who attacked Lindhaven"},
		{"Lindhaven", "Lindhaven"},
	} {
		if got := p.Parse(tt.text).Plain; got != tt.want {
			t.Errorf("Parse(%q).Plain = %q, want %q", tt.text, got, tt.want)
		}
	}
}

// TestCommandLists: who asks for all of a kind asks for several.
func TestCommandLists(t *testing.T) {
	p := New(vocabulary(harbour))
	for _, text := range []string{"name all the ships", "name all ships", "give me all the damaged ships", "list the ships", "show me all damaged ships"} {
		if q := p.Parse(text); q.Type != Which || !q.List || q.Focus != "ship" {
			t.Errorf("Parse(%q) is %v, list %v, focus %q; want which, a list of ship", text, q.Type, q.List, q.Focus)
		}
	}
}

// TestWants holds what a question wants whatever the noun is that it asks for.
func TestWants(t *testing.T) {
	p := &Parser{v: vocabulary(harbour)}
	for text, want := range map[string]Kinds{
		"how many studios were attacked":      Number,
		"how many days did the attack last":   Number,
		"how many reasons did they give":      Number,
		"how many files were stolen":          Number,
		"what percent of the files was read":  Percent,
		"how old is the port":                 Age | Number,
		"at what age did she leave":           Age | Number,
		"which files were stolen":             Name | Several,
		"on what day did it happen":           Date | Clock,
		"what day of the week was the attack": Date | Clock | Weekday,
		"what was the reason of the attack":   Reason,
		"how long did the cranes stand still": Duration,
	} {
		if got := p.Parse(text).Wants; got != want {
			t.Errorf("Parse(%q) wants %v, want %v", text, got, want)
		}
	}
}

// TestDayOfTheWeek holds that a length of time is no answer to it.
func TestDayOfTheWeek(t *testing.T) {
	q := New(vocabulary(harbour + "The port was attacked on Monday, ten weeks ago.\n")).Parse("what day of the week was the port attacked")
	if strings.Contains(q.Plain, "week ") || q.Mentions("It took ten weeks.") || !q.Mentions("It was a Monday.") || q.Terms[0].Weight >= 1 {
		t.Errorf("%q is read with the terms %+v", q.Plain, q.Terms)
	}
}
