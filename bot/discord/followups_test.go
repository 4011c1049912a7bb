package discord

import (
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/discordtest"
	"dossier/bot/discord/message"
)

// TestFollowUps replies to an answer what people reply, in the bot's languages.
func TestFollowUps(t *testing.T) {
	t.Parallel()
	const (
		sources = "[Variety, November 29, 2014](<https://variety.com/2014/digital/news/leak/>), “Sony’s New Movies Leak Online”"
		more    = "> Sentence 3 "
		context = "> **Sentence 0 "
	)
	for want, replies := range map[string][]string{
		sources: {"source?", "Source??", "any source for that?", "says who?", "how do you know?", "Quelle?", "woher weißt du das?", "la source ?", "¿fuente?", "fonte?", "ソースは？", "출처?"},
		more:    {"more", "tell me more", "more please", "mehr", "noch mehr!", "encore", "más", "mais", "もっと", "더"},
		inEnglish.ElseSaid: {
			"really?", "are you sure?", "wrong", "that's wrong", "is that true?", "wirklich?", "stimmt das?", "das stimmt nicht",
			"vraiment ?", "c’est faux", "¿en serio?", "mentira", "tem certeza?", "本当？", "진짜?",
		},
		context:             {"what?", "huh", "what do you mean?", "I don't get it", "hä?", "was?", "quoi ?", "¿qué?", "como assim?", "え？", "뭐?", "1"},
		inEnglish.Welcome:   {"thx", "thanks!", "Thank you so much!", "danke", "merci beaucoup", "¡gracias!", "obrigado", "ありがとう", "감사합니다"},
		inEnglish.HowToGoOn: {"2", "2.", "#2", "number 2", "7"}, // there is one quote

		"> Sentence 0 ": {"and when?"},
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			r := rigged(t)
			first := r.answerTo(r.Say(alice, channel, mention+"which films leaked?"))
			for _, text := range replies {
				for _, before := range []string{"", mention} {
					if m := r.answerTo(r.Say(bob, channel, before+text, r.ReplyTo(first.ID))); !strings.Contains(m.Content, want) || m.Ephemeral() {
						t.Errorf("%q got %q", before+text, m.Content)
					}
				}
			}
			// In a direct conversation nobody replies: they just go on.
			r.answerTo(r.Say(alice, direct, "which films leaked?"))
			if m := r.answerTo(r.Say(alice, direct, replies[0])); !strings.Contains(m.Content, want) {
				t.Errorf("%q in a direct message got %q", replies[0], m.Content)
			}
		})
	}
}

// TestFollowOf tells requests for sources and for more, however they are put, from
// questions that have such words in them.
func TestFollowOf(t *testing.T) {
	t.Parallel()
	for want, texts := range map[followKind][]string{
		followSources: {
			"can I get a source", "give me the source", "got proof?", "where's the proof", "do you have a source for that?", "is there any evidence?",
			"can you link it", "hast du eine Quelle?", "gib mir die Quellen", "gibt es Belege dafür?", "tu as une source ?", "dame la fuente", "tem alguma fonte?",
		},
		followMore: {"can you show more", "do you have more?", "what else is there?", "give me some more", "gibt es noch mehr?", "can you continue"},
		noFollow: {
			"more films", "which source leaked it?", "the source code", "was the link public?", "is there any evidence against North Korea?", "do you have it?",
			"where is it?", "is that it?", "how many more?", "what is there?", "wo ist die?",
		},
	} {
		for _, text := range texts {
			if got := followOf(text); got.kind != want {
				t.Errorf("followOf(%q) got %d want %d", text, got.kind, want)
			}
		}
	}
}

// TestNumberOfSuggestion asks the numbered suggestion of a refusal.
func TestNumberOfSuggestion(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	moon := r.answerTo(r.Say(alice, channel, mention+"who landed on the moon?"))
	if m := r.answerTo(r.Say(bob, channel, "2", r.ReplyTo(moon.ID))); !strings.HasPrefix(m.Content, "> Sentence 0 ") {
		t.Errorf("the second suggestion got %q", m.Content)
	}
	for _, text := range []string{"source?", "more", "really?", "what?", "9"} {
		if m := r.answerTo(r.Say(bob, channel, text, r.ReplyTo(moon.ID))); m.Content != inEnglish.HowToGoOn {
			t.Errorf("%q to a refusal got %q", text, m.Content)
		}
	}
}

