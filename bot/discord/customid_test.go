package discord

import (
	"strings"
	"testing"
)

func TestCustomID(t *testing.T) {
	t.Parallel()
	quote := strings.Repeat("a", 48) + ".0123abcd-12"
	for _, a := range []action{
		{Verb: verbMore, Owner: "18446744073709551615", Page: 1295, Source: hashName("The New York Times"), From: "2014-11-24", To: "2016-02-24"},
		{Verb: verbContext, Quote: quote, Owner: "18446744073709551615", Page: 5},
		{Verb: verbSources, Quote: quote, Owner: "1"},
		{Verb: verbShare, Quote: quote},
		{Verb: verbDelete},
		{Verb: verbDelete, Owner: "7"},
		{Verb: verbAsk, Owner: "18446744073709551615", Page: 3, Text: "a: b:: c:"},
		{Verb: verbAsk, Text: ":"},
		{Verb: verbPage, Page: 2, Text: ">"},
		{Verb: verbMore, To: "1969-12-31"},
		{Verb: verbMore, From: "2014-11-24"},
	} {
		id := a.id()
		if id == "" || units(id) > maxID {
			t.Errorf("%+v: id %q", a, id)
		}
		got, err := readID(id)
		if err != nil || got != a {
			t.Errorf("readID(%q) got %+v, %v want %+v", id, got, err, a)
		}
	}
	if id := (action{Verb: verbAsk, Text: strings.Repeat("x", 100)}).id(); id != "" {
		t.Errorf("an id of %d characters", len(id))
	}
	for _, bad := range []string{"", "1", "2m", "1?", "1m:!", "1m::-1", "1m::zzzzzzzzzz", "1m::::!.", "0"} {
		if a, err := readID(bad); err == nil {
			t.Errorf("readID(%q) got %+v", bad, a)
		}
	}
}

func FuzzReadID(f *testing.F) {
	f.Add("1mabc:1:2:x:abc.def:text")
	f.Fuzz(func(t *testing.T, s string) { _, _ = readID(s) })
}
