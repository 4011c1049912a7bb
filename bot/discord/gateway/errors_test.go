package gateway

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/discordtest"
)

// TestScrub looks at errors as discordgo makes them.
func TestScrub(t *testing.T) {
	t.Parallel()
	const url = "https://discord.com/api/v9/webhooks/990000000000000001/aW50ZXJhY3Rpb246MTIz/messages/@original"
	req, _ := http.NewRequest("GET", url, nil)
	req.Header.Set("Authorization", "Bot "+discordtest.Token)
	rest := &discordgo.RESTError{Request: req, Response: &http.Response{StatusCode: 403, Status: "403"}, ResponseBody: []byte("what I asked")}
	_, urlErr := (&http.Client{Transport: &script{answers: []func(*http.Request) (*http.Response, error){broken}}}).Get(url)
	for _, err := range []error{
		rest, fmt.Errorf("wrapped: %w", rest), urlErr,
		&discordgo.RateLimitError{RateLimit: &discordgo.RateLimit{URL: url, TooManyRequests: &discordgo.TooManyRequests{}}},
		errors.New("dial " + url), errors.New("Bot " + discordtest.Token), errors.New("user 200000000000000001"),
		asAPIError(opSelf, rest), asAPIError(opSelf, urlErr),
	} {
		for _, text := range []string{Scrub(err), fmt.Sprintf("%+v", asAPIError(opSelf, err)), asAPIError(opSelf, err).Error()} {
			for _, secret := range []string{"MTIz", "aW50", "2000000", "99000000", "what I asked", "discord.com"} {
				if strings.Contains(text, secret) {
					t.Errorf("%q has %s", text, secret)
				}
			}
			if text == "" {
				t.Errorf("nothing is left of %T", err)
			}
		}
	}
}
