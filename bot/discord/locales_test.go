package discord

import (
	"fmt"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/discordtest"
)

// TestMessageLocale writes messages after a command that said in which language:
// messages themselves never say.
func TestMessageLocale(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	german := discordtest.User{ID: alice.ID, Locale: "de"}
	if m := r.answerTo(r.Say(german, channel, mention)); !strings.HasPrefix(m.Content, "Ask me") {
		t.Errorf("somebody unknown got %q", m.Content)
	}
	r.Slash(german, channel, "help").Wait()
	if m := r.answerTo(r.Say(german, channel, mention)); !strings.HasPrefix(m.Content, "Frag mich") {
		t.Errorf("a bare mention got %q", m.Content)
	}
	if m := r.answerTo(r.Say(german, direct, "which films leaked?")); m.Buttons()[0].Label != "Mehr" || !strings.Contains(m.Content, "29. November 2014") {
		t.Errorf("a direct message got %q", m.Content)
	}
	if m := r.answerTo(r.Say(bob, channel, mention)); !strings.HasPrefix(m.Content, "Ask me") {
		t.Errorf("somebody else got %q", m.Content)
	}
	r.Slash(discordtest.User{ID: alice.ID, Locale: "fr"}, channel, "help").Wait()
	if m := r.answerTo(r.Say(german, channel, mention)); !strings.HasPrefix(m.Content, "Posez-moi") {
		t.Errorf("after a change of language got %q", m.Content)
	}
}

// TestServerLocale hears from a command what language its server prefers: that is
// spoken to those there who never used one.
func TestServerLocale(t *testing.T) {
	t.Parallel()
	r := rigged(t)
	there := discordtest.Place{Guild: channel.Guild, Channel: channel.Channel, Locale: "fr"}
	r.Slash(discordtest.User{ID: alice.ID, Locale: "de"}, there, "help").Wait()
	for _, tt := range []struct {
		u    discordtest.User
		at   discordtest.Place
		want string
	}{
		{bob, channel, "Posez-moi"},
		{alice, channel, "Frag mich"},
		{bob, direct, "Ask me"},
		{bob, discordtest.Place{Guild: "300000000000000002", Channel: "400000000000000002"}, "Ask me"},
	} {
		if m := r.answerTo(r.Say(tt.u, tt.at, mention)); !strings.HasPrefix(m.Content, tt.want) {
			t.Errorf("%s in %s got %q", tt.u.ID, tt.at.Guild, m.Content)
		}
	}
}

func TestLocalesForget(t *testing.T) {
	t.Parallel()
	r := newLocales()
	by := func(id string) *discordgo.Message { return &discordgo.Message{Author: &discordgo.User{ID: id}} }
	for n := range 10_000 {
		r.saw(fmt.Sprint(n), inGerman)
	}
	if n := r.byID.Len(); n != 4096 {
		t.Errorf("%d people are remembered", n)
	}
	if r.of(by("9999")) != inGerman || r.of(by("0")) != inEnglish {
		t.Error("not the last ones are remembered")
	}
}
