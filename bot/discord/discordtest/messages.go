package discordtest

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// A Message is one in a channel, or the ephemeral answer to an interaction.
type Message struct {
	ID         string          `json:"id"`
	ChannelID  string          `json:"channel_id"`
	GuildID    string          `json:"guild_id,omitempty"`
	Content    string          `json:"content"`
	Author     map[string]any  `json:"author"`
	Mentions   []any           `json:"mentions"`
	Roles      []string        `json:"mention_roles,omitempty"`
	Components json.RawMessage `json:"components,omitempty"`
	Flags      int             `json:"flags"`
	Type       int             `json:"type"`
	Timestamp  string          `json:"timestamp"`
	Edited     *string         `json:"edited_timestamp"`
	Reference  *Reference      `json:"message_reference,omitempty"`
	Referenced *Message        `json:"referenced_message,omitempty"`
	WebhookID  string          `json:"webhook_id,omitempty"`

	Deleted bool `json:"-"`
	Edits   int  `json:"-"`
	Reacted bool `json:"-"` // by the bot
	answers bool // it answers an interaction
}

// A Reference is what a reply replies to.
type Reference struct {
	MessageID string `json:"message_id"`
	ChannelID string `json:"channel_id,omitempty"`
	GuildID   string `json:"guild_id,omitempty"`
	IfExists  *bool  `json:"fail_if_not_exists,omitempty"`
}

// Ephemeral says whether only one person sees the message.
func (m *Message) Ephemeral() bool { return m.Flags&64 != 0 }

// A Button is one under a message.
type Button struct {
	Label    string `json:"label"`
	CustomID string `json:"custom_id"`
	URL      string `json:"url"`
	Style    int    `json:"style"`
	Disabled bool   `json:"disabled"`
}

// Buttons returns the buttons under a message in their order.
func (m *Message) Buttons() []Button {
	var rows []struct {
		Components []Button `json:"components"`
	}
	if len(m.Components) > 0 {
		_ = json.Unmarshal(m.Components, &rows)
	}
	var buttons []Button
	for _, row := range rows {
		buttons = append(buttons, row.Components...)
	}
	return buttons
}

// Messages returns what the bot posted in a channel and what is still there, in
// order.
func (s *Server) Messages(channel string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []Message
	for _, m := range s.order {
		if m.ChannelID == channel && m.Author["id"] == BotID && !m.Deleted {
			found = append(found, *m)
		}
	}
	return found
}

// RepliesTo returns what the bot posted in reply to a message, deleted or not.
func (s *Server) RepliesTo(id string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []Message
	for _, m := range s.order {
		if m.Reference != nil && m.Reference.MessageID == id && m.Author["id"] == BotID {
			found = append(found, *m)
		}
	}
	return found
}

type messagePayload struct {
	Content      *string         `json:"content"`
	Components   json.RawMessage `json:"components"`
	Flags        int             `json:"flags"`
	Reference    *Reference      `json:"message_reference"`
	Nonce        string          `json:"nonce"`
	EnforceNonce bool            `json:"enforce_nonce"`
}

func (s *Server) createMessage(channel string, req *Request) (int, any) {
	var p messagePayload
	if err := json.Unmarshal(req.Body, &p); err != nil {
		return apiError(400, 50109, "The request body contains invalid JSON.")
	}
	if len(p.Nonce) > 25 {
		return apiError(400, 50035, "Invalid Form Body")
	}
	if p.EnforceNonce && p.Nonce != "" {
		if m := s.nonces[channel+p.Nonce]; m != nil {
			return 200, m
		}
	}
	m := s.newMessage(channel, p)
	m.Reference = p.Reference
	if p.Reference != nil {
		r := s.messages[p.Reference.MessageID]
		if r != nil && (r.ChannelID != channel || r.Ephemeral() || p.Reference.ChannelID != "" && p.Reference.ChannelID != channel) {
			return apiError(400, 50035, "Invalid Form Body")
		}
		if r != nil && !r.Deleted {
			m.GuildID, m.Type = r.GuildID, 19
		} else if p.Reference.IfExists == nil || *p.Reference.IfExists {
			return apiError(400, 50035, "Invalid Form Body")
		} else {
			m.Reference = nil
		}
	}
	if p.Nonce != "" && !s.forgetful {
		s.nonces[channel+p.Nonce] = m
	}
	s.store(m)
	s.dispatch("MESSAGE_CREATE", m.seen())
	return 200, m
}

