package index

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"dossier/corpus"
	"dossier/index/text"
)

// An asked question is a message as it was understood.
type asked struct {
	text     string      // what asks
	before   []string    // the earlier questions that it leans on, the oldest first
	earlier  []string    // those that it may lean on, but need not
	kind     kind        // what sort of message it is
	reason   string      // why it is none that articles answer, or nothing
	vectors  [][]float32 // of text, and of both where it leans
	fragment bool        // it leans on an earlier question, and there is none
	gap      float64     // how near it is to what the articles are known not to say
	byWords  bool        // the sentences have no vectors yet, so that only words are found
	times    *Times      // how long it all took so far
}

// whole is the question with what it leans on.
func (a asked) whole() string { return strings.Join(append(slices.Clone(a.before), a.text), " ") }

// topic is what the next question may lean on: of a chain of questions the first,
// which says what they are about, and the last.
func (a asked) topic() []string {
	return append(slices.Clone(a.before[:min(1, len(a.before))]), a.text)
}

func (a asked) String() string {
	s := fmt.Sprintf("%s (%.2f)", a.kind.name, a.kind.probability)
	if len(a.before) > 0 {
		s += ", after: " + strings.Join(a.before, ", ")
	}
	return s
}

// understand finds out what of a message asks, what kind of question it is, and
// whether it leans on the one before.
func (ix *Index) understand(ctx context.Context, q Query) (asked, error) {
	last, _ := lastQuestion(q.Text)
	a := asked{text: oneLine(last), byWords: !ix.retriever.HasVectors()}
	before, from := q.After, inTalk
	if q.OnlyFragments || q.Remark {
		from = seldom
	}
	switch {
	case len(before) > 0 || len(q.Before) > 0 || q.Skip > 0: // the next page is of what was asked last, not after it
	case q.about != "":
		before, from = []string{q.about}, seldom
	default:
		before = ix.memory.Last(q.Conversation, time.Now())
	}
	if len(before) > 0 && before[len(before)-1] == a.text { // asked again
		before = before[:len(before)-1]
	}
	vectors, err := ix.encoder.Encode(ctx, a.text)
	if err != nil {
		return a, err
	}
	a.vectors, a.gap = vectors, ix.retriever.Gap(vectors[0])
	leans := 0.0
	a.kind, leans = ix.kinds.classify(vectors[0])
	a.reason = a.kind.reason()
	switch {
	case len(q.Before) > 0:
		return ix.after(ctx, a, q.Before)
	case len(before) == 0:
		a.fragment = leans >= inTalk.surely
	case leans >= from.surely:
		return ix.after(ctx, a, before)
	case leans >= from.maybe && a.reason != NoQuestion:
		a.earlier = before
	}
	return a, nil
}

// after returns a question as one that leans on earlier ones.
func (ix *Index) after(ctx context.Context, a asked, before []string) (asked, error) {
	both, err := ix.encoder.Encode(ctx, a.text+" "+strings.Join(before, " "))
	if err != nil {
		return a, err
	}
	a.before, a.earlier = before, nil
	a.vectors, a.gap = append(a.vectors[:1:1], both...), ix.retriever.Gap(both[0])
	if a.reason == NoQuestion {
		a.reason = "" // "why?" asks nothing alone
	}
	return a, nil
}

// A leaning says by the probability of a follow-up when a question leans on the one
// before: surely, whatever it would be alone, or maybe, where it is not answered
// alone, but is with the one before.
type leaning struct{ surely, maybe float64 }

// Nobody takes commands for a talk, a remark asks nothing, and what a message quotes
// is often only what it is about. On bank dev's
// follow-ups and on questions of other sets .2 takes 61 and 15 in 100 for
// follow-ups, .1 75 and 24 (index/train/kinds.py).
var (
	inTalk = leaning{0.25, 0.12}
	seldom = leaning{0.5, 2}
)

// longMessage is how many words a message has that is more than a question.
const longMessage = 30

// lastQuestion returns the last sentence of a long message that ends with a question
// mark, or else the last one, and the sentence before it.
func lastQuestion(message string) (asks, before string) {
	if len(text.Tokens(message)) <= longMessage {
		return message, ""
	}
	all := sentences(message)
	last := len(all) - 1
	for i, s := range all {
		if strings.HasSuffix(s, "?") {
			last = i
		}
	}
	if last > 0 {
		before = all[last-1]
	}
	return all[last], before
}

// sentences cuts a message into sentences. In a chat the next one may go on in
// lower case behind a question mark.
func sentences(message string) []string {
	var out []string
	for line := range strings.Lines(message) {
		for _, s := range corpus.Sentences(strings.TrimSpace(line)) {
			for part := range strings.SplitAfterSeq(s, "? ") {
				if part = strings.TrimSpace(part); part != "" {
					out = append(out, part)
				}
			}
		}
	}
	return out
}

// maxParts is how many questions of one message are answered each on its own.
const maxParts = 3

// questions returns the sentences of a message that end with a question mark,
// where there are several and little else; else nothing.
func questions(message string) []string {
	var parts []string
	other := 0
	for _, s := range sentences(message) {
		if n := len(text.Tokens(s)); strings.HasSuffix(s, "?") && n > 1 {
			parts = append(parts, s)
		} else {
			other += n
		}
	}
	if len(parts) < 2 || len(parts) > maxParts || other > longMessage {
		return nil
	}
	return parts
}
