package encoder

import "unicode/utf8"

// Limits of one text. 128 tokens are what the network was built for.
const (
	maxTokens = 128
	maxBytes  = 4 << 10
)

const (
	reserved = 6   // the first IDs stand for no text
	unknown  = 0   // ID of characters without a piece
	space    = '▁' // how pieces write a space
)

// A tokenizer cuts text into SentencePiece unigram pieces.
type tokenizer struct {
	id      map[string]int32
	score   []float32 // log probability by ID
	longest int       // runes of the longest piece
}

// Tokens returns the IDs of the pieces that Encode makes of a text, at most 128.
func (e *Encoder) Tokens(text string) []int32 { return e.tok.tokens(text) }

// tokens returns the IDs of at most maxTokens pieces: those whose scores add up
// highest (Viterbi). A run of unknown characters is one token.
func (t *tokenizer) tokens(text string) []int32 {
	r := fold(text[:min(len(text), maxBytes)])
	r = r[:min(len(r), maxBytes)] // some characters stand for eighteen
	if len(r) == 0 {
		return nil
	}
	s := string(r)
	off := make([]int, 1, len(r)+1) // where each rune begins in s
	for _, c := range r {
		off = append(off, off[len(off)-1]+utf8.RuneLen(c))
	}

	// best[i] is the best way to cut the first i runes: its last piece.
	type step struct {
		score float32
		id    int32
		runes int32 // of the piece; 0 when there is no way
	}
	best := make([]step, len(r)+1)
	for i := range r {
		if i > 0 && best[i].runes == 0 {
			continue
		}
		found := false
		for n := 1; n <= min(t.longest, len(r)-i); n++ {
			id, ok := t.id[s[off[i]:off[i+n]]]
			if !ok {
				continue
			}
			found = true
			score := best[i].score + t.score[id]
			if b := &best[i+n]; b.runes == 0 || score >= b.score {
				*b = step{score, id, int32(n)}
			}
		}
		// The original lets an unknown character cost nothing.
		if b := &best[i+1]; !found && (b.runes == 0 || best[i].score >= b.score) {
			*b = step{best[i].score, unknown, 1}
		}
	}

	var ids []int32 // last first
	for i := len(r); i > 0; {
		b := best[i]
		if b.id != unknown || len(ids) == 0 || ids[len(ids)-1] != unknown {
			ids = append(ids, b.id)
		}
		i -= max(1, int(b.runes))
	}
	for i, j := 0, len(ids)-1; i < j; i, j = i+1, j-1 {
		ids[i], ids[j] = ids[j], ids[i]
	}
	return ids[:min(len(ids), maxTokens)]
}
