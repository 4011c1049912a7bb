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

// text shows a message in a golden file: as it is sent, then as a phone draws it.
func (m Message) text() string {
	var b strings.Builder
	b.WriteString(m.Content + "\n")
	for _, r := range m.Rows {
		for _, x := range r {
			fmt.Fprintf(&b, "[%s%s] %s\n", x.Emoji, x.Label, x.ID)
		}
	}
	screen := Screen(m.Content)
	fmt.Fprintf(&b, "┌%s %d characters, %d lines\n", strings.Repeat("─", screenColumns), Length(m.Content), len(screen))
	for _, l := range screen {
		b.WriteString("│" + l + "\n")
	}
	if m.Private {
		b.WriteString("│👁 only for one person\n")
	}
	for _, r := range m.Rows {
		b.WriteString("│")
		for _, x := range r {
			state := ""
			if x.Disabled {
				state = "✗"
			}
			fmt.Fprintf(&b, "[%s%s%s] ", state, x.Emoji, x.Label)
		}
		b.WriteString("\n")
	}
	return b.String() + "\n"
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

// TestGolden draws a message of each kind in each language.
func TestGolden(t *testing.T) {
	t.Parallel()
	quotes := []index.Quote{messagetest.Quote(1), messagetest.Quote(2), messagetest.Quote(3)}
	clear := messagetest.Answer("which films leaked?", quotes...)
	clear.More = true
	clear.Quotes[1].Score, clear.Quotes[2].Score = -4, -5
	one := clear
	one.Quotes, one.More = quotes[:1], false
	two := messagetest.Answer("did north korea do it?", messagetest.Quote(1), messagetest.Quote(2), messagetest.Quote(3))
	two.Confidence, two.Quotes[2].Score = 0.6, -5
	overview := messagetest.Answer("what happened?", messagetest.Quote(1), messagetest.Quote(2), messagetest.Quote(3), messagetest.Quote(4), messagetest.Quote(5))
	understood := one
	understood.Question, understood.Before = "and when?", []string{"which films leaked?"}
	inContext := one
	inContext.Quotes = []index.Quote{messagetest.Quote(1)}
	inContext.Quotes[0].Context = true
	parts := one
	parts.Question, parts.Unanswered = "which films leaked? who landed on the moon?", []string{"who landed on the moon?"}
	later := messagetest.Answer("which films leaked?", messagetest.Quote(2), messagetest.Quote(3), messagetest.Quote(4), messagetest.Quote(5))
	nothing := index.Answer{Question: "who landed on the moon?", Outcome: index.Absent, Suggestions: messagetest.Suggest("", 9)}
	unsure := nothing
	unsure.Outcome, unsure.Nearest, unsure.More = index.Unsure, messagetest.Nearest(), true
	after := unsure
	after.Question, after.Before = "and in 1969?", []string{"who landed on the moon?"}
	tooLong := unsure
	tooLong.Nearest = messagetest.Nearest()[:1]
	tooLong.Nearest[0].Text, tooLong.Nearest[0].Matched = strings.Repeat("So it went on and on ", 100), nil
	opinion := unsure
	opinion.Reason = index.AnOpinion

	cited := []index.Quote{messagetest.Quote(1), messagetest.Quote(2), messagetest.Quote(3)}
	cited[0].Sources = append(cited[0].Sources, index.Source{Name: "Christian Science Monitor / AP", Title: "on *apologies*", Date: "2014-12-11"})
	cited[2].Sources = []index.Source{{Name: "Deadline.com", Date: "2014-11", URL: "https://deadline.com/a_b/"}, cited[2].Sources[0]}
	about := State{Owner: asker, Quotes: []string{messagetest.Quote(4).ID, messagetest.Quote(5).ID}}

	for _, locale := range Locales {
		slash := View{Lang: LanguageOf(locale), Owner: asker, Corpus: messagetest.Stats().Version}
		reply, private, limited, next, end, cut := slash, slash, slash, slash, slash, slash
		reply.Above, cut.Above, cut.Cut = true, true, true
		private.Private, next.Private, next.Skip, end.Private, end.Skip = true, true, 1, true, 6
		limited.Source, limited.From = "Variety", "2014-11-24"
		page := func(n int) Message {
			return Sources(messagetest.Stats(), messagetest.SourceNames(), messagetest.Articles(), n, slash)
		}
		text := slash.Lang
		var all strings.Builder
		for _, m := range []struct {
			name string
			Message
		}{
			{"an answer to a reply", Answer(clear, reply)},
			{"an answer to a command", Answer(clear, slash)},
			{"in private", Answer(clear, private)},
			{"limited", Answer(clear, limited)},
			{"nothing more", Answer(one, reply)},
			{"two", Answer(two, reply)},
			{"an overview", Answer(overview, reply)},
			{"after another question", Answer(understood, reply)},
			{"with the sentence before", Answer(inContext, reply)},
			{"a question cut", Answer(one, cut)},
			{"two questions, one answered", Answer(parts, reply)},
			{"More", Answer(later, next)},
			{"More, at the end", Answer(messagetest.Answer("which films leaked?"), end)},
			{"not in the articles", Answer(nothing, reply)},
			{"not in the articles, to a command", Answer(nothing, slash)},
			{"not sure", Answer(unsure, reply)},
			{"not sure, to a command", Answer(unsure, private)},
			{"not sure, after another question", Answer(after, reply)},
			{"not sure, too long", Answer(tooLong, reply)},
			{"an opinion", Answer(opinion, reply)},
			{"another language", Note(OtherLanguage(text, LanguageRead("wer hat das getan?")), false)},
			{"another language, unknown", Note(OtherLanguage(text, ""), false)},
			{"nothing to search for", NothingAsked("which films leaked?", text)},
			{"nothing asked", Prompt("which films leaked?", text)},
			{"a button of another version", Note(text.WhyUnread(ErrVersion), true)},
			{"a damaged button", Note(text.WhyUnread(ErrDamaged), true)},
			{"a button of other articles", Note(text.OtherCorpus, true)},
			{"More of a question that is too long", Note(text.Partial, true)},
			{"in context", Context(messagetest.Quote(4), messagetest.Around(4, 1), about, slash)},
			{"sources", Citations(cited[:1], slash)},
			{"sources of three", Citations(cited, slash)},
			{"/sources", page(0)},
			{"/sources, the last page", page(99)},
			{"/help", Help(messagetest.Suggest("", 9), "Dossier v1.2.3, 0123456789ab of 2031-05-06", text)},
			{"/privacy", Privacy(text)},
		} {
			checkLimits(t, m.Message)
			fmt.Fprintf(&all, "=== %s\n%s", m.name, m.text())
		}
		golden(t, locale, all.String())
	}
}

// TestRefusalLines keeps every refusal within six lines of a phone.
func TestRefusalLines(t *testing.T) {
	t.Parallel()
	long := messagetest.Nearest()
	long[0].Text, long[0].Matched = strings.Repeat("word ", 40), nil
	for _, locale := range Locales {
		for _, above := range []bool{false, true} {
			for _, before := range [][]string{nil, {"who landed on the moon?"}} {
				for _, near := range [][]index.Quote{nil, messagetest.Nearest(), long, long[:1]} {
					for _, reason := range []string{"", index.AnOpinion} {
						a := index.Answer{Question: "and who was it that landed on the far side of the moon in 1969?", Before: before, Outcome: index.Unsure, Reason: reason, Nearest: near, Suggestions: messagetest.Suggest("", 9)}
						if near == nil {
							a.Outcome = index.Absent
						}
						m := Answer(a, View{Lang: LanguageOf(locale), Owner: asker, Above: above})
						if n := len(Screen(m.Content)); n > refusalLines {
							t.Errorf("%s: %d lines:\n%s", locale, n, strings.Join(Screen(m.Content), "\n"))
						}
					}
				}
			}
		}
		for _, s := range []string{languages[locale].OtherRead, languages[locale].Nothing, languages[locale].Partial} {
			if n := len(Screen(s)); n > refusalLines {
				t.Errorf("%s: %q takes %d lines", locale, s, n)
			}
		}
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
			Above: n%5 == 0, Source: hostileText(r), From: "2014-11-24", To: "2016-12-31", Cut: n%3 == 0,
		}
		m := Answer(a, v)
		checkLimits(t, m)
		got, err := ReadState(m)
		if err != nil {
			t.Fatalf("ReadState: %v", err)
		}
		if q, _ := Clean(a.Question); got.Question != q && !got.Partial && len(m.Rows) > 0 {
			t.Fatalf("ReadState got %q want %q", got.Question, q)
		}
		whole += checkQuotes(t, m, a)
		if len(a.Quotes) > 0 {
			checkLimits(t, Context(a.Quotes[0], a.Quotes, got, v))
			checkLimits(t, Citations(a.Quotes, v))
			var refs []index.ArticleRef
			for range 9 {
				refs = append(refs, a.Quotes[0].Article)
			}
			checkLimits(t, Sources(index.Stats{Version: a.Question, From: "2014"}, a.Suggestions, refs, n%3, v))
		}
		checkLimits(t, Help(a.Suggestions, "", v.Lang))
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
			if n := Length(b.ID); n == 0 || n > maxID || ids[b.ID] {
				t.Fatalf("custom_id %q of %d characters, used twice: %v", b.ID, n, ids[b.ID])
			}
			ids[b.ID] = true
			if _, _, err := Read(m, b.ID); err != nil {
				t.Fatalf("Read(%q): %v", b.ID, err)
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
	var want []string
	for _, q := range slices.Concat(a.Quotes, a.Nearest) {
		if q.Context && q.Before != "" {
			q.Text = q.Before + " " + q.Text
		}
		want = append(want, q.Text)
	}
	for _, b := range blocks {
		if got := unescape(b); !slices.Contains(want, got) {
			t.Fatalf("a quote shows %q, the sources say %q", got, want)
		}
	}
	return len(blocks)
}

// TestCalled shows as many quotes as an answer calls for.
func TestCalled(t *testing.T) {
	t.Parallel()
	scored := func(confidence float64, parts int, scores ...float64) index.Answer {
		a := index.Answer{Confidence: confidence, Parts: parts}
		for _, s := range scores {
			a.Quotes = append(a.Quotes, index.Quote{Score: s})
		}
		return a
	}
	for _, tt := range []struct {
		name string
		a    index.Answer
		want int
	}{
		{"one", scored(0.4, 0, 9), 1},
		{"clear", scored(0.5, 0, 9, 7, 6.9), 1},
		{"close", scored(0.5, 0, 9, 8.5, 8.4), 2},
		{"close, but sure", scored(0.95, 0, 9, 8.5, 8.4), 1},
		{"an overview", scored(0.95, 0, 9, 8, 7, 6, 5), 3},
		{"two questions", scored(0.95, 2, 9, 12, 6), 2},
		{"five questions", scored(0.95, 5, 9, 12, 6), 3},
	} {
		if got := called(tt.a); got != tt.want {
			t.Errorf("%s: called got %d want %d", tt.name, got, tt.want)
		}
	}
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
