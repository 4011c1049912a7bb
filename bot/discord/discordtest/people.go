package discordtest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"time"
)

// A Place is where something is said.
type Place struct {
	Guild   string // empty for a direct message
	Channel string
	Locale  string // of the server, en-US unless given
}

// A User is a person. Their locale is en-US unless given.
type User struct {
	ID     string
	Locale string
}

func (u User) json() map[string]any {
	return map[string]any{"id": u.ID, "username": "u" + u.ID, "discriminator": "0"}
}

// Say posts a message of a person and tells the bot. It returns the message's
// id.
func (s *Server) Say(u User, at Place, text string, options ...func(*Message)) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := &Message{
		ID: s.newID(time.Now()), ChannelID: at.Channel, GuildID: at.Guild, Content: text, Author: u.json(),
		Timestamp: time.Now().UTC().Format(time.RFC3339Nano),
		Mentions:  mentionsOf(strings.Contains(text, BotID)),
	}
	for _, opt := range options {
		opt(m)
	}
	s.store(m)
	s.dispatch("MESSAGE_CREATE", m.seen())
	s.notify()
	return m.ID
}

// ReplyTo makes a message a reply, with the ping on.
func (s *Server) ReplyTo(id string) func(*Message) {
	return func(m *Message) {
		m.Type = 19
		m.Reference = &Reference{MessageID: id, ChannelID: m.ChannelID, GuildID: m.GuildID}
		if r := s.messages[id]; r != nil {
			cp := *r
			m.Referenced = &cp
			m.Mentions = mentionsOf(r.Author["id"] == BotID || strings.Contains(m.Content, BotID))
		}
	}
}

// Roles lets a message mention roles.
func Roles(ids ...string) func(*Message) { return func(m *Message) { m.Roles = ids } }

// Again delivers a message once more, as after a resume.
func (s *Server) Again(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dispatch("MESSAGE_CREATE", s.messages[id].seen())
}

// Edit changes what a person said.
func (s *Server) Edit(id, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.messages[id]
	m.Content = text
	replies := m.Referenced != nil && m.Referenced.Author["id"] == BotID && len(m.Mentions) > 0
	m.Mentions = mentionsOf(replies || strings.Contains(text, BotID))
	now := time.Now().UTC().Format(time.RFC3339Nano)
	m.Edited = &now
	s.dispatch("MESSAGE_UPDATE", m.seen())
}

// Delete removes a message.
func (s *Server) Delete(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deleteMessage(id)
	s.notify()
}

// An Interaction is a command, a click or a look at suggestions.
type Interaction struct {
	s       *Server
	ID      string
	token   string
	created time.Time
	kind    int
	at      Place
	on      *Message // what was clicked
	raw     map[string]any

	callbacks []Callback
	late      int // callbacks that came too late
	refused   int // callbacks that came too late or twice
	original  *Message
	done      chan struct{} // closed on the first callback
}

// A Callback is the bot's first response.
type Callback struct {
	Type    int
	Data    json.RawMessage
	Choices []Choice
	Message *Message
	Time    time.Time
}

// A Choice is one autocomplete suggestion.
type Choice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Slash runs a command. Options are name, value pairs; a value is a string or a
// bool.
func (s *Server) Slash(u User, at Place, command string, options ...any) *Interaction {
	return s.command(2, u, at, command, "", options)
}

// Type asks for suggestions to the option that is being typed.
func (s *Server) Type(u User, at Place, command, focused, typed string) *Interaction {
	return s.command(4, u, at, command, focused, []any{focused, typed})
}

func (s *Server) command(kind int, u User, at Place, command, focused string, options []any) *Interaction {
	opts := []map[string]any{}
	for i := 0; i+1 < len(options); i += 2 {
		o := map[string]any{"name": options[i], "value": options[i+1], "type": 3}
		if _, ok := options[i+1].(bool); ok {
			o["type"] = 5
		}
		if options[i] == focused {
			o["focused"] = true
		}
		opts = append(opts, o)
	}
	return s.interact(kind, u, at, nil, map[string]any{
		"id": "990000000000000099", "name": command, "type": 1, "options": opts,
	})
}

// Click presses a button under a message.
func (s *Server) Click(u User, m Message, customID string) *Interaction {
	return s.interact(3, u, Place{Guild: m.GuildID, Channel: m.ChannelID}, &m,
		map[string]any{"custom_id": customID, "component_type": 2})
}

