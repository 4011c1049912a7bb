package discordtest

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// What a client has just done, for [Step].
const (
	Connected = -1
	Heartbeat = 1
	Identify  = 2
	Resume    = 6
)

// A Step is a moment at which a script can interfere.
type Step struct {
	Conn int // the how-manieth connection, from 1
	Op   int // Connected, Heartbeat, Identify or Resume
}

// An Action is what happens instead of the usual. The zero Action is silence.
type Action struct {
	Drop  bool   // cut the connection
	Close int    // send a close frame with this code and cut the connection
	Op    int    // send this opcode
	Data  any    // with these data
	Text  string // send this, whatever it is
	Pass  bool   // go on as usual afterwards
}

// OnStep makes script decide what happens at each step; where it returns nil,
// what usually happens.
func (s *Server) OnStep(script func(Step) *Action) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.onStep = script
}

// A session outlives its connections until it is invalidated.
type session struct {
	id    string
	log   [][]byte // event n+1 has the sequence number n+1, and can be sent again; nil if the server is forgetful
	conn  *gatewayConn
	ended bool

	intents int
}

// wants says whether a session asked for an event: messages of servers and direct
// ones take an intent each.
func (ses *session) wants(event string, data any) bool {
	if !strings.HasPrefix(event, "MESSAGE_") {
		return true
	}
	intent := 1 << 12
	if m, ok := data.(*Message); ok && m.GuildID != "" {
		intent = 1 << 9
	} else if m, ok := data.(map[string]any); ok && m["guild_id"] != nil && m["guild_id"] != "" {
		intent = 1 << 9
	}
	return ses.intents&intent != 0
}

// deliver sends an event to a session's connection. When the bot says in a
// RESUME that it does not know the event, it is delivered again. s.mu is held.
func (s *Server) deliver(ses *session, payload []byte) {
	if ses.conn != nil && payload != nil {
		ses.conn.send(payload)
	}
}

type gatewayConn struct {
	ws      *websocket.Conn
	n       int
	writing sync.Mutex
	session *session
}

// send writes one payload; one that does not take it is cut off in the end.
func (c *gatewayConn) send(payload []byte) {
	c.writing.Lock()
	defer c.writing.Unlock()
	_ = c.ws.SetWriteDeadline(time.Now().Add(Guard))
	if c.ws.WriteMessage(websocket.TextMessage, payload) != nil {
		_ = c.ws.Close()
	}
}

func (c *gatewayConn) sendOp(op int, data any) {
	b, _ := json.Marshal(map[string]any{"t": nil, "s": nil, "op": op, "d": data})
	c.send(b)
}

func (c *gatewayConn) close(code int) {
	c.writing.Lock()
	defer c.writing.Unlock()
	_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(Guard))
	_ = c.ws.Close()
}

// dispatch logs an event in every session and sends it to those that are
// connected. s.mu is held, so that events go out in their order.
func (s *Server) dispatch(event string, data any) {
	for _, ses := range s.sessions {
		if !ses.ended && ses.wants(event, data) {
			s.dispatchTo(ses, event, data)
		}
	}
}

// Dispatch sends any event.
func (s *Server) Dispatch(event string, data any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dispatch(event, data)
	s.notify()
}

// Identifies returns when sessions were opened.
func (s *Server) Identifies() []time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]time.Time(nil), s.identifies...)
}

// Resumes returns how often a session was taken up again.
func (s *Server) Resumes() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.resumes
}

// Ended returns how many sessions are over.
func (s *Server) Ended() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, ses := range s.sessions {
		if ses.ended {
			n++
		}
	}
	return n
}

// Connections returns how many gateway connections there have been.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.connCount
}

// WaitReady returns when a bot is connected and has a session.
func (s *Server) WaitReady() {
	s.t.Helper()
	s.Wait("a connected session", func() bool { return s.connected() })
}

// WaitGone returns when no bot is connected any more. Who starts another one waits for
// it, or [Server.WaitReady] takes the connection of the one before for its own.
func (s *Server) WaitGone() {
	s.t.Helper()
	s.Wait("the end of the connection", func() bool { return !s.connected() })
}

