package discordtest

import (
	"fmt"
	"strings"
	"testing"
)

const (
	answerPath  = "/interactions/990000000000000001/token/callback"
	messagePath = "/channels/990000000000000001/messages"
	editPath    = "/channels/990000000000000001/messages/990000000000000002"
	commandPath = "/applications/990000000000000001/commands"
)

func message(members string) string {
	return `{"content":"x","allowed_mentions":{"parse":[]}` + members + `}`
}

func row(buttons string) string {
	return message(`,"components":[{"type":1,"components":[` + buttons + `]}]`)
}

func answer(data string) string { return `{"type":4,"data":` + data + `}` }

func cmd(members string) string {
	return `[{"type":1,"name":"ask","description":"d"` + members + `}]`
}

// TestSpecRefuses checks that the checks check: each of these requests is wrong
// in one way.
func TestSpecRefuses(t *testing.T) {
	s := sharedSpec()
	long := func(n int) string { return strings.Repeat("x", n) }
	tests := []struct{ name, method, path, body, want string }{
		{"unknown path", "GET", "/nowhere", "", "unknown path"},
		{"unknown method", "PUT", messagePath, "{}", "unknown method"},
		{"bad id", "POST", "/channels/general/messages", message(""), "channel_id"},
		{"not JSON", "POST", messagePath, "{", "not JSON"},
		{"body of a GET", "GET", "/gateway", "{}", "a body"},
		{"wrong type", "POST", messagePath, message(`,"tts":"yes"`), "tts"},
		{"content too long", "POST", messagePath, `{"content":"` + long(2001) + `","allowed_mentions":{"parse":[]}}`, "2001"},
		{"content too long in UTF-16", "POST", messagePath, `{"content":"` + strings.Repeat("😀", 1001) + `","allowed_mentions":{"parse":[]}}`, "2002"},
		{"empty message", "POST", messagePath, `{"content":"","allowed_mentions":{"parse":[]}}`, "empty"},
		{"unknown member", "POST", messagePath, message(`,"contents":"x"`), "contents"},
		{"no allowed_mentions", "POST", messagePath, `{"content":"x"}`, "parse"},
		{"allowed_mentions without parse", "PATCH", editPath, `{"content":"x","allowed_mentions":{}}`, "parse"},
		{"null parse", "POST", answerPath, answer(`{"content":"x","allowed_mentions":{"parse":null}}`), "parse"},
		{"parse and users", "POST", messagePath, `{"content":"x","allowed_mentions":{"parse":["users"],"users":["1"]}}`, "with ids"},
		{"unknown word to parse", "POST", messagePath, `{"content":"x","allowed_mentions":{"parse":["all"]}}`, "parse"},
		{"embeds too long", "POST", messagePath, message(`,"embeds":[{"description":"` + long(4000) + `"},{"description":"` + long(2001) + `"}]`), "6001"},
		{"embed title too long", "POST", messagePath, message(`,"embeds":[{"title":"` + long(257) + `"}]`), "title"},
		{"unknown component", "POST", messagePath, message(`,"components":[{"type":99}]`), "components"},
		{"six buttons", "POST", messagePath, row(strings.TrimSuffix(strings.Repeat(`{"type":2,"style":2,"label":"x","custom_id":"a"},`, 6), ",")), "components"},
		{"label too long", "POST", messagePath, row(`{"type":2,"style":2,"custom_id":"a","label":"` + long(81) + `"}`), "components"},
		{"custom_id too long", "POST", messagePath, row(`{"type":2,"style":2,"label":"x","custom_id":"` + long(101) + `"}`), "101"},
		{"custom_id twice", "POST", messagePath, row(`{"type":2,"style":2,"label":"x","custom_id":"a"},{"type":2,"style":2,"label":"y","custom_id":"a"}`), "twice"},
		{"link without url", "POST", messagePath, row(`{"type":2,"style":5,"label":"x"}`), "url"},
		{"button without id", "POST", messagePath, row(`{"type":2,"style":2,"label":"x"}`), "custom_id"},
		{"button without label", "POST", messagePath, row(`{"type":2,"style":2,"custom_id":"a"}`), "label"},
		{"six rows", "POST", messagePath, message(`,"components":[` + strings.TrimSuffix(strings.Repeat(`{"type":1,"components":[]},`, 6), ",") + `]`), "rows"},
		{"unknown callback", "POST", answerPath, `{"type":44}`, "type"},
		{"unknown member of an answer", "POST", answerPath, answer(message(`,"embed":{}`)), "embed"},
		{"26 choices", "POST", answerPath, `{"type":8,"data":{"choices":[` + strings.TrimSuffix(strings.Repeat(`{"name":"a","value":"b"},`, 26), ",") + `]}}`, "choices"},
		{"choice too long", "POST", answerPath, `{"type":8,"data":{"choices":[{"name":"a","value":"` + long(101) + `"}]}}`, "101"},
		{"content with choices", "POST", answerPath, `{"type":8,"data":{"content":"","choices":[]}}`, "content"},
		{"command name", "PUT", commandPath, `[{"type":1,"name":"Ask","description":"d"}]`, "name"},
		{"name in a language", "PUT", commandPath, cmd(`,"name_localizations":{"de":"Frag mich"}`), "name"},
		{"unknown language", "PUT", commandPath, cmd(`,"name_localizations":{"xx":"ask"}`), "locale"},
		{"description too long", "PUT", commandPath, cmd(`,"description_localizations":{"de":"` + long(101) + `"}`), "description"},
		{"no description", "PUT", commandPath, `[{"type":1,"name":"ask"}]`, "description"},
		{"command twice", "PUT", commandPath, `[{"type":1,"name":"ask","description":"d"},{"type":1,"name":"ask","description":"e"}]`, "twice"},
		{"required after optional", "PUT", commandPath, cmd(`,"options":[{"type":3,"name":"a","description":"d"},{"type":3,"name":"b","description":"d","required":true}]`), "required"},
		{"choices and autocomplete", "PUT", commandPath, cmd(`,"options":[{"type":3,"name":"a","description":"d","autocomplete":true,"choices":[{"name":"a","value":"b"}]}]`), "autocomplete"},
		{"option twice", "PUT", commandPath, cmd(`,"options":[{"type":3,"name":"a","description":"d"},{"type":3,"name":"a","description":"d"}]`), "twice"},
		{"contexts", "PUT", commandPath, cmd(`,"contexts":[7]`), "contexts"},
		{"contexts in a server", "PUT", "/applications/990000000000000001/guilds/990000000000000001/commands", cmd(`,"contexts":[0]`), "contexts"},
		{"unknown member of a command", "PUT", commandPath, cmd(`,"default_permissions":true`), "default_permissions"},
	}
	for _, tt := range tests {
		got := s.Check(tt.method, tt.path, "application/json", []byte(tt.body))
		if len(got) == 0 || !strings.Contains(fmt.Sprint(got), tt.want) {
			t.Errorf("%s: got %v, want something about %s", tt.name, got, tt.want)
		}
	}
}

