package gateway

import (
	"bytes"
	"encoding/binary"
)

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

// frameReader follows a server's side of a WebSocket connection, first the HTTP
// response, then frames (RFC 6455, section 5.2). Payloads over maxPeek are
// passed over.
type frameReader struct {
	started bool
	buf     []byte
	skip    uint64
}

const maxPeek = 512

func (f *frameReader) feed(p []byte, each func(opcode byte, payload []byte)) {
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
