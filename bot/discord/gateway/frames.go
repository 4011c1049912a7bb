package gateway

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"io"
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

const (
	// maxHead is how long the response to the handshake may be.
	maxHead = 64 << 10

	// maxMessage is how long a message from the gateway may be. What the bot asks
	// for is shorter: READY with the 2,500 servers of one connection takes 150 KB,
	// a message of people with one that it replies to, as long as both may be, 400.
	// A longer one is passed over without being kept.
	maxMessage = 2 << 20

	// maxSkipped is how long a message may be to be passed over.
	maxSkipped = 16 << 20
)

var (
	errHead    = errors.New("the gateway's handshake is too long")
	errFrame   = errors.New("what comes in is not WebSocket")
	errTooLong = errors.New("a message of the gateway is too long")
)

// Opcodes of frames (RFC 6455, section 5.2), and one of our own for the response
// to the handshake, which comes before them.
const (
	frameHandshake = 0xff
	frameMore      = 0
	frameText      = 1
	frameBinary    = 2
	frameClose     = 8
	framePing      = 9
	framePong      = 10
)

// A frameReader takes a server's side of a WebSocket connection apart: first the
// HTTP response, then messages, each put together of its frames, with control
// frames among them. However much comes in, it keeps no more than maxMessage.
type frameReader struct {
	started bool
	head    []byte // of the response or the frame that has begun to come
	inFrame bool   // the frame's head is complete
	opcode  byte   // of the frame
	final   bool   // it ends its message
	left    uint64 // of its payload
	control []byte // its payload, if it is a control frame

	kind    byte   // the opcode of the message that has begun to come; 0: none has
	size    uint64 // of the message so far
	message []byte // its payload; nil where it is too long
}

// feed takes the bytes that come next. each gets what is complete; payload is nil
// where it is too long, and else good until each returns.
func (f *frameReader) feed(p []byte, each func(opcode byte, payload []byte)) error {
	if !f.started {
		before := len(f.head)
		was := max(0, before-3)
		f.head = append(f.head, p[:min(len(p), maxHead)]...)
		end := bytes.Index(f.head[was:], []byte("\r\n\r\n"))
		if end < 0 {
			if len(f.head) >= maxHead {
				return errHead
			}
			return nil
		}
		end += was + 4
		p = p[end-before:]
		each(frameHandshake, f.head[:end])
		f.started, f.head = true, nil
	}
	for len(p) > 0 {
		if !f.inFrame {
			f.head, p = append(f.head, p[0]), p[1:]
			ok, err := f.begin()
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
		}
		n := min(f.left, uint64(len(p)))
		f.keep(p[:n])
		p, f.left = p[n:], f.left-n
		if f.left == 0 {
			f.end(each)
		}
	}
	return nil
}

// begin reads the frame's head, once all of it has come.
func (f *frameReader) begin() (ok bool, err error) {
	size, ok := frameSize(f.head)
	if !ok {
		return false, nil
	}
	f.opcode, f.final, f.left, f.inFrame = f.head[0]&0x0f, f.head[0]&0x80 != 0, size, true
	if f.head[0]&0x70 != 0 || f.head[1]&0x80 != 0 { // extensions, and masks, are not agreed on
		return false, errFrame
	}
	f.head = f.head[:0]
	switch f.opcode {
	case frameClose, framePing, framePong:
		if !f.final || size > 125 {
			return false, errFrame
		}
		return true, nil
	case frameText, frameBinary:
		if f.kind != 0 {
			return false, errFrame
		}
		f.kind, f.size, f.message = f.opcode, 0, []byte{}
	case frameMore:
		if f.kind == 0 {
			return false, errFrame
		}
	default:
		return false, errFrame
	}
	if size > maxSkipped || f.size+size > maxSkipped {
		return false, errTooLong
	}
	if f.size += size; f.size > maxMessage {
		f.message = nil
	}
	return true, nil
}

// keep takes a part of the frame's payload.
func (f *frameReader) keep(p []byte) {
	switch {
	case f.opcode >= frameClose:
		f.control = append(f.control, p...)
	case f.message != nil:
		f.message = append(f.message, p...)
	}
}

// end is called when all of the frame has come.
func (f *frameReader) end(each func(opcode byte, payload []byte)) {
	f.inFrame = false
	if f.opcode >= frameClose {
		each(f.opcode, f.control)
		f.control = f.control[:0]
		return
	}
	if f.final {
		kind, message := f.kind, f.message
		f.kind, f.message = 0, nil
		each(kind, message)
	}
}

// frameSize reads the length of a payload from a frame's head, if all of that is
// there.
func frameSize(head []byte) (size uint64, ok bool) {
	if len(head) < 2 {
		return 0, false
	}
	switch size = uint64(head[1] & 0x7f); size {
	case 126:
		if len(head) < 4 {
			return 0, false
		}
		size = uint64(binary.BigEndian.Uint16(head[2:]))
	case 127:
		if len(head) < 10 {
			return 0, false
		}
		size = binary.BigEndian.Uint64(head[2:])
	}
	return size, true
}

// appendFrame adds a frame as a server sends it.
func appendFrame(to []byte, opcode byte, payload []byte) []byte {
	to = append(to, 0x80|opcode)
	switch n := len(payload); {
	case n < 126:
		to = append(to, byte(n))
	case n < 1<<16:
		to = binary.BigEndian.AppendUint16(append(to, 126), uint16(n))
	default:
		to = binary.BigEndian.AppendUint64(append(to, 127), uint64(n))
	}
	return append(to, payload...)
}

// inflate unpacks a compressed message; nil where that is not possible or too much.
func inflate(b []byte) []byte {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	out, err := io.ReadAll(io.LimitReader(z, maxMessage+1))
	if len(out) > maxMessage || err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil // Discord does not end its stream, so that an end is not asked for
	}
	return out
}
