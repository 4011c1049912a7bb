package index

import (
	"strings"

	"dossier/index/text"
)

// needsContext reports whether a sentence cannot be understood without the one
// before it: it opens with a word that stands for somebody or something. "It is
// not clear how ..." can.
func needsContext(sentence string) bool {
	toks := text.Tokens(sentence[:min(len(sentence), 80)])
	if len(toks) < 2 || !text.Pronouns[toks[0].Word] {
		return false
	}
	return toks[0].Word != "it" || len(toks) < 3 || !text.Impersonal[toks[2].Word] || toks[1].Word != "is" && toks[1].Word != "was"
}

// farBehind is how far below the best a score may be for a quote to be shown
// with it unasked.
const farBehind = 8

// overviewTop is how many quotes an overview has.
const overviewTop = 5

// choose takes the quotes to show from the ranked sentences. A sentence that
// needs the one before it is shown with it, unless that one is shown anyway, and
// then that one is not shown again; a sentence that stands in several articles
// is shown once.
func (ix *Index) choose(asked asked, read []ranked, q Query) (quotes []Quote, more bool) {
	top := q.Top
	if top <= 0 {
		top = DefaultTop
	}
	if asked.kind.name == kindOverview && q.Top == 0 && q.Skip == 0 {
		top = overviewTop
	}
	top = min(top, maxTop)
	seen, onPage := make(map[string]bool), make(map[string]bool)
	skip := q.Skip
	for _, r := range read {
		quote := ix.quote(r.Sentence)
		quote.Score = r.score
		key := sameness(quote.Text)
		if seen[key] {
			continue
		}
		seen[key] = true
		if quote.Before != "" && needsContext(quote.Text) {
			before := sameness(quote.Before)
			quote.Context = !onPage[before]
			seen[before] = true
		}
		if skip > 0 {
			skip--
			continue
		}
		if len(quotes) == top || q.Top == 0 && q.Skip == 0 && len(quotes) > 0 && r.score < read[0].score-farBehind {
			more = true
			break
		}
		onPage[key] = true
		quote.Matched = matched(asked.text, quote.Text)
		if r.read && r.Mark >= fitted.Mark {
			quote.Exact = []Span{{r.Start, r.End}}
		}
		if q.Explain {
			quote.Signals = []Signal{
				{"reader", r.Score, r.Score},
				{"cosine", r.Candidate.Cosine, fitted.NearWeight * r.Candidate.Cosine},
				{"known question", r.Known, fitted.KnownWeight * aboveFloor(r.Candidate)},
				{"words", r.Words, fitted.WordWeight * r.Words},
			}
		}
		quotes = append(quotes, quote)
	}
	return quotes, more
}

// sameness returns what two sentences have in common that a person takes for
// the same.
func sameness(s string) string { return strings.Join(strings.Fields(text.Fold(s)), " ") }

// matched returns the words of a sentence that a question has too.
func matched(question, sentence string) []Span {
	asked := make(map[string]bool)
	for _, s := range text.Stems(question) {
		asked[s] = true
	}
	var out []Span
	for _, t := range text.Tokens(sentence) {
		if !t.Stop && asked[text.Stem(t.Word)] {
			out = append(out, Span{t.Start, t.End})
		}
	}
	return out
}
