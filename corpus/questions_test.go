package corpus

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestLoadQuestions(t *testing.T) {
	article := &fstest.MapFile{Data: []byte("The red skull\n\nAda Byron found it. It rained.")}
	articles, _ := Load(fstest.MapFS{"a.txt": article})
	one, two := articles[0].Passages[0].Sentences[0].ID, articles[0].Passages[0].Sentences[1].ID
	for _, tt := range []struct {
		name, file string
		want       []Question
		problems   []string // parts of what is said, in order
	}{
		{
			"good", `{"q": "who?", "sentences": ["` + one + `", "` + two + `"]}` + "\n\n" + `{"q": "rain?", "sentences": ["` + two + `"]}`,
			[]Question{{"who?", []string{one, two}}, {"rain?", []string{two}}},
			nil,
		},
		{"gone", `{"q": "who?", "sentences": ["` + one + `", "a.00000000"]}`, []Question{{"who?", []string{one}}}, []string{"questions.jsonl:1: names the sentence a.00000000"}},
		{"all gone", `{"q": "who?", "sentences": ["a.00000000"]}`, nil, []string{"a.00000000"}},
		{"broken", "{\n" + `{"q": "rain?", "sentences": ["` + two + `"]}`, []Question{{"rain?", []string{two}}}, []string{"questions.jsonl:1: is not of the form"}},
		{"with a byte order mark", "\ufeff" + `{"q": " who  is it? ", "sentences": ["` + one + `"]}`, []Question{{"who is it?", []string{one}}}, nil},
		{"long", `{"q": "` + strings.Repeat("who ", maxKnown) + `", "sentences": ["` + one + `"]}`, nil, []string{"more than 500 bytes"}},
		{"empty", `{"q": " ", "sentences": []}`, nil, []string{"needs a question"}},
		{"nothing answers it", `{"q": "who lost it?", "sentences": []}`, []Question{{"who lost it?", []string{}}}, nil},
		{"does not say what answers it", `{"q": "who lost it?"}`, nil, []string{"or [] where none does"}},
	} {
		got, problems := LoadQuestions(fstest.MapFS{QuestionsFile: {Data: []byte(tt.file)}}, articles)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		if len(problems) != len(tt.problems) {
			t.Errorf("%s: problems %v, want %d", tt.name, problems, len(tt.problems))
			continue
		}
		for i, p := range problems {
			if !strings.Contains(p.String(), tt.problems[i]) {
				t.Errorf("%s: problem %q, want %q in it", tt.name, p, tt.problems[i])
			}
		}
	}
	if got, problems := LoadQuestions(fstest.MapFS{}, articles); got != nil || problems != nil {
		t.Errorf("without the file: %v, %v", got, problems)
	}
}
