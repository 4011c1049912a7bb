package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dossier/bot/discord/discordtest"
	"dossier/index"
)

// TestMoreOfFollowUps presses More under questions that lean on others: the two
// pages are the best quotes, none twice and none left out, in their order; the
// first page of an overview is in that of the articles.
func TestMoreOfFollowUps(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	pages := 0
	for _, tt := range [][2]string{
		{"which films leaked?", "when?"},
		{"who is amy pascal?", "when did she leave?"},
		{"who hacked sony?", "why?"},
		{"which films leaked?", "how often were they downloaded?"},
		{"who is seth rogen?", "what did he say?"},
		{"what did the fbi say?", "and obama?"},
		{"how much did the hack cost?", "what about the interview?"},
		{"who is park jin hyok?", "was he arrested?"},
		{"what was leaked?", "where?"},
		{"why was the interview cancelled?", "who decided that?"},
		{"which films leeked?", "wich cinemas?"},
		{"who called angelina jolie a spoiled brat?", "did he apologise?"},
	} {
		first := w.say(ann, square, toBot+tt[0])
		m := w.say(ann, square, tt[1], first.ID)
		if !hasButton(m, "More") {
			t.Logf("%s %s: no more", tt[0], tt[1])
			continue
		}
		pages++
		one := quotes(m)
		shown := slices.Concat(one, quotes(w.press(ben, m, "More")))
		for how, ask := range map[string]func(top int) []string{
			"understood": func(top int) []string {
				return w.best(index.Query{Text: tt[1], Before: about(m).Before, Top: top})
			},
			"in a conversation": func(top int) []string { // as the index says it with a memory of its own
				key := fmt.Sprint(tt, top)
				w.best(index.Query{Text: tt[0], Conversation: key})
				return w.best(index.Query{Text: tt[1], Conversation: key, Top: top})
			},
		} {
			want := ask(len(shown))
			if got := ask(0); len(got) < len(one) || !slices.Equal(one, got[:len(one)]) {
				t.Errorf("%s %s, %s\ngot  %q\nwant %q", tt[0], tt[1], how, one, got)
			}
			if !slices.Equal(slices.Sorted(slices.Values(shown)), slices.Sorted(slices.Values(want))) || !slices.Equal(shown[len(one):], want[len(one):]) {
				t.Errorf("%s %s, %s\ngot  %q\nwant %q", tt[0], tt[1], how, shown, want)
			}
		}
	}
	if pages < 6 {
		t.Errorf("only %d follow-ups have more than a page", pages)
	}
}

// TestMoreOfSeveral asks two questions in one message: More goes on with both.
func TestMoreOfSeveral(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	const text = "Which films leaked? Who is Amy Pascal?"
	m := w.say(ann, square, toBot+text)
	shown := quotes(m)
	next := w.press(ben, m, "More")
	for range 2 {
		shown = append(shown, quotes(next)...)
		if !hasButton(next, "More") {
			break
		}
		next = w.press(ben, next, "More")
	}
	want := w.best(index.Query{Text: text, Top: len(shown)})
	slices.Sort(want)
	if slices.Sort(shown); len(shown) < 5 || !slices.Equal(shown, want) {
		t.Errorf("got  %q\nwant %q", shown, want)
	}
}

// best are the quotes that answer, as they read in a message.
func (w *town) best(q index.Query) []string {
	w.t.Helper()
	a, err := w.ix.Ask(w.t.Context(), q)
	if err != nil {
		w.t.Fatal(err)
	}
	var list []string
	for _, q := range a.Quotes {
		list = append(list, plain(q))
	}
	return list
}

func hasButton(m discordtest.Message, label string) bool {
	return slices.ContainsFunc(m.Buttons(), func(b discordtest.Button) bool { return b.Label == label })
}

// plain is how a quote reads in a message, without marks.
func plain(q index.Quote) string {
	s := q.Text
	if q.Context {
		s = q.Before + " " + s
	}
	return unmarked.Replace(s)
}

var unmarked = strings.NewReplacer("*", "", "_", "", "\\", "")

// quotes are the block quotes of a message.
func quotes(m discordtest.Message) []string {
	var all []string
	for _, l := range strings.Split(m.Content, "\n") {
		if q, ok := strings.CutPrefix(l, "> "); ok {
			all = append(all, unmarked.Replace(q))
		}
	}
	return all
}
