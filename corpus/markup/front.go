package markup

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"go.yaml.in/yaml/v3"
)

// Meta is what a file says of itself: in front matter, in the head of a page or
// in the lines at the top of a text.
type Meta struct {
	Title, Date, Outlet, Author, URL string

	Tags      []string
	Questions []string // that it answers

	Hidden  string   // the field that says that it is not public, as "draft: true"
	Dossier string   // "true" or "false": whether it is an article, whatever its name says
	Unknown []string // fields that are not used
}

// Fields that say the same under several names; the first that is there counts.
var (
	titleFields  = []string{"title", "headline", "subject"}
	dateFields   = []string{"date", "published", "publishdate", "pubdate", "published_at", "date_published", "datepublished", "published_on", "publish_date", "created", "created_at", "date_created", "posted", "lastmod", "last_modified_at", "modified", "updated", "date_updated", "last_updated"}
	outletFields = []string{"outlet", "publication", "publisher", "site_name", "source"}
	authorFields = []string{"author", "authors", "byline", "by", "creator", "from"}
	urlFields    = []string{"url", "canonical_url", "canonicalurl", "canonical", "link", "original_url", "external_url", "source"}
	tagFields    = []string{"tags", "keywords"}
)

// innerTables are where fields stand that are missing above: an advisory has
// its date below [advisory].
var innerTables = []string{"advisory", "extra", "params", "page", "post", "article", "meta", "metadata", "taxonomies", "last_update", "vulnerability"}

// known are all fields that are used, or tell nothing that is worth a word.
var known = func() map[string]bool {
	m := map[string]bool{"questions": true, "dossier": true, "draft": true, "private": true, "publish": true, "status": true}
	for _, fields := range [][]string{titleFields, dateFields, outletFields, authorFields, urlFields, tagFields} {
		for _, f := range fields {
			m[f] = true
		}
	}
	return m
}()

// A block is front matter as it stands in a file.
type block struct {
	text   []byte
	start  int // the byte of the file at which text starts
	end    int // the byte at which the body starts
	line   int // the line at which text starts
	format string
}

var (
	dashes   = regexp.MustCompile(`^---[ \t]*\n`)
	dashEnd  = regexp.MustCompile(`(?m)^(?:---|\.\.\.)[ \t]*$\n?`)
	pluses   = regexp.MustCompile(`^\+\+\+[ \t]*\n`)
	plusEnd  = regexp.MustCompile(`(?m)^\+\+\+[ \t]*$\n?`)
	fence    = regexp.MustCompile("^(```+|~~~+)[ \t]*(toml|yaml|yml|json)[ \t]*\n")
	metaLine = regexp.MustCompile(`^([A-Za-z][\w-]{0,30}):(?:[ \t]+(.*))?$`)
)

// mailFields stand in the head of a mail; three of them make one.
var mailFields = map[string]bool{"from": true, "to": true, "cc": true, "subject": true, "date": true, "sent": true}

// findFront returns the front matter that src starts with, if it has one.
func findFront(src []byte) (block, bool) {
	cut := func(start int, end *regexp.Regexp, format string) (block, bool) {
		m := end.FindIndex(src[start:])
		if m == nil {
			return block{}, false
		}
		return block{text: src[start : start+m[0]], start: start, end: start + m[1], format: format}, true
	}
	lead := len(src) - len(bytes.TrimLeft(src, " \t\r\n"))
	src = src[lead:]
	b, ok := block{}, false
	if m := dashes.FindIndex(src); m != nil {
		b, ok = cut(m[1], dashEnd, "yaml")
		if first, _, _ := bytes.Cut(bytes.TrimLeft(b.text, " \t\r\n"), []byte("\n")); ok && len(first) > 0 && !bytes.ContainsAny(first, ":#{-") {
			ok = false // text between two rules
		}
	} else if m := pluses.FindIndex(src); m != nil {
		b, ok = cut(m[1], plusEnd, "toml")
	} else if m := fence.FindSubmatchIndex(src); m != nil {
		mark, format := string(src[m[2]:m[3]]), string(src[m[4]:m[5]])
		b, ok = cut(m[1], regexp.MustCompile(`(?m)^`+mark+`[ \t]*$\n?`), format)
	} else if len(src) > 1 && src[0] == '{' && bytes.ContainsAny(src[1:2], "\n\r \t\"") {
		dec := json.NewDecoder(bytes.NewReader(src))
		var any map[string]json.RawMessage
		if dec.Decode(&any) == nil {
			end := int(dec.InputOffset())
			b, ok = block{text: src[:end], end: end, format: "json"}, true
		}
	}
	if !ok {
		b, ok = loose(src)
	}
	b.start += lead
	b.end += lead
	return b, ok
}

