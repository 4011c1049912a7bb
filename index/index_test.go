package index

import (
	"context"
	"errors"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"dossier/corpus"
)

// of makes an index of text files.
func of(t testing.TB, files map[string]string) *Index {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return indexOf(t, fsys)
}

// always answers with whatever fits best.
var always = new(float64)

func ask(t testing.TB, ix *Index, q Query) Answer {
	t.Helper()
	a, err := ix.Ask(t.Context(), q)
	if err != nil {
		t.Fatalf("Ask(%q): %v", q.Text, err)
	}
	return a
}

// articleText returns the files of the built-in articles by slug, without
// footnote marks, the only ones that stand inside their sentences.
func articleText(t *testing.T) map[string]string {
	t.Helper()
	mark := regexp.MustCompile(`\[\^[^\]]+\]`)
	text := make(map[string]string)
	names, err := fs.Glob(corpus.Builtin(), "*.md")
	if err != nil || len(names) == 0 {
		t.Fatalf("no built-in articles: %v", err)
	}
	for _, name := range names {
		b, err := fs.ReadFile(corpus.Builtin(), name)
		if err != nil {
			t.Fatal(err)
		}
		text[strings.TrimSuffix(name, ".md")] = mark.ReplaceAllString(string(b), "")
	}
	return text
}

// between is what may stand between two sentences of a built-in article:
// blanks, the mark of a list item, headings.
var between = regexp.MustCompile(`(?m)\A(?:\s|^- |^#.*$)*\z`)

// TestVerbatim holds the promise of the product: each quote stands, byte for
// byte, in the file of the article it cites, between the sentences it says.
func TestVerbatim(t *testing.T) {
	ix := builtin(t)
	text := articleText(t)
	for _, question := range []string{"which films leaked?", "who did it", "how much did it cost", "did sony's boss say sorry?", "zzz qqq", "the hack"} {
		for _, q := range ask(t, ix, Query{Text: question, Top: maxTop, MinConfidence: always}).Quotes {
			body := text[q.Article.Slug]
			at := strings.Index(body, q.Text)
			if q.Text == "" || at < 0 {
				t.Errorf("%q: %q does not stand in %s", question, q.Text, q.Article.Slug)
				continue
			}
			rest := body[at+len(q.Text):]
			before, after := strings.LastIndex(body[:at], q.Before), strings.Index(rest, q.After)
			if before < 0 || q.Before != "" && !between.MatchString(body[before+len(q.Before):at]) || after < 0 || !between.MatchString(rest[:after]) {
				t.Errorf("%q: %s: the sentences around %q are wrong", question, q.Article.Slug, q.Text)
			}
			if len(q.Sources) == 0 {
				t.Errorf("%q: no source for %q", question, q.Text)
			}
			last := 0
			for _, m := range q.Matched {
				if m.Start < last || m.End <= m.Start || m.End > len(q.Text) {
					t.Errorf("%q: matched %v of %q", question, q.Matched, q.Text)
				}
				last = m.End
			}
			if again, ok := ix.Quote(q.ID); !ok || again.Text != q.Text {
				t.Errorf("Quote(%s) = %q, %v", q.ID, again.Text, ok)
			}
		}
	}
}

// TestNaming asks for a list that stands in the sentence after the statement.
func TestNaming(t *testing.T) {
	ix := of(t, map[string]string{"news.txt": `A bank was robbed on Monday. Police closed the road.

Nobody saw the robbers leave, but four paintings were stolen from the museum on the same night. These works include Blue Door, The Miller, Old Harbour and Winter. The museum opens again in May.`})
	a := ask(t, ix, Query{Text: "which paintings were stolen?"})
	if !a.Answered || !strings.HasPrefix(a.Quotes[0].Text, "These works include") || !a.Quotes[0].Context {
		t.Fatalf("Ask = %+v, want the sentence that names them, with the one before it", a)
	}
	if !strings.HasPrefix(a.Quotes[0].Before, "Nobody saw") {
		t.Errorf("Before = %q", a.Quotes[0].Before)
	}
}

func TestLeans(t *testing.T) {
	for text, want := range map[string]bool{
		"These films include Annie.":       true,
		"They left.":                       true,
		"It cost $5.":                      true,
		"It is not clear how they got in.": false,
		"Theseus left.":                    false,
		"Sony said it was sorry.":          false,
		"This":                             false,
		"":                                 false,
		"It was reported that five films had leaked.": false,
	} {
		if got := leans(text); got != want {
			t.Errorf("leans(%q) = %v, want %v", text, got, want)
		}
	}
}

// TestRemark says something to an answer: what asks nothing needs more
// confidence, and a name none.
func TestRemark(t *testing.T) {
	ix := builtin(t)
	for _, tt := range []struct {
		text     string
		question bool // what is made of it as a question
		remark   bool // and as a remark
	}{
		{"any lawsuits", true, true},
		{"seth rogen", true, true},
		{"I remember that, crazy times", true, false},
		{"poor amy", false, false},
	} {
		if a := ask(t, ix, Query{Text: tt.text}); a.Answered != tt.question {
			t.Errorf("%q as a question: answered %v with %.2f", tt.text, a.Answered, a.Confidence)
		}
		if a := ask(t, ix, Query{Text: tt.text, Remark: true}); a.Answered != tt.remark {
			t.Errorf("%q as a remark: answered %v with %.2f", tt.text, a.Answered, a.Confidence)
		}
	}
}

