package discord

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dossier/bot/discord/discordtest"
	"dossier/bot/discord/message"
	"dossier/bot/discord/message/messagetest"
	"dossier/index"

	"github.com/bwmarrin/discordgo"
)

// press clicks the button with a label and returns the response.
func (r *rig) press(u discordtest.User, m discordtest.Message, label string) discordtest.Callback {
	r.t.Helper()
	for _, b := range m.Buttons() {
		if b.Label == label || label == "delete" && b.CustomID[1] == byte(message.VerbDelete) {
			return r.Click(u, m, b.CustomID).Wait()
		}
	}
	r.t.Fatalf("no button %s under %q", label, m.Content)
	return discordtest.Callback{}
}

func TestMore(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	m := r.answerTo(r.Say(alice, channel, mention+"which *films* leaked?"))
	if strings.Contains(m.Content, "Sentence 1") {
		t.Errorf("two quotes where one would do: %q", m.Content)
	}
	cb := r.press(bob, m, "More")
	if cb.Type != 4 || !cb.Message.Ephemeral() || !strings.HasPrefix(cb.Message.Content, "-# 2–4 of 8 · which \\*films\\* leaked?\n> Sentence 1 ") || !strings.Contains(cb.Message.Content, "Sentence 3") {
		t.Errorf("More got %+v", cb.Message)
	}
	cb = r.press(bob, *cb.Message, "More")
	if !strings.Contains(cb.Message.Content, "Sentence 6") || strings.Contains(cb.Message.Content, "Sentence 3") {
		t.Errorf("More, more got %q", cb.Message.Content)
	}
	cb = r.press(bob, *cb.Message, "More")
	if !strings.HasPrefix(cb.Message.Content, "-# 8 of 8 · ") {
		t.Errorf("the last page is %q", cb.Message.Content)
	}
	for _, b := range cb.Message.Buttons() {
		if b.Label == "More" {
			t.Error("there is more after the end")
		}
	}
	for i, q := range r.asker.asked() {
		if want := []int{0, 1, 4, 7}[i]; q.Text != "which *films* leaked?" || q.Skip != want {
			t.Errorf("asked %+v", q)
		}
	}
	// With what the question was limited to.
	slash := r.Slash(alice, channel, "ask", "question", "x", "source", "Deadline.com", "from", "2014-11-24").Wait()
	r.press(alice, *slash.Message, "More")
	q := r.asker.asked()
	if last := q[len(q)-1]; last.Source != "Deadline.com" || last.From != "2014-11-24" || last.To != "" {
		t.Errorf("asked %+v", last)
	}
}

// three lets an answer call for three quotes, as an overview does.
func (r *rig) three() {
	r.asker.mu.Lock()
	defer r.asker.mu.Unlock()
	r.asker.onAsk = func(_ context.Context, q index.Query) (index.Answer, error) {
		a := messagetest.Answer(q.Text)
		for n := range 5 {
			a.Quotes = append(a.Quotes, messagetest.Quote(n))
		}
		return a, nil
	}
}

func TestContext(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	r.three()
	m := r.answerTo(r.Say(alice, channel, mention+"which films leaked?"))
	cb := r.press(bob, m, "In context")
	if cb.Type != 4 || !cb.Message.Ephemeral() || !strings.Contains(cb.Message.Content, "> **Sentence 0") || !strings.Contains(cb.Message.Content, "The films") {
		t.Errorf("In context got %+v", cb.Message)
	}
	cb = r.press(bob, *cb.Message, "3")
	if cb.Type != 7 || !strings.Contains(cb.Message.Content, "> **Sentence 2") {
		t.Errorf("the third in context got type %d, %q", cb.Type, cb.Message.Content)
	}
	if cb = r.press(bob, *cb.Message, "1"); !strings.Contains(cb.Message.Content, "> **Sentence 0") {
		t.Errorf("back to the first got %q", cb.Message.Content)
	}
}

func TestCitations(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	m := r.answerTo(r.Say(alice, channel, mention+"which films leaked?"))
	cb := r.press(bob, m, "Sources")
	if want := "[Variety, November 29, 2014](<https://variety.com/2014/digital/news/leak/>), “Sony’s New Movies Leak Online”"; !cb.Message.Ephemeral() || cb.Message.Content != want || len(cb.Message.Buttons()) > 0 {
		t.Errorf("Sources got %+v", cb.Message)
	}
}

