package gateway

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"dossier/bot/discord/discordtest"
)

// deflated is a text as Discord compresses it, repeated n times.
func deflated(text string, n int) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	for range n {
		_, _ = io.WriteString(z, text)
	}
	_ = z.Close()
	return b.String()
}

// unfinished is a frame that is not the last of its message.
func unfinished(opcode byte, payload string) string {
	b := serverFrame(opcode, payload)
	b[0] &^= 0x80
	return string(b)
}

func framed(opcode byte, payload string) string { return string(serverFrame(opcode, payload)) }

// garbage is what a server may send after its handshake, as bytes.
var garbage = map[string]string{
	"null":                     framed(1, `null`),
	"true":                     framed(1, `true`),
	"a number":                 framed(1, `10`),
	"a text":                   framed(1, `"op"`),
	"a list":                   framed(1, `[{"op":10}]`),
	"nothing":                  framed(1, ``),
	"blanks":                   framed(1, "  \n"),
	"an empty object":          framed(1, `{}`),
	"half an object":           framed(1, `{"op":0,"t":"MESSAGE_CREATE","d":{`),
	"more than one":            framed(1, `{"op":11}{"op":11}`),
	"not UTF-8":                framed(1, "{\"op\":0,\"t\":\"\xff\xfe\",\"d\":{}}"),
	"NUL":                      framed(1, "\x00\x00\x00"),
	"a page":                   framed(1, `<html>502 Bad Gateway</html>`),
	"deep":                     framed(1, `{"op":0,"t":"MESSAGE_CREATE","s":2,"d":`+strings.Repeat("[", 200000)),
	"op null":                  framed(1, `{"op":null}`),
	"op a text":                framed(1, `{"op":"hello"}`),
	"op a list":                framed(1, `{"op":[0]}`),
	"op below zero":            framed(1, `{"op":-1}`),
	"op unknown":               framed(1, `{"op":99,"d":null}`),
	"op beyond all":            framed(1, `{"op":1e309}`),
	"op a fraction":            framed(1, `{"op":11.0}`),
	"heartbeats":               strings.Repeat(framed(1, `{"op":1,"d":null}`), 5000),
	"acknowledgements":         strings.Repeat(framed(1, `{"op":11}`), 5000),
	"HELLO again":              framed(1, `{"op":10,"d":{"heartbeat_interval":0}}`),
	"HELLO with nothing":       framed(1, `{"op":10,"d":null}`),
	"event without a name":     framed(1, `{"op":0,"s":2,"d":{}}`),
	"event with a number":      framed(1, `{"op":0,"t":7,"s":2,"d":{}}`),
	"sequence null":            framed(1, `{"op":0,"t":"TYPING_START","s":null,"d":{}}`),
	"sequence below zero":      framed(1, `{"op":0,"t":"TYPING_START","s":-5,"d":{}}`),
	"sequence a text":          framed(1, `{"op":0,"t":"TYPING_START","s":"many","d":{}}`),
	"READY with nothing":       framed(1, `{"op":0,"t":"READY","s":1,"d":null}`),
	"READY with null servers":  framed(1, `{"op":0,"t":"READY","s":1,"d":{"guilds":[null],"user":null,"session_id":"session-1"}}`),
	"READY with a list":        framed(1, `{"op":0,"t":"READY","s":1,"d":[1]}`),
	"GUILD_CREATE null":        framed(1, `{"op":0,"t":"GUILD_CREATE","s":2,"d":{"channels":[null],"members":[null]}}`),
	"VOICE_STATE_UPDATE":       framed(1, `{"op":0,"t":"VOICE_STATE_UPDATE","s":2,"d":{"channel_id":"1"}}`),
	"MESSAGE_CREATE null":      framed(1, `{"op":0,"t":"MESSAGE_CREATE","s":2,"d":null}`),
	"MESSAGE_CREATE a list":    framed(1, `{"op":0,"t":"MESSAGE_CREATE","s":2,"d":[]}`),
	"INTERACTION_CREATE null":  framed(1, `{"op":0,"t":"INTERACTION_CREATE","s":2,"d":{"id":"1","token":"t","type":2,"data":null}}`),
	"MESSAGE_DELETE_BULK":      framed(1, `{"op":0,"t":"MESSAGE_DELETE_BULK","s":2,"d":{"ids":{"0":"1"},"channel_id":[]}}`),
	"a name of any length":     framed(1, `{"op":0,"t":"`+strings.Repeat("X", 1<<20)+`","s":2,"d":{}}`),
	"three megabytes":          framed(1, `{"op":0,"t":"MESSAGE_CREATE","s":2,"d":"`+strings.Repeat("x", 3<<20)+`"}`),
	"in 5,000 parts":           unfinished(1, `{"op":0`) + strings.Repeat(unfinished(0, strings.Repeat(" ", 1000)), 5000) + framed(0, `}`),
	"compressed, but is not":   framed(2, "not zlib"),
	"compressed null":          framed(2, deflated("null", 1)),
	"a bomb":                   framed(2, deflated(strings.Repeat(" ", 1<<20), 64)),
	"a frame of 2^62":          "\x81\x7f\x40\x00\x00\x00\x00\x00\x00\x00",
	"a frame of 17 MB":         "\x81\x7f\x00\x00\x00\x00\x01\x10\x00\x00",
	"a masked frame":           "\x81\x85\x01\x02\x03\x04hello",
	"an extension":             "\xc1\x02{}",
	"an unknown frame":         "\x83\x02{}",
	"a part of nothing":        "\x80\x02{}",
	"a message in a message":   unfinished(1, "{") + framed(1, "{}"),
	"a long close":             "\x88\x7e\x01\x00" + strings.Repeat("x", 256),
	"a ping in parts":          "\x09\x01x",
	"not WebSocket":            "HTTP/1.1 500 Internal Server Error\r\n\r\n",
	"zeros":                    strings.Repeat("\x00", 1<<20),
	"a close without a reason": "\x88\x01x",
}