// TestSpecAccepts checks that nothing is refused that is right.
func TestSpecAccepts(t *testing.T) {
	s := sharedSpec()
	form := "--b\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n" + message("") + "\r\n--b--\r\n"
	tests := []struct{ name, method, path, kind, body string }{
		{"message", "POST", messagePath, "application/json", message(`,"message_reference":{"message_id":"1","fail_if_not_exists":false},"nonce":"1","enforce_nonce":true,"flags":4`)},
		{"form", "POST", messagePath, "multipart/form-data; boundary=b", form},
		{"edit", "PATCH", editPath, "application/json", message(`,"components":[]`)},
		{"answer", "POST", answerPath, "application/json", answer(message(`,"flags":64`))},
		{"update", "POST", answerPath, "application/json", `{"type":7,"data":` + message("") + `}`},
		{"later", "POST", answerPath, "application/json", `{"type":6}`},
		{"choices", "POST", answerPath, "application/json", `{"type":8,"data":{"choices":[]}}`},
		{"buttons", "POST", messagePath, "application/json", row(`{"type":2,"style":2,"label":"x","custom_id":"a"},{"type":2,"style":5,"label":"x","url":"https://example.com"}`)},
		{"permissions as digits", "PUT", commandPath, "application/json", cmd(`,"default_member_permissions":"8","contexts":[0,1,2],"integration_types":[0,1]`)},
		{"gateway", "GET", "/gateway", "", ""},
		{"delete", "DELETE", editPath, "", ""},
		{"original", "DELETE", "/webhooks/1/token/messages/@original", "", ""},
	}
	for _, tt := range tests {
		if got := s.Check(tt.method, tt.path, tt.kind, []byte(tt.body)); len(got) > 0 {
			t.Errorf("%s: got %v", tt.name, got)
		}
	}
}
