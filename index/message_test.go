package index

import (
	"slices"
	"strings"
	"testing"
)

// TestQuestion takes what asks out of a message, however it is dressed up.
func TestQuestion(t *testing.T) {
	const chat = "My brother told me all about that film the other day and I did not believe a word. "
	for message, want := range map[string]string{
		"which films leaked?":                             "which films leaked?",
		"> it was an inside job\nwho did it?":             "who did it? | it was an inside job",
		"who did it?\n> it was them":                      "who did it? | it was them",
		"what about this?\n>>> one\ntwo":                  "what about this? | one two",
		"> only a quote":                                  "only a quote",
		"> a quote\n!?":                                   "a quote",
		"is 5 > 3?":                                       "is 5 > 3?",
		"https://example.org/a?b=c who did it":            "who did it",
		"<https://example.org/a_b_c> who did it":          "who did it",
		"who did it? www.example.org/a contact me@e.org":  "who did it?",
		"who did it contact me at someone@example.org":    "who did it",
		"who wrote to the press? mail us: a.b@e.org":      "who wrote to the press?",
		"[who did it](https://example.org/a)?":            "who did it?",
		"```\nwho did it\n```":                            "who did it",
		"```go\nfunc main() {}\n```\nwho did it?":         "who did it?",
		"`who` did it":                                    "who did it",
		"||who did it|| :thinking: @everyone":             "who did it",
		"@here who did it <:wow:123> <a:no:4>":            "who did it",
		"who did it 😂😂 👩‍💻 ❤️":                            "who did it",
		"**who** __did__ ~~maybe~~ *it* ***?***":          "who did maybe it ?",
		"_who did it?_":                                   "who did it?",
		"what is snake_case_name":                         "what is snake_case_name",
		"# who did it?":                                   "who did it?",
		"-# who did it?":                                  "who did it?",
		"1. who did it?":                                  "who did it?",
		"2) who did it?":                                  "who did it?",
		"- who did it?":                                   "who did it?",
		"1. who did it?\n2. what did it cost?":            "who did it? what did it cost?",
		"who did it? cc dave":                             "who did it?",
		"who did it? CC: @dave @bob":                      "who did it?",
		"who did it? #sonyhack #2014":                     "who did it?",
		"who hacked #sony?":                               "who hacked sony?",
		"what is #destover":                               "what is destover",
		"how did they find #destover":                     "how did they find destover",
		"which films leaked in november #sonyhack":        "which films leaked in november",
		"who did it???!!!":                                "who did it?",
		"who did it?!":                                    "who did it?",
		"hey bot, who did it? thanks a lot!":              "who did it?",
		"lol can you pls tell me who did it":              "who did it",
		"does anyone know who did it ty":                  "who did it",
		"who did it (serious question)":                   "who did it",
		"So I saw a film and i was wondering, who did it": "who did it",
		"who did it, just wondering":                      "who did it, just wondering",
		"please":                                          "please",
		"hi there":                                        "hi there",
		"so who?":                                         "so who?",
		"???":                                             "???",
		"😂":                                               "😂",
		strings.Repeat(chat, 3) + "So which films leaked? Thanks for your time.":            "which films leaked? | " + strings.TrimSpace(chat),
		strings.Repeat(chat, 22) + "Anyway. So which films leaked?":                         "which films leaked? | Anyway.",
		strings.Repeat(strings.TrimSpace(chat)+"\n", 21) + "\n**So which films leaked?** 😂": "which films leaked? | " + strings.TrimSpace(chat),
		chat + "Who did it and why? And what did the whole thing cost, in millions?":        chat + "Who did it and why? And what did the whole thing cost, in millions?",
	} {
		asks, quoted := Question(message)
		if quoted != "" {
			quoted = " | " + quoted
		}
		if got := asks + quoted; got != want {
			t.Errorf("Question(%q) = %q, want %q", message, got, want)
		}
		if again, _ := Question(asks); again != asks {
			t.Errorf("Question(%q) = %q, want it unchanged", asks, again)
		}
	}
}

// TestQuoted takes what a message quotes for what it may be about, and keeps it out
// of the question.
func TestQuoted(t *testing.T) {
	ix := builtin(t)
	a := ask(t, ix, Query{Text: "> which films leaked?\nand when?"})
	if want := "which films leaked? · and when?"; a.Understood() != want {
		t.Errorf("understood as %q, want %q", a.Understood(), want)
	}
	a = ask(t, ix, Query{Text: "> I thought it was an inside job tbh\n**how much did the hack cost sony?** 😂"})
	if want := "how much did the hack cost sony?"; a.Question != want || a.Understood() != "" {
		t.Errorf("asked %q, understood as %q, want %q alone", a.Question, a.Understood(), want)
	}
	one := 1.0
	if a := ask(t, ix, Query{Text: "and when?", MinConfidence: &one}); !a.Fragment {
		t.Errorf("a fragment alone: got %+v", a)
	}
}

// TestMoreOfSeveral turns the pages of a message with several questions: each brings
// the next best of each question, none twice and none left out.
func TestMoreOfSeveral(t *testing.T) {
	ix := builtin(t)
	ids := func(a Answer) (all []string) {
		for _, q := range a.Quotes {
			all = append(all, q.ID)
		}
		return all
	}
	for _, q := range []Query{
		{Text: "Which films leaked? Who is Amy Pascal?"},
		{Text: "And when did they leak? How often were they downloaded?", After: []string{"which films leaked?"}},
	} {
		first := ask(t, ix, q)
		if first.Parts != 2 || !first.More {
			t.Errorf("%q: %d parts are answered, more: %v", q.Text, first.Parts, first.More)
		}
		shown := ids(first)[:first.Parts] // those behind them may be left out as far behind
		next := Query{Text: first.Question, Before: first.Before}
		for next.Skip = first.Parts; next.Skip < 8; next.Skip += 3 {
			next.Top = 3
			a := ask(t, ix, next)
			if len(a.Quotes) != 3 || a.Understood() != first.Understood() {
				t.Errorf("%q from %d on: %d quotes, understood as %q, want %q", q.Text, next.Skip, len(a.Quotes), a.Understood(), first.Understood())
			}
			shown = append(shown, ids(a)...)
		}
		next.Skip, next.Top = 0, 8
		if want := ids(ask(t, ix, next)); !slices.Equal(shown, want) {
			t.Errorf("%q\npages  %q\nat once %q", q.Text, shown, want)
		}
	}
}

// TestSeveral answers several questions of one message, and names the one that it
// does not answer.
func TestSeveral(t *testing.T) {
	for text, want := range map[string]int{
		"who did it? and why?": 2, "who did it?": 0, "who did it and why?": 0, "what? when? where?": 0, "Who did it? Why? I wonder.": 0,
		"who did it? what did it cost? when was it? and who paid for it?": 0, "": 0, "Who did it?! What did it cost?": 0,
		"Was it Mr. Smith? Did he pay 3.5 million?": 2,
	} {
		if got := questions(text); len(got) != want {
			t.Errorf("questions(%q) = %q, want %d", text, got, want)
		}
	}
	a := ask(t, builtin(t), Query{Text: "Which films leaked? How long do I boil an egg?"})
	if a.Outcome != Answered || len(a.Quotes) == 0 || len(a.Unanswered) != 1 || !strings.Contains(a.Unanswered[0], "egg") {
		t.Errorf("Ask = %s with %d quotes, unanswered %q", a.Outcome, len(a.Quotes), a.Unanswered)
	}
}