// TestPages pages through all quotes: none twice, none left out.
func TestPages(t *testing.T) {
	ix := builtin(t)
	q := Query{Text: "what did the hackers steal", MinConfidence: always, Top: 9}
	all := ask(t, ix, q)
	if len(all.Quotes) != 9 || !all.More {
		t.Fatalf("Ask = %d quotes, more %v; want 9 and more", len(all.Quotes), all.More)
	}
	q.Top = 3
	for q.Skip = 0; q.Skip < 9; q.Skip += 3 {
		for i, quote := range ask(t, ix, q).Quotes {
			if quote.ID != all.Quotes[q.Skip+i].ID {
				t.Errorf("skip %d: quote %d is %s, want %s", q.Skip, i, quote.ID, all.Quotes[q.Skip+i].ID)
			}
		}
	}
	q.Skip = 10_000
	if a := ask(t, ix, q); len(a.Quotes) != 0 || a.More {
		t.Errorf("behind the end: %d quotes, more %v", len(a.Quotes), a.More)
	}
}

const (
	// hostileTime is how long any answer may take on an idle machine.
	hostileTime = 100 * time.Millisecond * slow
	// hostileTries is how often a machine that is not idle may take longer:
	// a question that is slow in itself is so every time.
	hostileTries = 20
)

