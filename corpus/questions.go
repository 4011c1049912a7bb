package corpus

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// A Question is one that the sentences with these IDs are known to answer; with
// none, one that the articles are known not to answer.
type Question struct {
	Text      string   `json:"q"`
	Sentences []string `json:"sentences"`
}

// maxKnown is the longest known question, in bytes.
const maxKnown = 500

// QuestionsFile is where the known questions of a directory of articles stand,
// one JSON object a line: {"q": "...", "sentences": ["slug.hash", ...]}.
const QuestionsFile = "questions.jsonl"

// LoadQuestions reads the known questions that stand beside articles. There need
// not be any. A line that is wrong, or names only sentences that are gone, is
// left out with a problem.
func LoadQuestions(fsys fs.FS, articles []Article) ([]Question, []Problem) {
	fail := func(why string) ([]Question, []Problem) { return nil, []Problem{{File: QuestionsFile, Reason: why}} }
	info, err := fs.Stat(fsys, QuestionsFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return fail(reason(err))
	case info.Size() > maxFile:
		return fail(fmt.Sprintf("has %d bytes, more than the %d that it may have", info.Size(), maxFile))
	}
	b, err := fs.ReadFile(fsys, QuestionsFile)
	if err != nil {
		return fail(reason(err))
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	there := make(map[string]bool)
	for _, a := range articles {
		for _, p := range a.Passages {
			for _, s := range p.Sentences {
				there[s.ID] = true
			}
		}
	}
	var questions []Question
	var problems []Problem
	lines := bufio.NewScanner(bytes.NewReader(b))
	lines.Buffer(nil, maxFile)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		wrong := func(why string) { problems = append(problems, Problem{QuestionsFile, n, why}) }
		var q Question
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			wrong(`is not of the form {"q": "...", "sentences": ["..."]}: ` + err.Error())
			continue
		}
		q.Text = strings.Join(strings.Fields(q.Text), " ")
		if len(q.Text) > maxKnown {
			wrong(fmt.Sprintf("has a question of more than %d bytes", maxKnown))
			continue
		}
		if q.Text == "" || q.Sentences == nil {
			wrong("needs a question and the IDs of the sentences that answer it, or [] where none does")
			continue
		}
		if len(q.Sentences) == 0 {
			questions = append(questions, q)
			continue
		}
		var known []string
		for _, id := range q.Sentences {
			if there[id] {
				known = append(known, id)
			} else {
				wrong("names the sentence " + id + ", which is not in the articles; ask --json shows the IDs of sentences")
			}
		}
		if len(known) > 0 {
			questions = append(questions, Question{q.Text, known})
		}
	}
	if err := lines.Err(); err != nil {
		problems = append(problems, Problem{File: QuestionsFile, Reason: reason(err)})
	}
	return questions, problems
}
