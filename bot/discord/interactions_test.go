package discord

import (
	"slices"
	"strings"
	"testing"

	"dossier/bot/discord/discordtest"
)

func TestSlashOptions(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	cb := r.Slash(alice, channel, "ask", "question", "which films leaked?", "private", true, "source", "variety", "from", "2014-11-24", "to", "2015-01-31").Wait()
	if !cb.Message.Ephemeral() || !strings.Contains(cb.Message.Content, "Variety, November 24, 2014 – January 31, 2015") {
		t.Errorf("got %q", cb.Message.Content)
	}
	if q := r.asker.asked()[0]; q.Source != "Variety" || q.From != "2014-11-24" || q.To != "2015-01-31" {
		t.Errorf("asked %+v", q)
	}
	for _, tt := range []struct {
		options []any
		want    string
	}{
		{[]any{"from", "24.11.2014"}, inEnglish.BadDate},
		{[]any{"to", "2014-02-30"}, inEnglish.BadDate},
		{[]any{"source", "Nobody"}, inEnglish.BadSource},
		{[]any{"from", "2015-01-31", "to", "2014-11-24"}, inEnglish.BadRange},
	} {
		cb := r.Slash(alice, channel, "ask", append([]any{"question", "x"}, tt.options...)...).Wait()
		if cb.Message.Content != tt.want || !cb.Message.Ephemeral() {
			t.Errorf("%v got %q", tt.options, cb.Message.Content)
		}
	}
	public := r.Slash(alice, channel, "ask", "question", "and when?").Wait()
	q := r.asker.asked()
	if public.Message.Ephemeral() || q[1].Conversation == q[0].Conversation {
		t.Error("a public question goes on from a private one")
	}
}

// TestEmptyOptions sends options that hold nothing but blanks, as a person may who
// chose one by mistake.
func TestEmptyOptions(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	cb := r.Slash(alice, channel, "ask", "question", " \n ", "source", " ", "from", "", "to", " ").Wait()
	if cb.Message.Content != "Ask me something, for example: which films leaked?" || !cb.Message.Ephemeral() {
		t.Errorf("a blank question got %q", cb.Message.Content)
	}
	r.Slash(alice, channel, "ask", "question", "who?", "source", " ", "from", "", "to", " ").Wait()
	if q := r.asker.asked(); q[len(q)-1].Source+q[len(q)-1].From+q[len(q)-1].To != "" {
		t.Errorf("asked %+v", q[len(q)-1])
	}
}

// TestGroup asks in a group of people that the bot is no member of, and presses
// what stands under the answer.
func TestGroup(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	m := *r.Slash(alice, discordtest.Place{Channel: "500000000000000009"}, "ask", "question", "which films leaked?").Wait().Message
	if cb := r.press(bob, m, "More"); cb.Type != 4 || !cb.Message.Ephemeral() {
		t.Errorf("More got %+v", cb.Message)
	}
	if cb := r.press(alice, m, "delete"); cb.Type != 6 {
		t.Errorf("delete got type %d", cb.Type)
	}
	r.Wait("a removed answer", func() bool { got, _ := r.Message(m.ID); return got.Deleted })
	if n := r.Count("POST /channels/{}/messages") + r.Count("DELETE /channels/{}/messages/{}"); n != 0 {
		t.Errorf("%d requests for a channel that the bot does not see", n)
	}
}

// TestEverywhere uses the commands in a server, a direct message and another
// private channel.
func TestEverywhere(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	for _, at := range []discordtest.Place{channel, direct, {Channel: "500000000000000009"}} {
		for _, c := range []string{"help", "privacy", "sources", "gone"} {
			cb := r.Slash(alice, at, c).Wait()
			if cb.Type != 4 || !cb.Message.Ephemeral() || cb.Message.Content == "" {
				t.Errorf("/%s got %+v", c, cb)
			}
		}
	}
}

// TestVersion: /help ends with what runs.
func TestVersion(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{Version: "Dossier v9"})
	r.run()
	if cb := r.Slash(alice, channel, "help").Wait(); !strings.HasSuffix(cb.Message.Content, "\n-# Dossier v9") {
		t.Errorf("/help got %q", cb.Message.Content)
	}
}

func TestLocale(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	cb := r.Slash(discordtest.User{ID: alice.ID, Locale: "de"}, channel, "ask", "question", "which films leaked?").Wait()
	if b := cb.Message.Buttons(); b[0].Label != "Mehr" || !strings.Contains(cb.Message.Content, "29. November 2014") {
		t.Errorf("in German got %q, %v", cb.Message.Content, b)
	}
	if !strings.Contains(cb.Message.Content, "says that") {
		t.Error("a quote was translated")
	}
}

func TestAutocomplete(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	for _, tt := range []struct {
		option, typed string
		want          []string
	}{
		{"question", "", []string{"which films leaked?", "who is Amy Pascal?", "what is destover?", "when was the attack?", "who found the skull?"}},
		{"question", "who", []string{"who is Amy Pascal?", "who found the skull?"}},
		{"source", "w", []string{"Wired", "The New York Times", "BBC News"}},
		{"source", "zzz", nil},
		{"from", "2014", nil},
	} {
		cb := r.Type(alice, channel, "ask", tt.option, tt.typed).Wait()
		var got []string
		for _, c := range cb.Choices {
			got = append(got, c.Value)
		}
		if cb.Type != 8 || !slices.Equal(got, tt.want) {
			t.Errorf("%s %q got %q want %q", tt.option, tt.typed, got, tt.want)
		}
	}
}
