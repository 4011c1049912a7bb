package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// front is the YAML at the top of a Markdown article.
type front struct {
	Title     string   `yaml:"title"`
	Date      string   `yaml:"date"`
	Outlet    string   `yaml:"outlet"`
	Author    string   `yaml:"author"`
	URL       string   `yaml:"url"`
	Tags      []string `yaml:"tags"`
	Questions []string `yaml:"questions"`
}

var errNoFront = errors.New(`does not start with front matter: a line "---", then title: and date:, then another line "---"`)

// frontRule is the line around the front matter. Blanks behind it do not show
// in an editor, so they are no mistake.
var frontRule = regexp.MustCompile(`(?m)^---[ \t]*$\n?`)

// splitFront returns the front matter and what follows it.
func splitFront(src []byte) (meta, body []byte, err error) {
	rules := frontRule.FindAllIndex(src, 2)
	if len(rules) < 2 || rules[0][0] > 0 {
		return nil, nil, errNoFront
	}
	return src[rules[0][1]:rules[1][0]], src[rules[1][1]:], nil
}

// front reads the front matter into the article and notes what is wrong.
func (p *mdParser) front(meta []byte) {
	var f front
	dec := yaml.NewDecoder(bytes.NewReader(meta))
	dec.KnownFields(true)
	if err := dec.Decode(&f); err != nil && err != io.EOF { // EOF: it is empty
		p.frontProblems(err)
		return
	}
	f.Title = strings.TrimSpace(f.Title)
	if f.Title == "" {
		p.problem(1, "front matter: title is missing")
	}
	if f.Date == "" {
		p.problem(1, "front matter: date is missing")
	} else if _, layout, err := ParseDate(f.Date); err != nil || len(layout) != len("2006-01-02") {
		p.problem(p.metaLine("date:"), "front matter: date %q is not a day of the form 2006-01-02", f.Date)
	}
	if f.URL != "" && !webAddress(f.URL) {
		p.problem(p.metaLine("url:"), "front matter: url %q is not an http or https address", f.URL)
	}
	a := p.article
	a.Title, a.Date, a.Outlet, a.Author, a.URL, a.Tags, a.Questions = f.Title, f.Date, f.Outlet, f.Author, f.URL, f.Tags, f.Questions
}

var (
	// yamlLine finds the line that yaml's errors start with, counted from the
	// first line of the front matter.
	yamlLine = regexp.MustCompile(`^(?:yaml: )?line (\d+): (.*)`)

	yamlKind = regexp.MustCompile("^cannot unmarshal (?:!!\\S+ ?)(?:`(.*)` )?into (string|\\[\\]string)$")
	yamlKey  = regexp.MustCompile(`^(\w+)[ \t]*:`)
)

// frontProblems notes what yaml has against the front matter, in the words of
// someone who writes articles.
func (p *mdParser) frontProblems(err error) {
	messages := []string{err.Error()}
	if te, ok := errors.AsType[*yaml.TypeError](err); ok {
		messages = te.Errors
	}
	for _, msg := range messages {
		line := 1
		if m := yamlLine.FindStringSubmatch(msg); m != nil {
			fmt.Sscan(m[1], &line)
			line++ // the "---" above
			msg = m[2]
		}
		msg = strings.TrimPrefix(msg, "yaml: ")
		if m := yamlKind.FindStringSubmatch(msg); m != nil {
			key := p.metaKey(line)
			if m[2] == "string" {
				msg = fmt.Sprintf(`%s is one text; write %s: "..."`, key, key)
			} else {
				msg = fmt.Sprintf("%s is a list; write %s: [%s]", key, key, m[1])
			}
		}
		if strings.HasPrefix(msg, "mapping values are not allowed") {
			msg += `; put a text with ": " in it between quotes`
		}
		msg = strings.Replace(msg, " in type corpus.front", "; known are title, date, outlet, author, url, tags and questions", 1)
		p.problem(line, "front matter: %s", msg)
	}
}

// metaLine returns the line of the front matter that starts with key.
func (p *mdParser) metaLine(key string) int {
	if i := bytes.Index(p.src[:p.offset], []byte("\n"+key)); i >= 0 {
		return lineAt(p.src, i+1)
	}
	return 1
}

// metaKey returns the key whose value stands on the given line of the file.
func (p *mdParser) metaKey(line int) string {
	lines := bytes.Split(p.src[:p.offset], []byte("\n"))
	for i := min(line, len(lines)) - 1; i >= 0; i-- {
		if m := yamlKey.FindSubmatch(lines[i]); m != nil {
			return string(m[1])
		}
	}
	return "this"
}

func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && !strings.ContainsAny(s, " \t\n<>")
}