// TestHostile asks what must be answered or refused, quickly.
func TestHostile(t *testing.T) {
	ix := builtin(t)
	long := strings.Repeat("sony hack film leak north korea email data ", 50)[:MaxQuestion]
	tests := []struct {
		name, text string
		want       error
	}{
		{"nothing", " \n\t ", ErrEmptyQuestion},
		{"no words", "?!… 😀 \u200b", ErrEmptyQuestion},
		{"too long", strings.Repeat("é", MaxQuestion+1), ErrTooLong},
		{"as long as may be", long, nil},
		{"one long word", strings.Repeat("a", MaxQuestion), nil},
		{"broken bytes", "which \xff\xfe films \x00 leaked", nil},
		{"query language", `text:sony AND _id:* OR "films /.*/ ~2 ^1000`, nil},
		{"every letter a word", strings.Repeat("a b c d e f g h i j ", 99), nil},
		{"mentions", "@everyone <@123> which films leaked", nil},
		{"only stop words", "who did it and why was it so", nil},
		{"another script", "哪些电影被泄露了", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var err error
			var took time.Duration
			for range hostileTries {
				start := time.Now()
				_, err = ix.Ask(t.Context(), Query{Text: tt.text, MinConfidence: always})
				if took = time.Since(start); took <= hostileTime && errors.Is(err, tt.want) {
					return
				}
			}
			t.Errorf("Ask: %v in %v, want %v in %v", err, took, tt.want, hostileTime)
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ix.Ask(ctx, Query{Text: "films"}); !errors.Is(err, context.Canceled) {
		t.Errorf("Ask when cancelled: %v", err)
	}
}

func TestOneSentence(t *testing.T) {
	ix := of(t, map[string]string{"a.txt": "The red skull was found by Ada Byron."})
	a := ask(t, ix, Query{Text: "who found the red skull?", MinConfidence: always})
	if len(a.Quotes) != 1 || a.Quotes[0].Before != "" || a.Quotes[0].After != "" || a.More {
		t.Errorf("Ask = %+v", a)
	}
	if len(ix.Around(a.Quotes[0].ID, 3)) != 1 {
		t.Errorf("Around = %v", ix.Around(a.Quotes[0].ID, 3))
	}
	for _, id := range []string{"", "a", "a.", "a.00000000", "b.00000000", "."} {
		if q, ok := ix.Quote(id); ok {
			t.Errorf("Quote(%q) = %v", id, q)
		}
	}
}

// TestTitles indexes articles whose titles have no word that says anything.
func TestTitles(t *testing.T) {
	ix := of(t, map[string]string{
		"a.txt": "Why?\n\nThe red skull was found by Ada Byron.", "b.txt": "The Who\n\nSnow fell in Oslo.",
		"c.txt": "???\n\nLemurs arrived.", "d.txt": "Lemurs arrive\n\nThere were six of them.", "it.txt": "It was late.",
	})
	if a := ask(t, ix, Query{Text: "who found the red skull?", MinConfidence: always}); len(a.Quotes) == 0 || a.Quotes[0].Article.Slug != "a" {
		t.Errorf("Ask = %+v", a)
	}
}

func TestNoArticles(t *testing.T) {
	if _, err := New(t.Context(), nil, Options{}); !errors.Is(err, ErrNoArticles) {
		t.Errorf("New: %v", err)
	}
}

func FuzzAsk(f *testing.F) {
	ix := builtin(f)
	f.Add("which films leaked?", "")
	f.Add("\xff AND (", "variety")
	f.Fuzz(func(t *testing.T, text, source string) {
		a, err := ix.Ask(t.Context(), Query{Text: text, Source: source, MinConfidence: always})
		if err != nil && !errors.Is(err, ErrEmptyQuestion) && !errors.Is(err, ErrTooLong) && !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Ask: %v", err)
		}
		for _, q := range a.Quotes {
			if again, ok := ix.Quote(q.ID); !ok || again.Text != q.Text {
				t.Errorf("quote %q is not in the corpus", q.Text)
			}
		}
	})
}

// TestNearest asks what the articles do not tell. Where it is their matter at
// all, what comes nearest is shown, but not as an answer.
func TestNearest(t *testing.T) {
	ix := builtin(t)
	refused, near := map[string]int{}, map[string]int{}
	for _, q := range readEval(t) {
		if len(q.Before) > 0 || q.Kind == "hostile" {
			continue
		}
		a, err := ix.Ask(t.Context(), Query{Text: q.Q})
		if errors.Is(err, ErrEmptyQuestion) {
			continue // a greeting
		}
		if err != nil {
			t.Fatal(err)
		}
		if a.Answered {
			if len(a.Nearest) > 0 {
				t.Errorf("%s: answered, and yet with nearest sentences", q.ID)
			}
			continue
		}
		refused[q.Kind]++
		if len(a.Nearest) > 0 {
			near[q.Kind]++
		}
		if len(a.Nearest) > maxNearest {
			t.Errorf("%s: %d nearest sentences", q.ID, len(a.Nearest))
		}
		for _, n := range a.Nearest {
			if _, ok := ix.Quote(n.ID); !ok || len(n.Sources) == 0 || len(n.Exact) > 0 {
				t.Errorf("%s: %s is no quote with a source and without a mark", q.ID, n.ID)
			}
		}
	}
	share := func(kind string) float64 { return float64(near[kind]) / float64(refused[kind]) }
	if p, o := share("paraphrase"), share("offtopic"); p < 2*o {
		t.Errorf("nearest sentences for %.0f %% of refused paraphrases and %.0f %% of what is off topic", 100*p, 100*o)
	}
}

// TestNothingAsked: a greeting is no question that the articles could not answer.
func TestNothingAsked(t *testing.T) {
	ix := builtin(t)
	for text, want := range map[string]error{
		"hi": ErrEmptyQuestion, "lol": ErrEmptyQuestion, "the": ErrEmptyQuestion,
		"why": nil, "who did it": nil, "sony": nil, "north korea": nil,
	} {
		if _, err := ix.Ask(t.Context(), Query{Text: text}); !errors.Is(err, want) {
			t.Errorf("Ask(%q): %v, want %v", text, err, want)
		}
	}
}

// TestNoSentenceTwice: what is a quote already is not shown as the context of the next.
func TestNoSentenceTwice(t *testing.T) {
	ix := of(t, map[string]string{"a.txt": "The driver, Dennis Pruitt, was led out of the cab at noon. He was not hurt by the fall of the crane. Snow fell all day."})
	a := ask(t, ix, Query{Text: "was the driver Dennis Pruitt hurt", MinConfidence: always})
	shown := make(map[string]int)
	for _, q := range a.Quotes {
		shown[q.Text]++
		if q.Context {
			shown[q.Before]++
		}
	}
	if len(a.Quotes) < 2 {
		t.Fatalf("quotes %v", a.Quotes)
	}
	for text, n := range shown {
		if n > 1 {
			t.Errorf("%q is shown %d times", text, n)
		}
	}
}

// TestOwnName: where what was left out is not told of the new name, what is told of
// the name comes near, and the conversation goes on with the whole question.
func TestOwnName(t *testing.T) {
	ix := builtin(t)
	var a Answer
	for _, text := range []string{"how much did the interview cost", "and spectre?"} {
		a = ask(t, ix, Query{Text: text, Conversation: "c"})
	}
	if a.Answered || a.Understood != "how much did spectre cost?" || len(a.Nearest) == 0 || !strings.Contains(a.Nearest[0].Text, "Spectre") {
		t.Errorf("read as %q, answered %v, nearest %v; want a refusal with what there is on Spectre", a.Understood, a.Answered, a.Nearest)
	}
	if a = ask(t, ix, Query{Text: "and annie?", Conversation: "c"}); a.Understood != "how much did annie cost?" {
		t.Errorf("the next is read as %q", a.Understood)
	}
}

// TestRead: a query that asks for reasons is told how it was read.
func TestRead(t *testing.T) {
	a := ask(t, builtin(t), Query{Text: "how many people work for bureau 121", Explain: true})
	if want := "how many; people, work, bureau, 121"; a.Read != want {
		t.Errorf("Read = %q, want %q", a.Read, want)
	}
	if a := ask(t, builtin(t), Query{Text: "who hacked sony"}); a.Read != "" {
		t.Errorf("Read = %q although no reasons were asked for", a.Read)
	}
}
