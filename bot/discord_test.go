package main

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"

	"dossier/bot/discord"
	"dossier/bot/discord/discordtest"
	"dossier/bot/discord/message"
	"dossier/corpus"
	"dossier/index"
)

// A town is the built-in articles on a fake Discord that waits for answers as long as
// they take.
type town struct {
	*discordtest.Server
	t    *testing.T
	ix   *index.Index
	stop func()
}

// newTown opens an index of its own: what people asked before is remembered there.
func newTown(t *testing.T) *town {
	t.Helper()
	all, err := load(t.Context(), "", corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ix, err := index.New(t.Context(), all.Articles, index.Options{Questions: all.questions, Depth: 4}) // the least: the same on every machine, however busy
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	<-ix.Ready() // until then it answers by words alone
	w := &town{Server: discordtest.New(t, discordtest.Patience(discordtest.Guard)), t: t, ix: ix}
	w.start()
	t.Cleanup(func() { w.stop() })
	return w
}

func (w *town) start() {
	w.t.Helper()
	bot, err := discord.New(discord.Config{
		Token: discordtest.Token, Transport: w.Transport(),
		Limits:   discord.Limits{User: discord.Limit{Burst: 1e6, Every: 1}},
		Patience: discordtest.Guard, // a busy machine decides no test
	}, w.ix, slog.New(slog.DiscardHandler))
	if err != nil {
		w.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- bot.Run(ctx) }()
	w.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			w.t.Error(err)
		}
	})
	w.WaitReady()
}

var (
	ann     = discordtest.User{ID: "200000000000000001"}
	ben     = discordtest.User{ID: "200000000000000002"}
	square  = discordtest.Place{Guild: "300000000000000001", Channel: "400000000000000001"}
	private = discordtest.Place{Channel: "500000000000000001"}
)

const toBot = "<@" + discordtest.BotID + "> "

// say says something and returns the bot's reply.
func (w *town) say(u discordtest.User, at discordtest.Place, text string, to ...string) discordtest.Message {
	w.t.Helper()
	var reply []func(*discordtest.Message)
	for _, id := range to {
		reply = append(reply, w.ReplyTo(id))
	}
	id := w.Say(u, at, text, reply...)
	w.Wait("a reply", func() bool { return len(w.RepliesTo(id)) > 0 })
	return w.RepliesTo(id)[0]
}

// press clicks a button and returns what comes of it.
func (w *town) press(u discordtest.User, m discordtest.Message, label string) discordtest.Message {
	w.t.Helper()
	for _, b := range m.Buttons() {
		if b.Label == label {
			return *w.Click(u, m, b.CustomID).Wait().Message
		}
	}
	w.t.Fatalf("no button %s under %q", label, m.Content)
	return discordtest.Message{}
}

// about is what the buttons of a message say that it is about.
func about(m discordtest.Message) message.State {
	var row []message.Button
	for _, b := range m.Buttons() {
		row = append(row, message.Button{ID: b.CustomID})
	}
	s, err := message.ReadState(message.Message{Rows: [][]message.Button{row}})
	if err != nil {
		panic(err)
	}
	return s
}

// understood is a question with those that it leans on, where it does.
func understood(m discordtest.Message) string {
	s := about(m)
	if len(s.Before) == 0 {
		return ""
	}
	return strings.Join(s.After(), " · ")
}

// TestReplies replies to an answer after others have replied to it, and after a
// restart: each leans on the question of the answer that it replies to.
func TestReplies(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	films := w.say(ann, square, toBot+"which films leaked?")
	pascal := w.say(ben, square, "who is amy pascal?", films.ID)
	rudin := w.say(ben, square, toBot+"who called angelina jolie a spoiled brat?")
	check := func(to discordtest.Message, text, want string) discordtest.Message {
		t.Helper()
		m := w.say(ann, square, text, to.ID)
		if got := understood(m); got != want {
			t.Errorf("%q is understood as %q, want %q", text, got, want)
		}
		return m
	}
	check(films, "when?", "which films leaked? · when?")
	check(pascal, "when did she leave?", "who is amy pascal? · when did she leave?")
	check(rudin, "and when was that?", "who called angelina jolie a spoiled brat? · and when was that?")
	w.stop()
	w.WaitGone()
	w.start()
	when := check(films, "when?", "which films leaked? · when?")
	check(when, "and where?", "which films leaked? · when? · and where?")
	check(pascal, "when did she leave?", "who is amy pascal? · when did she leave?")
	check(rudin, "and when was that?", "who called angelina jolie a spoiled brat? · and when was that?")
	if got := understood(w.say(ann, square, toBot+"when?")); got != "" {
		t.Errorf("a question that replies to nothing is understood as %q", got)
	}
	// A direct message goes on from the last one, or from what it replies to.
	first := w.say(ann, private, "who hacked sony?")
	w.say(ann, private, "which films leaked?")
	if got := understood(w.say(ann, private, "when?")); got != "which films leaked? · when?" {
		t.Errorf("a direct message is understood as %q", got)
	}
	if got := understood(w.say(ann, private, "and when was that?", first.ID)); got != "who hacked sony? · and when was that?" {
		t.Errorf("a direct reply is understood as %q", got)
	}
}