// loose finds fields without a rule around them, or with one above them alone:
// lines "Title: ..." up to a blank line, or the head of a mail.
func loose(src []byte) (block, bool) {
	start := 0
	if m := dashes.FindIndex(src); m != nil {
		start = m[1]
	}
	end, fields, titled, mail := start, 0, start > 0, 0
	for end < len(src) {
		text, _, _ := bytes.Cut(src[end:], []byte("\n"))
		m := metaLine.FindSubmatch(bytes.TrimRight(text, " \t"))
		if m == nil && (fields == 0 || !bytes.HasPrefix(text, []byte(" "))) {
			break
		}
		if m != nil {
			key := strings.ToLower(string(m[1]))
			titled = titled || fields == 0 && (key == "title" || key == "date")
			if mailFields[key] {
				mail++
			}
			fields++
		}
		end = min(end+len(text)+1, len(src))
	}
	rest, _, _ := bytes.Cut(src[end:], []byte("\n"))
	if start == 0 && mail >= 3 {
		return block{text: src[:end], end: end, format: "mail"}, len(bytes.TrimSpace(rest)) == 0
	}
	if fields == 0 || !titled || len(bytes.TrimSpace(rest)) > 0 || start == 0 && fields < 2 {
		return block{}, false
	}
	return block{text: src[start:end], start: start, end: end, format: "lines"}, true
}

// Front reads the front matter that src starts with, whatever its form, and
// returns where the body starts.
func Front(src []byte) (m Meta, body int, notes []Note) {
	b, ok := findFront(src)
	if !ok {
		return Meta{}, 0, nil
	}
	b.line = 1 + bytes.Count(src[:b.start], []byte("\n"))
	fields, err := b.decode()
	if err != nil {
		at, why := b.explain(err)
		notes = append(notes, Note{at, "front matter: " + why + "; its lines are read one by one"})
		fields = byLines(b.text)
	} else if b.format == "lines" {
		notes = append(notes, Note{b.line, `front matter has no line "---" above and below it; it is read all the same`})
	}
	r := fieldReader{fields: fields, block: b}
	m = r.meta()
	return m, b.end, append(notes, r.notes...)
}

func (b block) decode() (map[string]any, error) {
	fields := make(map[string]any)
	switch b.format {
	case "toml":
		err := toml.Unmarshal(b.text, &fields)
		return lowerKeys(plainTOML(fields)), err
	case "json":
		dec := json.NewDecoder(bytes.NewReader(b.text))
		dec.UseNumber()
		err := dec.Decode(&fields)
		return lowerKeys(fields), err
	case "lines", "mail":
		return byLines(b.text), nil
	}
	var n yaml.Node
	if err := yaml.Unmarshal(b.text, &n); err != nil {
		return nil, err
	}
	if len(n.Content) == 0 {
		return fields, nil
	}
	left := 10_000 // an alias may stand for many
	tree, ok := plainYAML(n.Content[0], 0, &left).(map[string]any)
	if !ok {
		return nil, errors.New("line 1: is not of the form name: value")
	}
	return lowerKeys(tree), nil
}

