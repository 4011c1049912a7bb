package gateway

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"net"
	"sync/atomic"
	"time"
)

// A conn is one gateway connection as bytes. It sees what discordgo does not
// tell: when the last byte came, with which code the server closed, and that
// discordgo is about to log in. It never takes one of discordgo's locks, so it
// works when those are stuck.
type conn struct {
	net.Conn
	login func(w *conn, resumed bool) error // asked before an IDENTIFY goes out

	born      time.Time    // by the clock that nobody sets
	lastByte  atomic.Int64 // when, in nanoseconds after born
	heartbeat atomic.Int64 // the heartbeat interval that HELLO named, in nanoseconds
	closeCode atomic.Int64 // of the server's close frame
	holding   atomic.Bool  // a login waits for its turn: silence is our own doing
	loggedIn  atomic.Bool  // a first event has come
	dead      atomic.Bool  // it was closed, by whichever side

	in      frameReader
	resumed bool
	broken  error
}

func newConn(c net.Conn, login func(*conn, bool) error) *conn {
	return &conn{Conn: c, login: login, born: time.Now()}
}

// touch notes that the connection is alive.
func (w *conn) touch() { w.lastByte.Store(int64(time.Since(w.born))) }

// errReconnect stands in for an opcode 7 that comes first on a connection.
// discordgo would handle it under a lock that it already holds, and wait for
// itself for ever.
var errReconnect = errors.New("the gateway asks for another connection")

func (w *conn) Read(p []byte) (int, error) {
	if w.broken != nil {
		return 0, w.broken
	}
	n, err := w.Conn.Read(p)
	if n > 0 {
		w.touch()
		w.in.feed(p[:n], w.frame)
		if w.broken != nil {
			return 0, w.broken
		}
	}
	if err != nil {
		w.dead.Store(true)
	}
	return n, err
}

// Close is for net.Conn.
func (w *conn) Close() error {
	w.dead.Store(true)
	return w.Conn.Close()
}

// frame looks at a frame from the server; payload is nil for long ones.
func (w *conn) frame(opcode byte, payload []byte) {
	switch opcode {
	case 8:
		if len(payload) >= 2 {
			w.closeCode.Store(int64(binary.BigEndian.Uint16(payload)))
		}
	case 1:
		var p struct {
			Op int `json:"op"`
			D  struct {
				Beat int64 `json:"heartbeat_interval"`
			} `json:"d"`
		}
		if payload != nil && json.Unmarshal(payload, &p) != nil {
			// d is not always an object; op has been read all the same.
			p.D.Beat = 0
		}
		switch {
		case p.Op == 10:
			w.heartbeat.Store(p.D.Beat * int64(time.Millisecond))
		case p.Op == 7 && !w.loggedIn.Load():
			w.broken = errReconnect
		case p.Op == 0:
			w.loggedIn.Store(true)
		}
	}
}

func (w *conn) Write(p []byte) (int, error) {
	switch opOf(p) {
	case 2:
		w.holding.Store(true)
		err := w.login(w, w.resumed)
		w.touch()
		w.holding.Store(false)
		if err != nil {
			// discordgo ignores this error after an opcode 9; it notices that
			// the connection is gone.
			_ = w.Close()
			return 0, err
		}
	case 6:
		w.resumed = true
	}
	return w.Conn.Write(p)
}

// silence is how long nothing has come in.
func (w *conn) silence() time.Duration {
	if w.holding.Load() {
		return 0
	}
	return time.Since(w.born) - time.Duration(w.lastByte.Load())
}

// patience is how much silence there may be: two heartbeats, each of which the
// server acknowledges, or the time a server has for its first word.
func (w *conn) patience() time.Duration {
	if b := w.heartbeat.Load(); b > 0 {
		return 2 * time.Duration(b)
	}
	return 20 * time.Second
}
