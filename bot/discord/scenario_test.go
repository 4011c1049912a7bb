package discord

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"dossier/bot/discord/discordtest"
	"dossier/bot/discord/message/messagetest"
	"dossier/index"
)

// TestThousand lets 1,000 people ask within some seconds, by command, mention
// and direct message, change and delete what they asked and click what they
// got, while connections drop, requests fail, limits are reached and events come
// twice. Every question gets exactly one answer or one clear error.
//
// Discord waits longer here for the response to a command than it does: which of them
// come in time, on a machine that does other things too, says nothing about the bot.
func TestThousand(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	people, every := 1000, 5*time.Millisecond
	if slow {
		people, every = 250, 15*time.Millisecond
	}
	c := newCrowd(t, people)
	goroutines, heap := runtime.NumGoroutine(), heapNow()
	c.run()
	c.faults()
	start := time.Now()
	for n := range c.people {
		c.act(n)
		switch n % 250 {
		case 100:
			c.DropAll()
		case 200:
			c.SendAll(7, nil)
		}
		time.Sleep(time.Until(start.Add(time.Duration(n) * every)))
	}
	c.settle()
	c.OnRequest(nil)
	if err := c.stop(); err != nil {
		t.Errorf("Run() got %v", err)
	}
	c.checkMessages()
	c.checkInteractions()
	log := c.logs.String()
	if n := c.panics.Load(); n == 0 || strings.Count(log, "msg=panic") != int(n) {
		t.Errorf("%d panics, the log tells of %d", n, strings.Count(log, "msg=panic"))
	}
	if n := len(c.Identifies()); n > 2 {
		t.Errorf("%d logins", n)
	}
	t.Logf("%d requests, %d of them limited, %d logins, %d resumes, in %s",
		len(c.Requests("")), c.RateLimited(), len(c.Identifies()), c.Resumes(), time.Since(start).Round(time.Second))
	c.checkLeft(goroutines, heap)
}

// A crowd is people who ask, and what they asked.
type crowd struct {
	*rig
	people   int
	panics   atomic.Int32
	messages []asked
	commands []*discordtest.Interaction
	clicks   []*discordtest.Interaction

	mu  sync.Mutex // of what follows
	rnd *rand.Rand
	hit map[string]int // how often a request has failed
}

// An asked is a message of a person.
type asked struct {
	id, text string
	deleted  bool
}

func newCrowd(t *testing.T, people int) *crowd {
	c := &crowd{
		rig: newRig(t, Config{StateDir: t.TempDir()}, discordtest.RateLimits()), people: people,
		rnd: rand.New(rand.NewPCG(7, 8)), hit: map[string]int{},
	}
	c.asker.onAsk = func(_ context.Context, q index.Query) (index.Answer, error) {
		switch {
		case strings.HasSuffix(q.Text, "77?"):
			c.panics.Add(1)
			panic("a broken index")
		case strings.HasSuffix(q.Text, "7?"):
			return index.Answer{}, errors.New("a broken index")
		}
		a := messagetest.Answer(q.Text, messagetest.Quote(1))
		a.More = true
		return a, nil
	}
	return c
}

// chance is true once in n times.
func (c *crowd) chance(n int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rnd.IntN(n) == 0
}

// faults lets requests fail, each of them at most twice: what fails for ever is
// answered by nobody.
func (c *crowd) faults() {
	fault := func() *discordtest.Reply {
		switch {
		case c.chance(40):
			return &discordtest.Reply{Status: 429, Body: `{"retry_after":0.1,"global":false}`}
		case c.chance(60):
			return &discordtest.Reply{Status: 429, Body: page429, Header: map[string]string{"Retry-After": "0.2"}}
		case c.chance(40):
			return &discordtest.Reply{Status: 502, Body: "<html>"}
		case c.chance(60):
			return &discordtest.Reply{Status: 500, Done: true}
		case c.chance(60):
			return &discordtest.Reply{Drop: true, Done: true}
		}
		return nil
	}
	c.OnRequest(func(req *discordtest.Request) *discordtest.Reply {
		f := fault()
		if f == nil {
			if c.chance(20) {
				return &discordtest.Reply{Delay: 100 * time.Millisecond, Pass: true}
			}
			return nil
		}
		key := req.Route + req.Path + string(req.Body)
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.hit[key]++; c.hit[key] > 2 {
			return nil
		}
		return f
	})
}

func question(n int) string { return fmt.Sprintf("what happened, number %d?", n) }