// plainYAML makes maps, lists and texts of n. A date stays as it is written.
func plainYAML(n *yaml.Node, depth int, left *int) any {
	if *left--; *left < 0 || depth > 8 {
		return ""
	}
	switch n.Kind {
	case yaml.AliasNode:
		return plainYAML(n.Alias, depth+1, left)
	case yaml.MappingNode:
		m := make(map[string]any)
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = plainYAML(n.Content[i+1], depth+1, left)
		}
		return m
	case yaml.SequenceNode:
		var list []any
		for _, c := range n.Content {
			list = append(list, plainYAML(c, depth+1, left))
		}
		return list
	}
	if n.Tag == "!!null" {
		return ""
	}
	return n.Value
}

// plainTOML writes dates as texts.
func plainTOML(m map[string]any) map[string]any {
	for k, v := range m {
		switch v := v.(type) {
		case time.Time:
			m[k] = v.Format(time.DateOnly)
		case map[string]any:
			plainTOML(v)
		}
	}
	return m
}

func lowerKeys(m map[string]any) map[string]any {
	out := make(map[string]any, len(m))
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out[strings.ToLower(k)] = m[k]
	}
	return out
}

// byLines reads what it can of front matter that is none: name: value, or name
// = value, a line each.
func byLines(text []byte) map[string]any {
	fields := make(map[string]any)
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, " \t\r\n")
		name, value, ok := strings.Cut(line, ":")
		if n, v, isTOML := strings.Cut(line, "="); isTOML && (!ok || len(n) < len(name)) {
			name, value, ok = n, v, true
		}
		name = strings.TrimSpace(name)
		if !ok || name == "" || strings.ContainsAny(name, " \t#-[{") || strings.HasPrefix(line, " ") {
			continue
		}
		value = strings.TrimSpace(value)
		if inner, found := strings.CutPrefix(value, "["); found && strings.HasSuffix(inner, "]") {
			value = strings.TrimSuffix(inner, "]")
		}
		fields[strings.ToLower(name)] = strings.Trim(value, `"'`)
	}
	return fields
}

var (
	yamlLine = regexp.MustCompile(`^(?:yaml: )?line (\d+): (.*)`)
	tomlLine = regexp.MustCompile(`^toml: line (\d+)(?: \(last key [^)]*\))?: (.*)`)
)

// explain says what is wrong with front matter, and in which line of the file.
func (b block) explain(err error) (line int, why string) {
	line, why = b.line, err.Error()
	for _, re := range []*regexp.Regexp{yamlLine, tomlLine} {
		if m := re.FindStringSubmatch(why); m != nil {
			n := 0
			fmt.Sscan(m[1], &n)
			line, why = b.line+max(n-1, 0), m[2]
		}
	}
	why = strings.TrimPrefix(why, "yaml: ")
	if strings.HasPrefix(why, "mapping values are not allowed") {
		// yaml names the line above it, or none.
		for i, l := range bytes.Split(b.text, []byte("\n")) {
			if _, value, ok := bytes.Cut(l, []byte(": ")); ok && bytes.Contains(value, []byte(": ")) && !bytes.ContainsAny(value[:1], `"'[{`) {
				line = b.line + i
				break
			}
		}
		why += `; put a text with ": " in it between quotes`
	}
	return line, why
}

// A fieldReader turns fields into a Meta.
type fieldReader struct {
	fields map[string]any
	block  block
	notes  []Note
}

