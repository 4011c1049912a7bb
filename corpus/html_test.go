package corpus

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// TestHTMLTables: each row is a sentence, below the names of its columns.
func TestHTMLTables(t *testing.T) {
	tests := []struct{ name, table, want string }{
		{"head", `<thead><tr><th>Time</th><th>Event</th></tr></thead><tbody><tr><td>10:05</td><td>The dam broke.</td></tr></tbody>`, "The dam: Time, Event> 10:05 | The dam broke."},
		{"header cells", `<tr><th>Village</th><th>Dead</th></tr><tr><td>Oberau</td><td>12</td></tr><tr><td>Unterau</td><td>3</td></tr>`, "The dam: Village, Dead> Oberau | 12\nThe dam: Village, Dead> Unterau | 3"},
		{"names of rows", `<tr><th>Keeper</th><td>Ida Berg</td></tr>`, "The dam> Keeper | Ida Berg"},
		{"no names", `<tr><td>Oberau</td><td>12</td></tr>`, "The dam> Oberau | 12"},
		{"footnote marks", `<tr><th>Village<sup>[1]</sup></th><th>Dead</th></tr><tr><td>Oberau</td><td>12</td></tr>`, "The dam: Village, Dead> Oberau | 12"},
	}
	for _, tt := range tests {
		for ext, page := range map[string]string{
			".html": "<h1>Report</h1><h2>The dam</h2><table>" + tt.table + "</table>",
			".md":   "# Report\n\n## The dam\n\n<table>\n" + tt.table + "\n</table>\n",
		} {
			articles, problems := Load(fstest.MapFS{"report" + ext: file(page)})
			if len(articles) != 1 {
				t.Fatalf("%s%s: %v", tt.name, ext, problems)
			}
			var got []string
			for _, p := range articles[0].Passages {
				for _, s := range p.Sentences {
					got = append(got, p.Heading+"> "+s.Text)
				}
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, "\n")); diff != "" {
				t.Errorf("%s%s (-want +got):\n%s", tt.name, ext, diff)
			}
		}
	}
}
