package index

import (
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
		"who did it? www.example.org/a contact me@e.org":  "who did it? contact",
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
