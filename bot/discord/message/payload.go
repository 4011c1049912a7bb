package message

// A Payload is a message as Discord's API takes it. It is made here and not
// with discordgo's types: those send empty members that Discord does not have
// or takes amiss, and leave out the nonce.
type Payload struct {
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
	// FailIfGone stays false: an answer to a question that is deleted meanwhile is
	// removed as soon as the bot hears of it.
	FailIfGone bool `json:"fail_if_not_exists"`
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

// Payload turns a rendered message into what is sent. Everything the bot sends or
// edits goes through here: nobody is ever pinged, and links are not unfolded.
func (m Message) Payload() *Payload {
	p := &Payload{
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

// Reply is the payload of a reply to a question that pings nobody. Discord makes
// one message only of those with the same nonce.
func (m Message) Reply(channel, question, nonce string) *Payload {
	p := m.Payload()
	p.Reference = &reference{MessageID: question, ChannelID: channel}
	p.Nonce, p.EnforceNonce = nonce, true
	return p
}
