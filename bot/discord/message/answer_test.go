package message

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dossier/bot/discord/message/messagetest"
	"dossier/index"
)

// text shows a message in a golden file.
func (m Message) text() string {
	var b strings.Builder
	b.WriteString(m.Content + "\n")
	if m.Private {
		b.WriteString("(only you can see this)\n")
	}
	for _, r := range m.Rows {
		for _, x := range r {
			state := ""
			if x.Disabled {
				state = " disabled"
			}
			fmt.Fprintf(&b, "[%s%s]%s %s%s\n", x.Emoji, x.Label, state, x.ID, x.URL)
		}
		b.WriteString("\n")
	}
	return b.String()
}

var update = flag.Bool("update", false, "rewrite the golden files")

// asker is who asked.
const asker = "200000000000000001"

func golden(t *testing.T, name string, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got), go test ./bot/discord/message -update accepts it:\n%s", file, diff)
	}
}

func TestGolden(t *testing.T) {
	t.Parallel()
	three := messagetest.Answer("which films leaked?", messagetest.Quote(1), messagetest.Quote(2), messagetest.Quote(3))
	three.More = true
	one := three
	one.Quotes, one.More = one.Quotes[:1], false
	understood := one
	understood.Question, understood.Before = "and when?", []string{"which films leaked?"}
	inContext := one
	inContext.Quotes = []index.Quote{messagetest.Quote(1)}
	inContext.Quotes[0].Context = true
	nothing := index.Answer{Question: "who landed on the moon?", Outcome: index.Absent, Suggestions: messagetest.Suggest("", 9)}
	unsure := nothing
	unsure.Question, unsure.Before = "and in 1969?", []string{"who landed on the moon?"}
	unsure.Outcome, unsure.Nearest, unsure.More = index.Unsure, messagetest.Nearest(), true
	tooLong := unsure
	tooLong.Nearest = messagetest.Nearest()[:1]
	tooLong.Nearest[0].Text = strings.Repeat("So it went on and on ", 100)
	tooLong.Nearest[0].Matched = nil
	v := func(locale string) View { return View{Lang: LanguageOf(locale), Owner: asker} }
	private := v("en-US")
	private.Private = true
	limited := v("en-US")
	limited.Source, limited.From, limited.To = "Variety", "2014-11-24", ""
	later := private
	later.Skip = 6
	cut := v("en-US")
	cut.Cut = true

	cited := []index.Quote{messagetest.Quote(1), messagetest.Quote(2), messagetest.Quote(3)}
	cited[0].Sources = append(cited[0].Sources, index.Source{Name: "Christian Science Monitor / AP", Title: "on *apologies*", Date: "2014-12-11"})
	cited[2].Sources = []index.Source{{Name: "Deadline.com", Date: "2014-11", URL: "https://deadline.com/a_b/"}, cited[2].Sources[0]}

	sources := func(page int, locale string) Message {
		return Sources(messagetest.Stats(), messagetest.SourceNames(), messagetest.Articles(), page, v(locale))
	}
	for name, m := range map[string]Message{
		"answer":            Answer(three, v("en-US")),
		"answer-de":         Answer(three, v("de")),
		"answer-ja":         Answer(three, v("ja")),
		"answer-one":        Answer(one, v("en-US")),
		"answer-understood": Answer(understood, v("en-US")),
		"answer-context":    Answer(inContext, v("en-US")),
		"answer-private":    Answer(three, private),
		"answer-limited":    Answer(three, limited),
		"answer-cut":        Answer(one, cut),
		"nothing":           Answer(nothing, v("en-US")),
		"nothing-private":   Answer(nothing, private),
		"nothing-more":      Answer(messagetest.Answer("which films leaked?"), later),
		"unsure":            Answer(unsure, v("en-US")),
		"unsure-ja":         Answer(unsure, v("ja")),
		"unsure-private":    Answer(unsure, private),
		"unsure-too-long":   Answer(tooLong, v("en-US")),
		"context":           Context(messagetest.Quote(4), messagetest.Around(4, 2), []string{messagetest.Quote(4).ID, messagetest.Quote(5).ID}, v("en-US")),
		"citations":         Citations(cited, v("en-US")),
		"citations-de":      Citations(cited, v("de")),
		"sources":           sources(0, "en-US"),
		"sources-last":      sources(99, "fr"),
		"help":              Help(messagetest.Suggest("", 9), LanguageOf("en-US")),
		"help-de":           Help(messagetest.Suggest("", 9), LanguageOf("de")),
		"privacy":           Privacy(LanguageOf("en-US")),
		"bare":              Prompt("which films leaked?", LanguageOf("en-US")),
	} {
		golden(t, name, m.text())
	}
}

