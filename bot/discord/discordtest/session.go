package discordtest

import (
	"encoding/json"
	"fmt"
	"time"
)

// privileged are the intents that need a tick in the developer portal, which
// this application does not have.
const privileged = 1<<1 | 1<<8 | 1<<15

const (
	identifyEvery    = 5 * time.Second // with a max_concurrency of 1
	identifiesPerDay = 1000
)

// Beat sets the heartbeat interval that new connections are told.
func Beat(d time.Duration) Option { return func(s *Server) { s.beat = d } }

func (s *Server) identify(c *gatewayConn, data []byte) {
	var d struct {
		Token      string          `json:"token"`
		Intents    int             `json:"intents"`
		Properties json.RawMessage `json:"properties"`
	}
	if json.Unmarshal(data, &d) != nil {
		c.close(4002)
		return
	}
	switch {
	case d.Token != "Bot "+Token:
		c.close(4004)
		return
	case d.Intents&privileged != 0:
		c.close(4014)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.session != nil {
		c.close(4005)
		return
	}
	// https://discord.com/developers/docs/events/gateway#session-start-limit-object
	if n := len(s.identifies); n > 1 && s.identifies[n-1].Sub(s.identifies[n-2]) < identifyEvery {
		c.sendOp(9, false)
		return
	} else if n > identifiesPerDay && s.identifies[n-1].Sub(s.identifies[n-1-identifiesPerDay]) < 24*time.Hour {
		s.problem("more than %d logins in 24 hours: Discord resets the token", identifiesPerDay)
		c.close(4004)
		return
	}
	ses := &session{id: fmt.Sprintf("session-%d", len(s.sessions)+1), conn: c, intents: d.Intents}
	c.session = ses
	s.sessions[ses.id] = ses
	s.dispatchTo(ses, "READY", map[string]any{
		"v": 9, "session_id": ses.id, "guilds": []any{},
		"user":               map[string]any{"id": BotID, "username": BotName, "bot": true, "discriminator": "0000"},
		"application":        map[string]any{"id": AppID, "flags": 0},
		"resume_gateway_url": "ws://127.0.0.1:1",
	})
	s.notify()
}

func (s *Server) resume(c *gatewayConn, data []byte) {
	var d struct {
		Token     string `json:"token"`
		SessionID string `json:"session_id"`
		Seq       int    `json:"seq"`
	}
	if json.Unmarshal(data, &d) != nil {
		c.close(4002)
		return
	}
	if d.Token != "Bot "+Token {
		c.close(4004)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	ses := s.sessions[d.SessionID]
	if ses == nil || ses.ended {
		c.sendOp(9, false)
		return
	}
	if d.Seq > len(ses.log) {
		c.close(4007)
		return
	}
	if ses.conn != nil {
		_ = ses.conn.ws.Close()
	}
	c.session, ses.conn = ses, c
	s.resumes++
	for _, e := range ses.log[d.Seq:] {
		s.deliver(ses, e)
	}
	s.dispatchTo(ses, "RESUMED", map[string]any{})
	s.notify()
}

// dispatchTo logs an event in a session and sends it. s.mu is held.
func (s *Server) dispatchTo(ses *session, event string, data any) {
	b, err := json.Marshal(map[string]any{"t": event, "s": len(ses.log) + 1, "op": 0, "d": data})
	if err != nil {
		s.problem("event %s: %v", event, err)
		return
	}
	s.deliver(ses, b)
	if s.forgetful {
		b = nil
	}
	ses.log = append(ses.log, b)
}
