package discord

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

// lines let the questions of a channel be answered one after another, in the order in
// which they were written. Discord takes about one message a second in a channel, so
// that more at a time would only be refused; and a channel where hundreds ask takes
// no more of the bot than any other.
type lines struct {
	mu        sync.Mutex
	byChannel map[string][]*place // the first has its turn
}

// A place is that of one question.
type place struct {
	message uint64
	turn    chan struct{} // closed when its turn has come
}

func newLines() *lines { return &lines{byChannel: map[string][]*place{}} }

// wait waits until all questions that were written before in the channel are done.
// leave lets the next one go on.
func (l *lines) wait(ctx context.Context, channel, message string) (leave func(), err error) {
	p := &place{turn: make(chan struct{})}
	p.message, _ = strconv.ParseUint(message, 10, 64)
	l.mu.Lock()
	line := l.byChannel[channel]
	at := len(line)
	for at > 1 && line[at-1].message > p.message { // events come in any order
		at--
	}
	l.byChannel[channel] = slices.Insert(line, at, p)
	if at == 0 {
		close(p.turn)
	}
	l.mu.Unlock()
	leave = func() { l.leave(channel, p) }
	select {
	case <-p.turn:
		return leave, nil
	case <-ctx.Done():
		leave()
		return nil, ctx.Err()
	}
}

func (l *lines) leave(channel string, p *place) {
	l.mu.Lock()
	defer l.mu.Unlock()
	line := l.byChannel[channel]
	at := slices.Index(line, p)
	line = slices.Delete(line, at, at+1)
	if len(line) == 0 {
		delete(l.byChannel, channel)
		return
	}
	l.byChannel[channel] = line
	if at == 0 {
		close(line[0].turn)
	}
}

// signAfter is how long a question may be without an answer before it gets a sign
// that it was seen.
const signAfter = 2 * time.Second

// signs are reactions to messages whose answer takes long, or that want none. Discord
// takes four a second in a channel, so they are made one after another.
type signs struct {
	react     func(ctx context.Context, channel, message string) error
	failed    func(error)
	byChannel *lru.Cache[string, *signing]
}

// A signing is the turn to make a sign in a channel.
type signing struct {
	turn chan struct{}
	not  time.Time // of who has the turn: until when none is tried, since Discord did not let the bot
}

func newSigns(react func(ctx context.Context, channel, message string) error, failed func(error)) *signs {
	byChannel, err := lru.New[string, *signing](4096)
	if err != nil {
		panic(err) // only for a size below one
	}
	return &signs{react, failed, byChannel}
}

// later makes a sign unless the answer is there soon. stop is to be called when it is.
func (s *signs) later(ctx context.Context, channel, message string) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var done sync.WaitGroup
	done.Go(func() {
		select {
		case <-time.After(signAfter):
			s.make(ctx, channel, message)
		case <-ctx.Done():
		}
	})
	return func() { cancel(); done.Wait() }
}

// make makes a sign when it is its turn. A sign that fails is no fault: the answer
// comes all the same.
func (s *signs) make(ctx context.Context, channel, message string) {
	w := &signing{turn: make(chan struct{}, 1)}
	if old, ok, _ := s.byChannel.PeekOrAdd(channel, w); ok {
		w = old
	}
	select {
	case w.turn <- struct{}{}:
	case <-ctx.Done():
		return
	}
	defer func() { <-w.turn }()
	if time.Now().Before(w.not) {
		return
	}
	if err := s.react(ctx, channel, message); err != nil && ctx.Err() == nil {
		w.not = time.Now().Add(leaveAlone)
		s.failed(err)
	}
}
