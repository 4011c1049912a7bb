package gateway

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// A conn is one gateway connection as bytes. What comes in it takes apart and
// reads itself, and hands on to discordgo no more than that needs to stay
// connected, in words of its own: whatever a server sends, discordgo sees nothing
// that it cannot read. The conn also sees what discordgo does not tell: when the
// last byte came, with which code the server closed, and that discordgo is about
// to log in. It never takes one of discordgo's locks, so it works when those are
// stuck.
type conn struct {
	net.Conn
	login      func(w *conn, resumed bool) error       // asked before an IDENTIFY goes out
	event      func(name string, data json.RawMessage) // takes each event; it returns soon
	unreadable func(what string)                       // takes what could not be read
	sequence   *atomic.Int64                           // of the last event, over all connections of a session

	born      time.Time             // by the clock that nobody sets
	lastByte  atomic.Int64          // when, in nanoseconds after born
	heartbeat atomic.Int64          // the heartbeat interval of HELLO, in nanoseconds
	closeCode atomic.Int64          // of the server's close frame
	holding   atomic.Bool           // a login waits for its turn: silence is our own doing
	loggedIn  atomic.Bool           // a first event has come
	leaving   atomic.Bool           // the server asks for another connection
	dead      atomic.Bool           // it was closed, by whichever side
	broken    atomic.Pointer[error] // why nothing is read any more

	said, gone       chan struct{} // closed when discordgo, and when the server has said goodbye
	sayDone, endDone func()        // close them

	in      frameReader
	raw     []byte // what comes in is read into
	out     []byte // what discordgo has not read yet
	resumed bool
	hello   bool      // HELLO has come
	opened  bool      // discordgo's Open is about to return
	beaten  time.Time // when the server last asked for a heartbeat
}

func newConn(c net.Conn, login func(*conn, bool) error) *conn {
	said, gone := make(chan struct{}), make(chan struct{})
	return &conn{
		said: said, gone: gone, sayDone: sync.OnceFunc(func() { close(said) }), endDone: sync.OnceFunc(func() { close(gone) }),
		Conn: c, login: login, event: func(string, json.RawMessage) {}, unreadable: func(string) {}, sequence: new(atomic.Int64),
		born: time.Now(), raw: make([]byte, 16<<10),
	}
}

// touch notes that the connection is alive.
func (w *conn) touch() { w.lastByte.Store(int64(time.Since(w.born))) }

// errReconnect stands in for an opcode 7 that comes first on a connection.
// discordgo would handle it under a lock that it already holds, and wait for
// itself for ever.
var errReconnect = errors.New("the gateway asks for another connection")

func (w *conn) Read(p []byte) (int, error) {
	for len(w.out) == 0 {
		if err := w.fault(); err != nil {
			return 0, err
		}
		n, err := w.Conn.Read(w.raw)
		if n > 0 {
			w.touch()
			if bad := w.in.feed(w.raw[:n], w.frame); bad != nil {
				w.breakOff(bad)
			}
		}
		if err != nil {
			w.dead.Store(true)
			w.breakOff(err)
			w.endDone()
		}
	}
	n := copy(p, w.out)
	if w.out = w.out[n:]; len(w.out) == 0 {
		w.out = nil
	}
	return n, nil
}

// breakOff ends the connection for discordgo, once it has read what came before.
func (w *conn) breakOff(err error) { w.broken.CompareAndSwap(nil, &err) }

// fault is why nothing is read any more; nil where that is not so.
func (w *conn) fault() error {
	if err := w.broken.Load(); err != nil {
		return *err
	}
	return nil
}

// Close is for net.Conn.
func (w *conn) Close() error {
	w.dead.Store(true)
	return w.Conn.Close()
}

// frame takes what the server sent: the response to the handshake and control
// frames go on as they are.
func (w *conn) frame(opcode byte, payload []byte) {
	switch opcode {
	case frameHandshake:
		w.out = append(w.out, payload...)
	case frameText:
		w.payload(payload)
	case frameBinary:
		w.payload(inflate(payload))
	case frameClose:
		if len(payload) >= 2 {
			w.closeCode.Store(int64(binary.BigEndian.Uint16(payload)))
		}
		w.endDone()
		fallthrough
	default:
		w.out = appendFrame(w.out, opcode, payload)
	}
}