func TestShareAndDelete(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	private := r.Slash(alice, channel, "ask", "question", "which films leaked?", "private", true).Wait()
	if cb := r.press(bob, *private.Message, "Share"); cb.Message.Content != inEnglish.NotYours || !cb.Message.Ephemeral() {
		t.Errorf("somebody else shares and gets %q", cb.Message.Content)
	}
	shared := r.press(alice, *private.Message, "Share")
	if shared.Type != 4 || shared.Message.Ephemeral() || shared.Message.Content != private.Message.Content {
		t.Errorf("Share got %+v", shared.Message)
	}
	for _, b := range shared.Message.Buttons() {
		if b.Label == "Share" {
			t.Error("a shared answer can be shared")
		}
	}
	if cb := r.press(bob, *shared.Message, "delete"); cb.Message.Content != inEnglish.NotYours {
		t.Errorf("somebody else deletes and gets %q", cb.Message.Content)
	}
	if cb := r.press(alice, *shared.Message, "delete"); cb.Type != 6 {
		t.Errorf("delete got type %d", cb.Type)
	}
	r.Wait("a deleted answer", func() bool { m, _ := r.Message(shared.Message.ID); return m.Deleted })
	reply := r.answerTo(r.Say(alice, channel, mention+"which films leaked?"))
	r.press(alice, reply, "delete")
	r.Wait("a deleted reply", func() bool { m, _ := r.Message(reply.ID); return m.Deleted })
}

// TestShareNothing shows all that the sources do not say, with the questions that
// they do answer as they stood.
func TestShareNothing(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	private := r.Slash(alice, channel, "ask", "question", "who landed on the moon?", "private", true).Wait()
	shared := r.press(alice, *private.Message, "Share")
	if shared.Type != 4 || shared.Message.Ephemeral() || shared.Message.Content != private.Message.Content {
		t.Fatalf("Share got %+v", shared.Message)
	}
	if got, want := bytes.Count(shared.Message.Components, []byte("components")), bytes.Count(private.Message.Components, []byte("components")); got != want {
		t.Errorf("%d rows of buttons became %d", want, got)
	}
	if cb := r.press(alice, *shared.Message, "2"); cb.Type != 7 || cb.Message.Ephemeral() {
		t.Errorf("a question under it got type %d", cb.Type)
	}
}

// TestShareOften shares one answer again and again, then many.
func TestShareOften(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{Limits: Limits{User: Limit{4, time.Hour}}})
	r.run()
	private := r.Slash(alice, channel, "ask", "question", "which films leaked?", "private", true).Wait()
	r.press(alice, *private.Message, "Share")
	if cb := r.press(alice, *private.Message, "Share"); cb.Type != 6 {
		t.Errorf("the second Share got type %d", cb.Type)
	}
	// The question, two clicks on Share and the next question are all that is allowed.
	private = r.Slash(alice, channel, "ask", "question", "which films leaked?", "private", true).Wait()
	if cb := r.press(alice, *private.Message, "Share"); !strings.HasPrefix(cb.Message.Content, "One moment") || !cb.Message.Ephemeral() {
		t.Errorf("Share beyond the limit got %q", cb.Message.Content)
	}
	if n := len(r.Messages(channel.Channel)); n != 4 {
		t.Errorf("%d messages, want two private answers, one shared and one refusal", n)
	}
}

func TestSuggested(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	m := r.answerTo(r.Say(alice, channel, mention+"who landed on the moon?"))
	if !strings.Contains(m.Content, inEnglish.NotSaid) || !strings.Contains(m.Content, "\n2. who is Amy Pascal?\n") || m.Buttons()[1].Label != "2" {
		t.Fatalf("got %q", m.Content)
	}
	if cb := r.press(bob, m, "2"); cb.Type != 4 || !cb.Message.Ephemeral() || !strings.HasPrefix(cb.Message.Content, "-# who is Amy Pascal?") {
		t.Errorf("somebody else asks and gets %+v", cb.Message)
	}
	cb := r.press(alice, m, "2")
	if cb.Type != 7 || !strings.HasPrefix(cb.Message.Content, "-# who is Amy Pascal?") {
		t.Errorf("the asker gets type %d, %+v", cb.Type, cb.Message)
	}
	private := r.Slash(alice, channel, "ask", "question", "who landed on the moon?", "private", true).Wait()
	cb = r.press(alice, *private.Message, "1")
	if b := cb.Message.Buttons(); cb.Type != 7 || b[len(b)-1].Label != "Share" {
		t.Errorf("the asker in private gets type %d, %v", cb.Type, b)
	}
}

