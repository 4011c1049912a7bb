package discordtest

import (
	"context"
	"net"
	"sync"
)

// InMemory makes the server listen on no port: [Server.Dial] connects to it
// within the process. Together with testing/synctest a test can so let hours
// pass in no time.
//
// Beware of what synctest says of mutexes: time stands still while a goroutine
// waits for one. discordgo sleeps a second under its lock when it closes a
// connection, so the server must not be the one to close it then.
func InMemory() Option {
	return func(s *Server) { s.memory = &memory{conns: make(chan net.Conn), closed: make(chan struct{})} }
}

// InMemory says whether the server is in memory.
func (s *Server) InMemory() bool { return s.memory != nil }

// Dial connects to a server that is in memory, whatever address it is given.
func (s *Server) Dial(ctx context.Context, network, addr string) (net.Conn, error) {
	if s.memory == nil {
		return new(net.Dialer).DialContext(ctx, network, s.http.Listener.Addr().String())
	}
	ours, theirs := net.Pipe()
	select {
	case s.memory.conns <- theirs:
		return ours, nil
	case <-s.memory.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// A memory is a listener of connections within the process.
type memory struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (m *memory) Accept() (net.Conn, error) {
	select {
	case c := <-m.conns:
		return c, nil
	case <-m.closed:
		return nil, net.ErrClosed
	}
}

func (m *memory) Close() error {
	m.once.Do(func() { close(m.closed) })
	return nil
}

func (m *memory) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1} }