// Opcodes: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
const (
	opEvent     = 0
	opHeartbeat = 1
	opReconnect = 7
	opInvalid   = 9
	opHello     = 10
	opAck       = 11
)

// payload reads one message and tells discordgo of it. nil is one that was too long.
func (w *conn) payload(b []byte) {
	p := readObject(b)
	op, ok := p.whole("op")
	if !ok || op == opEvent && p.text("t") == "" {
		w.unreadable("payload")
		return
	}
	if !w.hello && op != opHello && op != opReconnect {
		return // it comes too early, and discordgo would stumble over it
	}
	switch op {
	case opEvent:
		w.dispatch(p.text("t"), p)
	case opHeartbeat:
		if now := time.Now(); now.Sub(w.beaten) > time.Second {
			w.beaten = now
			w.tell(`{"op":1}`)
		}
	case opReconnect:
		w.leaving.Store(true)
		if !w.loggedIn.Load() {
			w.breakOff(errReconnect)
			return
		}
		w.tell(`{"op":7}`)
	case opInvalid:
		w.opened = true
		w.tell(`{"op":9,"d":false}`)
	case opHello:
		if w.hello {
			return
		}
		w.hello = true
		beat := interval(p.object("d"))
		w.heartbeat.Store(int64(beat))
		w.tell(`{"op":10,"d":{"heartbeat_interval":%d}}`, beat.Milliseconds())
	case opAck:
		if w.opened { // discordgo would wait for itself before that
			w.tell(`{"op":11}`)
		}
	}
}

// dispatch tells discordgo the number of an event, and of READY what it needs to
// resume the session. The rest is no business of it.
func (w *conn) dispatch(name string, p object) {
	if n, ok := p.whole("s"); ok && n > 0 {
		w.sequence.Store(n)
	}
	w.loggedIn.Store(true)
	w.opened = true
	w.event(name, p["d"])
	n := w.sequence.Load()
	switch name {
	case "READY":
		id, _ := json.Marshal(p.object("d").text("session_id"))
		w.tell(`{"op":0,"s":%d,"t":"READY","d":{"session_id":%s}}`, n, id)
	case "RESUMED":
		w.tell(`{"op":0,"s":%d,"t":"RESUMED","d":{}}`, n)
	default:
		w.tell(`{"op":0,"s":%d,"t":"-","d":{}}`, n) // a name that discordgo does not know
	}
}

// tell adds a message for discordgo.
func (w *conn) tell(format string, args ...any) {
	w.out = appendFrame(w.out, frameText, fmt.Appendf(nil, format, args...))
}

const (
	usualBeat = 41250 * time.Millisecond
	leastBeat = 200 * time.Millisecond
	mostBeat  = 10 * time.Minute
)

// interval reads the heartbeat interval; one that makes no sense is taken to be
// the usual one.
func interval(hello object) time.Duration {
	ms, ok := hello.whole("heartbeat_interval")
	if !ok || ms < leastBeat.Milliseconds() || ms > mostBeat.Milliseconds() {
		return usualBeat
	}
	return time.Duration(ms) * time.Millisecond
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
			w.breakOff(err)
			_ = w.Close()
			return 0, err
		}
	case 6:
		w.resumed = true
	}
	n, err := w.Conn.Write(p)
	if len(p) > 0 && p[0] == 0x80|frameClose {
		w.sayDone()
	}
	return n, err
}

// stale says whether the session cannot be taken up again after the server closed
// the connection with code, or sent what nobody can read and would send it again.
func (w *conn) stale(code int64) bool {
	if err := w.fault(); w.loggedIn.Load() && (errors.Is(err, errFrame) || errors.Is(err, errTooLong)) {
		return true
	}
	return w.resumed && (code == 4007 || code == 4009)
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
