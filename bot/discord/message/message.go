// Package message turns answers, refusals and lists into what Discord shows: text
// in Discord's Markdown, buttons, and the wording in seven languages. It reads and
// sends nothing, and the same answer always becomes the same message, so that all
// of it is tested by looking at it.
//
// Start with answer.go: [Answer] renders what the index found. refusal.go says
// that the articles have no answer, context.go shows the sentences around a quote,
// citations.go what a quote rests on, lists.go the longer lists. Everything that is
// sent passes through [Message.Payload] in this file.
//
// Below that, escape.go and emphasis.go make text safe to show, clean.go shortens
// what people typed, language.go holds the wording, commands.go describes the
// commands.
//
// state.go says what a message is about, as data, and token.go packs it into the ids
// of its buttons, since nothing is kept here and buttons outlive a restart. Nothing is
// ever read back from the text of a message. screen.go draws one as a phone shows it.
//
// What never happens: a message pings somebody, a quote is cut or reworded, an
// address or a name becomes Markdown, a message passes Discord's limits.
package message

// A Message is what people see: text with Discord's Markdown and buttons.
// Making one needs neither Discord nor time, so all of it is tested by looking
// at it.
type Message struct {
	Content string
	Rows    [][]Button
	Private bool // for one person only
}

// A Button is one under a message.
type Button struct {
	Label, Emoji, ID string
	Verb             Verb // what it does
	Number           int  // with which of several: see [Click]
	Style            Style
	Disabled         bool
}

// A Style is how a button looks.
type Style int

// Discord's styles: https://discord.com/developers/docs/components/reference#button-button-styles
const (
	primary   Style = 1
	secondary Style = 2
)

// What Discord allows: https://discord.com/developers/docs/resources/message#create-message
const (
	maxContent = 2000
	maxLabel   = 80
)

// AddSmallPrint adds a line in small print, escaped as need be, where there is room.
func (m *Message) AddSmallPrint(text string) {
	if line := "\n" + smallPrint + text; Length(m.Content)+Length(line) <= maxContent {
		m.Content += line
	}
}

// Note is one sentence.
func Note(text string, private bool) Message {
	return Message{Content: text, Private: private}
}

// addRow adds buttons, if there are any.
func (m *Message) addRow(r []Button) {
	if len(r) > 0 {
		m.Rows = append(m.Rows, r)
	}
}

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
	CustomID string `json:"custom_id"`
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
			w := button{Type: 2, Style: int(b.Style), Label: b.Label, CustomID: b.ID, Disabled: b.Disabled}
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