// act lets one person do what they do.
func (c *crowd) act(n int) {
	u := discordtest.User{ID: fmt.Sprint(700000000000000000 + n)}
	at := discordtest.Place{Guild: fmt.Sprint(310000000000000000 + n%20), Channel: fmt.Sprint(410000000000000000 + n%50)}
	say := func(at discordtest.Place, before string) {
		id := c.Say(u, at, before+question(n))
		if c.chance(10) {
			c.Again(id)
		}
		c.messages = append(c.messages, asked{id: id, text: question(n)})
	}
	switch n % 3 {
	case 0:
		i := c.Slash(u, at, "ask", "question", question(n))
		c.commands = append(c.commands, i)
		if c.chance(10) {
			i.Again(nil)
		}
	case 1:
		say(at, mention)
	case 2:
		say(discordtest.Place{Channel: fmt.Sprint(510000000000000000 + n)}, "")
	}
	// Some time after, or at once.
	if old := len(c.messages) - 1 - n%7; n%8 == 0 && old >= 0 && !c.messages[old].deleted {
		m := &c.messages[old]
		m.text = "and then, " + m.text
		c.Edit(m.id, mention+m.text)
	}
	if old := len(c.messages) - 1 - n%11; n%20 == 5 && old >= 0 {
		c.messages[old].deleted = true
		c.Delete(c.messages[old].id)
	}
	if old := len(c.commands) - 40; n%6 == 3 && old >= 0 {
		if cb := c.commands[old].Callbacks(); len(cb) > 0 && cb[0].Message != nil {
			if b := cb[0].Message.Buttons(); len(b) > 0 {
				c.clicks = append(c.clicks, c.Click(u, *cb[0].Message, b[n%len(b)].CustomID))
			}
		}
	}
}

// settled says whether every message, command and click has what it should have.
func (c *crowd) settled() bool {
	for _, i := range slices.Concat(c.commands, c.clicks) {
		if len(i.Callbacks()) == 0 {
			return false
		}
	}
	for _, m := range c.messages {
		if c.fault(m) != "" {
			return false
		}
	}
	return true
}

// fault says what is wrong with the answer to a message, or "".
func (c *crowd) fault(m asked) string {
	var left []discordtest.Message
	for _, r := range c.RepliesTo(m.id) {
		if !r.Deleted {
			left = append(left, r)
		}
	}
	switch {
	case m.deleted && len(left) > 0:
		return "a deleted question has an answer"
	case m.deleted:
		return ""
	case len(left) != 1:
		return fmt.Sprintf("%d replies to a question", len(left))
	case strings.HasSuffix(m.text, "7?") && left[0].Content != inEnglish.Broke,
		!strings.HasSuffix(m.text, "7?") && about(left[0]) != m.text:
		return fmt.Sprintf("%q got %q", m.text, left[0].Content)
	}
	return ""
}

// settle waits until everybody has what they should have.
func (c *crowd) settle() {
	for end := time.Now().Add(discordtest.Guard); !c.settled() && time.Now().Before(end); {
		time.Sleep(50 * time.Millisecond)
	}
}

func (c *crowd) checkMessages() {
	for _, m := range c.messages {
		if wrong := c.fault(m); wrong != "" {
			c.t.Error(wrong)
		}
		if n := len(c.RepliesTo(m.id)); n > 1 {
			c.t.Errorf("%d replies to a question, with those that are gone", n)
		}
	}
}

// checkInteractions wants one answer to each command and click.
func (c *crowd) checkInteractions() {
	for _, i := range slices.Concat(c.commands, c.clicks) {
		if n := len(i.Callbacks()); n != 1 {
			c.t.Errorf("%d answers to a command or click", n)
		}
	}
	c.t.Logf("%d messages, %d commands and %d clicks", len(c.messages), len(c.commands), len(c.clicks))
}

// checkLeft compares goroutines and memory with those of before.
func (c *crowd) checkLeft(goroutines int, heap uint64) {
	c.bot.gateway.Close()
	c.Forget()
	c.messages, c.commands, c.clicks, c.hit = nil, nil, nil, nil
	c.asker.queries = nil
	for end := time.Now().Add(discordtest.Guard); runtime.NumGoroutine() > goroutines && time.Now().Before(end); {
		time.Sleep(50 * time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > goroutines {
		c.t.Errorf("%d goroutines, %d before", n, goroutines)
	}
	after := heapNow()
	c.t.Logf("heap %.1f MiB, %.1f MiB before", mib(after), mib(heap))
	if after > heap+5<<20 {
		c.t.Errorf("the heap grew by %.1f MiB", mib(after-heap))
	}
	runtime.KeepAlive(c.bot)
}