// TestFollowUpsOfOld asks for more of answers that cannot be read any more, or whose
// quotes the articles do not have any more: the person hears that, as from a button.
func TestFollowUpsOfOld(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	first := r.answerTo(r.Say(alice, channel, mention+"which films leaked?"))
	moon := r.answerTo(r.Say(alice, channel, mention+"who landed on the moon?"))
	r.asker.mu.Lock()
	r.asker.version = "another"
	r.asker.mu.Unlock()
	// The articles have changed, but still have the quote: the answer goes on from it.
	if m := r.answerTo(r.Say(bob, channel, "really?", r.ReplyTo(first.ID))); !strings.Contains(m.Content, "> Sentence 1 ") || strings.Contains(m.Content, "> Sentence 0 ") {
		t.Errorf("really? beside a new article got %q", m.Content)
	}
	r.asker.mu.Lock()
	r.asker.gone = true
	r.asker.mu.Unlock()
	for _, text := range []string{"source?", "more", "really?", "what?", "1"} {
		if m := r.answerTo(r.Say(bob, channel, text, r.ReplyTo(first.ID))); m.Content != inEnglish.OtherCorpus {
			t.Errorf("%q to an answer whose quote is gone got %q", text, m.Content)
		}
		old := &discordgo.Message{Author: &discordgo.User{ID: alice.ID}, GuildID: channel.Guild}
		out, ok := r.bot.replies.reply(t.Context(), old, request{text: text, toAnswer: true, follow: followOf(text), unread: message.ErrVersion})
		if !ok || out.Content != inEnglish.OldVersion {
			t.Errorf("%q to an answer of another version got %q", text, out.Content)
		}
	}
	if m := r.answerTo(r.Say(bob, channel, "2", r.ReplyTo(moon.ID))); !strings.HasPrefix(m.Content, "> Sentence 0 ") {
		t.Errorf("the second suggestion got %q", m.Content)
	}
	if m := r.answerTo(r.Say(bob, channel, "thx", r.ReplyTo(first.ID))); m.Content != inEnglish.Welcome {
		t.Errorf("thanks got %q", m.Content)
	}
}

// TestToTheEnd asks for more until there is no more.
func TestToTheEnd(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	m := r.answerTo(r.Say(alice, channel, mention+"which films leaked?"))
	for _, want := range []string{"> Sentence 3 ", "> Sentence 6 ", "> Sentence 7 ", inEnglish.NoMore} {
		if m = r.answerTo(r.Say(alice, channel, "more", r.ReplyTo(m.ID))); !strings.Contains(m.Content, want) {
			t.Errorf("more got %q, want %q", m.Content, want)
		}
	}
}

// TestOthers replies to what somebody else wrote and mentions the bot: what that asks
// is answered where Discord shows it, and else the bot says so.
func TestOthers(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	question := r.Say(bob, channel, "**which films leaked?** <:wow:1>")
	hide := func(m *discordtest.Message) { m.Referenced.Content = "" }
	asked := func() string {
		q := r.asker.asked()
		last := q[len(q)-1]
		return strings.Join(append(last.After, last.Text), " | ")
	}
	for text, want := range map[string]string{
		"": "**which films leaked?**", "can you answer that?": "**which films leaked?**", "what about this one?": "**which films leaked?**",
		"kannst du das beantworten?": "**which films leaked?**", "^": "**which films leaked?**", "and when?": "which films leaked? | and when?",
		"who is Amy Pascal?": "which films leaked? | who is Amy Pascal?",
	} {
		r.answerTo(r.Say(alice, channel, mention+text, r.ReplyTo(question)))
		if got := asked(); got != want {
			t.Errorf("%q asked %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{"", "can you answer that?", "what about this one?", "これは？"} {
		if m := r.answerTo(r.Say(alice, channel, mention+text, r.ReplyTo(question), hide)); m.Content != inEnglish.OtherHidden {
			t.Errorf("%q about a hidden message got %q", text, m.Content)
		}
	}
	if m := r.answerTo(r.Say(alice, channel, mention+"who is Amy Pascal?", r.ReplyTo(question), hide)); !strings.HasPrefix(m.Content, "> Sentence 0 ") {
		t.Errorf("a question in a reply to a hidden message got %q", m.Content)
	}
}

// TestOwnRole mentions the role that Discord made for the bot.
func TestOwnRole(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	const role = "<@&" + discordtest.BotRoleID + "> "
	m := r.answerTo(r.Say(alice, channel, role+"which films leaked?", discordtest.Roles(discordtest.BotRoleID)))
	if m.Content != inEnglish.RoleHidden {
		t.Errorf("a hidden text got %q", m.Content)
	}
	m = r.answerTo(r.Say(alice, channel, role+mention+"which films leaked?", discordtest.Roles("7", discordtest.BotRoleID)))
	if !strings.HasPrefix(m.Content, "> Sentence 0 ") {
		t.Errorf("a text that is shown got %q", m.Content)
	}
	other := r.Say(alice, channel, "<@&7> which films leaked?", discordtest.Roles("7"))
	r.answerTo(r.Say(alice, channel, mention+"and when?"))
	if got := r.RepliesTo(other); len(got) != 0 {
		t.Errorf("another role got %q", got[0].Content)
	}
	if n := r.Count("GET /guilds/{}/roles"); n != 1 {
		t.Errorf("the roles were asked for %d times", n)
	}
}
