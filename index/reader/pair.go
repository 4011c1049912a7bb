package reader

import (
	"strings"

	"dossier/index/bert"
)

// How much of each part is read, in tokens, as in index/train/model.py.
const (
	maxQuestion = 40
	maxBefore   = 24
	maxSentence = 64
	maxTitle    = 20
	maxPrevious = 24 // its end
	maxNext     = 10 // its start
	maxPair     = 76
)

// A pair is a question with a passage as the network reads them:
//
//	[CLS] question [SEP] (question before [SEP]) | sentence [SEP] title,
//	heading, date [SEP] sentence before, sentence after [SEP]
//
// with segment 1 from the bar on.
type pair struct {
	sequence bert.Sequence
	first    int          // the sentence's first token
	tokens   []bert.Token // of the sentence, as far as it is read
}

// question returns the tokens of the first segment.
func (r *Reader) question(text, before string) []int32 {
	ids := append([]int32{r.cls}, r.lastIDs(text, maxQuestion)...) // what asks comes last
	ids = append(ids, r.sep)
	if before != "" {
		ids = append(append(ids, r.ids(before, maxBefore)...), r.sep)
	}
	return ids
}

func (r *Reader) pair(question []int32, p Passage) pair {
	tokens := r.tok.TokensN(p.Text, maxSentence)
	tokens = tokens[:max(0, min(len(tokens), maxPair-len(question)-2))]
	ids := append(make([]int32, 0, maxPair), question...)
	for _, t := range tokens {
		ids = append(ids, t.ID)
	}
	ids = append(ids, r.sep)

	about := r.ids(joined(p.Title, p.Heading, p.Date), maxTitle)
	context := append(append(about, r.sep), r.lastIDs(p.Before, maxPrevious)...)
	room := max(0, maxPair-len(ids)-1)
	context = context[:min(len(context), room)]
	ids = append(ids, context...)
	if next := r.ids(p.After, maxNext); len(next) > 0 {
		ids = append(ids, next[:min(len(next), room-len(context))]...)
	}
	ids = append(ids, r.sep)

	segments := make([]uint8, len(ids))
	for i := len(question); i < len(ids); i++ {
		segments[i] = 1
	}
	return pair{bert.Sequence{IDs: ids, Segments: segments}, len(question), tokens}
}

func joined(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, ". ")
}

func (r *Reader) ids(text string, n int) []int32 {
	var out []int32
	for _, t := range r.tok.TokensN(text, n) {
		out = append(out, t.ID)
	}
	return out
}

// maxBytesBefore bounds what is cut into tokens of a sentence before, of which
// only the end is read.
const maxBytesBefore = 2000

func (r *Reader) lastIDs(text string, n int) []int32 {
	if len(text) > maxBytesBefore {
		text = strings.ToValidUTF8(text[len(text)-maxBytesBefore:], "")
	}
	ids := r.ids(text, maxBytesBefore)
	return ids[max(0, len(ids)-n):]
}
