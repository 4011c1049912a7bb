package discordtest

import (
	"bytes"
	_ "embed" // the document
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"mime/multipart"
	"net/url"
	"regexp"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// A Spec is Discord's own description of its REST API, the OpenAPI document of
// github.com/discord/discord-api-spec, plus the rules of [Spec.rules] that the
// document leaves out.
type Spec struct {
	doc map[string]any

	mu       sync.Mutex
	compiler *jsonschema.Compiler
	schemas  map[string]*jsonschema.Schema // by JSON pointer
	paths    []specPath
}

type specPath struct {
	pattern *regexp.Regexp
	literal int // how many parts of the path are fixed: the more, the better a match
	name    string
	item    map[string]any
}

// document is what of Discord's document the bot uses, made by .ci/openapi.py. It
// is under the licence in openapi.LICENSE.
//
//go:embed openapi.json
var document []byte

// sharedSpec reads the document once.
var sharedSpec = sync.OnceValue(func() *Spec {
	s, err := readSpec("openapi.json", document)
	if err != nil {
		panic(err)
	}
	return s
})

func readSpec(path string, b []byte) (*Spec, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	s := &Spec{compiler: jsonschema.NewCompiler(), schemas: map[string]*jsonschema.Schema{}}
	s.doc, _ = doc.(map[string]any)
	s.compiler.AssertFormat()
	if err := s.compiler.AddResource("discord.json", doc); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	paths, ok := s.doc["paths"].(map[string]any)
	if !ok {
		return nil, fmt.Errorf("%s: not an OpenAPI document", path)
	}
	for name, item := range paths {
		p := specPath{name: name}
		p.item, _ = item.(map[string]any)
		var re strings.Builder
		for _, part := range strings.Split(strings.TrimPrefix(name, "/"), "/") {
			re.WriteByte('/')
			if strings.HasPrefix(part, "{") {
				re.WriteString("([^/]+)")
			} else {
				re.WriteString(regexp.QuoteMeta(part))
				p.literal++
			}
		}
		p.pattern = regexp.MustCompile("^" + re.String() + "$")
		s.paths = append(s.paths, p)
	}
	return s, nil
}

// Check returns what is wrong with a request, one sentence each.
func (s *Spec) Check(method, path, contentType string, body []byte) []string {
	var best *specPath
	for i, p := range s.paths {
		if p.pattern.MatchString(path) && (best == nil || p.literal > best.literal) {
			best = &s.paths[i]
		}
	}
	if best == nil {
		return []string{"unknown path"}
	}
	op, ok := best.item[strings.ToLower(method)].(map[string]any)
	if !ok {
		return []string{"unknown method for this path"}
	}
	problems := s.checkPath(best, path)
	_, takesBody := op["requestBody"]
	if !takesBody {
		if len(body) > 0 {
			problems = append(problems, "a body where there is none")
		}
		return problems
	}
	body, err := unpack(contentType, body)
	if err != nil {
		return append(problems, err.Error())
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return append(problems, "the body is not JSON")
	}
	pointer := pointerTo("paths", best.name, strings.ToLower(method), "requestBody", "content", "application/json", "schema")
	if err := s.validate(pointer, withoutFalseAlarms(v)); err != nil {
		problems = append(problems, err.Error())
	}
	return append(problems, s.rules(method, best.name, v)...)
}

// checkPath holds the ids of a path against their schemas.
func (s *Spec) checkPath(p *specPath, path string) []string {
	var problems []string
	params, _ := p.item["parameters"].([]any)
	values := p.pattern.FindStringSubmatch(path)[1:]
	names := regexp.MustCompile(`\{(\w+)\}`).FindAllStringSubmatch(p.name, -1)
	for i, v := range values {
		for k, param := range params {
			m, _ := param.(map[string]any)
			if m["name"] != names[i][1] {
				continue
			}
			v, err := url.PathUnescape(v)
			if err == nil {
				err = s.validate(pointerTo("paths", p.name, "parameters", fmt.Sprint(k), "schema"), v)
			}
			if err != nil {
				problems = append(problems, fmt.Sprintf("%s: %v", names[i][1], err))
			}
		}
	}
	return problems
}

func (s *Spec) validate(pointer string, v any) error {
	s.mu.Lock()
	sch := s.schemas[pointer]
	if sch == nil {
		var err error
		sch, err = s.compiler.Compile("discord.json#" + pointer)
		if err != nil {
			s.mu.Unlock()
			return err
		}
		s.schemas[pointer] = sch
	}
	s.mu.Unlock()
	return sch.Validate(v)
}

func pointerTo(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		p = strings.ReplaceAll(strings.ReplaceAll(p, "~", "~0"), "/", "~1")
		b.WriteString("/" + url.PathEscape(p))
	}
	return b.String()
}

// unpack returns the JSON of a request: the whole body, or payload_json of a
// form.
func unpack(contentType string, body []byte) ([]byte, error) {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return nil, errors.New("no content type")
	}
	switch kind {
	case "application/json":
		return body, nil
	case "multipart/form-data":
		form, err := multipart.NewReader(bytes.NewReader(body), params["boundary"]).ReadForm(32 << 20)
		if err != nil {
			return nil, errors.New("the form cannot be read")
		}
		if p := form.Value["payload_json"]; len(p) == 1 {
			return []byte(p[0]), nil
		}
		return nil, errors.New("no payload_json in the form")
	}
	return nil, fmt.Errorf("content type %s", kind)
}

// withoutFalseAlarms removes what the document describes wrongly:
// default_member_permissions is an integer there and a string of digits in
// Discord's documentation and practice.
func withoutFalseAlarms(v any) any {
	b, err := json.Marshal(v)
	if err != nil || !bytes.Contains(b, []byte("default_member_permissions")) {
		return v
	}
	list, _ := v.([]any)
	out := make([]any, 0, len(list))
	for _, c := range list {
		m, ok := c.(map[string]any)
		if !ok {
			return v
		}
		cp := map[string]any{}
		for k, v := range m {
			if k != "default_member_permissions" {
				cp[k] = v
			}
		}
		out = append(out, cp)
	}
	return out
}
