package discord

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"
)

// A client makes the bot's REST requests, all of them through [client.do].
type client struct {
	session *discordgo.Session // for requests only, it is never opened
}

// What is tried, for errors and logs.
const (
	opGateway  = "open gateway"
	opSelf     = "read application"
	opCommands = "read commands"
	opRegister = "write commands"
	opRespond  = "answer interaction"
	opSend     = "send message"
	opEdit     = "edit message"
	opDelete   = "delete message"
)

// A payload is a message as Discord's API takes it. It is made here and not
// with discordgo's types: those send empty members that Discord does not have
// or takes amiss, and leave out the nonce.
type payload struct {
	Content         string     `json:"content"`
	Components      []row      `json:"components"`
	Flags           int        `json:"flags"`
	AllowedMentions *mentions  `json:"allowed_mentions"`
	Reference       *reference `json:"message_reference,omitempty"`
	Nonce           string     `json:"nonce,omitempty"`
	EnforceNonce    bool       `json:"enforce_nonce,omitempty"`
}

type row struct {
	Type       int      `json:"type"`
	Components []button `json:"components"`
}

type button struct {
	Type     int    `json:"type"`
	Style    int    `json:"style"`
	Label    string `json:"label"`
	Emoji    *emoji `json:"emoji,omitempty"`
	CustomID string `json:"custom_id,omitempty"`
	URL      string `json:"url,omitempty"`
	Disabled bool   `json:"disabled,omitempty"`
}

type emoji struct {
	Name string `json:"name"`
}

type reference struct {
	MessageID string `json:"message_id"`
	ChannelID string `json:"channel_id,omitempty"`
	IfExists  bool   `json:"fail_if_not_exists"`
}

// mentions says whom a message may ping.
type mentions struct {
	Parse       []string `json:"parse"`
	RepliedUser bool     `json:"replied_user"`
}

// Flags of messages: https://discord.com/developers/docs/resources/message#message-object-message-flags
const (
	flagSuppressEmbeds = 1 << 2
	flagEphemeral      = 1 << 6
)

// wire turns a rendered message into what is sent. Everything the bot sends or
// edits goes through here: nobody is ever pinged, and links are not unfolded.
func (m Message) wire() *payload {
	p := &payload{
		Content:         m.Content,
		Components:      []row{},
		Flags:           flagSuppressEmbeds,
		AllowedMentions: &mentions{Parse: []string{}},
	}
	if m.Private {
		p.Flags |= flagEphemeral
	}
	for _, r := range m.Rows {
		out := row{Type: 1}
		for _, b := range r {
			w := button{Type: 2, Style: int(b.Style), Label: b.Label, CustomID: b.ID, URL: b.URL, Disabled: b.Disabled}
			if b.Emoji != "" {
				w.Emoji = &emoji{Name: b.Emoji}
			}
			out.Components = append(out.Components, w)
		}
		p.Components = append(p.Components, out)
	}
	return p
}

// do makes one request. discordgo adds the token, and gets a bucket of its own
// each time: the one it would choose is shared by all people or is never freed,
// and neither would heed ctx.
func (c *client) do(ctx context.Context, op, method, url string, body, result any) error {
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, sendTimeout)
		defer cancel()
	}
	var b []byte
	if body != nil {
		var err error
		if b, err = json.Marshal(body); err != nil {
			return &apiError{Op: op, Reason: "the request cannot be written as JSON"}
		}
	}
	bucket := &discordgo.Bucket{Remaining: 1}
	bucket.Lock() // RequestWithLockedBucket unlocks it
	resp, err := c.session.RequestWithLockedBucket(method, url, "application/json", b, bucket, 0,
		discordgo.WithContext(ctx), discordgo.WithRestRetries(0), discordgo.WithRetryOnRatelimit(false))
	if err != nil {
		return asAPIError(op, err)
	}
	if result != nil && json.Unmarshal(resp, result) != nil {
		return &apiError{Op: op, Reason: "the response is not what it should be"}
	}
	return nil
}

// Types of responses to an interaction:
// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type
const (
	respondMessage = 4
	respondLater   = 6 // an update of the message, or nothing
	respondUpdate  = 7
	respondChoices = 8
)

type response struct {
	Type int `json:"type"`
	Data any `json:"data,omitempty"`
}

// respondTimeout leaves half a second of the three that Discord waits.
const respondTimeout = 2500 * time.Millisecond

// respond answers an interaction. That somebody has answered it already is not
// an error: it is our own first try whose response got lost.
func (c *client) respond(ctx context.Context, i *discordgo.Interaction, r response) error {
	ctx, cancel := context.WithTimeout(ctx, respondTimeout)
	defer cancel()
	err := c.do(ctx, opRespond, http.MethodPost, discordgo.EndpointInteractionResponse(i.ID, i.Token), r, nil)
	if isCode(err, codeAlreadyAcknowledged) {
		return nil
	}
	return err
}

// removeOriginal deletes the message that an interaction belongs to.
func (c *client) removeOriginal(ctx context.Context, i *discordgo.Interaction) error {
	return c.do(ctx, opDelete, http.MethodDelete, discordgo.EndpointWebhookMessage(i.AppID, i.Token, "@original"), nil, nil)
}

// reply posts m as a reply that pings nobody, and returns its id. The id of the
// question and how many answers it had before make a nonce, so that a second try
// makes no second message.
func (c *client) reply(ctx context.Context, channel, question string, before int, m Message) (string, error) {
	p := m.wire()
	p.Reference = &reference{MessageID: question, ChannelID: channel}
	p.Nonce, p.EnforceNonce = question, true
	if before > 0 {
		p.Nonce += "." + strconv.Itoa(before%1000)
	}
	var made struct {
		ID string `json:"id"`
	}
	err := c.do(ctx, opSend, http.MethodPost, discordgo.EndpointChannelMessages(channel), p, &made)
	return made.ID, err
}

func (c *client) edit(ctx context.Context, channel, id string, m Message) error {
	return c.do(ctx, opEdit, http.MethodPatch, discordgo.EndpointChannelMessage(channel, id), m.wire(), nil)
}

// remove deletes a message. One that is gone already is fine.
func (c *client) remove(ctx context.Context, channel, id string) error {
	err := c.do(ctx, opDelete, http.MethodDelete, discordgo.EndpointChannelMessage(channel, id), nil, nil)
	if isCode(err, codeUnknownMessage) {
		return nil
	}
	return err
}

// An application is what Discord knows about the bot.
type application struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Bot  struct {
		ID string `json:"id"`
	} `json:"bot"`
	Types map[string]any `json:"integration_types_config"`
}

func (c *client) self(ctx context.Context) (application, error) {
	var a application
	err := c.do(ctx, opSelf, http.MethodGet, discordgo.EndpointApplication("@me"), nil, &a)
	if err == nil && a.ID == "" {
		err = &apiError{Op: opSelf, Reason: "no id in the response"}
	}
	return a, err
}