// TestGarbage sends each to a connection before and after HELLO, in pieces. What
// discordgo gets is what it can read, little is kept, and nothing panics.
func TestGarbage(t *testing.T) {
	t.Parallel()
	if len(garbage) < 48 {
		t.Errorf("%d cases", len(garbage))
	}
	const handshake = "HTTP/1.1 101 x\r\n\r\n"
	hello := framed(1, `{"op":10,"d":{"heartbeat_interval":41250}}`)
	ready := framed(1, `{"op":0,"t":"READY","s":1,"d":{"session_id":"session-1"}}`)
	for name, bad := range garbage {
		for state, before := range map[string]string{"first": "", "after HELLO": hello, "after READY": hello + ready} {
			w := newConn(nil, nil)
			var most int
			feed := func(s string) (err error) {
				for len(s) > 0 && err == nil {
					n := min(len(s), 16<<10)
					err = w.in.feed([]byte(s[:n]), w.frame)
					s = s[n:]
					most = max(most, cap(w.in.message)+cap(w.in.head)+cap(w.in.control)+cap(w.out))
				}
				return err
			}
			if err := feed(handshake + before); err != nil {
				t.Fatal(err)
			}
			w.out = nil
			err := feed(bad)
			if most > 2*maxMessage {
				t.Errorf("%s %s: %d bytes are kept", name, state, most)
			}
			for _, p := range told(t, w.out) {
				var e struct {
					Op int             `json:"op"`
					S  *int64          `json:"s"`
					T  string          `json:"t"`
					D  json.RawMessage `json:"d"`
				}
				if json.Unmarshal(p, &e) != nil || e.Op == 0 && (e.S == nil || e.T == "" || string(e.D) == "") || len(p) > 200 {
					t.Errorf("%s %s: discordgo is told %.200s", name, state, p)
				}
			}
			if err != nil {
				continue
			}
			// It goes on from there.
			w.out = nil
			if err := feed(framed(1, `{"op":0,"t":"MESSAGE_CREATE","s":9,"d":{}}`)); err != nil && !strings.HasPrefix(name, "a ") && name != "zeros" && name != "not WebSocket" {
				t.Errorf("%s %s: then got %v", name, state, err)
			}
		}
	}
}

// told are the messages that discordgo gets.
func told(t *testing.T, out []byte) (all [][]byte) {
	t.Helper()
	f := frameReader{started: true}
	err := f.feed(out, func(opcode byte, p []byte) {
		if opcode == frameText {
			all = append(all, bytes.Clone(p))
		}
	})
	if err != nil {
		t.Errorf("discordgo gets %v", err)
	}
	return all
}