func (r *fieldReader) meta() Meta {
	m := Meta{
		Title:     oneLine(r.text(titleFields)),
		Author:    strings.Join(r.list(authorFields), ", "),
		Tags:      r.list(tagFields),
		Questions: r.list([]string{"questions"}),
		Dossier:   strings.ToLower(r.text([]string{"dossier"})),
	}
	for _, f := range outletFields {
		if v := oneLine(r.text([]string{f})); v != "" && !strings.Contains(v, "://") {
			m.Outlet = v
			break
		}
	}
	for _, f := range urlFields {
		if v := strings.TrimSpace(r.text([]string{f})); isAddress(v) {
			m.URL = v
			break
		} else if f == "url" && strings.Contains(v, ":") {
			r.note("url", "url %q is not an http or https address; it is left out", v)
		}
	}
	r.date(&m)
	m.Hidden = r.hidden()
	for _, f := range slices.Sorted(maps.Keys(r.fields)) {
		if _, table := r.fields[f].(map[string]any); !known[f] && (!table || !slices.Contains(innerTables, f)) {
			m.Unknown = append(m.Unknown, f)
		}
	}
	return m
}

// date takes the first field that is a date. Some have a mere yes or no in a
// field of such a name.
func (r *fieldReader) date(m *Meta) {
	bad := ""
	for _, f := range dateFields {
		v := r.text([]string{f})
		if v == "" || v == "true" || v == "false" {
			continue
		}
		date, exact, ok := ReadDate(v)
		if !ok {
			if bad == "" {
				bad = f
			}
			continue
		}
		if !exact {
			r.note(f, "%s %q can be two days; only its year is kept; write it as 2006-01-02", f, v)
		}
		m.Date = date
		return
	}
	if bad != "" {
		r.note(bad, "%s %q is not a date and is left out; write it as 2006-01-02", bad, r.text([]string{bad}))
	}
}

// hidden returns the field that keeps an article from the public.
func (r *fieldReader) hidden() string {
	for field, values := range map[string][]string{
		"draft": {"true", "yes"}, "published": {"false", "no"}, "publish": {"false", "no"},
		"private": {"true", "yes"}, "status": {"draft", "private"},
	} {
		if v := strings.ToLower(r.text([]string{field})); slices.Contains(values, v) {
			return field + ": " + v
		}
	}
	return ""
}

// text returns the first of fields that is a text, at the top or in one of the
// inner tables.
func (r *fieldReader) text(fields []string) string {
	for _, f := range fields {
		if v := r.find(f); v != nil {
			if list := texts(v); len(list) > 0 {
				return list[0]
			}
		}
	}
	return ""
}

// list returns the first of fields that has a value, as texts. A text with
// commas is a list.
func (r *fieldReader) list(fields []string) []string {
	for _, f := range fields {
		v := r.find(f)
		if s, ok := v.(string); ok && f != "questions" && !slices.Contains(authorFields, f) {
			var parts []any
			for part := range strings.SplitSeq(s, ",") {
				parts = append(parts, part)
			}
			v = parts
		}
		if list := texts(v); len(list) > 0 {
			return list
		}
	}
	return nil
}

func (r *fieldReader) find(field string) any {
	if v := r.fields[field]; v != nil {
		return v
	}
	for _, table := range innerTables {
		if t, ok := r.fields[table].(map[string]any); ok {
			if v := t[field]; v != nil {
				return v
			}
		}
	}
	return nil
}

// texts returns the texts in v. Of a table it is the name: an author may have
// one, and a picture beside it.
func texts(v any) []string {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		var list []string
		for _, x := range v {
			list = append(list, texts(x)...)
		}
		return list
	case map[string]any:
		for _, key := range []string{"name", "title", "id"} {
			if list := texts(v[key]); len(list) > 0 {
				return list
			}
		}
		return nil
	}
	if s := strings.TrimSpace(fmt.Sprint(v)); s != "" {
		return []string{s}
	}
	return nil
}

// note adds a note about a field, at its line.
func (r *fieldReader) note(field, format string, args ...any) {
	line := r.block.line
	for i, l := range bytes.Split(r.block.text, []byte("\n")) {
		name := bytes.ToLower(bytes.TrimLeft(l, " \t\"'"))
		if bytes.HasPrefix(name, []byte(field)) {
			line += i
			break
		}
	}
	r.notes = append(r.notes, Note{line, "front matter: " + fmt.Sprintf(format, args...)})
}
