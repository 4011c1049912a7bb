package gateway

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// useAPI points every address that discordgo knows at another server. base
// stands for https://discord.com/api/v9; an address without a path gets that
// one. discordgo keeps its addresses in variables of the package, so this holds
// for all of the process, and must be done before the first session is made.
func useAPI(base string) error {
	u, err := checkAPI(base)
	if err != nil {
		return fmt.Errorf("DISCORD_API_URL: %w", err)
	}
	api := u.String()
	for v, old := range endpoints() {
		switch {
		case strings.HasPrefix(old, defaultAPI):
			*v = api + "/" + strings.TrimPrefix(strings.TrimPrefix(old, defaultAPI), "/")
		default:
			// Pages, pictures and the status page are not part of the API. The
			// bot uses none of them; it must not reach the real ones either.
			o, err := url.Parse(old)
			if err != nil {
				return err
			}
			*v = u.Scheme + "://" + u.Host + o.Path
		}
	}
	return nil
}

const defaultAPI = "https://discord.com/api/v9"

// checkAPI reads an address for the API and refuses those that would send the
// token over a network in the clear.
func checkAPI(base string) (*url.URL, error) {
	const hint = "DISCORD_API_URL is the base of a Discord-compatible API, like https://discord.com/api/v9; leave it empty for Discord itself"
	u, err := url.Parse(base)
	if err != nil {
		return nil, errors.New("not an address; " + hint)
	}
	switch {
	case u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return nil, fmt.Errorf("%q is not the base of an API; %s", redactUser(u), hint)
	case u.Scheme == "http" && !isLoopback(u.Hostname()):
		return nil, fmt.Errorf("%q would send the token unencrypted; use https, or a server on this machine", redactUser(u))
	}
	u.Path = strings.TrimSuffix(path.Clean("/"+u.Path), "/")
	if u.Path == "" {
		u.Path = "/api/v9"
	}
	return u, nil
}

func redactUser(u *url.URL) string {
	cp := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	return cp.String()
}

// endpoints are discordgo's variables, and what they are in the release.
func endpoints() map[*string]string {
	const api, cdn, status = defaultAPI + "/", "https://cdn.discordapp.com/", "https://status.discord.com/api/v2/"
	return map[*string]string{
		&discordgo.EndpointStatus:             status,
		&discordgo.EndpointSm:                 status + "scheduled-maintenances/",
		&discordgo.EndpointSmActive:           status + "scheduled-maintenances/active.json",
		&discordgo.EndpointSmUpcoming:         status + "scheduled-maintenances/upcoming.json",
		&discordgo.EndpointDiscord:            "https://discord.com/",
		&discordgo.EndpointAPI:                api,
		&discordgo.EndpointGuilds:             api + "guilds/",
		&discordgo.EndpointChannels:           api + "channels/",
		&discordgo.EndpointUsers:              api + "users/",
		&discordgo.EndpointGateway:            api + "gateway",
		&discordgo.EndpointGatewayBot:         api + "gateway/bot",
		&discordgo.EndpointWebhooks:           api + "webhooks/",
		&discordgo.EndpointStickers:           api + "stickers/",
		&discordgo.EndpointStageInstances:     api + "stage-instances",
		&discordgo.EndpointSKUs:               api + "skus",
		&discordgo.EndpointCDN:                cdn,
		&discordgo.EndpointCDNAttachments:     cdn + "attachments/",
		&discordgo.EndpointCDNAvatars:         cdn + "avatars/",
		&discordgo.EndpointCDNIcons:           cdn + "icons/",
		&discordgo.EndpointCDNSplashes:        cdn + "splashes/",
		&discordgo.EndpointCDNChannelIcons:    cdn + "channel-icons/",
		&discordgo.EndpointCDNBanners:         cdn + "banners/",
		&discordgo.EndpointCDNGuilds:          cdn + "guilds/",
		&discordgo.EndpointCDNRoleIcons:       cdn + "role-icons/",
		&discordgo.EndpointVoice:              api + "/voice/",
		&discordgo.EndpointVoiceRegions:       api + "/voice/regions",
		&discordgo.EndpointNitroStickersPacks: api + "/sticker-packs",
		&discordgo.EndpointGuildCreate:        api + "guilds",
		&discordgo.EndpointApplications:       api + "applications",
		&discordgo.EndpointOAuth2:             api + "oauth2/",
		&discordgo.EndpointOAuth2Applications: api + "oauth2/applications",
		&discordgo.EndpointOauth2:             api + "oauth2/",
		&discordgo.EndpointOauth2Applications: api + "oauth2/applications",
	}
}