// TestGarbageLive sends what does not break the connection to a bot that runs, and
// then a message: it comes in, over the same connection, and memory stays where it
// was. One line tells of what could not be read.
func TestGarbageLive(t *testing.T) {
	t.Parallel()
	r := newRig(t, Config{}).run()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	most := uint64(0)
	for name, bad := range garbage {
		if strings.HasPrefix(name, "READY") || (&frameReader{started: true}).feed([]byte(bad), func(byte, []byte) {}) != nil || strings.Contains(name, "close") || name == "zeros" {
			continue // it ends the session, or the connection
		}
		r.SendBytes([]byte(bad))
		runtime.ReadMemStats(&after)
		most = max(most, after.HeapInuse)
	}
	r.hears(r.Say(someone, somewhere, "which films leaked?"))
	if n := r.Connections(); n != 1 {
		t.Errorf("%d connections", n)
	}
	if log := r.logs.String(); strings.Count(log, "cannot be read") != 1 {
		t.Errorf("the log says %s", log)
	}
	if most > before.HeapInuse+50<<20 {
		t.Errorf("%d MB of memory, %d before", most>>20, before.HeapInuse>>20)
	}
}

// TestBrokenOff sends what does break the connection: the bot makes another one,
// and another session where the old one would bring the same again.
func TestBrokenOff(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"an extension", "a frame of 17 MB"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, Config{}).run()
			r.SendBytes([]byte(garbage[name]))
			r.Wait("another login", func() bool { return len(r.Identifies()) == 2 })
			r.WaitReady()
			r.hears(r.Say(someone, somewhere, "which films leaked?"))
		})
	}
}

// TestHello greets with intervals that make no sense. discordgo alone panics.
func TestHello(t *testing.T) {
	t.Parallel()
	for _, d := range []string{
		`null`, `{}`, `{"heartbeat_interval":0}`, `{"heartbeat_interval":-41250}`, `{"heartbeat_interval":null}`, `{"heartbeat_interval":"soon"}`,
		`{"heartbeat_interval":9223372036854775807}`, `{"heartbeat_interval":1e300}`, `{"heartbeat_interval":41250.5}`, `[41250]`,
	} {
		t.Run(d, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, Config{})
			r.OnStep(func(s discordtest.Step) *discordtest.Action {
				if s.Op == discordtest.Connected {
					return &discordtest.Action{Text: `{"op":10,"d":` + d + `}`, Pass: true} // and the right one after it
				}
				return nil
			})
			r.run()
			r.hears(r.Say(someone, somewhere, "which films leaked?"))
		})
	}
	if got := interval(readObject([]byte(`{"heartbeat_interval":15000}`))); got != 15*time.Second {
		t.Errorf("interval() got %s", got)
	}
}

// endless is a body, or headers, that do not end.
type endless struct{ n int }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	e.n += len(p)
	return len(p), nil
}

// TestEndless lets the handshake, a response and its headers not end: each is given
// up, soon.
func TestEndless(t *testing.T) {
	t.Parallel()
	var f frameReader
	var err error
	n := 0
	for ; err == nil && n < 10*maxHead; n += 4096 {
		err = f.feed(bytes.Repeat([]byte("x"), 4096), func(byte, []byte) {})
	}
	if err == nil || n > 2*maxHead {
		t.Errorf("a handshake of %d bytes got %v", n, err)
	}
	body := &endless{}
	tr := newTransport(tripper(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(body)}, nil
	}))
	req, _ := http.NewRequestWithContext(t.Context(), "GET", commandsURL, nil)
	resp, err := tr.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, resp.Body); err == nil || body.n > 2*maxBody {
		t.Errorf("a body of %d bytes got %v", body.n, err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	sent := make(chan int, 1)
	go func() {
		c, err := ln.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\n")
		n := 0
		for ; err == nil && n < 64<<20; n++ {
			_, err = fmt.Fprintf(c, "X-%d: %s\r\n", n, strings.Repeat("x", 1000))
		}
		sent <- n
	}()
	nt := network()
	defer nt.CloseIdleConnections()
	req, _ = http.NewRequestWithContext(t.Context(), "GET", "http://"+ln.Addr().String(), nil)
	if resp, err := nt.RoundTrip(req); err == nil {
		_ = resp.Body.Close()
		t.Error("headers without an end were read")
	}
	if n := <-sent; n > 20000 {
		t.Errorf("%d headers were read", n)
	}
}