// hostileAnswer is an answer that could come from any article and any person.
func hostileAnswer(r *rand.Rand) index.Answer {
	long := func(n int) string {
		if r.IntN(3) > 0 {
			n /= 20
		}
		var b strings.Builder
		if r.IntN(4) == 0 { // runs of what takes more room than it seems
			return "who is amy pascal " + strings.Repeat([]string{"\u200c", "क\u200d", "\u200da", "*", "⟨U+", "\ufff9", "ab. "}[r.IntN(7)], n)
		}
		for b.Len() < n {
			b.WriteString(hostileText(r) + "x")
		}
		return b.String()
	}
	a := messagetest.Answer(long(900))
	a.More = r.IntN(2) == 0
	if r.IntN(2) == 0 {
		a.Before = []string{long(700)}
	}
	for range r.IntN(8) {
		a.Suggestions = append(a.Suggestions, long(150))
	}
	for n := range r.IntN(5) {
		q := index.Quote{ID: fmt.Sprintf("%s.%08x-%d", strings.Repeat("a", 48), n, 10+n), Text: long(3000), Before: long(800), Context: r.IntN(2) == 0}
		q.Matched, q.Exact = hostileSpans(r, q.Text), hostileSpans(r, q.Text)
		q.Article = index.ArticleRef{Title: long(500), Heading: long(300), Date: "2014-13-99", Outlet: long(200), URL: "https://example.com/" + long(600)}
		for range r.IntN(4) {
			q.Sources = append(q.Sources, index.Source{Name: long(300), Title: long(500), Date: []string{"", "2014", "2014-11", "2014-11-24", "x"}[r.IntN(5)], URL: []string{"https://variety.com/a(b)_c", "javascript:alert(1)", "https://e.com/" + long(700), "http://аррӏе.com/", ""}[r.IntN(5)]})
		}
		a.Quotes = append(a.Quotes, q)
	}
	switch {
	case len(a.Quotes) == 0:
		a.Outcome, a.Answered, a.More = index.Absent, false, false
	case r.IntN(4) == 0:
		a.Outcome, a.Answered = index.Unsure, false
		a.Quotes, a.Nearest = nil, a.Quotes[:min(len(a.Quotes), index.DefaultTop)]
		for i := range a.Nearest {
			a.Nearest[i].Exact = nil
		}
	}
	return a
}

// TestLimits renders what nobody would write and finds every message within
// Discord's limits, every quote whole.
func TestLimits(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	whole := 0
	for n := range rounds(4000) {
		a := hostileAnswer(r)
		v := View{
			Lang: languages[Locales[n%len(Locales)]], Owner: "18446744073709551615", Private: n%2 == 0, Skip: r.IntN(40),
			Source: hostileText(r), From: "2014-11-24", To: "2016-12-31", Cut: n%3 == 0,
		}
		m := Answer(a, v)
		checkLimits(t, m)
		q, _ := Clean(a.Question)
		asked, understood := questionOf(m.Content)
		if u, _ := Clean(a.Understood()); asked != q || understood != "" && understood != u {
			t.Fatalf("questionOf got %q, %q want %q, %q", asked, understood, q, u)
		}
		for _, row := range m.Rows {
			for _, b := range row {
				if b.ID[1] == byte(VerbMore) && !tellsAll(m.Content, a) {
					t.Fatalf("More under an answer that does not tell how %q was understood", q)
				}
			}
		}
		whole += checkQuotes(t, m, a)
		if len(a.Quotes) > 0 {
			checkLimits(t, Context(a.Quotes[0], a.Quotes, []string{a.Quotes[0].ID}, v))
			checkLimits(t, Citations(a.Quotes, v))
			var refs []index.ArticleRef
			for range 9 {
				refs = append(refs, a.Quotes[0].Article)
			}
			checkLimits(t, Sources(index.Stats{Version: a.Question, From: "2014"}, a.Suggestions, refs, n%3, v))
		}
		checkLimits(t, Help(a.Suggestions, v.Lang))
		checkLimits(t, Prompt(a.Question, v.Lang))
	}
	if whole < rounds(1000) {
		t.Errorf("only %d quotes were shown", whole)
	}
}