// TestSuggestedGoesOn asks a suggested question in the conversation of the one
// before it, but without what that was limited to: all sources together answer it.
func TestSuggestedGoesOn(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	last := func() index.Query { q := r.asker.asked(); return q[len(q)-1] }
	for _, at := range []discordtest.Place{channel, direct} {
		m := r.answerTo(r.Say(alice, at, mention+"who landed on the moon?"))
		before := last()
		r.press(alice, m, "3")
		if got := last(); got.Text != "what is destover?" || got.Conversation != before.Conversation || (got.Conversation == "") != (at == channel) {
			t.Errorf("a click asked %+v after %+v", got, before)
		}
		m, _ = r.Message(m.ID)
		r.answerTo(r.Say(alice, at, "and when?", r.ReplyTo(m.ID)))
		if got := last(); got.Conversation != before.Conversation || !slices.Equal(got.After, []string{"what is destover?"}) {
			t.Errorf("a reply asked %+v after %+v", got, before)
		}
		r.press(bob, r.answerTo(r.Say(alice, at, mention+"who landed on the moon?")), "3")
		if got := last(); got.Conversation == "" || got.Conversation == before.Conversation {
			t.Error("what was asked in private is part of a public conversation")
		}
	}
	for _, private := range []bool{false, true} {
		m := r.Slash(alice, channel, "ask", "question", "the moon?", "private", private, "source", "Deadline.com", "from", "2014-11-24", "to", "2015-01-31").Wait().Message
		before := last()
		cb := r.press(alice, *m, "1")
		if before.Source != "Deadline.com" || !strings.Contains(m.Content, "Deadline") {
			t.Errorf("/ask asked %+v and got %q", before, m.Content)
		}
		before.Text, before.Source, before.From, before.To = "which films leaked?", "", "", ""
		if got := last(); !reflect.DeepEqual(got, before) || strings.Contains(cb.Message.Content, "Deadline") {
			t.Errorf("a click asked %+v want %+v, and got %q", got, before, cb.Message.Content)
		}
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	cb := r.Slash(alice, channel, "sources").Wait()
	b := cb.Message.Buttons()
	if len(b) != 2 || !b[0].Disabled || b[1].Disabled {
		t.Fatalf("buttons %+v", b)
	}
	cb = r.Click(alice, *cb.Message, b[1].CustomID).Wait()
	if cb.Type != 7 || !strings.Contains(cb.Message.Content, "Page 2 of 3") || !strings.Contains(cb.Message.Content, "Article 8") {
		t.Errorf("the next page got type %d, %q", cb.Type, cb.Message.Content)
	}
}

// TestOldButtons clicks after a restart, and after the corpus has changed.
func TestOldButtons(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	m := r.answerTo(r.Say(alice, channel, mention+"which films leaked?"))
	r.restart()
	r.press(bob, m, "More")
	r.press(bob, m, "In context")
	r.press(bob, m, "Sources")
	for id, want := range map[string]string{
		"0old": inEnglish.OldVersion, "1m:1ipa2zll0wzl:3": inEnglish.OldVersion, "1cfive-films.00000001:1ipa2zll0wzl": inEnglish.OldVersion,
		"2x": inEnglish.Damaged, m.Buttons()[0].CustomID + "x.": inEnglish.Damaged,
	} {
		if cb := r.Click(bob, m, id).Wait(); cb.Message.Content != want || !cb.Message.Ephemeral() {
			t.Errorf("custom_id %q got %q", id, cb.Message.Content)
		}
	}
	change := func(version string, gone bool) {
		r.asker.mu.Lock()
		defer r.asker.mu.Unlock()
		r.asker.version, r.asker.gone = version, gone
	}
	change("another", false) // an article has come, and the quotes are still there
	for _, label := range []string{"More", "In context", "Sources"} {
		if cb := r.press(bob, m, label); cb.Message.Content == inEnglish.OtherCorpus {
			t.Errorf("%s beside a new article got %q", label, cb.Message.Content)
		}
	}
	change("another", true)
	for _, label := range []string{"More", "In context", "Sources"} {
		if cb := r.press(bob, m, label); cb.Message.Content != inEnglish.OtherCorpus || !cb.Message.Ephemeral() {
			t.Errorf("%s in other articles got %q", label, cb.Message.Content)
		}
	}
	r.press(alice, m, "delete")
	r.Wait("a deleted answer", func() bool { got, _ := r.Message(m.ID); return got.Deleted })
}

// TestSlowDelete presses the wastebasket while Discord limits the removal: it
// may take longer than the response to the click.
func TestSlowDelete(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		removed := false
		b, err := New(Config{Token: "x", Transport: transportFunc(func(r *http.Request) (*http.Response, error) {
			if r.Method == http.MethodDelete {
				select {
				case <-time.After(5 * time.Second):
				case <-r.Context().Done():
					return nil, r.Context().Err()
				}
				removed = true
			}
			return &http.Response{StatusCode: 204, Body: http.NoBody, Header: http.Header{}}, nil
		})}, &fakeAsker{}, discardLog)
		if err != nil {
			t.Fatal(err)
		}
		b.interactions.on(&discordgo.Interaction{
			ID: fmt.Sprint(uint64(time.Now().UnixMilli()-1420070400000) << 22), AppID: discordtest.AppID, Token: "t", Type: discordgo.InteractionMessageComponent,
			ChannelID: channel.Channel, User: &discordgo.User{ID: alice.ID}, Message: &discordgo.Message{ID: "7"},
			Data: discordgo.MessageComponentInteractionData{CustomID: "1d:1ipa2zll0wzl"}, // also of the first version
		})
		if !removed {
			t.Error("the answer was not removed")
		}
	})
}
