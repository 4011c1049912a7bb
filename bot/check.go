package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"dossier/corpus"
)

type checkCmd struct {
	Dir  string `arg:"" optional:"" help:"Directory of articles; without it, CORPUS_DIR or the built-in ones."`
	All  bool   `help:"Name every file, however many have the same to say of them."`
	JSON bool   `name:"json" help:"Print one JSON object."`
}

// Run says what became of every file, then what is there. Only what cannot be
// used at all is an error.
func (c *checkCmd) Run(p *program) error {
	p.warn()
	dir := cmp.Or(c.Dir, p.settings.corpusDir)
	all, err := load(p.ctx, dir, corpus.Options{Include: p.settings.include})
	if err != nil {
		return err
	}
	if c.JSON {
		err = c.writeJSON(p, all)
	} else {
		c.write(p, all)
	}
	switch {
	case err != nil:
		return err
	case len(all.Articles) == 0:
		return noArticles(cmp.Or(dir, "the built-in articles"), all.Collection)
	case all.unused() != "":
		return fmt.Errorf("%s: %s\nhint: mend what is named above and check again; all else is used", cmp.Or(dir, "the built-in articles"), all.unused())
	}
	return nil
}

// How many lines of one kind are printed, and files named for one reason.
const (
	maxLines = 20
	maxNames = 3
)

func (c *checkCmd) write(p *program, all reading) {
	c.lines(p, "refused: ", all.Refused)
	c.lines(p, "wrong: ", all.problems)
	c.lines(p, "note: ", all.Notes)
	for _, r := range corpus.Reasons(all.LeftOut) {
		fmt.Fprintf(p.stdout, "left out: %s: %s\n", c.names(r.Files), corpus.Problem{Reason: r.Reason}.Text())
	}
	if len(all.Fields) > 0 {
		fmt.Fprintf(p.stdout, "hint: fields that are not used: %s\n", c.counts(all.Fields, "%s (%d)"))
	}
	for _, name := range slices.Sorted(maps.Keys(all.Encodings)) {
		fmt.Fprintf(p.stdout, "hint: read as %s, not UTF-8: %s\n", name, c.names(all.Encodings[name]))
	}
	if line := passed(all.Passed); line != "" {
		fmt.Fprintf(p.stdout, "hint: files that are not read: %s\n", line)
	}
	s := corpus.Summarize(all.Articles)
	row := func(name, format string, args ...any) {
		fmt.Fprintf(p.stdout, "%-11s %s\n", name, fmt.Sprintf(format, args...))
	}
	fmt.Fprintln(p.stdout)
	row("read", "%s%s", localTime(all.Read), newest(all.Report))
	row("files", "%d that can be articles%s", all.Files(), strings.TrimSuffix(": "+c.counts(all.Kinds, "%[2]d %[1]s"), ": "))
	row("loaded", "%s, %d with a date", count(s.Articles, "article", "articles"), s.Dated)
	row("refused", "%d%s", len(all.Refused), byReason(all.Refused))
	row("left out", "%d%s", len(all.LeftOut), byReason(all.LeftOut))
	row("sentences", "%d; the longest has %d characters (%s); %.1f %% have one word", s.Sentences, s.Longest, s.LongestIn, 100*float64(s.OneWord)/float64(max(s.Sentences, 1)))
	row("languages", "%s", c.counts(s.Languages, "%[2]d %[1]s"))
	if others := s.Articles - s.Languages["English"] - s.Languages["other"]; others > 0 {
		row("", "the networks know English: %s found by words alone, if at all", count(others, "article in another language is", "articles in other languages are"))
	}
	if n := len(all.questions) + len(all.problems); n > 0 {
		row("questions", "%d known; %s", len(all.questions), count(len(all.problems), "line is wrong", "lines are wrong"))
	}
	fmt.Fprintf(p.stdout, "%d articles, %d paragraphs, %d sentences, %d known questions, %d problems\n", s.Articles, s.Paragraphs, s.Sentences, len(all.questions), len(all.Refused)+len(all.problems))
}

// newest says which file was written last.
func newest(r corpus.Report) string {
	if r.Newest == "" {
		return ""
	}
	return fmt.Sprintf("; changed last: %s, %s", corpus.Problem{Reason: r.Newest}.Text(), localTime(r.NewestAt))
}