func checkLimits(t *testing.T, m Message) {
	t.Helper()
	if n := Length(m.Content); n == 0 || n > maxContent {
		t.Fatalf("a message of %d characters: %.200q", n, m.Content)
	}
	if len(m.Rows) > 5 {
		t.Fatalf("%d rows", len(m.Rows))
	}
	ids := map[string]bool{}
	for _, row := range m.Rows {
		if len(row) == 0 || len(row) > 5 {
			t.Fatalf("%d buttons in a row", len(row))
		}
		for _, b := range row {
			if Length(b.Label) > maxLabel || b.Label == "" && b.Emoji == "" {
				t.Fatalf("label %q", b.Label)
			}
			if b.URL != "" {
				if b.ID != "" || b.Style != leads || Length(b.URL) > maxURL {
					t.Fatalf("link button %+v", b)
				}
				continue
			}
			if n := Length(b.ID); n == 0 || n > maxID || ids[b.ID] {
				t.Fatalf("custom_id %q of %d characters, used twice: %v", b.ID, n, ids[b.ID])
			}
			ids[b.ID] = true
			if _, err := ParseID(b.ID); err != nil {
				t.Fatalf("readID(%q): %v", b.ID, err)
			}
		}
	}
}

// checkQuotes finds the block quotes of a message again in the answer, word for
// word, and returns how many there are.
func checkQuotes(t *testing.T, m Message, a index.Answer) int {
	t.Helper()
	var blocks []string
	inside := false
	for _, l := range strings.Split(m.Content, "\n") {
		q, ok := strings.CutPrefix(l, "> ")
		switch {
		case ok && inside:
			blocks[len(blocks)-1] += "\n" + q
		case ok:
			blocks = append(blocks, q)
		}
		inside = ok
	}
	for i, b := range blocks {
		q := slices.Concat(a.Quotes, a.Nearest)[i]
		want := q.Text
		if q.Context && q.Before != "" {
			want = q.Before + " " + want
		}
		if got := unescape(b); got != want {
			t.Fatalf("quote %d shows %q, the source says %q", i, got, want)
		}
	}
	return len(blocks)
}

// TestUnanswered names the part of a message that is not answered.
func TestUnanswered(t *testing.T) {
	a := index.Answer{Question: "Who left? Why?", Outcome: index.Answered, Answered: true, Quotes: []index.Quote{messagetest.Quote(1)}, Unanswered: []string{"Why?"}}
	m := Answer(a, View{Lang: &english, Owner: "1"})
	if !strings.HasSuffix(m.Content, "\n"+smallPrint+english.NoAnswer+"Why?") {
		t.Errorf("the answer ends %q, want the question without one", m.Content)
	}
	checkLimits(t, m)
}

// TestNotSuggested leaves away a suggestion that is the question itself, or one
// that it leans on.
func TestNotSuggested(t *testing.T) {
	t.Parallel()
	a := index.Answer{
		Question: "who is AMY pascal", Before: []string{"who left sony?"}, Outcome: index.Absent,
		Suggestions: []string{"Who is Amy Pascal?", "Who left  Sony?", "who is Amy Pascal's husband?"},
	}
	m := Answer(a, View{Lang: &english, Owner: asker})
	if b := m.Rows[0]; len(b) != 2 || !strings.HasSuffix(m.Content, "\n1. who is Amy Pascal's husband?") {
		t.Errorf("got %d buttons under %q", len(b), m.Content)
	}
}