// TestSourceOfAnswer limits questions to a source: that is the one which every
// quote cites, also in context, on the next page and in the list of sources.
func TestSourceOfAnswer(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	pages := 0
	for _, tt := range [][2]string{{"which films leaked?", "Variety"}, {"how was the attack done?", "reuters"}, {"who hacked sony?", "FBI"}} {
		m := *w.Slash(ann, square, "ask", "question", tt[0], "source", tt[1]).Wait().Message
		check := func(m discordtest.Message) {
			t.Helper()
			n := 0
			for _, l := range strings.Split(m.Content, "\n") {
				c, ok := strings.CutPrefix(l, "-# ")
				if !ok || !strings.Contains(c, "](<") {
					continue
				}
				n++
				if name := strings.TrimPrefix(c, "["); !strings.HasPrefix(strings.ToLower(name), strings.ToLower(tt[1])) {
					t.Errorf("limited to %s a quote cites %q", tt[1], c)
				}
			}
			if n == 0 {
				t.Errorf("no source in %q", m.Content)
			}
		}
		check(m)
		check(w.press(ben, m, "In context"))
		if hasButton(m, "More") { // it is answered
			pages++
			check(w.press(ben, m, "More"))
		}
	}
	if pages == 0 {
		t.Error("nothing has a second page")
	}
}

// TestSuggestedUnderLimits presses every question that is offered where a limited one
// is refused: each is answered.
func TestSuggestedUnderLimits(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	pressed := 0
	for _, limit := range [][]string{{"source", "Variety"}, {"source", "FBI"}, {"from", "2015-01-20"}, {"to", "2014-11-25"}} {
		for _, q := range []string{
			"who called angelina jolie a spoiled brat?", "what did crowdstrike say?", "how many employees were affected?",
			"who is park jin hyok?", "was destover used?", "who is amy pascal? · when did she leave?", "did the hackers threaten cinemas?", "who landed on the moon?",
		} {
			m := *w.Slash(ann, square, "ask", "question", q, limit[0], limit[1]).Wait().Message
			for _, b := range m.Buttons() {
				if b.Label != "1" && b.Label != "2" && b.Label != "3" {
					continue
				}
				pressed++
				if got := *w.Click(ben, m, b.CustomID).Wait().Message; !hasButton(got, "In context") || strings.Contains(got.Content, "do not say") || strings.Contains(got.Content, "I am not sure") {
					t.Errorf("%s %q: number %s of\n%s\ngets %q", q, limit, b.Label, m.Content, got.Content)
				}
			}
		}
	}
	if pressed < 12 {
		t.Errorf("only %d questions were offered", pressed)
	}
}

// TestDatesOfAnswer limits questions to some days: both pages are the best quotes of
// the articles of those days.
func TestDatesOfAnswer(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	for _, tt := range [][3]string{
		{"which films leaked?", "2014-12-01", ""},
		{"who hacked sony?", "", "2014-12-16"},
		{"what did the hackers say?", "2014-12-10", "2014-12-24"},
	} {
		m := *w.Slash(ann, square, "ask", "question", tt[0], "from", tt[1], "to", tt[2]).Wait().Message
		shown := append(quotes(m), quotes(w.press(ben, m, "More"))...)
		a, err := w.ix.Ask(t.Context(), index.Query{Text: tt[0], From: tt[1], To: tt[2], Top: len(shown)})
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, q := range a.Quotes {
			want = append(want, plain(q))
			if d := q.Article.Date; d < tt[1] || tt[2] != "" && d > tt[2] {
				t.Errorf("%q is of %s", tt, d)
			}
		}
		if !slices.Equal(shown, want) {
			t.Errorf("%q\ngot  %q\nwant %q", tt, shown, want)
		}
	}
}

// TestCommandsStandAlone asks one command after the other: only what cannot stand
// alone goes on from the one before.
func TestCommandsStandAlone(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	for _, tt := range []struct{ text, want string }{
		{"how many employees were affected?", ""},
		{"did north korea do it?", ""},
		{"which films leaked?", ""},
		{"and when?", "which films leaked? · and when?"},
		{"who is amy pascal?", ""},
	} {
		m := *w.Slash(ann, square, "ask", "question", tt.text).Wait().Message
		if got := understood(m); got != tt.want {
			t.Errorf("/ask %s is understood as %q, want %q", tt.text, got, tt.want)
		}
	}
}

// TestBanter replies to an answer as people talk about it: silence.
func TestBanter(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	films := w.say(ann, square, toBot+"which films leaked?")
	said := map[string]string{}
	for _, text := range []string{"same", "this is so sad", "good point", "I remember that, crazy times", "lmao no way", "wtf", "makes sense", "they deserved it"} {
		said[text] = w.Say(ben, square, text, w.ReplyTo(films.ID))
		w.say(ben, square, "and who did it?", films.ID) // as long as an answer takes
	}
	w.stop() // lets what is under way come to its end
	for text, id := range said {
		if got := w.RepliesTo(id); len(got) != 0 {
			t.Errorf("%q got %q", text, got[0].Content)
		}
	}
}
