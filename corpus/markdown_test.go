package corpus

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// TestMarkdownText: a passage reads as the rendered page does.
func TestMarkdownText(t *testing.T) {
	tests := []struct {
		name, body string
		want       []string // the sentences, each behind its passage's heading
	}{
		{"line break", "One<br>two<br/>\nthree.", []string{"|One\ntwo\nthree."}},
		{"image", "![A film still](a.png) He left. ![Alt.](b.png)", []string{"|He left."}},
		{"image alone", "![A film still.](a.png)\n\nText.", []string{"|Text."}},
		{"struck out", "Sony ~~paid~~ did not pay H~2~O.", []string{"|Sony did not pay H2O."}},
		{"inline tag", "He <b>left</b>.<!-- why? [^a] -->", []string{"|He left."}},
		{"comment", "<!-- [^b]: a note\n\n[^a] -->\n\nText.", []string{"|Text."}},
		{"comment as a link", "Text.\n[//]: # (not this)\n[comment]: <> (nor this)\n\n[//]: # \"nor this\"\n", []string{"|Text."}},
		{"value of the site", "## Of {{ site.n }} all\n\nIt has {{ site.n | plus: 1 }} parts. Two {{< ref \"b.md\" >}} are old.", []string{"Of all|Two are old."}},
		{"HTML without text", "<hr>\n\n<img src=\"a.png\" alt=\"No.\">\n\nText.", []string{"|Text."}},
		{"code span", "Find `[^a-z]` in it.", []string{"|Find [^a-z] in it."}},
		{"escaped mark", `A \[^a\] and \\\[^b].`, []string{`|A [^a] and \[^b].`}},
		{"code block", "Text.\n\n```\n[^b]: no footnote [^c]\n```\n\n    [^d]: none\n", []string{"|Text."}},
		{"timeline", "```\n14:02 Certificate expires; payments fail.\n14:17 ~40 customers complain, $310k wait\n14:55 Error rate < 2 % again\n```\n", []string{"|14:02 Certificate expires; payments fail.", "|14:17 ~40 customers complain, $310k wait", "|14:55 Error rate < 2 % again"}},
		{"log", "Text.\n\n```\n14:02:11 nginx[123]: handshake() failed;\n14:02:12 $HOME > /dev/null\n```\n", []string{"|Text."}},
		{"table", "## Films\n\n| Film | Cost |\n|---|---|\n| Mr. Turner. Yes | $8.2 *million* |\n| Fury |  |\n| - | - |\n", []string{"Films: Film, Cost|Mr. Turner. Yes | $8.2 million", "Films: Film, Cost|Fury |"}},
		{"table without rows", "| Film | Cost |\n|---|---|\n\nText.", []string{"|Film | Cost", "|Text."}},
		{"table without a heading", "| Film |\n|---|\n| Fury |\n", []string{"Film|Fury"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			articles, problems := Load(fstest.MapFS{"a.md": file("---\ntitle: T\ndate: 2014-12-02\n---\n" + tt.body)})
			if len(problems) > 0 {
				t.Fatalf("Load: problems %v, want none", problems)
			}
			var got []string
			for _, p := range articles[0].Passages {
				for _, s := range p.Sentences {
					got = append(got, p.Heading+"|"+s.Text)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Load(%q) mismatch (-want +got):\n%s", tt.body, diff)
			}
		})
	}
}

// TestMarkdownFront: blanks behind the dashes do not show in an editor.
func TestMarkdownFront(t *testing.T) {
	for _, text := range []string{
		"--- \ntitle: T\ndate: 2014-12-02\n---\t\nText.",
		"---\r\ntitle: T\r\ndate: 2014-12-02\r\n---\r\nText.",
	} {
		articles, problems := Load(fstest.MapFS{"a.md": file(text)})
		if len(problems) > 0 || articles[0].Title != "T" || articles[0].Passages[0].Text != "Text." {
			t.Errorf("Load(%q) = %v, problems %v", text, articles, problems)
		}
	}
}

func TestMarkdownSources(t *testing.T) {
	tests := []struct {
		footnote string
		want     Source
	}{
		{`Variety`, Source{Name: "Variety"}},
		{`Variety, on the film, 2014-12-02, <https://a.org/?b=1,2>`, Source{Name: "Variety", Title: "on the film", Date: "2014-12-02", URL: "https://a.org/?b=1,2"}},
		{`Variety, [on the film](https://a.org), 2014`, Source{Name: "Variety", Title: "on the film", Date: "2014", URL: "https://a.org"}},
		{`Variety, "A, 2014, B", 2014-12`, Source{Name: "Variety", Title: "A, 2014, B", Date: "2014-12", URL: ""}},
		{`Variety, "29 November 2014", 2014-12`, Source{Name: "Variety", Title: "29 November 2014", Date: "2014-12", URL: ""}},
		{`Variety, "Hack" by P. Elkind, 2015-07`, Source{Name: "Variety", Title: `"Hack" by P. Elkind`, Date: "2015-07", URL: ""}},
		{`Variety, on 5" disks, 2015-07`, Source{Name: "Variety", Title: `on 5" disks`, Date: "2015-07", URL: ""}},
		{`Variety, "`, Source{Name: "Variety", Title: `"`, Date: "", URL: ""}},
		{"Variety, on\n    the film,\n    2014", Source{Name: "Variety", Title: "on the film", Date: "2014", URL: ""}},
		{`Yonhap, in history (9/10 Apr 2013)`, Source{Name: "Yonhap", Title: "in history (9/10 Apr 2013)", Date: "", URL: ""}},
	}
	for _, tt := range tests {
		t.Run(tt.footnote, func(t *testing.T) {
			articles, problems := Load(fstest.MapFS{"a.md": file("---\ntitle: T\ndate: 2014-12-02\n---\nText.[^x]\n\n[^x]: " + tt.footnote)})
			if len(problems) > 0 {
				t.Fatalf("Load: problems %v, want none", problems)
			}
			if got := articles[0].Passages[0].Sentences[0].Sources; len(got) != 1 || got[0] != tt.want {
				t.Errorf("sources %+v, want %+v", got, tt.want)
			}
		})
	}
}

// TestMarkdownMarks: blanks that a passage does not begin with move no mark.
func TestMarkdownMarks(t *testing.T) {
	articles, problems := Load(fstest.MapFS{"a.md": file("---\ntitle: T\ndate: 2014-12-02\n---\n&nbsp;&nbsp;One.[^x] Two.\n\n| h |\n|---|\n| Three.[^x] Four |\n\n[^x]: Variety\n")})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var cited []string
	for _, p := range articles[0].Passages {
		for _, s := range p.Sentences {
			if len(s.Sources) > 0 {
				cited = append(cited, s.Text)
			}
		}
	}
	if got, want := strings.Join(cited, "; "), "One.; Three. Four"; got != want {
		t.Errorf("cited sentences: %s; want %s", got, want)
	}
}
