package message

import (
	"testing"

	"dossier/index"
)

// TestSourceFirst cites the source that a question was limited to.
func TestSourceFirst(t *testing.T) {
	t.Parallel()
	q := index.Quote{
		Article: index.ArticleRef{Title: "A title", Outlet: "Dossier", Date: "2014"},
		Sources: []index.Source{{Name: "TechTimes"}, {Name: "Variety"}, {Name: "Wired"}},
	}
	for _, tt := range []struct {
		q            index.Quote
		source, want string
	}{
		{q, "", "-# TechTimes · \\+2"},
		{q, "variety", "-# Variety · \\+2"},
		{q, "Nobody", "-# TechTimes · \\+2"},
		{q, "Dossier", "-# Dossier, 2014 · \\+3"},
		{index.Quote{Article: q.Article}, "Dossier", "-# Dossier, 2014"},
		{index.Quote{Article: index.ArticleRef{Title: "A title"}}, "", "-# A title"},
	} {
		v := View{Lang: &english, Source: tt.source}
		if got := v.citation(tt.q); got != tt.want {
			t.Errorf("limited to %q: got %q want %q", tt.source, got, tt.want)
		}
		if q.Sources[0].Name != "TechTimes" {
			t.Fatal("the order of the quote's own sources was changed")
		}
	}
}

func TestLink(t *testing.T) {
	t.Parallel()
	v := View{Lang: &english}
	tests := []struct {
		name string
		src  index.Source
		want string
	}{
		{"usual", index.Source{Name: "The New York Times", Date: "2014-12-30", URL: "https://www.nytimes.com/a"}, "[The New York Times, December 30, 2014](<https://www.nytimes.com/a>)"},
		{"no date", index.Source{Name: "FBI", URL: "https://fbi.gov/"}, "[FBI](<https://fbi.gov/>)"},
		{"like an address", index.Source{Name: "Deadline.com", Date: "2014", URL: "https://deadline.com/"}, "Deadline.com, [2014](<https://deadline.com/>)"},
		{"marks in the name", index.Source{Name: "a](x) *b*", Date: "2014", URL: "https://e.com/"}, `a\](x) \*b\*, [2014](<https://e.com/>)`},
		{"neither", index.Source{Name: "x.com", URL: "https://x.com/"}, "x.com [→](<https://x.com/>)"},
		{"no address", index.Source{Name: "Leaked email", Date: "2014-11"}, "Leaked email, November 2014"},
		{"not the web", index.Source{Name: "Evil", URL: "javascript:alert(1)"}, "Evil"},
		{"homograph", index.Source{Name: "Apple", URL: "https://аррӏе.com/"}, "Apple"},
		{"password", index.Source{Name: "A", URL: "https://good.com@evil.com/"}, "A"},
		{"brackets", index.Source{Name: "A", URL: "https://e.com/a(b)_c?q=<x>\"'\\"}, "[A](<https://e.com/a%28b%29_c?q=%3Cx%3E%22%27%5C>)"},
	}
	for _, tt := range tests {
		if got := v.link(tt.src); got != tt.want {
			t.Errorf("%s: got %s want %s", tt.name, got, tt.want)
		}
	}
}
