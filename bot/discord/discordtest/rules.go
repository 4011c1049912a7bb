package discordtest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
)

// rules are those of Discord's documentation that its OpenAPI document does not
// have: https://discord.com/developers/docs/resources/message and
// https://discord.com/developers/docs/interactions/application-commands
func (s *Spec) rules(method, path string, v any) []string {
	r := &ruling{spec: s}
	m, _ := v.(map[string]any)
	switch {
	case strings.HasSuffix(path, "/callback"):
		r.known(m, "CreateMessageInteractionCallbackRequest", "")
		data, _ := m["data"].(map[string]any)
		switch fmt.Sprint(m["type"]) {
		case "4":
			r.known(data, "IncomingWebhookInteractionRequest", "data.")
			r.message(data, true)
		case "7":
			r.known(data, "IncomingWebhookUpdateForInteractionCallbackRequestPartial", "data.")
			r.message(data, false)
		case "8":
			r.only(data, "data.", "choices")
			r.choices(data["choices"])
		case "5", "6":
			r.only(data, "data.", "flags")
		}
	case strings.HasSuffix(path, "/messages") && method == "POST":
		r.known(m, "MessageCreateRequest", "")
		r.message(m, true)
	case strings.HasSuffix(path, "/messages/{message_id}") && method == "PATCH":
		r.known(m, "MessageEditRequestPartial", "")
		r.message(m, false)
	case strings.HasSuffix(path, "/commands") && method == "PUT":
		list, _ := v.([]any)
		r.commands(list, strings.Contains(path, "/guilds/"))
	}
	return r.problems
}

type ruling struct {
	spec     *Spec
	problems []string
}

func (r *ruling) wrong(format string, args ...any) {
	r.problems = append(r.problems, fmt.Sprintf(format, args...))
}

// known refuses members that the named schema does not have: Discord ignores
// them, so that a misspelt one goes unnoticed.
func (r *ruling) known(m map[string]any, schema, where string) {
	all, _ := r.spec.doc["components"].(map[string]any)["schemas"].(map[string]any)[schema].(map[string]any)
	props, _ := all["properties"].(map[string]any)
	if props == nil {
		r.wrong("the document has no %s", schema)
		return
	}
	for k := range m {
		if _, ok := props[k]; !ok {
			r.wrong("unknown member %s%s", where, k)
		}
	}
}

func (r *ruling) only(m map[string]any, where string, keys ...string) {
	for k := range m {
		if !slices.Contains(keys, k) {
			r.wrong("unknown member %s%s", where, k)
		}
	}
}

// length is how Discord's clients count: in UTF-16 units.
func length(v any) int {
	s, _ := v.(string)
	return len(utf16.Encode([]rune(s)))
}

func (r *ruling) message(m map[string]any, creates bool) {
	if n := length(m["content"]); n > 2000 {
		r.wrong("content of %d characters, 2000 are allowed", n)
	}
	embeds, _ := m["embeds"].([]any)
	total := 0
	for _, e := range embeds {
		total += embedLength(e)
	}
	if total > 6000 {
		r.wrong("embeds of %d characters in all, 6000 are allowed", total)
	}
	if creates && length(m["content"]) == 0 && len(embeds) == 0 && m["components"] == nil && m["poll"] == nil {
		r.wrong("empty message")
	}
	am, _ := m["allowed_mentions"].(map[string]any)
	if parse, ok := am["parse"].([]any); !ok {
		r.wrong("no allowed_mentions with an explicit parse")
	} else if len(parse) > 0 && (am["users"] != nil || am["roles"] != nil) {
		r.wrong("allowed_mentions with parse and with ids")
	}
	if rows, ok := m["components"].([]any); ok {
		r.components(rows)
	}
}

func embedLength(v any) int {
	e, _ := v.(map[string]any)
	n := length(e["title"]) + length(e["description"])
	for _, part := range []string{"footer", "author"} {
		p, _ := e[part].(map[string]any)
		n += length(p["text"]) + length(p["name"])
	}
	fields, _ := e["fields"].([]any)
	for _, f := range fields {
		p, _ := f.(map[string]any)
		n += length(p["name"]) + length(p["value"])
	}
	return n
}