// lines prints problems, a few of each reason.
func (c *checkCmd) lines(p *program, head string, problems []corpus.Problem) {
	seen := make(map[string]int)
	more := 0
	for _, pr := range problems {
		kind := wordsOf(pr.Reason)
		if seen[kind]++; !c.All && seen[kind] > maxLines {
			more++
			continue
		}
		fmt.Fprintln(p.stdout, head+pr.String())
	}
	if more > 0 {
		fmt.Fprintf(p.stdout, "%sand %d more like these; --all names them\n", head, more)
	}
}

// wordsOf returns what is alike in reasons that differ in what they quote.
func wordsOf(reason string) string {
	head, _, _ := strings.Cut(reason, `"`)
	head, _, _ = strings.Cut(head, "[")
	return strings.TrimLeft(head, "0123456789 ")
}

// names names files, a few of many.
func (c *checkCmd) names(files []string) string {
	n := len(files)
	if !c.All && n > maxNames {
		files = append(slices.Clone(files[:maxNames]), fmt.Sprintf("and %d more", n-maxNames))
	}
	shown := make([]string, len(files))
	for i, f := range files {
		shown[i] = corpus.Problem{Reason: f}.Text()
	}
	return strings.Join(shown, ", ")
}

// counts prints how often each thing is there, the most frequent first.
func (c *checkCmd) counts(n map[string]int, format string) string {
	keys := slices.SortedFunc(maps.Keys(n), func(a, b string) int { return cmp.Or(n[b]-n[a], strings.Compare(a, b)) })
	var parts []string
	for i, k := range keys {
		if !c.All && i == maxLines {
			parts = append(parts, fmt.Sprintf("and %d more", len(keys)-i))
			break
		}
		parts = append(parts, fmt.Sprintf(format, corpus.Problem{Reason: k}.Text(), n[k]))
	}
	return strings.Join(parts, ", ")
}

// byReason counts problems by what is wrong.
func byReason(problems []corpus.Problem) string {
	n := make(map[string]int)
	for _, p := range problems {
		why, _, _ := strings.Cut(p.Reason, ";")
		n[strings.TrimSpace(wordsOf(why))]++
	}
	if len(n) == 0 {
		return ""
	}
	return ": " + (&checkCmd{}).counts(n, "%[2]d %[1]s")
}

// passed says which files were passed over by their endings.
func passed(n map[string]int) string {
	if len(n) == 0 {
		return ""
	}
	named := make(map[string]int)
	for ext, k := range n {
		named[cmp.Or(ext, "without an ending")] += k
	}
	return (&checkCmd{}).counts(named, "%[2]d %[1]s")
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// jsonCheck is what check --json prints: a public interface, see the README.
type jsonCheck struct {
	corpus.Summary
	Read      time.Time           `json:"read"`
	Newest    string              `json:"newest_file"`
	NewestAt  time.Time           `json:"newest_file_at,omitzero"`
	Questions int                 `json:"known_questions"`
	Files     map[string]int      `json:"files"`
	Refused   []jsonProblem       `json:"refused"`
	Wrong     []jsonProblem       `json:"wrong_lines"` // of questions.jsonl
	LeftOut   []jsonProblem       `json:"left_out"`
	Notes     []jsonProblem       `json:"notes"`
	Passed    map[string]int      `json:"passed_over"`
	Fields    map[string]int      `json:"unused_fields"`
	Encodings map[string][]string `json:"encodings"`
}

type jsonProblem struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"`
	Reason string `json:"reason"`
}

func (c *checkCmd) writeJSON(p *program, all reading) error {
	list := func(problems []corpus.Problem) []jsonProblem {
		out := []jsonProblem{}
		for _, pr := range problems {
			out = append(out, jsonProblem(pr))
		}
		return out
	}
	enc := json.NewEncoder(p.stdout)
	enc.SetEscapeHTML(false)
	return enc.Encode(jsonCheck{
		Summary: corpus.Summarize(all.Articles), Read: all.Read, Newest: all.Newest, NewestAt: all.NewestAt, Questions: len(all.questions), Files: all.Kinds,
		Refused: list(all.Refused), Wrong: list(all.problems), LeftOut: list(all.LeftOut), Notes: list(all.Notes),
		Passed: all.Passed, Fields: all.Fields, Encodings: all.Encodings,
	})
}