func (s *Server) interact(kind int, u User, at Place, on *Message, data map[string]any) *Interaction {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	id := s.newID(now)
	i := &Interaction{
		s: s, ID: id, token: "aW50ZXJhY3Rpb246" + id + ".secret", created: now, kind: kind, at: at, on: on,
		done: make(chan struct{}),
	}
	if u.Locale == "" {
		u.Locale = "en-US"
	}
	i.raw = map[string]any{
		"id": id, "application_id": AppID, "type": kind, "token": i.token, "version": 1,
		"channel_id": at.Channel, "locale": u.Locale, "data": data, "app_permissions": "274878024704",
		"authorizing_integration_owners": map[string]any{"0": at.Guild}, "entitlements": []any{},
	}
	if at.Guild != "" {
		i.raw["guild_id"] = at.Guild
		i.raw["guild_locale"] = cmp.Or(at.Locale, "en-US")
		i.raw["context"] = 0
		i.raw["member"] = map[string]any{"user": u.json(), "permissions": "0", "roles": []any{}}
	} else {
		i.raw["context"] = 1
		i.raw["authorizing_integration_owners"] = map[string]any{"0": "0"}
		i.raw["user"] = u.json()
	}
	if on != nil {
		i.raw["message"] = on
	}
	s.interactions[i.token] = i
	s.dispatch("INTERACTION_CREATE", i.raw)
	return i
}

// Again delivers the interaction once more, with changes to its members.
func (i *Interaction) Again(changes map[string]any) {
	i.s.mu.Lock()
	defer i.s.mu.Unlock()
	raw := maps.Clone(i.raw)
	maps.Copy(raw, changes)
	i.s.dispatch("INTERACTION_CREATE", raw)
}

// Wait returns the first response. It fails the test if there is none within [Guard].
func (i *Interaction) Wait() Callback {
	i.s.t.Helper()
	select {
	case <-i.done:
	case <-time.After(Guard):
		i.s.t.Fatalf("the interaction was not answered: %v; %d responses came too late", i.raw["data"], i.Late())
	}
	return i.Callbacks()[0]
}

// Done is closed when the interaction has been responded to.
func (i *Interaction) Done() <-chan struct{} { return i.done }

// Callbacks returns the responses that were accepted.
func (i *Interaction) Callbacks() []Callback {
	i.s.mu.Lock()
	defer i.s.mu.Unlock()
	return append([]Callback(nil), i.callbacks...)
}

// Refused returns how many responses came too late or twice.
func (i *Interaction) Refused() int {
	i.s.mu.Lock()
	defer i.s.mu.Unlock()
	return i.refused
}

// Late returns how many responses came when the server did not wait any more.
func (i *Interaction) Late() int {
	i.s.mu.Lock()
	defer i.s.mu.Unlock()
	return i.late
}

// callback is POST /interactions/{id}/{token}/callback.
func (s *Server) callback(id, token string, req *Request) (int, any) {
	i := s.interactions[token]
	if i == nil || i.ID != id || time.Since(i.created) > s.patience {
		if i != nil {
			i.refused++
			i.late++
		}
		return apiError(404, 10062, "Unknown interaction")
	}
	if len(i.callbacks) > 0 {
		i.refused++
		return apiError(400, 40060, "Interaction has already been acknowledged.")
	}
	var p struct {
		Type int             `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(req.Body, &p); err != nil {
		return apiError(400, 50109, "The request body contains invalid JSON.")
	}
	if ok := map[int]bool{4: i.kind != 4, 5: i.kind != 4, 6: i.kind == 3, 7: i.kind == 3, 8: i.kind == 4}[p.Type]; !ok {
		return apiError(400, 50035, fmt.Sprintf("type %d does not answer an interaction of type %d", p.Type, i.kind))
	}
	cb := Callback{Type: p.Type, Data: p.Data, Time: time.Now()}
	var mp messagePayload
	if len(p.Data) > 0 {
		_ = json.Unmarshal(p.Data, &mp)
	}
	switch p.Type {
	case 4:
		m := s.newMessage(i.at.Channel, mp)
		m.GuildID, m.answers = i.at.Guild, true
		if m.Type = 20; i.kind == 3 { // under the message that was clicked
			m.Type, m.Reference = 19, &Reference{MessageID: i.on.ID, ChannelID: i.at.Channel, GuildID: i.at.Guild}
		}
		i.original = m
		s.store(m)
		if !m.Ephemeral() {
			s.dispatch("MESSAGE_CREATE", m.seen())
		}
	case 6, 7:
		i.original = i.on
		if m := s.messages[i.on.ID]; m != nil {
			i.original = m
			if p.Type == 7 {
				s.applyEdit(m, mp)
			}
		}
	case 8:
		var c struct {
			Choices []Choice `json:"choices"`
		}
		_ = json.Unmarshal(p.Data, &c)
		cb.Choices = c.Choices
	}
	if i.original != nil {
		cp := *i.original
		cb.Message = &cp
	}
	i.callbacks = append(i.callbacks, cb)
	close(i.done)
	if s.forgetful {
		delete(s.interactions, token)
	}
	return 204, nil
}

func (s *Server) deleteOriginal(token string) (int, any) {
	i := s.interactions[token]
	if i == nil || i.original == nil || time.Since(i.created) > 15*time.Minute {
		return apiError(404, 10015, "Unknown Webhook")
	}
	if i.original.Deleted {
		return apiError(404, 10008, "Unknown Message")
	}
	s.deleteMessage(i.original.ID)
	return 204, nil
}