func (r *ruling) components(rows []any) {
	if len(rows) > 5 {
		r.wrong("%d rows of components, 5 are allowed", len(rows))
	}
	seen := map[any]bool{}
	for _, row := range rows {
		m, _ := row.(map[string]any)
		r.known(m, "ActionRowComponentForMessageRequest", "components.")
		list, _ := m["components"].([]any)
		for _, c := range list {
			b, _ := c.(map[string]any)
			if fmt.Sprint(b["type"]) != "2" {
				continue
			}
			r.known(b, "ButtonComponentForMessageRequest", "components.components.")
			link := fmt.Sprint(b["style"]) == "5"
			switch id := b["custom_id"]; {
			case link && b["url"] == nil:
				r.wrong("link button without a url")
			case link && id != nil:
				r.wrong("link button with a custom_id")
			case !link && id == nil:
				r.wrong("button without a custom_id")
			case !link && seen[id]:
				r.wrong("custom_id used twice")
			default:
				seen[id] = id != nil
			}
			if n := length(b["custom_id"]); n > 100 {
				r.wrong("custom_id of %d characters", n)
			}
			if length(b["label"]) == 0 && b["emoji"] == nil {
				r.wrong("button without a label")
			}
		}
	}
}

func (r *ruling) choices(v any) {
	list, _ := v.([]any)
	for _, c := range list {
		m, _ := c.(map[string]any)
		if n := length(m["value"]); n > 100 || length(m["name"]) > 100 || length(m["name"]) == 0 {
			r.wrong("choice of %d characters", n)
		}
	}
}

var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// locales are those of https://discord.com/developers/docs/reference#locales
var locales = strings.Fields(`id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr
	cs el bg ru uk hi th zh-CN ja zh-TW ko`)

func (r *ruling) commands(list []any, guild bool) {
	seen := map[string]bool{}
	for _, v := range list {
		c, _ := v.(map[string]any)
		r.known(c, "ApplicationCommandUpdateRequest", "command.")
		name, _ := c["name"].(string)
		if key := fmt.Sprint(c["type"], name); seen[key] {
			r.wrong("command %s twice", name)
		} else {
			seen[key] = true
		}
		if guild && (c["contexts"] != nil || c["integration_types"] != nil) {
			r.wrong("command %s of a server with contexts or integration types", name)
		}
		r.named(c)
		if length(c["description"]) == 0 {
			r.wrong("command %s without a description", name)
		}
		options, _ := c["options"].([]any)
		optional := false
		names := map[any]bool{}
		for _, v := range options {
			o, _ := v.(map[string]any)
			r.named(o)
			if names[o["name"]] {
				r.wrong("option %v twice", o["name"])
			}
			names[o["name"]] = true
			required, _ := o["required"].(bool)
			if required && optional {
				r.wrong("required option %v after an optional one", o["name"])
			}
			optional = optional || !required
			if choices, _ := o["choices"].([]any); o["autocomplete"] == true && len(choices) > 0 {
				r.wrong("option %v with choices and autocomplete", o["name"])
			}
			r.choices(o["choices"])
		}
		if n := commandLength(c); n > 8000 {
			r.wrong("command %s of %d characters, 8000 are allowed", name, n)
		}
	}
}

// named checks names, in every language.
func (r *ruling) named(m map[string]any) {
	names := map[string]any{"": m["name"]}
	loc, _ := m["name_localizations"].(map[string]any)
	for k, v := range loc {
		names[k] = v
	}
	desc, _ := m["description_localizations"].(map[string]any)
	for k := range desc {
		if !slices.Contains(locales, k) {
			r.wrong("unknown locale %s", k)
		}
	}
	for k, v := range names {
		s, _ := v.(string)
		if k != "" && !slices.Contains(locales, k) {
			r.wrong("unknown locale %s", k)
		}
		if !commandName.MatchString(s) || strings.ToLower(s) != s {
			r.wrong("name %q", s)
		}
	}
}

// commandLength counts a command's texts, with the longest of each text's
// languages.
func commandLength(v any) int {
	m, ok := v.(map[string]any)
	if !ok {
		return 0
	}
	longest := func(base, localized string) int {
		n := length(m[base])
		loc, _ := m[localized].(map[string]any)
		for _, v := range loc {
			n = max(n, length(v))
		}
		return n
	}
	n := longest("name", "name_localizations") + longest("description", "description_localizations")
	for _, list := range []string{"options", "choices"} {
		items, _ := m[list].([]any)
		for _, item := range items {
			n += commandLength(item)
		}
	}
	if s, ok := m["value"].(string); ok {
		n += length(s)
	} else if num, ok := m["value"].(json.Number); ok {
		n += len(num.String())
	}
	return n
}
