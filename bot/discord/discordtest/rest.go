package discordtest

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Request is one call of the REST API.
type Request struct {
	Method string
	Path   string // after /api/v9
	Route  string // Path with ids and tokens as {}: POST /channels/{}/messages
	Body   json.RawMessage
	Time   time.Time
	Nth    int // how many requests of this route came before, plus one
	header http.Header
	query  url.Values
}

// A Reply is what a scripted fault answers.
type Reply struct {
	Status int
	Header map[string]string
	Body   string
	Delay  time.Duration
	Drop   bool // close the connection instead of answering
	Done   bool // do what was asked all the same, before the fault
	Pass   bool // answer as usual, after Delay
}

// OnRequest makes fault decide what becomes of each request; where it returns
// nil, the request is answered as usual.
func (s *Server) OnRequest(fault func(*Request) *Reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.onRequest = fault
}

// Requests returns the requests of a route, all of them for "".
func (s *Server) Requests(route string) []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []Request
	for _, r := range s.requests {
		if route == "" || r.Route == route {
			found = append(found, r)
		}
	}
	return found
}

// Count returns how many requests of a route there were.
func (s *Server) Count(route string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts[route]
}

func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	for _, v := range []string{"/api/v9", "/api/v10"} {
		mux.Handle(v+"/", http.StripPrefix(v, http.HandlerFunc(s.serveREST)))
	}
	mux.HandleFunc("/gateway-socket/", s.serveGateway)
	return mux
}

// route replaces what differs from call to call.
func route(method, path string) string {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		_, err := strconv.ParseUint(p, 10, 64)
		if err == nil || i > 0 && parts[1] == "webhooks" && i == 3 || parts[1] == "interactions" && i == 3 {
			parts[i] = "{}"
		}
	}
	return method + " " + strings.Join(parts, "/")
}

func (s *Server) serveREST(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	req := &Request{
		Method: r.Method, Path: r.URL.Path, Route: route(r.Method, r.URL.Path),
		Body: body, Time: time.Now(), header: r.Header, query: r.URL.Query(),
	}
	problems := s.spec.Check(r.Method, r.URL.Path, r.Header.Get("Content-Type"), body)
	s.mu.Lock()
	s.counts[req.Route]++
	req.Nth = s.counts[req.Route]
	if !s.forgetful {
		s.requests = append(s.requests, *req)
	}
	for _, p := range problems {
		s.problem("%s: %s\n%s", req.Route, p, body)
	}
	fault := s.onRequest
	s.notify()
	s.mu.Unlock()

	var reply *Reply
	if fault != nil {
		reply = fault(req)
	}
	if reply == nil {
		s.answer(w, req)
		return
	}
	if reply.Done {
		s.do(req)
	}
	if reply.Delay > 0 {
		select {
		case <-time.After(reply.Delay):
		case <-r.Context().Done():
			return
		}
	}
	switch {
	case reply.Drop:
		panic(http.ErrAbortHandler)
	case reply.Pass:
		s.answer(w, req)
	default:
		for k, v := range reply.Header {
			w.Header().Set(k, v)
		}
		w.WriteHeader(reply.Status)
		_, _ = io.WriteString(w, reply.Body)
	}
}

