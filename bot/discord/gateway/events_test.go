package gateway

import (
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"
)

// TestTake hands events on that can be read, and names those that cannot.
func TestTake(t *testing.T) {
	t.Parallel()
	g, err := New(Config{Token: "Bot x"}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	got := make(chan string, 10)
	on := Events{
		Interaction: func(i *discordgo.Interaction) { got <- "interaction " + i.ID },
		Message:     func(m *discordgo.Message) { got <- "message " + m.ID },
		Edit:        func(m *discordgo.Message) { got <- "edit " + m.ID },
		Delete:      func(channel string, ids ...string) { got <- "delete " + channel + " " + strings.Join(ids, ",") },
	}
	for _, tt := range []struct {
		name, data string
		ok         bool
		want       string
	}{
		{"MESSAGE_CREATE", `{"id":"1","channel_id":2,"author":{"id":"3"}}`, true, "message 1"},
		{"MESSAGE_CREATE", `{"id":"1","channel_id":"2","webhook_id":"4"}`, true, "message 1"},
		{"MESSAGE_CREATE", `{"id":"1","channel_id":"2"}`, false, ""},
		{"MESSAGE_CREATE", `{"id":"../../1","channel_id":"2","author":{"id":"3"}}`, false, ""},
		{"MESSAGE_CREATE", `{"channel_id":"2","author":{"id":"3"}}`, false, ""},
		{"MESSAGE_CREATE", `null`, false, ""},
		{"MESSAGE_CREATE", `[]`, false, ""},
		{"MESSAGE_UPDATE", `{"id":"1","channel_id":"2"}`, true, "edit 1"},
		{"MESSAGE_UPDATE", `{"id":"1"}`, false, ""},
		{"MESSAGE_DELETE", `{"id":"1","channel_id":"2"}`, true, "delete 2 1"},
		{"MESSAGE_DELETE", `{"id":{},"channel_id":"2"}`, false, ""},
		{"MESSAGE_DELETE_BULK", `{"ids":["1",2,null],"channel_id":"2"}`, true, "delete 2 1,2"},
		{"MESSAGE_DELETE_BULK", `{"ids":{},"channel_id":"2"}`, false, ""},
		{"INTERACTION_CREATE", `{"id":"1","token":"t","type":2,"user":{"id":"3"},"data":{"name":"ask"}}`, true, "interaction 1"},
		{"INTERACTION_CREATE", `{"id":"1","token":"t","type":3,"user":{"id":"3"},"data":{"custom_id":"x"}}`, true, "interaction 1"},
		{"INTERACTION_CREATE", `{"id":"1","token":"t","type":5,"user":{"id":"3"}}`, true, "interaction 1"},
		{"INTERACTION_CREATE", `{"id":"1","token":"t","type":2,"user":{"id":"3"}}`, false, ""},
		{"INTERACTION_CREATE", `{"id":"1","token":"t","type":2,"data":{"name":"ask"}}`, false, ""},
		{"INTERACTION_CREATE", `{"id":"1","type":2,"user":{"id":"3"},"data":{"name":"ask"}}`, false, ""},
		{"TYPING_START", `7`, true, ""},
	} {
		if ok := g.take(on, tt.name, json.RawMessage(tt.data)); ok != tt.ok {
			t.Errorf("take(%s %s) got %v", tt.name, tt.data, ok)
		}
		if tt.want != "" {
			if s := <-got; s != tt.want {
				t.Errorf("take(%s %s) handed on %s, want %s", tt.name, tt.data, s, tt.want)
			}
		}
	}
	if len(got) > 0 {
		t.Errorf("what cannot be read is handed on: %s", <-got)
	}
}

// TestReadMessage reads the text of a message that is replied to or forwarded,
// wherever it stands.
func TestReadMessage(t *testing.T) {
	t.Parallel()
	m := readMessage(readObject([]byte(`{"id":"1","content":"x","referenced_message":{"id":"2","content":"","components":[{"type":17,"components":[
		{"type":10,"content":"which films leaked?"},{"type":20},{"type":1,"components":[{"type":2,"style":2,"label":"More","custom_id":"m"}]}]}]},
		"message_snapshots":[{"message":{"content":"who is amy pascal?"}}],"mention_roles":["7"],"mentions":[{"id":"8"}]}`)), 0)
	if r := m.ReferencedMessage; r == nil || r.Content != "which films leaked?" || len(r.Components) != 1 {
		t.Errorf("the message that is replied to is %+v", r)
	}
	if len(m.MessageSnapshots) != 1 || m.MessageSnapshots[0].Message.Content != "who is amy pascal?" {
		t.Errorf("what is forwarded is %+v", m.MessageSnapshots)
	}
	if len(m.MentionRoles) != 1 || len(m.Mentions) != 1 {
		t.Errorf("it mentions %v and %v", m.MentionRoles, m.Mentions)
	}
}

// TestUnreadable counts for an hour: one warning at once, then one a minute as long
// as there is something to tell.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		logs := &syncLog{}
		u := &unreadable{log: slog.New(slog.NewTextHandler(logs, nil))}
		u.note("MESSAGE_CREATE")
		if log := logs.String(); !strings.Contains(log, `"MESSAGE_CREATE 1"`) {
			t.Errorf("at first the log says %s", log)
		}
		for range 600 {
			u.note("MESSAGE_CREATE")
			u.note("a name that somebody made up " + strings.Repeat("x", 5000))
			time.Sleep(time.Second)
		}
		time.Sleep(50 * time.Minute)
		log := logs.String()
		if n := strings.Count(log, "cannot be read"); n != 11 || !strings.Contains(log, "MESSAGE_CREATE 60, other 60") || strings.Contains(log, "xxx") {
			t.Errorf("%d warnings: %s", n, log)
		}
		u.note("MESSAGE_CREATE")
		if n := strings.Count(logs.String(), "cannot be read"); n != 12 {
			t.Errorf("an hour later there are %d warnings", n)
		}
		u.stop()
	})
}
