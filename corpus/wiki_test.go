package corpus

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// TestWikiTemplates: no sentence is shown without a number that a template has in it;
// what a template says of a sentence goes without a trace.
func TestWikiTemplates(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
		note       bool
	}{
		{"measure", "The oil ran {{convert|9|km|mi|abbr=on}} down the river.", []string{"The oil ran 9 km down the river."}, false},
		{"measure in two units", "The boy is {{convert|5|ft|6|in}} tall. He swam.", []string{"He swam."}, true},
		{"from one to another", "It is {{cvt|5|to|6|km}} off. He swam.", []string{"He swam."}, true},
		{"unknown", "It sank around {{circa|1910}} there. He swam ({{age|1900}}). It cost ${{formatprice|5}}. All saw it.", []string{"All saw it."}, true},
		{"about the sentence", "It sank.{{citation needed}} He swam{{sfn|Dahl|2001}} off. {{refn|Not far.}} All saw it.{{r|dahl}}\n* {{flagicon|NO}} Oslo was told.", []string{"It sank.", "He swam off.", "All saw it.", "Oslo was told."}, false},
		{"box", "{{Infobox ship\n| name = {{ship|MS|Selma}}\n}}\nIt sank.\n{{stub}}", []string{"It sank."}, false},
		{"table", "{|\n! Day !! Depth\n|-\n| Monday || {{dunno}}\n|}", []string{"Monday |"}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := Read(t.Context(), fstest.MapFS{"a.wiki": file(tt.text)}, Options{})
			if err != nil || len(c.Articles) != 1 {
				t.Fatalf("Read: %d articles, refused %v, %v", len(c.Articles), c.Refused, err)
			}
			var got []string
			for _, s := range sentencesOf(c.Articles[0]) {
				got = append(got, s.Text)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if noted := len(c.Notes) == 1 && strings.Contains(c.Notes[0].Reason, "templates inside sentences"); noted != tt.note {
				t.Errorf("notes %v; want one: %v", c.Notes, tt.note)
			}
		})
	}
}
