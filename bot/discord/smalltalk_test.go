package discord

import "testing"

func TestSmallTalk(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"thanks", "Thank you so much!", "thx", "ty :)", "lol", "LOOOL", "hahaha", "ok", "good bot", "wow!!", "👍", "…",
		"Vielen Dank!", "merci beaucoup", "¡muchas gracias!", "jajaja", "obrigado", "kkkkk", "ありがとうございます！", "www", "ㅋㅋㅋ", "감사합니다",
	} {
		if !smallTalk(s) {
			t.Errorf("%q is taken for a question", s)
		}
	}
	for _, s := range []string{"", "?", "ok?", "and when", "who", "thanks, and who is Amy Pascal", "good films", "why", "27"} {
		if smallTalk(s) {
			t.Errorf("%q is taken for small talk", s)
		}
	}
}

// TestThanks thanks for an answer: silence in a channel, unless the bot was
// mentioned.
func TestThanks(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	first := r.answerTo(r.Say(alice, channel, mention+"which films leaked?"))
	thanks := r.Say(alice, channel, "Thanks, good bot!", r.ReplyTo(first.ID))
	wow := r.Say(bob, channel, "<:wow:1>", r.ReplyTo(first.ID))
	r.answerTo(r.Say(alice, channel, mention+"thanks", r.ReplyTo(first.ID)))
	r.answerTo(r.Say(alice, direct, "thanks"))
	r.answerTo(r.Say(bob, channel, "and when?", r.ReplyTo(first.ID)))
	for _, id := range []string{thanks, wow} {
		if got := r.RepliesTo(id); len(got) != 0 {
			t.Errorf("thanks got %q", got[0].Content)
		}
	}
	r.Edit(thanks, "thanks, and who is Amy Pascal?")
	r.answerTo(thanks)
}