func (s *Server) connected() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, ses := range s.sessions {
		if ses.conn != nil {
			return true
		}
	}
	return false
}

// each does something with every connection.
func (s *Server) each(do func(*gatewayConn)) {
	s.mu.Lock()
	var conns []*gatewayConn
	for c := range s.conns {
		conns = append(conns, c)
	}
	s.mu.Unlock()
	for _, c := range conns {
		do(c)
	}
}

// DropAll cuts every gateway connection without a close frame.
func (s *Server) DropAll() { s.each(func(c *gatewayConn) { _ = c.ws.Close() }) }

// CloseAll closes every gateway connection with a code.
func (s *Server) CloseAll(code int) { s.each(func(c *gatewayConn) { c.close(code) }) }

// SendAll sends an opcode over every gateway connection.
func (s *Server) SendAll(op int, data any) { s.each(func(c *gatewayConn) { c.sendOp(op, data) }) }

// SendText sends a text over every gateway connection, whatever it is.
func (s *Server) SendText(text string) { s.each(func(c *gatewayConn) { c.send([]byte(text)) }) }

// SendBytes writes to every gateway connection, past the WebSocket protocol.
func (s *Server) SendBytes(b []byte) {
	s.each(func(c *gatewayConn) {
		c.writing.Lock()
		defer c.writing.Unlock()
		_ = c.ws.NetConn().SetWriteDeadline(time.Now().Add(Guard))
		_, _ = c.ws.NetConn().Write(b)
	})
}

// Invalidate ends every session, so that it cannot be resumed.
func (s *Server) Invalidate() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, ses := range s.sessions {
		ses.ended = true
	}
}

var upgrader = websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}

func (s *Server) serveGateway(w http.ResponseWriter, r *http.Request) {
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &gatewayConn{ws: ws}
	s.mu.Lock()
	s.connCount++
	c.n = s.connCount
	s.conns[c] = true
	s.notify()
	s.mu.Unlock()
	defer func() {
		_ = ws.Close()
		s.mu.Lock()
		delete(s.conns, c)
		if c.session != nil && c.session.conn == c {
			c.session.conn = nil
		}
		s.notify()
		s.mu.Unlock()
	}()
	if !s.step(c, Connected) {
		return
	}
	c.sendOp(10, map[string]any{"heartbeat_interval": s.beat.Milliseconds()})
	for {
		var p struct {
			Op int             `json:"op"`
			D  json.RawMessage `json:"d"`
		}
		_, b, err := ws.ReadMessage()
		if err != nil {
			// A client that says goodbye ends its session.
			if websocket.IsCloseError(err, websocket.CloseNormalClosure, websocket.CloseGoingAway) && c.session != nil {
				s.mu.Lock()
				c.session.ended = true
				s.notify()
				s.mu.Unlock()
			}
			return
		}
		if json.Unmarshal(b, &p) != nil {
			c.close(4002)
			return
		}
		if p.Op == Identify {
			s.mu.Lock()
			s.identifies = append(s.identifies, time.Now())
			s.notify()
			s.mu.Unlock()
		}
		if (p.Op == Heartbeat || p.Op == Identify || p.Op == Resume) && !s.step(c, p.Op) {
			continue
		}
		switch p.Op {
		case Heartbeat:
			c.sendOp(11, nil)
		case Identify:
			s.identify(c, p.D)
		case Resume:
			s.resume(c, p.D)
		}
	}
}

// step asks the script; false means that it has dealt with the matter.
func (s *Server) step(c *gatewayConn, op int) bool {
	s.mu.Lock()
	script := s.onStep
	s.mu.Unlock()
	if script == nil {
		return true
	}
	a := script(Step{Conn: c.n, Op: op})
	if a == nil {
		return true
	}
	if a.Op != 0 {
		c.sendOp(a.Op, a.Data)
	}
	if a.Text != "" {
		c.send([]byte(a.Text))
	}
	switch {
	case a.Close != 0:
		c.close(a.Close)
	case a.Drop:
		_ = c.ws.Close()
	}
	return a.Pass
}