// newMessage is one of the bot's.
func (s *Server) newMessage(channel string, p messagePayload) *Message {
	m := &Message{
		ID: s.newID(time.Now()), ChannelID: channel, Components: p.Components, Flags: p.Flags,
		Author:    map[string]any{"id": BotID, "username": BotName, "bot": true, "discriminator": "0000"},
		Timestamp: time.Now().UTC().Format(time.RFC3339Nano), Mentions: []any{},
	}
	if p.Content != nil {
		m.Content = *p.Content
	}
	return m
}

func (s *Server) store(m *Message) {
	if s.forgetful {
		return
	}
	s.messages[m.ID] = m
	s.order = append(s.order, m)
}

func (s *Server) editMessage(channel, id string, req *Request) (int, any) {
	m := s.messages[id]
	if m == nil || m.Deleted || m.Ephemeral() || m.ChannelID != channel {
		return apiError(404, 10008, "Unknown Message")
	}
	if m.Author["id"] != BotID {
		return apiError(403, 50005, "Cannot edit a message authored by another user")
	}
	var p messagePayload
	if err := json.Unmarshal(req.Body, &p); err != nil {
		return apiError(400, 50109, "The request body contains invalid JSON.")
	}
	s.applyEdit(m, p)
	return 200, m
}

func (s *Server) applyEdit(m *Message, p messagePayload) {
	if p.Content != nil {
		m.Content = *p.Content
	}
	if p.Components != nil {
		m.Components = p.Components
	}
	m.Edits++
	now := time.Now().UTC().Format(time.RFC3339Nano)
	m.Edited = &now
	if !m.Ephemeral() {
		s.dispatch("MESSAGE_UPDATE", m.seen())
	}
}

func (s *Server) deleteMessage(id string) {
	m := s.messages[id]
	if m == nil || m.Deleted {
		return
	}
	m.Deleted = true
	if !m.Ephemeral() {
		s.dispatch("MESSAGE_DELETE", map[string]any{"id": m.ID, "channel_id": m.ChannelID, "guild_id": m.GuildID})
	}
}

// Message returns a message as it is now.
func (s *Server) Message(id string) (Message, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.messages[id]
	if m == nil {
		return Message{}, false
	}
	return *m, true
}

// seen is a message as the bot sees it. What people say to each other in a server
// takes a privileged intent; what they say to the bot does not, unless it is a
// reply to the answer to a command or a click.
// https://discord.com/developers/docs/events/gateway#message-content-intent
func (m *Message) seen() *Message {
	switch r := m.Referenced; {
	case m.GuildID == "", m.Author["id"] == BotID:
		return m
	case strings.Contains(m.Content, "<@"+BotID+">"), strings.Contains(m.Content, "<@!"+BotID+">"):
		return m
	case r != nil && r.Author["id"] == BotID && !r.answers && len(m.Mentions) > 0:
		return m
	}
	blank := *m
	blank.Content, blank.Components = "", nil
	return &blank
}

// nobody is how a message's mentions look when it mentions nobody.
var nobody = []any{}

// mentionsOf lists the bot where a text names it.
func mentionsOf(bot bool) []any {
	if !bot {
		return slices.Clone(nobody)
	}
	return []any{map[string]any{"id": BotID, "username": BotName, "bot": true, "discriminator": "0000"}}
}