func (s *Server) answer(w http.ResponseWriter, req *Request) {
	if !s.limit(w, req) {
		return
	}
	status, v := s.do(req)
	if v == nil {
		w.WriteHeader(status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

// apiError is how Discord says no: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
func apiError(status, code int, message string) (int, any) {
	return status, map[string]any{"code": code, "message": message}
}

// do is the server's side of a request.
func (s *Server) do(req *Request) (int, any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.notify()
	parts := strings.Split(strings.TrimPrefix(req.Path, "/"), "/")

	// An interaction's own endpoints are authorised by its token.
	given := req.header.Get("Authorization")
	open := parts[0] == "interactions" || parts[0] == "webhooks" || req.Route == "GET /gateway" && given == ""
	if !open && given != "Bot "+Token {
		return apiError(401, 0, "401: Unauthorized")
	}
	bot := map[string]any{"id": BotID, "username": BotName, "bot": true, "discriminator": "0000"}
	switch req.Route {
	case "GET /gateway", "GET /gateway/bot":
		url := "ws" + strings.TrimPrefix(s.http.URL, "http") + "/gateway-socket"
		return 200, map[string]any{"url": url, "shards": 1}
	case "GET /users/@me":
		return 200, bot
	case "GET /users/@me/guilds":
		return 200, s.guildsAfter(req.query.Get("after"), req.query.Get("limit"))
	case "GET /applications/@me":
		return 200, map[string]any{
			"id": AppID, "name": BotName, "bot": bot, "flags": 0, "bot_require_code_grant": false, "interactions_endpoint_url": nil,
			"integration_types_config": map[string]any{"0": map[string]any{}, "1": map[string]any{}},
		}
	case "GET /applications/{}/commands", "GET /applications/{}/guilds/{}/commands":
		return 200, shownCommands(s.commands[commandScope(parts)], req.query.Get("with_localizations") == "true")
	case "PUT /applications/{}/commands", "PUT /applications/{}/guilds/{}/commands":
		return s.putCommands(commandScope(parts), req.Body)
	case "POST /interactions/{}/{}/callback":
		return s.callback(parts[1], parts[2], req)
	case "DELETE /webhooks/{}/{}/messages/@original":
		return s.deleteOriginal(parts[2])
	case "POST /channels/{}/messages":
		return s.createMessage(parts[1], req)
	case "PATCH /channels/{}/messages/{}":
		return s.editMessage(parts[1], parts[3], req)
	case "DELETE /channels/{}/messages/{}":
		switch m := s.messages[parts[3]]; {
		case m == nil, m.Deleted, m.Ephemeral(), m.ChannelID != parts[1]:
			return apiError(404, 10008, "Unknown Message")
		case m.Author["id"] != BotID: // it has no MANAGE_MESSAGES
			return apiError(403, 50013, "Missing Permissions")
		}
		s.deleteMessage(parts[3])
		return 204, nil
	case "PUT /channels/{}/messages/{}/reactions/👀/@me":
		if m := s.messages[parts[3]]; m == nil || m.Deleted || m.ChannelID != parts[1] {
			return apiError(404, 10008, "Unknown Message")
		}
		s.messages[parts[3]].Reacted = true
		return 204, nil
	case "GET /guilds/{}/roles":
		return 200, []any{
			map[string]any{"id": parts[1], "name": "@everyone"},
			map[string]any{"id": BotRoleID, "name": BotName, "managed": true, "tags": map[string]any{"bot_id": BotID}},
		}
	}
	s.problem("no such endpoint in the fake Discord: %s", req.Route)
	return apiError(404, 0, "404: Not Found")
}

// Join puts the bot into servers.
func (s *Server) Join(guilds ...Guild) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.guilds = append(s.guilds, guilds...)
}

// A Guild is a server that the bot is in.
type Guild struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Permissions string `json:"permissions"` // of the bot, by its roles
}

// guildsAfter is a page of the bot's servers, by their ids. s.mu is held.
func (s *Server) guildsAfter(after, limit string) []Guild {
	page := []Guild{}
	most, err := strconv.Atoi(limit)
	if err != nil {
		most = 200
	}
	for _, g := range s.guilds {
		if (len(g.ID) > len(after) || len(g.ID) == len(after) && g.ID > after) && len(page) < most {
			page = append(page, g)
		}
	}
	return page
}

func commandScope(parts []string) string {
	if parts[2] == "guilds" {
		return parts[3]
	}
	return ""
}

// putCommands stores commands the way Discord returns them: with ids, with
// members that nobody sent and without those that say nothing.
func (s *Server) putCommands(scope string, body []byte) (int, any) {
	var commands []map[string]any
	if err := json.Unmarshal(body, &commands); err != nil {
		return apiError(400, 50109, "The request body contains invalid JSON.")
	}
	before := map[any]any{}
	for _, c := range s.commands[scope] {
		before[c["name"]] = c["id"]
	}
	stored := make([]map[string]any, 0, len(commands))
	for _, c := range commands {
		full := map[string]any{
			"type": 1.0, "nsfw": false, "default_permission": true, "default_member_permissions": nil,
			"name_localizations": nil, "description_localizations": nil, "contexts": nil, "integration_types": []any{0.0},
		}
		if scope == "" {
			full["dm_permission"] = true
		} else {
			full["guild_id"] = scope
		}
		maps.Copy(full, c)
		full["id"] = before[c["name"]] // an upsert keeps it
		if full["id"] == nil {
			full["id"] = s.newID(time.Now())
		}
		full["application_id"] = AppID
		full["version"] = s.newID(time.Now())
		if options, _ := full["options"].([]any); len(options) == 0 {
			delete(full, "options")
		}
		stored = append(stored, full)
	}
	slices.SortFunc(stored, func(a, b map[string]any) int {
		return strings.Compare(a["name"].(string), b["name"].(string))
	})
	s.commands[scope] = stored
	return 200, stored
}

// shownCommands are commands as a GET returns them: without the localisations,
// unless those are asked for.
func shownCommands(list []map[string]any, localized bool) []map[string]any {
	shown := make([]map[string]any, 0, len(list))
	for _, c := range list {
		if !localized {
			c = withoutLocales(c).(map[string]any)
		}
		shown = append(shown, c)
	}
	return shown
}

func withoutLocales(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, m := range v {
			if k != "name_localizations" && k != "description_localizations" {
				out[k] = withoutLocales(m)
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = withoutLocales(e)
		}
		return out
	}
	return v
}

// Commands returns what is registered: globally for "", else in a server.
func (s *Server) Commands(guild string) []map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.commands[guild])
}
