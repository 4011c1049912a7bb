package gateway

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// serverFrame is a frame as a server sends it.
func serverFrame(opcode byte, payload string) []byte {
	return appendFrame(nil, opcode, []byte(payload))
}

// TestFrames cuts a stream of frames at random places.
func TestFrames(t *testing.T) {
	t.Parallel()
	const head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"
	stream := []byte(head)
	want := []string{fmt.Sprint(frameHandshake, head)}
	frame := func(opcode byte, payload string) {
		stream = append(stream, serverFrame(opcode, payload)...)
		want = append(want, fmt.Sprint(opcode, payload))
	}
	for i, p := range []string{
		"", "a", `{"op":10}`, strings.Repeat("x", 125), strings.Repeat("y", 126), strings.Repeat("z", 512),
		strings.Repeat("l", 513), strings.Repeat("m", 70000), `{"op":11}`,
	} {
		frame(byte(1+i%2), p)
	}
	frame(framePing, "are you there")
	frame(frameClose, "\x0f\xa4")
	// A message in three parts, with a control frame between them.
	one, two, three := serverFrame(frameText, "one "), serverFrame(frameMore, "two "), serverFrame(frameMore, "three")
	one[0] &^= 0x80
	two[0] &^= 0x80
	stream = append(append(stream, one...), serverFrame(framePong, "here")...)
	stream = append(append(stream, two...), three...)
	want = append(want, fmt.Sprint(framePong, "here"), fmt.Sprint(frameText, "one two three"))
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		var f frameReader
		var got []string
		for rest := stream; len(rest) > 0; {
			n := min(1+rnd.IntN(1+rnd.IntN(2000)), len(rest))
			if err := f.feed(rest[:n], func(opcode byte, payload []byte) { got = append(got, fmt.Sprint(opcode, string(payload))) }); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if len(f.head)+len(f.message) > 0 || strings.Join(got, "|") != strings.Join(want, "|") {
			t.Fatalf("frames got %.200q\nwant %.200q, %d left", got, want, len(f.head))
		}
	}
}

func FuzzFrames(f *testing.F) {
	f.Add([]byte("HTTP/1.1 101 x\r\n\r\n\x81\x05hello\x88\x02\x0f\xa4"), 3)
	f.Add([]byte("HTTP/1.1 101 x\r\n\r\n\x01\x05hello\x80\x01!\x81\xff"), 20)
	f.Fuzz(func(t *testing.T, b []byte, cut int) {
		var whole, parts []string
		collect := func(to *[]string) func(byte, []byte) {
			return func(op byte, p []byte) { *to = append(*to, fmt.Sprint(op, len(p), bytes.Clone(p))) }
		}
		var one frameReader
		err := one.feed(b, collect(&whole))
		cut = max(0, min(cut, len(b)))
		var two frameReader
		if two.feed(b[:cut], collect(&parts)) == nil && !errors.Is(two.feed(b[cut:], collect(&parts)), err) {
			t.Errorf("cut at %d: got another error than %v", cut, err)
		}
		if fmt.Sprint(whole) != fmt.Sprint(parts) {
			t.Errorf("cut at %d: got %v want %v", cut, parts, whole)
		}
	})
}

// TestOpOf writes with the real client.
func TestOpOf(t *testing.T) {
	t.Parallel()
	var buf bytes.Buffer
	conn := clientConn(t, &buf)
	for _, tt := range []struct {
		payload string
		want    int
	}{
		{`{"op":2,"d":{"token":"x"}}`, 2},
		{`{"op":2,"d":{"token":"` + strings.Repeat("x", 300) + `"}}`, 2},
		{`{"op":6,"d":{}}`, 6},
		{`{"op":1,"d":251}`, 0},
		{`{"op":22,"d":1}`, 0},
		{`{}`, 0},
	} {
		buf.Reset()
		if err := conn.WriteMessage(websocket.TextMessage, []byte(tt.payload)); err != nil {
			t.Fatal(err)
		}
		if got := opOf(buf.Bytes()); got != tt.want {
			t.Errorf("opOf(%.40s) got %d want %d", tt.payload, got, tt.want)
		}
	}
	if got := opOf([]byte("GET / HTTP/1.1\r\n")); got != 0 {
		t.Errorf("opOf(a request) got %d", got)
	}
}

// clientConn is a WebSocket client that writes into buf.
func clientConn(t *testing.T, buf *bytes.Buffer) *websocket.Conn {
	a, b := net.Pipe()
	t.Cleanup(func() { _ = a.Close(); _ = b.Close() })
	srv := &websocket.Dialer{NetDial: func(string, string) (net.Conn, error) { return &recorded{Conn: a, to: buf}, nil }}
	go func() {
		// The server's side of the handshake, by hand.
		p := make([]byte, 4096)
		n, _ := b.Read(p)
		_, key, _ := strings.Cut(string(p[:n]), "Sec-WebSocket-Key: ")
		key, _, _ = strings.Cut(key, "\r\n")
		_, _ = fmt.Fprintf(b, "HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n", acceptKey(key))
		for {
			if _, err := b.Read(p); err != nil {
				return
			}
		}
	}()
	c, _, err := srv.Dial("ws://test/", nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

type recorded struct {
	net.Conn
	to *bytes.Buffer
}

func (r *recorded) Write(p []byte) (int, error) {
	r.to.Write(p)
	return r.Conn.Write(p)
}

// TestWireReconnect checks that an opcode 7 that comes first never reaches
// discordgo, and one that comes later does.
func TestWireReconnect(t *testing.T) {
	t.Parallel()
	const hello, seven, event = `{"op":10,"d":{"heartbeat_interval":41250}}`, `{"t":null,"s":null,"op":7,"d":null}`, `{"op":0,"t":"RESUMED","s":4,"d":{}}`
	for _, tt := range []struct {
		name   string
		frames []string
		broken bool
	}{
		{"first", []string{hello, seven}, true},
		{"after an event", []string{hello, event, seven}, false},
		{"never", []string{hello, event}, false},
	} {
		a, b := net.Pipe()
		w := newConn(a, nil)
		go func() {
			_, _ = b.Write([]byte("HTTP/1.1 101 x\r\n\r\n"))
			for _, f := range tt.frames {
				_, _ = b.Write(serverFrame(1, f))
			}
			_, _ = b.Write(serverFrame(8, "\x0f\xa4")) // 4004
			_ = b.Close()
		}()
		var err error
		for p := make([]byte, 4096); err == nil; {
			_, err = w.Read(p)
		}
		if errors.Is(err, errReconnect) != tt.broken {
			t.Errorf("%s: Read got %v", tt.name, err)
		}
		if !tt.broken && w.closeCode.Load() != 4004 {
			t.Errorf("%s: close code %d", tt.name, w.closeCode.Load())
		}
		if w.patience() != 2*41250*time.Millisecond {
			t.Errorf("%s: patience %s", tt.name, w.patience())
		}
		_ = a.Close()
	}
}
