package discord

import (
	"strings"
	"testing"

	"dossier/bot/discord/discordtest"
)

func TestSmallTalk(t *testing.T) {
	t.Parallel()
	for kind, texts := range map[intent][]string{
		chatter: {
			"thanks", "Thank you so much!", "thx", "ty :)", "lol", "LOOOL", "hahaha", "ok", "good bot", "wow!!", "👍", "…", "hihihi",
			"Vielen Dank!", "merci beaucoup", "¡muchas gracias!", "jajaja", "obrigado", "kkkkk", "ありがとうございます！", "www", "ㅋㅋㅋ", "감사합니다",
			"muito bom", "parfait !", "¡genial!", "すごい！", "대박", "same", "wtf", "good point", "lmao no way", "so true", "oh no", "stimmt", "ㅠㅠ",
		},
		asking: {
			"", "?", "ok?", "and when", "who", "thanks, and who is Amy Pascal", "good films", "why", "27", "hi, which films leaked?",
			"who are you talking about", "what is this film about", "help the fbi find the hackers",
			"wtf is destover", "true?", "point of entry", "is it true",
		},
		greeting:    {"hi", "Hello!", "hey bot", "hi?", "Good morning!", "guten Tag", "¡Hola!", "bonjour", "olá", "こんにちは", "안녕하세요"},
		helpRequest: {"help", "HELP!", "who are you?", "What can you do?", "what is this bot?", "Hilfe", "wer bist du?", "使い方"},
	} {
		for _, s := range texts {
			if got := intentOf(s); got != kind {
				t.Errorf("%q is of kind %d, want %d", s, got, kind)
			}
		}
	}
}

func TestIsQuestion(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"": false, "this is so sad": false, "I remember that, crazy times": false, "that was wild": false, "nice comment": false, "a shame": false, "the cinemas": false,
		"das war schade": false, "c'est triste": false, "すごいね": false, "슬프다": false,
		"the cinemas?": true, "and the WHO": true, "who's that": true, "was it north korea": true, "tell me about the films": true, "so what": true,
		"und warum": true, "war es Nordkorea": true, "dime más": true, "et pourquoi": true, "cuándo": true, "e quem fez isso": true, "o que vazou": true, "por que": true, "いつ流出した": true, "누가 그랬어": true, "映画は？": true,
	} {
		if got := isQuestion(text); got != want {
			t.Errorf("isQuestion(%q) got %v", text, got)
		}
	}
}

// TestRemarks lets people talk about an answer by replying to it: what the articles
// have no answer to, and what does not look like a question, gets no refusal.
func TestRemarks(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	first := r.answerTo(r.Say(alice, channel, mention+"which films leaked?"))
	quiet := []string{r.Say(bob, channel, "the moon, that is so sad", r.ReplyTo(first.ID)), r.Say(bob, channel, "over the moon", r.ReplyTo(first.ID))}
	for _, text := range []string{"who landed on the moon", "the moon?", mention + "over the moon"} {
		if m := r.answerTo(r.Say(bob, channel, text, r.ReplyTo(first.ID))); !strings.Contains(m.Content, inEnglish.NotSaid) {
			t.Errorf("%q got %q", text, m.Content)
		}
	}
	inDM := r.answerTo(r.Say(alice, direct, "which films leaked?"))
	r.answerTo(r.Say(alice, direct, "over the moon", r.ReplyTo(inDM.ID)))
	// What has an answer may have been a question.
	cinemas := r.Say(bob, channel, "the cinemas", r.ReplyTo(first.ID))
	m := r.answerTo(cinemas)
	for _, id := range quiet {
		if got := r.RepliesTo(id); len(got) != 0 {
			t.Errorf("a remark got %q", got[0].Content)
		}
	}
	// An edit makes a remark of a question, and a question of a remark.
	r.Edit(cinemas, "over the moon")
	r.Wait("a removed answer", func() bool { got, _ := r.Message(m.ID); return got.Deleted })
	r.Edit(quiet[0], "who landed on the moon?")
	r.answerTo(quiet[0])
}

// TestWordless laughs at an answer, praises it or talks about it: a sign that it was
// seen, and no words.
func TestWordless(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	first := r.answerTo(r.Say(alice, channel, mention+"which films leaked?"))
	laugh := r.Say(alice, channel, "hahaha", r.ReplyTo(first.ID))
	wordless := []string{
		laugh, r.Say(bob, channel, "<:wow:1>", r.ReplyTo(first.ID)), r.Say(bob, channel, "hi", r.ReplyTo(first.ID)),
		r.Say(alice, channel, mention+"lol", r.ReplyTo(first.ID)), r.Say(alice, channel, mention+"good bot"), r.Say(alice, direct, "wow!"),
		r.Say(bob, channel, "the moon, that is so sad", r.ReplyTo(first.ID)),
	}
	r.answerTo(r.Say(bob, channel, "and when?", r.ReplyTo(first.ID)))
	for _, id := range wordless {
		r.Wait("a sign", func() bool { m, _ := r.Message(id); return m.Reacted })
		if got := r.RepliesTo(id); len(got) != 0 {
			t.Errorf("laughter got %q", got[0].Content)
		}
	}
	r.Edit(laugh, "haha, and who is Amy Pascal?")
	r.answerTo(laugh)
}

// TestHello greets the bot and asks it what it is: it says what to do, and asks
// the articles nothing.
func TestHello(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	for text, want := range map[string]string{
		"hi": "Ask me something, for example:", "/ask": "Ask me something, for example:", "/ask hello": "Ask me something, for example:",
		"who are you?": "Ask me what the articles say", "help": "Ask me what the articles say",
	} {
		for _, at := range []discordtest.Place{direct, channel} {
			if m := r.answerTo(r.Say(alice, at, mention+text)); !strings.HasPrefix(m.Content, want) || m.Ephemeral() {
				t.Errorf("%q got %q", text, m.Content)
			}
		}
		if cb := r.Slash(alice, channel, "ask", "question", text).Wait(); !strings.HasPrefix(cb.Message.Content, want) || !cb.Message.Ephemeral() {
			t.Errorf("/ask %q got %q", text, cb.Message.Content)
		}
	}
	for _, q := range r.asker.asked() {
		if q.Text != "" {
			t.Errorf("the articles were asked %q", q.Text)
		}
	}
	for _, text := range []string{"/ask which films leaked?", "/ask question: which films leaked?", "/fragen frage: which films leaked?", "/質問 which films leaked?"} {
		if m := r.answerTo(r.Say(alice, direct, text)); about(m) != "which films leaked?" {
			t.Errorf("%q got %q", text, m.Content)
		}
	}
}
