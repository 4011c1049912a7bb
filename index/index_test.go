package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

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

func TestNeedsContext(t *testing.T) {
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
		if got := needsContext(text); got != want {
			t.Errorf("needsContext(%q) = %v, want %v", text, got, want)
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

// TestHostile asks what must be answered or refused, whatever it is.
func TestHostile(t *testing.T) {
	ix := builtin(t)
	long := strings.Repeat("sony hack film leak north korea email data ", 100)[:MaxQuestion]
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
			if _, err := ix.Ask(t.Context(), Query{Text: tt.text, MinConfidence: always}); !errors.Is(err, tt.want) {
				t.Errorf("Ask: %v, want %v", err, tt.want)
			}
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
	ix.depth = minDepth
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

// TestNoSentenceTwice: what is a quote already is not shown as the context of the next.
func TestNoSentenceTwice(t *testing.T) {
	ix := of(t, map[string]string{"a.txt": "The driver, Dennis Pruitt, was led out of the cab at noon. He was not hurt by the fall of the crane. Snow fell all day."})
	a := ask(t, ix, Query{Text: "was the driver Dennis Pruitt hurt", MinConfidence: always, Top: 3})
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

// TestOutcomes: what asks nothing is not refused for the articles' sake, what is
// shown as the nearest is no answer, and where they do not say nothing is shown.
func TestOutcomes(t *testing.T) {
	ix := builtin(t)
	for _, tt := range []struct {
		text   string
		want   Outcome
		reason string
	}{
		{"who hacked sony", Answered, ""},
		{"which films leaked?", Answered, ""},
		{"wer hat sony gehackt", Other, AnotherLanguage},
		{"hi", Other, NoQuestion},
		{"lol thanks", Other, NoQuestion},
		{"are you a bot", Other, NoQuestion},
		{"how long do i boil an egg", Absent, ""},
		{"what is the capital of peru", Absent, ""},
	} {
		a := ask(t, ix, Query{Text: tt.text})
		if a.Outcome != tt.want || a.Reason != tt.reason || a.Answered != (tt.want == Answered) {
			t.Errorf("Ask(%q): %s %q with %.2f, want %s %q", tt.text, a.Outcome, a.Reason, a.Confidence, tt.want, tt.reason)
		}
		if (len(a.Quotes) > 0) != (a.Outcome == Answered) || (len(a.Nearest) > 0) != (a.Outcome == Unsure) || len(a.Nearest) > DefaultTop {
			t.Errorf("Ask(%q): %s with %d quotes and %d nearest", tt.text, a.Outcome, len(a.Quotes), len(a.Nearest))
		}
		for _, n := range a.Nearest {
			if len(n.Exact) > 0 {
				t.Errorf("Ask(%q): the nearest sentence %s is marked as an answer", tt.text, n.ID)
			}
		}
	}
}

// TestMinConfidence: 0 always answers, 1 never, and a remark needs more than a
// question.
func TestMinConfidence(t *testing.T) {
	ix := builtin(t)
	one := 1.0
	if a := ask(t, ix, Query{Text: "how long do i boil an egg", MinConfidence: always}); !a.Answered || len(a.Quotes) == 0 {
		t.Errorf("at 0: %s", a.Outcome)
	}
	if a := ask(t, ix, Query{Text: "who hacked sony", MinConfidence: &one}); a.Answered {
		t.Errorf("at 1: %s with %.3f", a.Outcome, a.Confidence)
	}
	if q, r := ask(t, ix, Query{Text: "seth rogen"}), ask(t, ix, Query{Text: "seth rogen", Remark: true}); q.Needed >= r.Needed {
		t.Errorf("a question needs %.2f, a remark %.2f", q.Needed, r.Needed)
	}
}

// TestFollowUp leans on the question before, of the conversation or given, and
// says so; another conversation does not know it.
func TestFollowUp(t *testing.T) {
	ix := builtin(t)
	ask(t, ix, Query{Text: "which films leaked?", Conversation: "c"})
	want := "which films leaked? · and when?"
	a := ask(t, ix, Query{Text: "and when?", Conversation: "c"})
	if a.Understood() != want {
		t.Errorf("understood as %q, want %q", a.Understood(), want)
	}
	if b := ask(t, ix, Query{Text: "and when?", After: []string{"which films leaked?"}}); b.Understood() != want || b.Confidence != a.Confidence {
		t.Errorf("after a given question: understood as %q with %v, want %q with %v", b.Understood(), b.Confidence, want, a.Confidence)
	}
	if b := ask(t, ix, Query{Text: "and when?", Before: []string{"which films leaked?"}}); b.Understood() != want || b.Confidence != a.Confidence {
		t.Errorf("asked again: understood as %q with %v", b.Understood(), b.Confidence)
	}
	if b := ask(t, ix, Query{Text: "and when?", Conversation: "d"}); b.Understood() != "" {
		t.Errorf("in another conversation: understood as %q", b.Understood())
	}
	if b := ask(t, ix, Query{Text: "how much did the hack cost sony?", Conversation: "c"}); b.Understood() != "" {
		t.Errorf("a whole question is understood as %q", b.Understood())
	}
}

// TestAtOnce asks many questions at once: each gets the answer that it gets alone.
func TestAtOnce(t *testing.T) {
	ix := builtin(t)
	ix.depth = minDepth // as deep as where many wait
	texts := []string{"who hacked sony", "which films leaked?", "how much did it cost", "lol", "what happened"}
	alone := map[string]Answer{}
	for _, text := range texts {
		alone[text] = ask(t, ix, Query{Text: text})
	}
	var wg sync.WaitGroup
	for i := range 4 * len(texts) {
		wg.Go(func() {
			text := texts[i%len(texts)]
			a, err := ix.Ask(t.Context(), Query{Text: text, Conversation: fmt.Sprint(i)})
			if err != nil || a.Outcome != alone[text].Outcome || a.Confidence != alone[text].Confidence {
				t.Errorf("Ask(%q) at once: %s with %v, %v; alone %s with %v", text, a.Outcome, a.Confidence, err, alone[text].Outcome, alone[text].Confidence)
			}
		})
	}
	wg.Wait()
}

// TestQueue reads less deep while many wait, never below the least, and lets
// nobody in whose time is up.
func TestQueue(t *testing.T) {
	q := newQueue()
	var ends []func()
	for range cap(q.slots) {
		done, depth, err := q.enter(t.Context(), 12, 0)
		if err != nil || depth != 12 {
			t.Fatalf("depth %d, %v; want 12", depth, err)
		}
		ends = append(ends, done)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := q.enter(ctx, 12, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("enter when cancelled: %v", err)
	}
	ends[0]()
	for waiting, want := range map[int]int{0: 12, 4 * cap(q.slots): 6, 100 * cap(q.slots): minDepth} {
		done, depth, err := q.enter(t.Context(), 12, waiting)
		if err != nil || depth != want {
			t.Errorf("with %d waiting: depth %d, %v; want %d", waiting, depth, err, want)
		}
		done()
	}
	depths := make(chan int)
	for range 20 * cap(q.slots) {
		go func() {
			done, depth, _ := q.enter(t.Context(), 12, 0)
			depths <- depth
			done()
		}()
	}
	for _, end := range ends[1:] {
		end()
	}
	for range 20 * cap(q.slots) {
		if d := <-depths; d < minDepth || d > 12 {
			t.Errorf("depth %d", d)
		}
	}
}
