package discord

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"net"
	"sync/atomic"
	"time"
)

// A wire is one gateway connection as bytes. It sees what discordgo does not
// tell: when the last byte came, with which code the server closed, and that
// discordgo is about to log in. It never takes one of discordgo's locks, so it
// works when those are stuck.
type wire struct {
	net.Conn
	login func(w *wire, resumed bool) error // asked before an IDENTIFY goes out

	lastByte  atomic.Int64 // when, as Unix nanoseconds
	beat      atomic.Int64 // the heartbeat interval that HELLO named, in nanoseconds
	closeCode atomic.Int64 // of the server's close frame
	holding   atomic.Bool  // a login waits for its turn: silence is our own doing
	loggedIn  atomic.Bool  // a first event has come
	dead      atomic.Bool  // it was closed, by whichever side

	in      frames
	resumed bool
	broken  error
}

func newWire(c net.Conn, login func(*wire, bool) error) *wire {
	w := &wire{Conn: c, login: login}
	w.lastByte.Store(time.Now().UnixNano())
	return w
}

// errReconnect stands in for an opcode 7 that comes first on a connection.
// discordgo would handle it under a lock that it already holds, and wait for
// itself for ever.
var errReconnect = errors.New("the gateway asks for another connection")

func (w *wire) Read(p []byte) (int, error) {
	if w.broken != nil {
		return 0, w.broken
	}
	n, err := w.Conn.Read(p)
	if n > 0 {
		w.lastByte.Store(time.Now().UnixNano())
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
func (w *wire) Close() error {
	w.dead.Store(true)
	return w.Conn.Close()
}

// frame looks at a frame from the server; payload is nil for long ones.
func (w *wire) frame(opcode byte, payload []byte) {
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
			w.beat.Store(p.D.Beat * int64(time.Millisecond))
		case p.Op == 7 && !w.loggedIn.Load():
			w.broken = errReconnect
		case p.Op == 0:
			w.loggedIn.Store(true)
		}
	}
}

func (w *wire) Write(p []byte) (int, error) {
	switch opOf(p) {
	case 2:
		w.holding.Store(true)
		err := w.login(w, w.resumed)
		w.lastByte.Store(time.Now().UnixNano())
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
func (w *wire) silence() time.Duration {
	if w.holding.Load() {
		return 0
	}
	return time.Since(time.Unix(0, w.lastByte.Load()))
}

// patience is how much silence there may be: two heartbeats, each of which the
// server acknowledges, or the time a server has for its first word.
func (w *wire) patience() time.Duration {
	if b := w.beat.Load(); b > 0 {
		return 2 * time.Duration(b)
	}
	return 20 * time.Second
}

// opOf reads the opcode of a payload that discordgo sends; 0 where there is
// none. gorilla/websocket writes each such message in one piece.
func opOf(p []byte) int {
	if len(p) < 6 || p[0] != 0x81 || p[1]&0x80 == 0 {
		return 0
	}
	at := 2
	switch p[1] & 0x7f {
	case 126:
		at += 2
	case 127:
		at += 8
	}
	if len(p) < at+4+8 {
		return 0
	}
	mask, body := p[at:at+4], p[at+4:]
	var head [8]byte
	for i := range head {
		head[i] = body[i] ^ mask[i%4]
	}
	switch string(head[:]) {
	case `{"op":2,`:
		return 2
	case `{"op":6,`:
		return 6
	}
	return 0
}

// frames follows a server's side of a WebSocket connection, first the HTTP
// response, then frames (RFC 6455, section 5.2). Payloads over maxPeek are
// passed over.
type frames struct {
	started bool
	buf     []byte
	skip    uint64
}

const maxPeek = 512

func (f *frames) feed(p []byte, each func(opcode byte, payload []byte)) {
	for len(p) > 0 || len(f.buf) > 0 {
		if f.skip > 0 {
			n := min(f.skip, uint64(len(p)))
			p, f.skip = p[n:], f.skip-n
			if f.skip > 0 {
				return
			}
			continue
		}
		f.buf = append(f.buf, p...)
		p = nil
		if !f.started {
			end := bytes.Index(f.buf, []byte("\r\n\r\n"))
			if end < 0 {
				return
			}
			f.started, f.buf = true, f.buf[end+4:]
			continue
		}
		opcode, head, size, ok := frameHead(f.buf)
		if !ok {
			return
		}
		if size > maxPeek {
			each(opcode, nil)
			p, f.skip = f.buf[head:], size
			f.buf = nil
			continue
		}
		if uint64(len(f.buf)) < uint64(head)+size {
			return
		}
		each(opcode, f.buf[head:uint64(head)+size])
		f.buf = f.buf[uint64(head)+size:]
		if len(f.buf) == 0 {
			f.buf = nil
		}
	}
}

// frameHead reads a frame's head: its opcode, the head's length and the
// payload's.
func frameHead(b []byte) (opcode byte, head int, size uint64, ok bool) {
	if len(b) < 2 {
		return 0, 0, 0, false
	}
	opcode, head, size = b[0]&0x0f, 2, uint64(b[1]&0x7f)
	switch size {
	case 126:
		if head = 4; len(b) < head {
			return 0, 0, 0, false
		}
		size = uint64(binary.BigEndian.Uint16(b[2:]))
	case 127:
		if head = 10; len(b) < head {
			return 0, 0, 0, false
		}
		size = binary.BigEndian.Uint64(b[2:])
	}
	return opcode, head, size, true
}
