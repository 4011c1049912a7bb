package message

import (
	"strings"
	"testing"
)

func TestCustomID(t *testing.T) {
	t.Parallel()
	quote := strings.Repeat("a", 48) + ".0123abcd-12"
	for _, a := range []Action{
		{Verb: VerbMore, Owner: "18446744073709551615", Page: 1295, Source: HashSource("The New York Times"), From: "2014-11-24", To: "2016-02-24"},
		{Verb: VerbContext, Quote: quote, Owner: "18446744073709551615", Page: 5},
		{Verb: VerbSources, Quote: quote, Owner: "1"},
		{Verb: VerbShare, Quote: quote},
		{Verb: VerbDelete},
		{Verb: VerbDelete, Owner: "7"},
		{Verb: VerbAsk, Owner: "18446744073709551615", Page: 3, Text: "a: b:: c:"},
		{Verb: VerbAsk, Text: ":"},
		{Verb: VerbPage, Page: 2, Text: ">"},
		{Verb: VerbMore, To: "1969-12-31"},
		{Verb: VerbMore, From: "2014-11-24"},
	} {
		id := a.ID()
		if id == "" || Length(id) > maxID {
			t.Errorf("%+v: id %q", a, id)
		}
		got, err := ParseID(id)
		if err != nil || got != a {
			t.Errorf("readID(%q) got %+v, %v want %+v", id, got, err, a)
		}
	}
	if id := (Action{Verb: VerbAsk, Text: strings.Repeat("x", 100)}).ID(); id != "" {
		t.Errorf("an id of %d characters", len(id))
	}
	for _, bad := range []string{"", "1", "2m", "1?", "1m:!", "1m::-1", "1m::zzzzzzzzzz", "1m::::!.", "0"} {
		if a, err := ParseID(bad); err == nil {
			t.Errorf("readID(%q) got %+v", bad, a)
		}
	}
}

func FuzzReadID(f *testing.F) {
	f.Add("1mabc:1:2:x:abc.def:text")
	f.Fuzz(func(t *testing.T, s string) { _, _ = ParseID(s) })
}
